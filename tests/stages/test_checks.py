"""Checks: a claim is believed only where the article bears it out."""

from typing import NamedTuple

import pytest

from claimcompare.stages.checks import check
from claimcompare.stages.statements import Checked, Refused, Said
from tests.stages.harbour import ALL, GIVEN, SENTENCES, mention_of, said


class Kept(NamedTuple):
    """A good claim, and what comes out; the mention is where these words first stand."""

    claim: Said
    speaker: str | None
    cue: str | None
    mention: str | None
    via: tuple[str, ...] = ()


KEPT = {
    "indirect speech": Kept(
        said("Ines Quill", "The north lock is sound and may reopen in May.", 1),
        "Ines Quill",
        "said",
        "Ines Quill",
    ),
    "direct quote": Kept(
        said("Ines Quill", "The harbour has tested every gate since the flood.", 2, who="she"),
        "Ines Quill",
        "told",
        "she",
    ),
    "a speaker told of before": Kept(
        said("Ines Quill", "The harbour has tested every gate since the flood.", 2, who=""),
        "Ines Quill",
        "told",
        None,
    ),
    "denial": Kept(
        said("Oskar Bray", "It is untrue that 21 boats were damaged.", 3, who="COUNCILLOR"),
        "Oskar Bray",
        "denied",
        "Councillor",
    ),
    "denial as a plain negation": Kept(
        said("Oskar Bray", "Twenty-one boats have not been damaged.", 3, who="the councillor"),
        "Oskar Bray",
        "denied",
        "Oskar Bray",
    ),
    "according to": Kept(
        said("Lena Marsh", "The pumps failed twice in 2019.", 4, who="Dr Lena Marsh"),
        "Lena Marsh",
        "According to",
        "Dr. Lena Marsh",
    ),
    "a title the article lacks": Kept(
        said("Professor Lena Marsh", "The pumps failed in 2019.", 4),
        "Lena Marsh",
        "According to",
        "Lena Marsh",
    ),
    "a title the article has": Kept(
        said("Harbour master Ines Quill", "The north lock is sound.", 1),
        "Harbour master Ines Quill",
        "said",
        "Harbour master Ines Quill",
    ),
    "a negation": Kept(
        said("Oskar Bray", "The council did not close the tunnel.", 5, who="Bray"),
        "Oskar Bray",
        "added",
        "Bray",
    ),
    "a chain": Kept(
        said("Milo Strand", "The ferry costs 1200 crowns.", 6, via=("Fenwick Post",)),
        "Milo Strand",
        "reported",
        "Milo Strand",
        ("Fenwick Post",),
    ),
    "a speaker who relays himself": Kept(
        said("Milo Strand", "The ferry costs 1200 crowns.", 6, via=("Milo Strand",)),
        "Milo Strand",
        "reported",
        "Milo Strand",
    ),
    "the article's own voice": Kept(
        said(None, "The repairs to the north lock were useless.", 8), None, None, None
    ),
    "the article's own voice beside a cue": Kept(
        said(None, "The ferry costs 1,200 crowns.", 6), None, None, None
    ),
    "white space": Kept(
        said("Ines Quill", " The north\nlock\t is sound. ", 1), "Ines Quill", "said", "Ines Quill"
    ),
}


@pytest.mark.parametrize("kept", KEPT.values(), ids=KEPT.keys())
def test_a_claim_that_the_article_bears_out_is_kept(kept: Kept) -> None:
    checked = check(kept.claim, ALL)
    assert checked == Checked(
        evidence=kept.claim.evidence,
        speaker=kept.speaker,
        mention=mention_of(kept.claim.evidence, kept.mention) if kept.mention else None,
        via=kept.via,
        cue=kept.cue,
        text=" ".join((kept.claim.wording or "").split()),
    )


REFUSED = {
    "an invented speaker": (
        said("Carla Zell", "The pumps failed twice in 2019.", 4),
        "'Carla Zell' does not occur in the article",
    ),
    "an invented speaker, not worded": (
        said("Carla Zell", None, 4),
        "'Carla Zell' does not occur in the article",
    ),
    "an invented speaker under a pronoun": (
        said("Carla Zell", None, 2, who="she"),
        "'Carla Zell' does not occur in the article",
    ),
    "a surname swapped": (
        said("Lena Zell", "The pumps failed twice in 2019.", 4),
        "'Lena Zell' does not occur in the article",
    ),
    "the worked example's speaker": (
        said("Lotte Prim", "The pumps failed twice in 2019.", 4),
        "'Lotte Prim' comes from the worked example",
    ),
    "a pronoun": (
        said("she", "The harbour has tested every gate.", 2),
        "'she' is not resolved to a name",
    ),
    "no name": (said(" ", "The harbour has tested every gate.", 2), "names no speaker"),
    "a pronoun in the chain": (
        said("Milo Strand", "The ferry costs 1,200 crowns.", 6, via=("They",)),
        "'They' is not resolved to a name",
    ),
    "an invented name in the chain": (
        said("Milo Strand", "The ferry costs 1,200 crowns.", 6, via=("Zell Gazette",)),
        "'Zell Gazette' does not occur",
    ),
    "content of another sentence": (
        said("Oskar Bray", "The pumps failed twice.", 5),
        "shares no content word",
    ),
    "a copy of another sentence": (
        said("Ines Quill", "The repairs to the north lock were useless.", 7),
        f"those of another sentence: '{SENTENCES[7]}'",
    ),
    "a copy of a sentence before": (
        said("Ines Quill", "The north lock may reopen in May.", 7),
        "those of another sentence: 'Harbour master",
    ),
    "words of no sentence": (
        said("Oskar Bray", "Dragons guard buried treasure under boats.", 3),
        "its words are not those of the article",
    ),
    "words of the worked example": (
        said("Oskar Bray", "The ovens were stolen at dawn.", 3),
        "its words are those of the worked example",
    ),
    "nothing": (said("Ines Quill", " ", 2), "no content words"),
    "only marks": (said("Ines Quill", "“...”", 2), "no content words"),
    "only little words": (said("Ines Quill", "That was so.", 2), "no content words"),
    "no cue and no quote": (
        said("Oskar Bray", "The repairs to the north lock were useless.", 8),
        "no word reports it",
    ),
    "a cue out of the claim": (
        said("Oskar Bray", None, 8)._replace(cue="useless"),
        "not attributed to Oskar Bray",
    ),
}


@pytest.mark.parametrize(("claim", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_claim_that_the_article_does_not_bear_out_is_refused(claim: Said, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        check(claim, GIVEN)


def test_a_claim_is_refused_the_second_time() -> None:
    claim = said("Oskar Bray", "It is untrue that 21 boats were damaged.", 3)
    first = check(claim, GIVEN)
    with pytest.raises(Refused, match="repeats another claim"):
        check(claim, GIVEN, [first])


def test_another_claim_of_the_same_sentence_is_kept() -> None:
    first = check(said("Ines Quill", "The north lock is sound.", 1), ALL)
    other = check(said("Ines Quill", "The north lock may reopen in May.", 1), ALL, [first])
    assert other.text == "The north lock may reopen in May."
