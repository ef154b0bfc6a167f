"""Marks: what they hold, and that they come back from a file as they were."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from claimcompare.schema.review import MOST_NOTE, Mark, Review, seen
from tests.report import again, comparison
from tests.reviewing import lock, mark, marks, stance_mark

LOCK = lock()
CLAIM = mark(LOCK, "post:1", "right").model_dump()
STANCE = stance_mark(LOCK, "post:1", "right").model_dump()


@given(note=st.text(st.characters(codec="utf-8"), max_size=MOST_NOTE))
def test_a_review_comes_back_as_it_was(note: str) -> None:
    made = Review(
        by="Desk",
        marks=(
            mark(LOCK, "post:1", "wrong", note=note, right_speaker={"name": None}),
            stance_mark(LOCK, "post:3", "right", at="2026-03-01T08:00:00Z"),
            stance_mark(LOCK, "echo:1", "wrong", right_stance="context"),
        ),
    )
    assert Review.model_validate_json(made.model_dump_json()) == made


@pytest.mark.parametrize(
    "wrong",
    [
        CLAIM | {"proposition": "The lock is sound."},
        CLAIM | {"stance": "support"},
        CLAIM | {"right_speaker": {"name": "Lena Marsh"}},
        CLAIM | {"verdict": "wrong", "right_stance": "denial"},
        CLAIM | {"verdict": "wrong", "right_speaker": {"name": ""}},
        CLAIM | {"verdict": "perhaps"},
        CLAIM | {"note": "x" * (MOST_NOTE + 1)},
        CLAIM | {"of": CLAIM["of"] | {"article": "../../etc/passwd"}},
        CLAIM | {"of": CLAIM["of"] | {"evidence": []}},
        CLAIM | {"of": CLAIM["of"] | {"claim": "x" * 10_001}},
        STANCE | {"proposition": None},
        STANCE | {"right_stance": "denial"},
        STANCE | {"verdict": "wrong", "right_speaker": {"name": "Lena Marsh"}},
        STANCE | {"command": "rm"},
    ],
)
def test_what_is_no_mark_is_refused(wrong: dict[str, Any]) -> None:
    Mark.model_validate(CLAIM)
    Mark.model_validate(STANCE)
    with pytest.raises(ValidationError):
        Mark.model_validate(wrong)


def test_a_later_mark_takes_the_place_of_one_about_the_same() -> None:
    first, stance = mark(LOCK, "post:1", "wrong"), stance_mark(LOCK, "post:1", "right")
    review = marks(first, stance).with_marks([mark(LOCK, "post:1", "right")])
    assert [(one.about, one.verdict) for one in review.marks] == [
        ("claim", "right"),
        ("stance", "right"),
    ]
    assert marks(first, stance).with_marks([], without=first).marks == (stance,)


def test_a_claim_longer_than_any_is_cut_off() -> None:
    long = LOCK.claims[0].model_copy(
        update={"text": "x" * 90_000, "speaker": "y" * 90_000, "speaker_id": None}
    )
    made = again(comparison((long,)), articles=LOCK.articles)
    assert len(seen(long, made).claim) == 10_000
    assert len(seen(long, made).speaker or "") == 1_000
