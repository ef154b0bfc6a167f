"""Whom a denial opposes and how, told alike in the forms that people read."""

import pytest

from claimcompare.report import render
from claimcompare.report.opposition import oppositions_in_words
from claimcompare.report.sides import listed
from claimcompare.schema import Comparison, Dispute, OpposingPair, OppositionKind
from tests.report import assertion, claim, comparison

CLAIMS = (
    claim("post:1", "Ines Quill", "The lock is sound."),
    claim("post:2", None, "The lock holds."),
    claim("post:3", "Ines Quill", "The lock is not sound."),
)


def disputed(*pairs: OpposingPair) -> tuple[Dispute, Comparison]:
    sides = (assertion("post:1", "support", 1), assertion("post:2", "support", 1))
    made = Dispute(
        proposition="The lock is sound.",
        assertions=(*sides, assertion("post:3", "denial", 0.9)),
        pairs=pairs,
    )
    return made, comparison(CLAIMS, (made,))


def pair(support: str, kind: OppositionKind, *, same_speaker: bool = False) -> OpposingPair:
    return OpposingPair(support=support, denial="post:3", kind=kind, same_speaker=same_speaker)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("denied", "denies the article itself"),
        ("value", "gives another value than the article itself"),
        ("withdrawn", "withdraws the article itself"),
        ("incompatible", "cannot be true together with the article itself"),
    ],
)
def test_every_kind_has_its_words(kind: OppositionKind, words: str) -> None:
    dispute, made = disputed(pair("post:2", kind))
    assert oppositions_in_words(dispute, made) == {"post:3": words}
    for form in ("text", "markdown"):
        text = " ".join(render(made, form).split())
        assert f"({words}; very likely, 90%)" in text


def test_kinds_are_told_apart_and_who_takes_back_what_they_said_themselves() -> None:
    own = pair("post:1", "withdrawn", same_speaker=True)
    dispute, made = disputed(own, pair("post:2", "denied"))
    assert oppositions_in_words(dispute, made) == {
        "post:3": "withdraws their own claim; denies the article itself"
    }


def test_a_speaker_is_named_once() -> None:
    dispute, made = disputed(pair("post:1", "denied"), pair("post:1", "denied"))
    assert oppositions_in_words(dispute, made) == {"post:3": "denies Ines Quill"}


def test_names_are_read_out() -> None:
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "C"]) == "A, B and C"
