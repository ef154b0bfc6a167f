"""Whether a claim objects to what others say, by its words alone."""

from claimcompare.schema import Claim
from claimcompare.stages.lexicon import (
    ACCUSATIONS,
    ACCUSING,
    LOOSE_OBJECTION,
    NO_REJECTION,
    REJECTION,
    WITHDRAWAL,
)
from claimcompare.stages.words import negated, normal


def objects(claim: Claim) -> bool:
    """Whether a claim says of something that it is not so, or no longer."""
    return bool(_objections(_told(claim)))


def objects_outright(claim: Claim) -> bool:
    """Whether it says so of a statement, and of nothing else: "denied it", "it is untrue".

    "He lied to the court" and "doubts remain" may be no answer to anybody.
    """
    told = _objections(_told(claim))
    return _is_reported_so(claim) or any(not LOOSE_OBJECTION.fullmatch(word) for word in told)


def rejects(claim: Claim) -> bool:
    """Whether it objects outright and no negation turns that: "did not call it a lie" does not."""
    return _is_reported_so(claim) or (objects_outright(claim) and not negated(claim.text))


def _is_reported_so(claim: Claim) -> bool:
    """Whether the word that reports a claim objects: "denied", "dismissed", "withdrew"."""
    cue = normal(claim.cue or "")
    return cue in _told(claim) and bool(_objections(cue))


def answers_accusations(claim: Claim) -> bool:
    """Whether what it objects to are accusations, as in "denied the allegations"."""
    return objects_outright(claim) and bool(ACCUSATIONS.search(_told(claim)))


def accuses(claim: Claim) -> bool:
    """Whether a claim is told as an accusation."""
    return bool(ACCUSING.search(_told(claim)))


def _objections(words: str) -> list[str]:
    return [at.group() for how in (REJECTION, WITHDRAWAL) for at in how.finditer(words)]


def _told(claim: Claim) -> str:
    """A claim's words, behind the one that reports it, without what only looks like objecting."""
    text, cue = normal(claim.text), normal(claim.cue or "")
    return NO_REJECTION.sub(" ", text if cue in text else f"{cue} {text}")
