"""`claimcompare eval` held against a baseline, and `eval diff` of what cannot be compared."""

import re
from pathlib import Path

import pytest
from click.testing import Result

from claimcompare.evaluation import Evaluation
from tests.llm.server import FakeServer, Reply, Seen, fails
from tests.test_eval_cli import (
    PLACES,
    _only_the_fake_endpoint,
    choice,
    cli,
    data,
    judge,
    judged,
    one_line,
    row,
    rows,
    server,
    written,
)

__all__ = ["_only_the_fake_endpoint", "data", "server"]


def kept(server: FakeServer, data: Path, *more: str, task: str = "stance") -> Path:
    """A baseline of that data."""
    path = data.with_suffix(".baseline.json")
    judged(server, "--data", data, "-f", "json", "-o", path, "--no-cache", *more, task=task)
    return path


def with_headline(path: Path, value: float) -> Path:
    """The baseline with another headline figure."""
    evaluation = Evaluation.model_validate_json(path.read_bytes())
    figures = evaluation.figures
    moved = figures.figures[figures.headline].model_copy(update={"value": value})
    replaced = figures.model_copy(update={"figures": {**figures.figures, figures.headline: moved}})
    path.write_text(
        evaluation.model_copy(update={"figures": replaced}).model_dump_json(), encoding="utf-8"
    )
    return path


def held(server: FakeServer, data: Path, baseline: Path, *more: str) -> Result:
    options = ("--data", data, "--baseline", baseline, "--no-cache", "-f", "json")
    return judged(server, *options, *more)


def worse(server: FakeServer) -> None:
    server.will_always(lambda _: choice("context"))


def test_an_equal_figure_passes_with_no_drop_allowed(server: FakeServer, data: Path) -> None:
    assert held(server, data, kept(server, data), "--max-drop", "0").exit_code == 0


def test_an_equal_figure_is_not_told_as_a_negative_rise(server: FakeServer, data: Path) -> None:
    assert "-0" not in held(server, data, kept(server, data)).stderr.splitlines()[-1]


def test_a_better_figure_passes_and_is_told(server: FakeServer, data: Path) -> None:
    done = held(server, data, with_headline(kept(server, data), 0.9), "--max-drop", "0")
    assert done.exit_code == 0
    assert done.stderr.splitlines()[-1] == (
        "macro_f1 rose by 0.1000 against the baseline; a drop of 0 is allowed"
    )


def test_a_drop_beyond_what_is_allowed_fails_and_is_told(server: FakeServer, data: Path) -> None:
    baseline = kept(server, data)
    worse(server)
    done = held(server, data, baseline)
    assert done.exit_code == 1
    evaluation = Evaluation.model_validate_json(done.stdout)
    drop = 1 - (evaluation.figures.figures["macro_f1"].value or 0)
    assert done.stderr.splitlines()[-1] == (
        f"macro_f1 dropped by {drop:.4f} against the baseline; a drop of 0.02 is allowed"
    )


def test_a_drop_within_what_is_allowed_passes(server: FakeServer, data: Path) -> None:
    baseline = kept(server, data)
    worse(server)
    done = held(server, data, baseline, "--max-drop", "0.9")
    assert done.exit_code == 0
    assert "macro_f1 dropped by" in done.stderr


def test_a_drop_of_just_what_is_allowed_passes(server: FakeServer, tmp_path: Path) -> None:
    one, other = PLACES[:2]
    # Of each of the two stances one is right, one wrong and one missed.
    items = [row(one, "support"), row(other, "support", "denial"), row(PLACES[2], "denial")]
    data = written(tmp_path / "quays.jsonl", [*items, row(PLACES[3], "denial", "support")])
    baseline = kept(server, data)
    now = Evaluation.model_validate_json(baseline.read_bytes())
    assert now.figures.figures["macro_f1"].value == 0.5
    assert held(server, data, with_headline(baseline, 0.52)).exit_code == 0


def test_a_failed_item_fails_the_command_and_counts_as_an_error(
    server: FakeServer, data: Path
) -> None:
    def fails_for_the_first(request: Seen) -> Reply:
        return fails(404) if PLACES[0] in request.user else judge(request)

    server.will_always(fails_for_the_first)
    done = judged(server, "--data", data, "-f", "json")
    assert done.exit_code == 1
    evaluation = Evaluation.model_validate_json(done.stdout)
    assert evaluation.figures.failed == 1
    assert [one.id for one in evaluation.outcomes if one.status == "failed"] == [PLACES[0]]


def test_no_answer_at_all_is_no_evaluation(server: FakeServer, data: Path) -> None:
    server.will_always(fails(404))
    done = judged(server, "--data", data)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no call was answered, 6 failed" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read"),
        (b"", "not an evaluation"),
        (b"{", "not an evaluation"),
        (b"[]", "not an evaluation"),
        (b'{"articles": 3}', "not an evaluation"),
        (b"\xff\xfe\x00", "not an evaluation"),
    ],
)
def test_a_baseline_that_is_none_is_named_before_anything_is_asked(
    server: FakeServer, data: Path, tmp_path: Path, content: bytes | None, words: str
) -> None:
    baseline = tmp_path / "wrong.json"
    if content is not None:
        baseline.write_bytes(content)
    line = one_line(held(server, data, baseline))
    assert "wrong.json" in line
    assert words in line
    assert server.seen == []


@pytest.mark.parametrize("place", [0, 1])
def test_a_diff_of_what_is_no_evaluation_names_the_file(
    server: FakeServer, data: Path, tmp_path: Path, place: int
) -> None:
    files = [kept(server, data), kept(server, data)]
    files[place] = tmp_path / "gone.json"
    assert "gone.json: cannot be read" in one_line(cli("eval", "diff", *files))


def test_a_diff_of_other_items_says_how_to_get_the_same(server: FakeServer, data: Path) -> None:
    all_, few = kept(server, data), data.with_name("few.json")
    few.write_text(
        judged(server, "--data", data, "--limit", "2", "-f", "json").stdout, encoding="utf-8"
    )
    line = one_line(cli("eval", "diff", all_, few))
    assert re.search(r"not of the same items: 6 of quays.jsonl \(items \w+\), and 2 of", line)
    assert "--limit and --seed" in line


def test_a_diff_of_other_tasks_names_them(server: FakeServer, data: Path, tmp_path: Path) -> None:
    stance, pairs = kept(server, data), tmp_path / "pairs.json"
    pairs.write_text(
        judged(server, "--data", data, "-f", "json", task="pairs").stdout, encoding="utf-8"
    )
    line = one_line(cli("eval", "diff", stance, pairs))
    assert "one evaluation is of 'stance', the other of 'pairs'" in line


def test_a_baseline_of_other_items_is_told(server: FakeServer, data: Path) -> None:
    baseline = kept(server, data)
    written(data, rows(5))
    done = held(server, data, baseline)
    assert done.exit_code == 2
    assert "not of the same items" in done.stderr.splitlines()[-1]


def test_a_baseline_of_another_task_is_told_before_anything_is_asked(
    server: FakeServer, data: Path
) -> None:
    baseline = kept(server, data, task="pairs")
    before = len(server.seen)
    assert "the other of 'stance'" in held(server, data, baseline).stderr.splitlines()[-1]
    assert len(server.seen) == before


@pytest.mark.parametrize("most", ["nan", "inf", "-1"])
def test_a_gate_that_would_never_close_is_refused(
    server: FakeServer, data: Path, most: str
) -> None:
    done = held(server, data, kept(server, data), "--max-drop", most)
    assert done.exit_code == 2
    assert "--max-drop" in done.stderr


def test_why_items_failed_is_told(server: FakeServer, data: Path) -> None:
    server.will_always(lambda request: fails(404) if PLACES[0] in request.user else judge(request))
    assert "1 failed: the endpoint rejected" in judged(server, "--data", data).stderr
