"""Closed questions, and what an endpoint's answers to them come to."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from pydantic import Field, field_validator

from claimcompare.schema import Record
from claimcompare.usage import Usage

# Some servers round each probability.
_ROUNDING = 0.02
_NOTHING: Mapping[str, float] = MappingProxyType({})


class Option(NamedTuple):
    """One answer that a question allows, and what it means."""

    value: str
    description: str = ""


class Question(Record):
    """A closed question; its two or more options differ in their first letters."""

    name: str = Field(min_length=1)
    instructions: str
    options: tuple[Option, ...] = Field(min_length=2)

    @field_validator("options")
    @classmethod
    def _can_be_told_apart(cls, options: tuple[Option, ...]) -> tuple[Option, ...]:
        """In chat, the first token of an answer is all that is read of it."""
        if len({option.value[:1].casefold() for option in options if option.value}) < len(options):
            raise ValueError("the options do not differ in their first letters")
        return options

    @property
    def values(self) -> tuple[str, ...]:
        """What can be answered."""
        return tuple(option.value for option in self.options)


class Decision(NamedTuple):
    """A probability for each option, summing to 1; none where `error` says why.

    `label_mass`, where it is told, is how much of the model's probability fell on the options at
    all: the model wanted to say something else where it is low.
    """

    probabilities: Mapping[str, float] = _NOTHING
    label_mass: float | None = None
    error: str | None = None


class Decisions(NamedTuple):
    """The decisions in the order of the questions, and what they cost together."""

    answers: tuple[Decision, ...]
    usage: Usage


class Told(Record):
    """One answer as an endpoint gave it; `fault` says why it is none."""

    name: str | None = None
    probabilities: tuple[tuple[str, float], ...] = ()
    label_mass: float | None = None
    fault: str | None = None


def decided(questions: Sequence[Question], told: Sequence[Told]) -> tuple[Decision, ...]:
    """The decision on each question; answers without a name stand in the questions' order."""
    in_order = len(told) == len(questions)
    found: dict[str | None, list[Told]] = defaultdict(list)
    for place, one in enumerate(told):
        found[questions[place].name if one.name is None and in_order else one.name].append(one)
    return tuple(_decision(question, found[question.name]) for question in questions)


def _decision(question: Question, found: Sequence[Told]) -> Decision:
    if len(found) != 1:
        return Decision(error=f"the endpoint gave {len(found)} answers" if found else "no answer")
    (one,) = found
    fault = one.fault or _fault(question, one.probabilities)
    if fault is not None:
        return Decision(label_mass=one.label_mass, error=fault)
    given = dict(one.probabilities)
    total = sum(given.values())
    probabilities = {value: given.get(value, 0.0) / total for value in question.values}
    return Decision(probabilities, one.label_mass)


def _fault(question: Question, given: Sequence[tuple[str, float]]) -> str | None:
    """What is wrong with probabilities; an option that is left out has none."""
    odd = [f"{value!r}: {share}" for value, share in given if not 0 <= share < math.inf]
    if odd:
        return f"no probabilities: {', '.join(odd)}"
    if not set(dict(given)) <= set(question.values):
        return "probabilities of something else than the options"
    if len(dict(given)) < len(given):
        return "two probabilities of one option"
    total = sum(share for _, share in given)
    # A hundredth more is what adding up floats may bring.
    if abs(total - 1) > _ROUNDING * 1.01:
        return f"the probabilities sum to {total:.3g}"
    return None
