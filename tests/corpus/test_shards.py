"""A folder of shards: one row a story, whatever happened to the runs that wrote it."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from claimcompare import Article, ClaimCompareError, Comparison, Provenance, RunUsage, Usage
from claimcompare.corpus import Results, StoryResult, read_results, reading
from claimcompare.corpus.shardfiles import Form
from tests.faults.test_disk import no_file_above
from tests.report import LOCK

FORMS: tuple[Form, ...] = ("parquet", "jsonl")
MADE = Provenance(claimcompare="1", model="m", endpoint="e", prompts=())
COLUMNS = (
    *("story_id", "continues", "articles", "replaces", "since", "until", "claims", "disputes"),
    "comparison",
    *("calls", "prompt_tokens", "cached_tokens", "completion_tokens", "cost", "failures"),
)


def result(number: int, **changes: Any) -> StoryResult:
    """What came of a made-up story of two articles."""
    articles = (
        Article(id=f"{number}-b", text="„Nein“, sagte Una Brock.", published="2031-05-02"),
        Article(id=f"{number}-a", text="The quay is dry.", published="2031-05-01T08:00:00Z"),
    )
    made = Comparison(
        articles=articles, claims=(), disputes=(), ledger=(), usage=RunUsage(), provenance=MADE
    )
    given = {
        "story_id": f"{number:016x}",
        "articles": tuple(one.id for one in articles),
        "comparison": made,
        "usage": Usage(calls=3, prompt_tokens=20, completion_tokens=4, cost=0.5),
    }
    return StoryResult(**{**given, **changes})


def failed(number: int) -> StoryResult:
    return result(number, comparison=None, failures=("no answer",), usage=Usage(cost=None))


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir() if one.name[0] not in "._")


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> Form:
    return request.param  # type: ignore[no-any-return]


def test_results_come_back_as_they_were_added(tmp_path: Path, form: Form) -> None:
    given = [result(1), result(2, continues="before"), failed(3)]
    with Results(tmp_path, form=form, rows_per_shard=2) as results:
        for one in given:
            results.add(one)
        assert results.done == {given[0].story_id, given[1].story_id}
    assert names(tmp_path) == [f"part-00000.{form}", f"part-00001.{form}"]
    assert list(read_results(tmp_path)) == given
    assert list(read_results(tmp_path / f"part-00001.{form}")) == given[2:]


def test_a_row_has_columns_that_other_programs_read(tmp_path: Path) -> None:
    for form in FORMS:
        with Results(tmp_path / form, form=form) as results:
            results.add(result(1))
    (line,) = (tmp_path / "jsonl" / "part-00000.jsonl").read_text("utf-8").splitlines()
    assert pyarrow.parquet.read_table(tmp_path / "parquet").to_pylist() == [json.loads(line)]
    row = json.loads(line)
    assert tuple(row) == COLUMNS
    assert (row["since"], row["until"]) == ("2031-05-01T08:00:00Z", "2031-05-02")
    assert Comparison.model_validate_json(row["comparison"]) == result(1).comparison
    assert row["articles"] == ["1-b", "1-a"]
    assert "„Nein“" in row["comparison"]


def test_what_failed_stays_until_it_is_asked_anew(tmp_path: Path, form: Form) -> None:
    before = [result(1), failed(2), result(3), failed(4), result(5, failures=("no second call",))]
    with Results(tmp_path, form=form, rows_per_shard=3) as results:
        for one in before:
            results.add(one)
    with Results(tmp_path, form=form, rows_per_shard=3) as results:
        assert results.done == {result(1).story_id, result(3).story_id}
        assert list(read_results(tmp_path)) == before
        results.add(result(2))
        results.add(result(1))
        left = [result(1), result(3), failed(4), before[4], result(2)]
        assert list(read_results(tmp_path)) == left
    assert list(read_results(tmp_path)) == left
    rows = [one for name in names(tmp_path) for one in read_results(tmp_path / name)]
    assert rows == left


def test_a_run_that_asks_nothing_leaves_what_failed(tmp_path: Path, form: Form) -> None:
    partly = result(1, failures=("no second call",))
    with Results(tmp_path, form=form) as results:
        results.add(partly)
    with Results(tmp_path, form=form):
        pass
    with pytest.raises(KeyboardInterrupt), Results(tmp_path, form=form):
        raise KeyboardInterrupt
    assert list(read_results(tmp_path)) == [partly]


def test_a_comparison_is_not_given_up_for_none(tmp_path: Path, form: Form) -> None:
    made = result(1).comparison
    assert made is not None
    partly = result(
        1, comparison=made.model_copy(update={"claims": LOCK.claims}), failures=("no second call",)
    )
    with Results(tmp_path, form=form) as results:
        results.add(partly)
    with Results(tmp_path, form=form) as results:
        results.add(failed(1))
    assert list(read_results(tmp_path)) == [partly]


def test_each_row_is_on_disk_when_it_is_added(tmp_path: Path, form: Form) -> None:
    with Results(tmp_path, form=form) as results:
        results.add(result(1))
        assert names(tmp_path) == ["part-00000.jsonl.partial"]
        assert list(read_results(tmp_path)) == [result(1)]


def test_what_is_read_while_it_is_written_is_whole(tmp_path: Path, form: Form) -> None:
    with Results(tmp_path, form=form, rows_per_shard=2) as results:
        for number in (1, 2, 3):
            results.add(result(number))
        under_way = read_results(tmp_path)
        assert next(under_way) == result(1)
        # The file of the third becomes a shard.
        results.add(result(4))
        assert list(under_way) == [result(2), result(3)]


@pytest.mark.parametrize("first", ["shards", "partials"])
def test_a_file_that_becomes_a_shard_while_files_are_sought_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Form, first: str
) -> None:
    with Results(tmp_path, form=form, rows_per_shard=2) as results:
        results.add(result(1))
        sought = getattr(reading, first)

        def slowly(folder: Path) -> list[Path]:
            found = sought(folder)
            for number in (2, 3):
                results.add(result(number))
            return found  # type: ignore[no-any-return]

        monkeypatch.setattr(reading, first, slowly)
        assert result(1) in list(read_results(tmp_path))


def test_what_is_put_in_order_while_it_is_read_is_told(tmp_path: Path, form: Form) -> None:
    with Results(tmp_path, form=form, rows_per_shard=2) as results:
        for one in (result(1), result(3), failed(2), result(4)):
            results.add(one)
    with Results(tmp_path, form=form) as results:
        results.add(result(2))
        under_way = read_results(tmp_path)
        assert next(under_way) == result(1)
    # Its first row is gone, and the second would be taken for the first.
    with pytest.raises(ClaimCompareError, match="while it was read; read it again"):
        list(under_way)


def test_what_a_killed_run_left_is_taken_up(tmp_path: Path, form: Form) -> None:
    with Results(tmp_path, form=form, rows_per_shard=1) as results:
        results.add(result(1))
    full = tmp_path / f"part-00000.{form}"
    with Results(tmp_path / "other", form=form) as results:
        results.add(result(2))
        left = (tmp_path / "other" / "part-00000.jsonl.partial").read_bytes()
    # A shard that was to be deleted as it had become one, an open one, and a half-written one.
    for number, content in ((0, b"{}\n"), (1, left + left[:40])):
        (tmp_path / f"part-0000{number}.jsonl.partial").write_bytes(content)
    (tmp_path / f"part-00001.{form}.unfinished").write_bytes(b"PAR1")
    move(tmp_path / "other")
    assert list(read_results(tmp_path)) == [result(1), result(2)]
    with Results(tmp_path, form=form) as results:
        assert results.done == {result(1).story_id, result(2).story_id}
        results.add(result(3))
    assert names(tmp_path) == [full.name, f"part-00001.{form}", f"part-00002.{form}"]
    assert list(read_results(tmp_path)) == [result(1), result(2), result(3)]


def move(folder: Path) -> None:
    """Take a folder out of the way."""
    folder.rename(folder.parent.with_name(f"{folder.parent.name}-{folder.name}"))


def test_a_story_is_there_once_even_if_it_was_added_twice(tmp_path: Path, form: Form) -> None:
    with Results(tmp_path, form=form) as results:
        for one in (failed(1), failed(1), result(1), result(1)):
            results.add(one)
    with Results(tmp_path, form=form):
        pass
    assert list(read_results(tmp_path)) == [result(1)]


def test_another_form_or_another_run_is_refused(tmp_path: Path) -> None:
    with Results(tmp_path, form="jsonl", run={"model": "m"}) as results:
        results.add(result(1))
    with (
        pytest.raises(ClaimCompareError, match=r"another run \(form: jsonl there, parquet now\)"),
        Results(tmp_path, form="parquet", run={"model": "m"}),
    ):
        pass
    with (
        pytest.raises(ClaimCompareError, match=r"\(model: m there, n now\); use another folder"),
        Results(tmp_path, form="jsonl", run={"model": "n"}),
    ):
        pass
    with Results(tmp_path, form="jsonl", run={"model": "m"}) as results:
        assert len(results.done) == 1


def test_files_of_others_are_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with (
        pytest.raises(ClaimCompareError, match=r"holds notes\.txt, and no results of stories"),
        Results(tmp_path),
    ):
        pass
    assert names(tmp_path) == ["notes.txt"]
    with Results(tmp_path / "own"):
        pass
    (tmp_path / "own" / "more.parquet").write_bytes(b"PAR1")
    with (
        pytest.raises(ClaimCompareError, match=r"more\.parquet: is no shard of these results"),
        Results(tmp_path / "own"),
    ):
        pass


def test_two_runs_do_not_write_at_once(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from claimcompare.corpus import Results\n"
        "with Results(Path(sys.argv[1])): pass"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with Results(tmp_path):
        other = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "another run is writing there" in other.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="files are not limited there")
def test_a_full_disk_is_named_and_leaves_whole_rows(tmp_path: Path, form: Form) -> None:
    with Results(tmp_path, form=form) as results:
        results.add(result(1))
        partial = tmp_path / "part-00000.jsonl.partial"
        whole = partial.read_bytes()
        with no_file_above(len(whole) + 100), pytest.raises(ClaimCompareError) as caught:
            results.add(result(2))
        assert f"{partial.name}: cannot be written (File too large)" in str(caught.value)
        assert partial.read_bytes() == whole
        results.add(result(3))
    assert list(read_results(tmp_path)) == [result(1), result(3)]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ClaimCompareError, match="cannot be written"), Results(tmp_path / "own"):
        pass


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with (
        pytest.raises(ClaimCompareError, match="file: cannot be written"),
        Results(tmp_path / "file"),
    ):
        pass


def test_what_is_no_result_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"story_id": "x"}\n', encoding="utf-8")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and more")
    for name in ("a.jsonl", "b.parquet", "c.jsonl"):
        with pytest.raises(ClaimCompareError, match=name):
            list(read_results(tmp_path / name))
    with pytest.raises(ClaimCompareError, match="holds no results"):
        list(read_results(tmp_path))


def test_half_a_character_costs_a_comparison_and_no_run(tmp_path: Path, form: Form) -> None:
    half = Article(id="a", text="The quay\udce4 is dry.")
    made = Comparison(
        articles=(half,), claims=(), disputes=(), ledger=(), usage=RunUsage(), provenance=MADE
    )
    with Results(tmp_path, form=form) as results:
        results.add(result(1, comparison=made, articles=("a",), failures=("no \udce4",)))
        assert results.done == set()
    (told,) = read_results(tmp_path)
    assert told.comparison is None
    assert told.failures[0] == "no \\udce4"
    assert "half a character" in told.failures[1]


def test_parquet_says_which_extra_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(ClaimCompareError, match=r"claimcompare\[corpus\]"), Results(tmp_path):
        pass
    with Results(tmp_path, form="jsonl") as results:
        results.add(result(1))
    assert Counter(one.story_id for one in read_results(tmp_path)) == {result(1).story_id: 1}
