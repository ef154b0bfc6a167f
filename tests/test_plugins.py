"""Parts of other packages: found by name, told of by name, and never in the place of ours."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from claimcompare import (
    LLM,
    Article,
    ArticleError,
    ClaimCompareError,
    CompareSettings,
    Judge,
    Parts,
    Placements,
    PluginError,
    Progress,
    StageLog,
    compare,
    estimate,
    read_article,
    read_articles,
    shipped_parts,
)
from claimcompare.cli import app
from claimcompare.evaluation import (
    BadRow,
    Evaluation,
    EvaluationSettings,
    GoldItem,
    PairItem,
    RelationItem,
    draw,
    evaluate,
    evaluation_in,
)
from claimcompare.report import render
from claimcompare.testing import FakeLLM
from tests.plugins import Installed
from tests.report import LOCK

SHOUT = "def shout(comparison): return str(len(comparison.claims))"
LOG = """
from claimcompare import Article, ArticleError
def read(raw, name):
    for line in raw.decode().splitlines():
        yield Article(id=name, text=line)
def fail(raw, name):
    raise KeyError("no head\\nline")
def refuse(raw, name):
    raise ArticleError("holds no log")
def wrong(raw, name):
    return ["a text"]
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installed:
    return Installed(tmp_path / "site", monkeypatch)


def test_a_form_of_another_package_is_rendered(installed: Installed) -> None:
    installed.add("shouting", "forms", {"shout": "shout"}, SHOUT)
    assert render(LOCK, "shout") == f"{len(LOCK.claims)}\n"


def test_a_form_that_cannot_be_loaded_names_its_package(installed: Installed) -> None:
    installed.add("unfit", "forms", {"shout": "shout", "seven": "SEVEN"}, "SEVEN = 7")
    with pytest.raises(PluginError, match=r"the form 'shout' of the package unfit 1\.0 cannot be"):
        render(LOCK, "shout")
    with pytest.raises(PluginError, match=r"unfit 1\.0 is no function, but int") as caught:
        render(LOCK, "seven")
    assert caught.value.packages == ("unfit 1.0",)


def test_a_form_that_nobody_brings_is_told_with_those_that_are_there(installed: Installed) -> None:
    installed.add("crying", "forms", {"shout": "shout"}, SHOUT)
    with pytest.raises(PluginError, match=r"nobody brings the form 'song' \(text, .*html, shout\)"):
        render(LOCK, "song")


def test_no_package_replaces_a_shipped_form_or_that_of_another(installed: Installed) -> None:
    installed.add("grabbing", "forms", {"csv": "shout", "shout": "shout"}, SHOUT)
    installed.add("yelling", "forms", {"shout": "shout"}, SHOUT)
    with pytest.raises(PluginError, match=r"'csv' is brought by claimcompare and by grabbing 1\.0"):
        render(LOCK, "csv")
    with pytest.raises(PluginError, match=r"'shout' is brought by grabbing 1\.0 and by yelling 1"):
        render(LOCK, "shout")
    assert render(LOCK, "json")


def test_a_form_that_cannot_be_loaded_stops_a_command_before_the_work(
    installed: Installed, tmp_path: Path
) -> None:
    installed.add("rotten", "forms", {"shout": "shout"}, "import nothing_of_that_name")
    article = tmp_path / "a.txt"
    article.write_text("It rained in Velmo.", encoding="utf-8")
    done = CliRunner().invoke(app, ["compare", str(article), "-f", "shout", "-m", "any"])
    assert done.exit_code == 2
    assert "'shout' of the package rotten 1.0 cannot be loaded" in done.stderr
    assert "calls" not in done.stderr


def test_nothing_of_a_package_is_imported_before_it_is_asked_for(installed: Installed) -> None:
    installed.add("eager", "forms", {"shout": "shout"}, SHOUT)
    CliRunner().invoke(app, ["report", "-h"])
    render(LOCK, "csv")
    assert "eager" not in sys.modules


def test_a_reader_of_another_package_reads_its_files(installed: Installed, tmp_path: Path) -> None:
    installed.add("logbook", "articles", {"log": "read", "odt": "read"}, LOG)
    for name in ("a.log", "b.ODT"):
        (tmp_path / name).write_text("It rained.\nIt stopped.", encoding="utf-8")
    found = list(read_articles([tmp_path / "a.log", tmp_path / "b.ODT"]))
    assert [(one.id, one.text) for one in found] == [
        ("a", "It rained."),
        ("a-2", "It stopped."),
        ("b", "It rained."),
        ("b-2", "It stopped."),
    ]
    with pytest.raises(ArticleError, match="may hold many articles"):
        read_article(tmp_path / "a.log")


def test_what_a_reader_fails_with_costs_its_file_alone(
    installed: Installed, tmp_path: Path
) -> None:
    readers = {"log": "read", "fail": "fail", "no": "refuse", "wrong": "wrong", "gone": "gone"}
    installed.add("logfile", "articles", readers, LOG)
    for suffix in readers:
        (tmp_path / f"a.{suffix}").write_text("It rained.", encoding="utf-8")
    told: list[ArticleError] = []
    found = list(read_articles(tmp_path, skip=told.append))
    assert [one.text for one in found] == ["It rained."]
    words = [str(one).removeprefix(f"{tmp_path}{os.sep}") for one in told]
    failed = "the installed reader of .{0} files failed ({1})"
    gone = "the reader of files called 'gone' of the package logfile 1.0 cannot be loaded: "
    assert words == [
        "a.fail: " + failed.format("fail", "KeyError: 'no head\\nline'"),
        f"a.gone: {gone}AttributeError: module 'logfile' has no attribute 'gone'",
        "a.no: holds no log",
        "a.wrong: " + failed.format("wrong", "TypeError: gave str, and no Article"),
    ]


def test_no_package_reads_files_that_are_read_here(installed: Installed, tmp_path: Path) -> None:
    installed.add("texts", "articles", {"txt": "read"}, LOG)
    (tmp_path / "a.txt").write_text("It rained.", encoding="utf-8")
    with pytest.raises(PluginError, match=r"'txt' is brought by claimcompare and by texts 1\.0"):
        read_article(tmp_path / "a.txt")


def nothing(_: object) -> dict[str, list[object]]:
    return {"claims": []}


class Silent:
    """A judge that gives nothing."""

    async def judge(self, *_: object) -> Placements:
        return Placements(assertions=(), log=StageLog())


async def with_silent_judge(
    llm: LLM, settings: CompareSettings, progress: Progress | None, judge: LLM | None
) -> Parts:
    parts = await shipped_parts(llm, settings, progress, judge)
    silent: Judge = Silent()
    return parts._replace(judge=silent, small=True)


RAIN = [Article(id="a", text="It rained in Velmo.")]


def test_parts_are_given_as_a_function() -> None:
    settings = CompareSettings(parts=with_silent_judge)
    with FakeLLM(nothing) as llm:
        assert compare(RAIN, llm=llm, settings=settings).provenance.small
    told = json.loads(settings.model_dump_json())
    assert told["parts"] == "tests.test_plugins:with_silent_judge"
    assert CompareSettings.model_validate(told).parts == told["parts"]


def test_parts_are_given_by_name(installed: Installed) -> None:
    code = "from tests.test_plugins import with_silent_judge\ndef bad(*_): return 7"
    installed.add("silence", "parts", {"silent": "with_silent_judge", "bad": "bad"}, code)
    with FakeLLM(nothing) as llm:
        settings = CompareSettings(parts="silent")
        assert compare(RAIN, llm=llm, settings=settings).provenance.small
        with pytest.raises(PluginError, match="the parts 'bad' are int, and no Parts"):
            compare(RAIN, llm=llm, settings=CompareSettings(parts="bad"))
        with pytest.raises(PluginError, match=r"nobody brings the parts 'loud' \(bad, silent\)"):
            compare(RAIN, llm=llm, settings=CompareSettings(parts="loud"))
        with pytest.raises(ClaimCompareError, match="'silent' would take is not known"):
            estimate(RAIN, llm=llm, settings=settings)


def sayings(path: Path) -> Iterator[GoldItem | BadRow]:
    """A line each: a number for pairs, or a relation."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line:
            yield BadRow(path=str(path), row=number, reason="is empty")
        elif line == "pair":
            yield PairItem(id=str(number), document="d", one="A", other="B", opposed=True)
        else:
            fields = {"proposition": "It rained.", "claim": f"It {number} rained."}
            yield RelationItem(id=str(number), document="d", relation=line, **fields)


def test_an_adapter_reads_a_data_set(installed: Installed, tmp_path: Path) -> None:
    installed.add("sayer", "adapters", {"say": "sayings"}, "from tests.test_plugins import sayings")
    data = tmp_path / "sayings.txt"
    data.write_text("support\nunrelated\n\ndenial\n", encoding="utf-8")
    sample = draw("stance", data, EvaluationSettings(adapter="say"))
    assert [item.id for item in sample.items] == ["1", "4"]
    assert (sample.data.unrelated, [row.row for row in sample.data.bad_rows]) == (1, [3])
    data.write_text("pair\n", encoding="utf-8")
    assert len(draw("pairs", data, EvaluationSettings(adapter=sayings)).items) == 1
    with pytest.raises(PluginError, match=r"'say' reads PairItem, and .* scored on RelationItem"):
        draw("stance", data, EvaluationSettings(adapter="say"))


async def ours(*given: Any) -> Parts:
    return await shipped_parts(*given)


def test_an_evaluation_names_adapter_and_parts(tmp_path: Path) -> None:
    data = tmp_path / "sayings.txt"
    data.write_text("support\n", encoding="utf-8")
    compared = CompareSettings(parts=ours)
    settings = EvaluationSettings(adapter=sayings, compare=compared, resamples=1)
    judged = {"proposition": 1, "support": [1], "denial": [], "context": []}
    with FakeLLM(lambda _: {"judged": [judged]}) as llm:
        made = evaluate("stance", data, llm=llm, settings=settings)
    assert made.figures.figures[made.figures.headline].value == 1
    read = Evaluation.model_validate_json(evaluation_in("json", made))
    assert read.settings == made.settings
    assert read.settings.adapter == "tests.test_plugins:sayings"
    assert read.settings.compare.parts == "tests.test_plugins:ours"


@pytest.mark.parametrize(
    ("command", "more", "what"),
    [
        (("eval", "stance", "--data"), ("--adapter", "none"), "the adapter 'none'"),
        (("extract",), ("--parts", "none"), "the parts 'none'"),
        (("extract",), ("--store", "none"), "the store 'none'"),
    ],
)
def test_the_command_line_takes_adapter_parts_and_store(
    tmp_path: Path, command: tuple[str, ...], more: tuple[str, ...], what: str
) -> None:
    data = tmp_path / "any.txt"
    data.write_text("x", encoding="utf-8")
    model = ("-m", "any", "--base-url", "http://127.0.0.1:9/v1")
    done = CliRunner().invoke(app, [*command, str(data), *more, *model])
    assert f"nobody brings {what}" in done.stderr


def test_looking_for_packages_is_left_until_it_matters() -> None:
    code = (
        "import importlib.metadata as m\n"
        "asked, look = [], m.entry_points\n"
        "m.entry_points = lambda **by: (asked.append(by), look(**by))[1]\n"
        "import claimcompare, claimcompare.cli, claimcompare.evaluation\n"
        "assert not [by for by in asked if 'claimcompare' in by.get('group', '')], asked\n"
    )
    subprocess.run([sys.executable, "-P", "-c", code], check=True)
