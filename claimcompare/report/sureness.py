"""How sure an assertion is: what was measured, how many readings agree, or nothing."""

from typing import Literal

from claimcompare.schema import Agreement, Assertion, Probabilities

# The words that the IPCC's guidance note (2010) has for ranges of percentages.
_WORDS = ((90, "very likely"), (66, "likely"), (33, "about as likely as not"), (0, "unlikely"))
_ALL, _NONE = 100, 0
_BOTH = 2
# "Very likely", as above.
_SURE = 0.9


def how_sure(assertion: Assertion) -> str:
    """How sure the stance is, or why there is none; empty where nothing is known of that.

    A reason beside a stance is that a reader gave it.
    """
    if assertion.stance is None:
        return _abstained(assertion)
    told = []
    if assertion.probabilities:
        told.append(_likely(assertion.probabilities.of(assertion.stance)))
    if assertion.agreement:
        told.append(_readings(assertion.agreement))
    if assertion.reason and not told:
        told.append(assertion.reason)
    return "; ".join(told)


def is_sure(assertion: Assertion) -> bool:
    """Whether a stance can be told to others: measured, read alike twice, or given by a reader."""
    if assertion.stance is None or assertion.withdrawn_by:
        return False
    if assertion.probabilities:
        return assertion.probabilities.of(assertion.stance) >= _SURE
    agreement = assertion.agreement
    if agreement:
        return agreement.agreeing == agreement.readings >= _BOTH
    return assertion.reason is not None


def percent(share: float) -> str:
    """A probability in percent; what is not certain is never rounded to certainty."""
    beyond, rounded = rounded_percent(share)
    return f"{beyond} {rounded}%".lstrip()


def rounded_percent(share: float) -> tuple[Literal["", "over", "under"], int]:
    """The whole percentage that a probability is, or is over or under."""
    rounded = round(share * 100)
    if rounded >= _ALL and share < 1:
        return "over", 99
    return ("under", 1) if rounded <= _NONE < share else ("", rounded)


def likelihood(share: float) -> str:
    """The words for a probability, as in "very likely"."""
    return next(words for least, words in _WORDS if round(share * 100) >= least)


def surest_first(assertion: Assertion) -> tuple[int, float, int]:
    """What to sort by: the probability where it was measured, else agreement, else nothing."""
    if assertion.confidence is not None:
        return 0, -assertion.confidence, 0
    if assertion.agreement:
        share = assertion.agreement.agreeing / assertion.agreement.readings
        return 1, -share, -assertion.agreement.readings
    return 2, 0, 0


def _abstained(assertion: Assertion) -> str:
    """The reason, with what each side was given or that readings differ."""
    reason = assertion.reason or "no stance"
    if assertion.probabilities:
        return f"{reason}: {_each(assertion.probabilities)}"
    agreement = assertion.agreement
    if agreement is None or agreement.agreeing == agreement.readings:
        return reason
    if agreement.readings == _BOTH:
        return f"the two readings differ: {reason}"
    return f"{_readings(agreement)}: {reason}"


def _likely(share: float) -> str:
    return f"{likelihood(share)}, {percent(share)}"


def _each(probabilities: Probabilities) -> str:
    return ", ".join(
        f"{side} {percent(share)}" for side, share in probabilities.model_dump().items()
    )


def _readings(agreement: Agreement) -> str:
    if agreement.readings == 1:
        return "one reading"
    verb = "agrees" if agreement.agreeing == 1 else "agree"
    return f"{agreement.agreeing} of {agreement.readings} readings {verb}"
