"""A dispute about a lock in two articles, and marks on it."""

from typing import Any

from claimcompare.schema import (
    Article,
    Assertion,
    Claim,
    Comparison,
    Dispute,
    Proposition,
    Speaker,
    Stance,
)
from claimcompare.schema.records import Span
from claimcompare.schema.review import Mark, Review, seen
from claimcompare.stages import Event
from claimcompare.stages.disputes import disputes
from tests.report import again, comparison, read

SOUND = "The north lock is sound."
_POST = (
    "The north lock is sound and will outlast the quay, Ines Quill said.",
    "It has 31 hinges, Lena Marsh said.",
)
_ECHO = (
    "The north lock is not sound at all, Oskar Bray said.",
    "He had looked at it on Monday.",
)
_ARTICLES = tuple(
    Article(id=name, text=" ".join(sentences), publisher=name.capitalize(), language="en")
    for name, sentences in (("post", _POST), ("echo", _ECHO))
)
_SAID = (
    ("post:1", "Ines Quill", _POST[0], "The north lock is sound."),
    ("post:2", "Ines Quill", _POST[0], "The north lock will outlast the quay."),
    ("post:3", "Lena Marsh", _POST[1], "The north lock has 31 hinges."),
    ("echo:1", "Oskar Bray", _ECHO[0], "The north lock is not sound at all."),
    ("echo:2", None, _ECHO[1], "Oskar Bray looked at the north lock on Monday."),
)
STANCES: dict[str, Stance | None] = {
    "post:1": "support",
    "post:2": "support",
    "post:3": None,
    "echo:1": "denial",
}


def lock(stances: dict[str, Stance | None] | None = None, proposition: str = SOUND) -> Comparison:
    """The comparison, with claims that stand where they are said to."""
    speakers = tuple(
        Speaker(id=f"s{at}", name=name, names=(name, name.split()[1]))
        for at, name in enumerate(("Ines Quill", "Lena Marsh", "Oskar Bray"))
    )
    made = comparison(tuple(_claim(one, speakers) for one in _SAID))
    placed = [_read(*one) for one in (STANCES if stances is None else stances).items()]
    event = Event(articles=_ARTICLES, speakers=speakers, claims=made.claims)
    found = disputes(event, [Proposition(text=proposition)], [placed]).found
    return again(made, articles=_ARTICLES, speakers=speakers, disputes=found)


def mark(made: Comparison, claim_id: str, verdict: str, **more: Any) -> Mark:
    """A mark about a claim of the comparison."""
    of = seen(made.claim(claim_id), made)
    return Mark.model_validate({"about": "claim", "verdict": verdict, "of": of, **more})


def stance_mark(made: Comparison, claim_id: str, verdict: str, **more: Any) -> Mark:
    """A mark about where a claim stands in the first dispute."""
    dispute = made.disputes[0]
    (stance,) = (one.stance for one in dispute.assertions if one.claim_id == claim_id)
    told = {"about": "stance", "proposition": dispute.proposition, "stance": stance}
    return mark(made, claim_id, verdict, **told, **more)


def marks(*some: Mark) -> Review:
    """A review of them."""
    return Review(marks=some)


def placed(made: Comparison) -> dict[str, Assertion]:
    """Where the claims of the only dispute stand."""
    (dispute,) = made.disputes
    return {one.claim_id: one for one in dispute.assertions}


def only(made: Comparison) -> Dispute:
    """The only dispute."""
    (dispute,) = made.disputes
    return dispute


def _read(claim_id: str, stance: Stance | None) -> Assertion:
    made = read(claim_id, stance, 1 if stance is None else 2)
    return made if stance else made.model_copy(update={"reason": "too vague"})


def _claim(said: tuple[str, str | None, str, str], speakers: tuple[Speaker, ...]) -> Claim:
    claim_id, speaker, sentence, text = said
    article = next(one for one in _ARTICLES if claim_id.startswith(one.id))
    start = article.text.index(sentence)
    return Claim(
        id=claim_id,
        article_id=article.id,
        speaker=speaker,
        speaker_id=next((one.id for one in speakers if one.name == speaker), None),
        text=text,
        evidence=(Span(start=start, end=start + len(sentence), text=sentence),),
    )
