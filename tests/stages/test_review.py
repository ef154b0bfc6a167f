"""A review applied to the comparison that was read, and to the next run of the same articles."""

from typing import Any

import pytest

from claimcompare.report import FORMS, render
from claimcompare.schema import Article, Claim, Comparison, Stance
from claimcompare.stages.marks import likeness, matched
from claimcompare.stages.review import reviewed
from tests.report import CONTROLS, again, is_clean
from tests.reviewing import SOUND, STANCES, lock, mark, marks, only, placed, stance_mark

LOCK = lock()


def rows(made: Comparison) -> list[tuple[str, str, str]]:
    return [(one.outcome, one.item, one.reason) for one in made.ledger if one.stage == "review"]


def next_run(made: Comparison, words: dict[str, str] | None = None) -> Comparison:
    """The comparison with other ids, in another order, and some claims in other words."""
    ids = {one.id: f"run2/{at}" for at, one in enumerate(reversed(made.claims))}
    text = made.model_dump_json()
    for before, after in ids.items():
        text = text.replace(f'"{before}"', f'"{after}"')
    for before, after in (words or {}).items():
        text = text.replace(before, after)
    again_read = Comparison.model_validate_json(text)
    return again(again_read, claims=tuple(reversed(again_read.claims)))


def by_text(made: Comparison, start: str) -> Claim:
    (claim,) = (one for one in made.claims if one.text.startswith(start))
    return claim


def test_a_wrong_claim_leaves_its_side_and_says_why() -> None:
    wrong = mark(LOCK, "post:1", "wrong", note="Quill did not say this")
    made = reviewed(LOCK, marks(wrong))
    one = placed(made)["post:1"]
    says = "marked wrong in review: Quill did not say this"
    assert (one.stance, one.reason, one.agreement) == (None, says, None)
    assert {pair.support for pair in only(made).pairs} == {"post:2"}
    assert [doubt.says for doubt in made.claim("post:1").doubts] == [says]
    assert rows(made) == [("doubted", "post:1", says)]
    assert placed(made)["post:2"] == placed(LOCK)["post:2"]


def test_without_its_only_denial_a_dispute_is_none_and_nothing_is_lost() -> None:
    made = reviewed(LOCK, marks(mark(LOCK, "echo:1", "wrong")))
    assert made.disputes == ()
    assert len(made.claims) == len(LOCK.claims)
    assert [one.outcome for one in made.ledger if one.item == SOUND] == ["abstained"]
    assert "marked wrong in review" in render(made, "text", everything=True)
    assert "marked wrong in review" in render(made, "html")


def test_a_wrong_stance_becomes_the_right_one() -> None:
    wrong = stance_mark(LOCK, "post:2", "wrong", right_stance="context", note="not the same")
    made = reviewed(LOCK, marks(wrong))
    one = placed(made)["post:2"]
    assert (one.stance, one.reason) == ("context", "by review: not the same")
    assert (one.agreement, one.probabilities) == (None, None)
    assert {pair.support for pair in only(made).pairs} == {"post:1"}
    assert rows(made) == [
        ("doubted", "post:2", f"context by review, not support: not the same (on “{SOUND}”)")
    ]
    assert "by review: not the same" in render(made, "text", everything=True)


def test_a_wrong_stance_without_a_right_one_is_left_open() -> None:
    made = reviewed(LOCK, marks(stance_mark(LOCK, "post:2", "wrong")))
    assert placed(made)["post:2"].stance is None
    assert placed(made)["post:2"].reason == "marked wrong in review"


def test_an_abstention_gets_the_stance_that_a_reader_gave() -> None:
    made = reviewed(LOCK, marks(stance_mark(LOCK, "post:3", "wrong", right_stance="support")))
    assert placed(made)["post:3"].stance == "support"
    assert ("post:3", "echo:1") in {(one.support, one.denial) for one in only(made).pairs}


def test_what_is_right_stays_as_it_is_and_is_noted() -> None:
    made = reviewed(
        LOCK, marks(mark(LOCK, "post:1", "right"), stance_mark(LOCK, "post:1", "right"))
    )
    assert made.claims == LOCK.claims
    assert made.disputes == LOCK.disputes
    assert [row[0] for row in rows(made)] == ["kept", "kept"]


def test_what_is_to_be_checked_is_a_doubt() -> None:
    some = marks(
        mark(LOCK, "echo:2", "check", note="ask him"), stance_mark(LOCK, "post:1", "check")
    )
    made = reviewed(LOCK, some)
    assert [one.says for one in made.claim("echo:2").doubts] == ["to be checked: ask him"]
    assert [one.says for one in made.claim("post:1").doubts] == [
        f"support to be checked (on “{SOUND}”)"
    ]
    assert made.disputes == LOCK.disputes
    assert "to be checked: ask him" in render(made, "markdown")


@pytest.mark.parametrize("name", ["Lena Marsh", "marsh", "Carla Zell", None])
def test_a_claim_goes_to_the_right_speaker_and_stays_on_its_side(name: str | None) -> None:
    made = reviewed(LOCK, marks(mark(LOCK, "post:1", "wrong", right_speaker={"name": name})))
    claim = made.claim("post:1")
    speaker = made.speaker(claim)
    assert claim.speaker == name
    known = "Lena Marsh" if name == "marsh" else name
    assert (speaker.name if speaker else None) == known
    assert placed(made)["post:1"].stance == "support"
    assert "not of Ines Quill" in claim.doubts[0].says


def test_a_dispute_of_one_speaker_with_himself_is_none() -> None:
    some = [
        mark(LOCK, one, "wrong", right_speaker={"name": "Oskar Bray"})
        for one in ("post:1", "post:2")
    ]
    assert reviewed(LOCK, marks(*some)).disputes == ()


def test_who_takes_back_what_he_never_said_takes_nothing_back() -> None:
    withdrawn = placed(LOCK)["post:1"].model_copy(update={"withdrawn_by": "echo:1"})
    dispute = only(LOCK)
    assertions = (withdrawn, *dispute.assertions[1:])
    made = again(LOCK, disputes=(dispute.model_copy(update={"assertions": assertions}),))
    kept = reviewed(made, marks(stance_mark(made, "post:2", "wrong")))
    assert placed(kept)["post:1"].withdrawn_by == "echo:1"
    same_side = reviewed(made, marks(stance_mark(made, "echo:1", "wrong", right_stance="support")))
    assert same_side.disputes == ()
    assert reviewed(made, marks(mark(made, "echo:1", "wrong"))).disputes == ()


MANY = marks(
    mark(LOCK, "post:1", "wrong", right_speaker={"name": "Carla Zell"}, note="see tape"),
    mark(LOCK, "post:2", "wrong"),
    mark(LOCK, "echo:2", "check"),
    stance_mark(LOCK, "post:1", "right"),
    stance_mark(LOCK, "post:3", "wrong", right_stance="support"),
    stance_mark(LOCK, "echo:1", "check"),
)


def test_a_review_can_be_applied_again() -> None:
    once = reviewed(LOCK, MANY)
    assert reviewed(once, MANY) == once
    assert Comparison.model_validate_json(once.model_dump_json()) == once


def test_the_next_run_has_other_ids_and_slightly_other_words() -> None:
    run = next_run(LOCK, {"will outlast the quay.": "will outlast that quay."})
    made = reviewed(run, MANY)
    changed = by_text(made, "The north lock will")
    assert changed.doubts[0].says == (
        "marked wrong in review (it was worded “The north lock will outlast the quay.”)"
    )
    assert by_text(made, "The north lock is sound").speaker == "Carla Zell"
    assert placed(made)[by_text(made, "The north lock has").id].stance == "support"
    assert not [one for one in rows(made) if one[0] == "abstained"]


def test_a_claim_beside_the_wrong_one_is_not_taken_for_it() -> None:
    run = again(LOCK, claims=LOCK.claims[1:], disputes=())
    made = reviewed(run, marks(mark(LOCK, "post:1", "wrong")))
    assert made.claims == run.claims
    assert [row[0] for row in rows(made)] == ["abstained"]


@pytest.mark.parametrize(
    ("update", "said"),
    [
        ({"text": "The north lock has 37 hinges."}, "no claim here"),
        ({"speaker": "Una Brock", "speaker_id": None}, "no claim here"),
        ({"speaker": None, "speaker_id": None}, "no claim here"),
        ({"evidence": LOCK.claims[0].evidence}, "no claim here"),
        ({"speaker": "MARSH", "speaker_id": None}, ""),
    ],
)
def test_other_figures_and_speakers_make_another_claim(update: dict[str, Any], said: str) -> None:
    claims = (*LOCK.claims[:2], LOCK.claims[2].model_copy(update=update), *LOCK.claims[3:])
    found = matched(marks(mark(LOCK, "post:3", "right")), again(LOCK, claims=claims))
    assert bool(found.strays) == bool(said)
    assert all(one.reason.startswith(said) for one in found.strays)


def test_a_changed_article_is_not_the_one_that_was_reviewed() -> None:
    post = Article(id="post", text=f"{LOCK.articles[0].text} ")
    run = again(LOCK, articles=(post, LOCK.articles[1]))
    made = reviewed(run, marks(mark(LOCK, "post:1", "wrong"), mark(LOCK, "echo:2", "right")))
    assert made.claims == LOCK.claims
    assert [row[0] for row in rows(made)] == ["kept", "abstained"]
    assert "or has changed" in rows(made)[1][2]


def test_a_proposition_in_other_words_is_another() -> None:
    run = lock(proposition="The north lock is unsound.")
    made = reviewed(run, marks(stance_mark(LOCK, "post:1", "right")))
    assert made.disputes == run.disputes
    assert "in no dispute here" in rows(made)[0][2]
    same = lock(proposition="the  north lock is sound.")
    assert not matched(marks(stance_mark(LOCK, "post:1", "right")), same).strays


@pytest.mark.parametrize(
    ("verdict", "now", "left"),
    [("right", "denial", "support"), ("wrong", "denial", "denial"), ("wrong", "support", None)],
)
def test_a_mark_is_of_the_stance_that_was_shown(
    verdict: str, now: Stance, left: Stance | None
) -> None:
    run = lock(STANCES | {"post:1": now})
    made = reviewed(run, marks(stance_mark(LOCK, "post:1", verdict)))
    assert placed(made)["post:1"].stance == left


def test_the_mark_in_the_very_words_counts_then_the_later() -> None:
    run = next_run(LOCK, {"will outlast the quay.": "will outlast that quay."})
    new_id = by_text(run, "The north lock will").id
    exact, older = mark(run, new_id, "right"), mark(LOCK, "post:2", "wrong")
    assert matched(marks(exact, older), run).claims[new_id] == exact
    assert matched(marks(older, mark(LOCK, "post:2", "check")), LOCK).claims["post:2"].verdict == (
        "check"
    )


@pytest.mark.parametrize("text", [*CONTROLS, "<script>alert(1)</script>", "{{ 7*7 }}", "'\"]\\"])
def test_a_hostile_note_is_text_in_every_form(text: str) -> None:
    some = marks(
        mark(LOCK, "post:1", "wrong", note=f"x{text}x"),
        stance_mark(LOCK, "post:2", "wrong", right_stance="context", note=f"y{text}y"),
        mark(LOCK, "echo:2", "check", note=f"z{text}z"),
    )
    made = reviewed(LOCK, some)
    for form in FORMS:
        written = render(made, form, everything=True)
        if form in ("html", "jsonld", "markdown"):
            assert "<script>alert" not in written
        if form == "text":
            assert is_clean(written)


def test_likeness_serves_any_script() -> None:
    assert likeness("北船闸完好无损。", "北船闸完好无损") > 0.9
    assert likeness("القفل الشمالي سليم", "القفل الشمالي معيب") < 0.9
    assert likeness("", "") == 1
