"""Whether a claim objects to what others say, by its words alone."""

from claimcompare.schema import Claim
from claimcompare.stages.lexicon import ACCUSATIONS, ACCUSING, LOOSE_OBJECTION, OF_A_STATEMENT
from claimcompare.stages.words import negated, normal, objections


def as_reported(claim: Claim) -> str:
    """A claim's words, behind the one that reports it unless it is there: "denied: It is dry"."""
    cue = claim.cue or ""
    return claim.text if normal(cue) in normal(claim.text) else f"{cue}: {claim.text}"


def objects(claim: Claim) -> bool:
    """Whether a claim says of something that it is not so, or no longer."""
    return bool(objections(as_reported(claim)))


def objects_outright(claim: Claim) -> bool:
    """Whether it says so of a statement, and of nothing else: "denied it", "it is untrue".

    "He lied to the court" and "doubts remain" may be no answer to anybody.
    """
    told = as_reported(claim)
    is_strict = any(not LOOSE_OBJECTION.fullmatch(word) for word in objections(told))
    return is_strict or bool(OF_A_STATEMENT.search(normal(told)))


def rejects(claim: Claim) -> bool:
    """Whether it objects outright and no negation turns that: "did not call it untrue" does not."""
    is_reported_so = bool(objections(claim.cue or ""))
    return objects_outright(claim) and (is_reported_so or not negated(claim.text))


def answers_accusations(claim: Claim) -> bool:
    """Whether what it objects to are accusations, as in "denied the allegations"."""
    return objects_outright(claim) and bool(ACCUSATIONS.search(normal(as_reported(claim))))


def accuses(claim: Claim) -> bool:
    """Whether a claim is told as an accusation."""
    return bool(ACCUSING.search(normal(as_reported(claim))))
