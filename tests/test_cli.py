"""The command line as a subprocess, the way people run it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from claimcompare.report import render
from tests.report import LOCK

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "000_10a0c6ca26f9f437.txt"
CASSETTE = ROOT / "tests" / "recordings" / "small" / "seed_local.yaml"
EXPECTED = ROOT / "tests" / "recordings" / "small" / "seed_local.json"
# A name that tells the size, so that no server is asked for it.
MODEL = "some-model-70b"


def run(
    *arguments: str | Path, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    keyless = {
        k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "CLAIMCOMPARE_MODEL"))
    }
    return subprocess.run(
        [sys.executable, "-m", "claimcompare", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env=keyless | environment,
        check=False,
    )


def one_line(done: subprocess.CompletedProcess[bytes]) -> str:
    """The error, which is one line and no traceback."""
    assert done.returncode == 2
    assert done.stdout == b""
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1, done.stderr.decode()
    return lines[0]


def test_replay_gives_the_recorded_comparison() -> None:
    done = run("compare", SEED, "--replay", CASSETTE, "-f", "json")
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout) == json.loads(EXPECTED.read_bytes())


def test_text_form_shows_the_sides_with_quotes_within_100_columns() -> None:
    text = run("compare", SEED, "--replay", CASSETTE).stdout.decode()
    assert text.index("   Support") < text.index("   Denial")
    flat = " ".join(text.split())
    assert "- Volodymyr Zelensky (" in flat
    assert "\u201cUkraine vehemently rejected the charge, describing it as untrue" in flat
    assert max(map(len, text.splitlines())) <= 100


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A file with a comparison in JSON."""
    file = tmp_path / "made.json"
    file.write_text(render(LOCK, "json"), encoding="utf-8")
    return file


def test_report_renders_a_comparison_again(made: Path, tmp_path: Path) -> None:
    done = run("report", made, "-f", "markdown", "-o", tmp_path / "new" / "report.md")
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "new" / "report.md").read_text(encoding="utf-8").startswith("# Comparison")


def test_report_of_json_is_the_same_json(made: Path) -> None:
    again = run("report", made, "-f", "json").stdout
    assert json.loads(again) == json.loads(made.read_bytes())


def test_extract_prints_one_claim_a_line() -> None:
    done = run("extract", SEED, "--replay", CASSETTE)
    claims = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [claim["id"] for claim in claims] == [
        claim["id"] for claim in json.loads(EXPECTED.read_bytes())["claims"]
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no words"),
        (b" \r\n\t \n", "no words"),
        (b"... --- !!!", "no words"),
        (b"The harbour\xff is closed.", "byte 11"),
    ],
)
def test_unusable_files_are_named_in_one_line(tmp_path: Path, content: bytes, words: str) -> None:
    article = tmp_path / "article.txt"
    article.write_bytes(content)
    message = one_line(run("compare", article))
    assert words in message
    assert "article.txt" in message


def test_a_file_that_is_gone_and_an_empty_folder(tmp_path: Path) -> None:
    assert "gone.txt" in one_line(run("compare", tmp_path / "gone.txt"))
    assert "no article" in one_line(run("compare", tmp_path))


def test_empty_standard_input() -> None:
    assert "standard input" in one_line(run("compare", "-"))


def test_no_endpoint_says_what_to_set(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("The harbour is closed, its master said.", encoding="utf-8")
    assert "OPENAI_API_KEY" in one_line(run("compare", article, "-m", MODEL))


def test_an_unrecorded_article_names_the_prompt(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("The harbour is closed, its master said.", encoding="utf-8")
    assert "extract' prompt" in one_line(run("compare", article, "--replay", CASSETTE))


def test_a_missing_recording_and_both_options(tmp_path: Path) -> None:
    assert "nothing.yaml" in one_line(run("compare", SEED, "--replay", tmp_path / "nothing.yaml"))
    both = run("compare", SEED, "--replay", CASSETTE, "--record", tmp_path / "new.yaml")
    assert both.returncode == 2
    assert b"not both" in both.stderr


def test_missing_prompts_are_named(tmp_path: Path) -> None:
    message = one_line(run("compare", SEED, "--replay", CASSETTE, "--prompts", tmp_path))
    assert f"{tmp_path}: holds no prompt" in message
    assert "claimcompare prompts copy" in message


def test_a_comparison_that_is_none(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"articles": 3}', encoding="utf-8")
    assert "not a comparison" in one_line(run("report", wrong))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"article_id": "post"', '"article_id": "x"', "article 'x'"),
        ('"claim_id": "post:3"', '"claim_id": "x"', "dispute 1 is about claim 'x'"),
        ('"support": "post:1"', '"support": "x"', "dispute 1 is about claim 'x'"),
        ('"withdrawn_by": null', '"withdrawn_by": "x"', "dispute 1 is about claim 'x'"),
        ('"id": "post:3"', '"id": "post:2"', "two claims"),
    ],
)
def test_a_comparison_with_loose_ends(made: Path, old: str, new: str, words: str) -> None:
    text = made.read_text(encoding="utf-8")
    assert old in text
    made.write_text(text.replace(old, new), encoding="utf-8")
    message = one_line(run("report", made, "-f", "html"))
    assert "made.json: not a whole comparison" in message
    assert words in message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"outcome": "refused"', '"outcome": "rejected"'),
        ('"kind": "assertion"', '"kind": "assertion", "cue": "said"'),
        ('"agreement": null', '"agreement": null, "confidence": 0.5'),
    ],
)
def test_a_comparison_of_an_older_version_is_to_be_made_again(
    made: Path, old: str, new: str
) -> None:
    text = made.read_text(encoding="utf-8")
    assert old in text
    made.write_text(text.replace(old, new), encoding="utf-8")
    message = one_line(run("report", made))
    assert message.endswith("made.json: is of an older version of claimcompare; run compare again")


def test_text_counts_what_takes_no_side_unless_all_is_wanted(made: Path) -> None:
    short, whole = (run("report", made, *more).stdout.decode() for more in ((), ("--all",)))
    assert "Milo Strand" not in short
    assert "--all" in short
    assert "Milo Strand" in whole
    assert (
        run("report", made, "--all", "-f", "csv").stdout == run("report", made, "-f", "csv").stdout
    )


def test_an_output_that_cannot_be_written(made: Path, tmp_path: Path) -> None:
    message = one_line(run("report", made, "-o", tmp_path))
    assert "cannot be written" in message


def test_a_missing_model_file(tmp_path: Path) -> None:
    pytest.importorskip("xllamacpp")
    assert "no such model file" in one_line(run("compare", SEED, "--gguf", tmp_path / "no.gguf"))
