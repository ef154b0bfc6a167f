"""`review`: marks made in a terminal, kept whatever ends it, applied, and exported."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from claimcompare.cli import app
from claimcompare.cli import review as command
from claimcompare.cli.asking import Asking, items_of
from claimcompare.report import render
from claimcompare.schema import Comparison
from claimcompare.schema.review import MOST_NOTE, Review
from tests.report import CONTROLS, again, is_clean
from tests.reviewing import SOUND, lock, mark, marks, stance_mark

LOCK = lock()


@pytest.fixture
def made(tmp_path: Path) -> Path:
    file = tmp_path / "story.json"
    file.write_text(render(LOCK, "json"), encoding="utf-8")
    return file


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, made: Path) -> Any:
    """Runs the command as in a terminal where these lines are typed."""
    monkeypatch.setattr(command, "_is_terminal", lambda: True)

    def run(*lines: str, options: tuple[str | Path, ...] = ()) -> Result:
        text = "".join(f"{line}\n" for line in lines)
        return CliRunner().invoke(app, ["review", str(made), *map(str, options)], input=text)

    return run


def saved(made: Path) -> Review:
    return Review.model_validate_json(made.with_name("story.review.json").read_bytes())


def told(review: Review) -> list[tuple[str, str, str]]:
    return [(one.about, one.of.claim, one.verdict) for one in review.marks]


def test_claims_of_disputes_come_first_each_with_its_stance() -> None:
    items = [(one.claim.id, one.proposition) for one in items_of(LOCK)]
    assert items == [
        *(("post:1", None), ("post:1", SOUND), ("post:2", None), ("post:2", SOUND)),
        *(("echo:1", None), ("echo:1", SOUND), ("post:3", None), ("post:3", SOUND)),
        ("echo:2", None),
    ]


def test_all_is_marked_and_saved(typed: Any, made: Path) -> None:
    done = typed(*("r", "r"), *("w", "Lena Marsh"), *("w", "c"), *("r", "R"), *("c", "w", ""), "r")
    assert done.exit_code == 0, done.output
    review = saved(made)
    assert [one.verdict for one in review.marks] == [
        *("right", "right", "wrong", "wrong", "right", "right", "check", "wrong", "right")
    ]
    assert review.marks[2].right_speaker
    assert review.marks[2].right_speaker.name == "Lena Marsh"
    assert [one.right_stance for one in review.marks[3:8]] == ["context", None, None, None, None]
    assert "9 of 9 marked" in done.stderr
    shown = done.stdout
    assert "Ines Quill" in shown
    assert "“The north lock is sound and will outlast the quay, Ines Quill said.” (Post)" in shown
    assert f"on “{SOUND}”: support (2 of 2 readings agree)" in shown


def test_it_goes_on_where_it_stopped(typed: Any, made: Path) -> None:
    assert typed("r", "r", "q").exit_code == 0
    assert "3 of 9, claim" in typed("q").stdout
    typed("s", "c", "q")
    assert told(saved(made))[-1] == ("stance", "The north lock will outlast the quay.", "check")
    assert "3 of 9, claim" in typed("q").stdout


def test_back_notes_and_a_mark_that_is_changed(typed: Any, made: Path) -> None:
    done = typed("n heard on tape", "r", "b", "w", "-", "n", "no, it is not", "b", "n it is", "q")
    first, *others = saved(made).marks
    assert (first.verdict, first.note) == ("wrong", "it is")
    assert first.right_speaker
    assert first.right_speaker.name is None
    assert others == []
    assert "heard on tape" in done.stdout


def test_what_is_no_key_is_told_and_asked_again(typed: Any, made: Path) -> None:
    done = typed("x", "", "r", "q")
    assert "'x' is none of the keys" in done.stdout
    assert len(saved(made).marks) == 1


def test_words_behind_a_key_are_the_note(typed: Any, made: Path) -> None:
    typed("w it was the mayor", "Lena Marsh", "n heard on tape", "r", "b", "r", "q")
    assert [(one.verdict, one.note) for one in saved(made).marks] == [
        ("wrong", "it was the mayor"),
        ("right", "heard on tape"),
    ]


def test_a_side_that_is_none_is_told_and_asked_again(typed: Any, made: Path) -> None:
    done = typed("r", "w", "support?", "x", "Denial", "q")
    assert "'support?' is none of the sides" in done.stdout
    assert saved(made).marks[1].right_stance == "denial"


@pytest.mark.parametrize("end", [KeyboardInterrupt, None, OSError("gone")])
def test_whatever_ends_it_marks_are_kept(end: Any) -> None:
    kept: list[Review] = []
    answers = iter(["r", "w", "d"])

    def line(_: str) -> str | None:
        answer = next(answers, None)
        if answer is None and end:
            raise end
        return answer

    asking = Asking(Review(), LOCK, save=kept.append)
    if end:
        with pytest.raises((KeyboardInterrupt, OSError)):
            asking.run(line)
    else:
        asking.run(line)
    assert [len(one.marks) for one in kept] == [1, 2]


def test_ctrl_c_ends_in_a_line(typed: Any, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed("r")

    def interrupted(_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "_line", interrupted)
    done = typed()
    assert done.exit_code == 130
    assert "1 of 9 marked" in done.stderr
    assert len(saved(made).marks) == 1


def test_a_file_is_never_half_written(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = made.with_name("x.review.json")
    command.save(marks(mark(LOCK, "post:1", "right")), file)
    before = file.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        command.save(Review(), file)
    assert file.read_bytes() == before
    assert sorted(one.name for one in made.parent.iterdir()) == ["story.json", "x.review.json"]


def test_without_a_terminal_it_says_what_else_there_is(made: Path) -> None:
    done = CliRunner().invoke(app, ["review", str(made)], input="r\n")
    assert done.exit_code == 2
    assert "asks in a terminal" in done.stderr
    assert "--export" in done.stderr
    assert not made.with_name("story.review.json").exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "not a review"), ("[]", "not a review"), ('{"version": 2}', "not a review of this"),
     ('{"marks": [{"about": "claim", "verdict": "right"}]}', "marks.0.of")],
)  # fmt: skip
def test_what_is_no_review_is_named(made: Path, text: str, says: str) -> None:
    file = made.with_name("other.review.json")
    file.write_text(text, encoding="utf-8")
    for arguments in (["review", made, "--marks", file], ["report", made, "--review", file]):
        done = CliRunner().invoke(app, list(map(str, arguments)))
        assert done.exit_code == 2
        assert says in done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_marks_of_the_page_are_taken_over(typed: Any, made: Path) -> None:
    page = made.with_name("page.review.json")
    command.save(marks(mark(LOCK, "post:1", "wrong"), mark(LOCK, "echo:2", "check")), page)
    done = typed("q", options=("--marks", page, "--by", "Night desk"))
    assert "2 of 9 marked" in done.stderr
    assert saved(made).by == "Night desk"
    assert len(saved(made).marks) == 2


def test_a_report_respects_marks_and_tells_what_fits_nothing(made: Path) -> None:
    file = made.with_name("story.review.json")
    other = lock(proposition="The tide is high.")
    command.save(
        marks(mark(LOCK, "post:1", "wrong", note="no"), stance_mark(other, "post:2", "right")), file
    )
    done = CliRunner().invoke(app, ["report", str(made), "--review", str(file), "-f", "json"])
    assert done.exit_code == 0, done.stderr
    result = Comparison.model_validate_json(done.stdout)
    assert result.claim("post:1").doubts[0].says == "marked wrong in review: no"
    assert "not applied: marked right in review; the claim is in no dispute here" in done.stderr


def test_a_review_is_never_written_over_by_its_report(made: Path) -> None:
    file = made.with_name("story.review.json")
    command.save(marks(mark(LOCK, "post:1", "wrong")), file)
    before = file.read_bytes()
    arguments = ["report", made, "--review", file, "-f", "json", "-o", file]
    done = CliRunner().invoke(app, list(map(str, arguments)))
    assert done.exit_code == 2
    assert file.read_bytes() == before


def test_gold_is_written_and_what_it_holds_is_said(made: Path) -> None:
    file = made.with_name("story.review.json")
    command.save(marks(mark(LOCK, "post:1", "right"), mark(LOCK, "post:2", "wrong")), file)
    gold = made.with_name("story.gold.json")
    done = CliRunner().invoke(app, ["review", str(made), "--export", str(gold)])
    assert done.exit_code == 0, done.stderr
    assert "story.gold.json: 1 claims, 0 disputes" in done.stdout
    assert "left out: 1 marked claims are wrong" in done.stderr
    assert [one["text"] for one in json.loads(gold.read_bytes())["claims"]] == [SOUND]


@pytest.mark.parametrize("text", CONTROLS)
def test_what_is_shown_moves_no_cursor(typed: Any, made: Path, text: str) -> None:
    claims = [one.model_copy(update={"text": f"x{text}x"}) for one in LOCK.claims]
    hostile = again(LOCK, claims=tuple(claims))
    made.write_text(render(hostile, "json"), encoding="utf-8")
    command.save(
        marks(mark(LOCK, "echo:2", "right", note=f"y{text}y")), made.with_name("story.review.json")
    )
    assert is_clean(typed("q").stdout)


def test_a_note_that_is_too_long_is_cut_off(typed: Any, made: Path) -> None:
    done = typed("n " + "x" * 5000, "r", "q")
    assert "cut off after 2000" in done.stdout
    assert len(saved(made).marks[0].note) == MOST_NOTE
