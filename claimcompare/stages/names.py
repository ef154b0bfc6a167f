"""Names that may be one speaker's, and what comes of several answers about them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claimcompare.schema import LedgerRow, Outcome
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.nearness import Nearness
from claimcompare.stages.occurrence import tokens

_GRAM = 3
# Of the names that one is to meet, how many are alike; the others are told of in the same words.
_ALIKE = 2 / 3


class NameRow(NamedTuple):
    """A name as a prompt shows it: with its outlet, and words around it."""

    name: str
    outlet: str
    text: str


class SaidSame(NamedTuple):
    """What a model says of the names at some places, or None: which are one, the fullest first."""

    seen: frozenset[int] | None
    same: tuple[tuple[int, ...], ...]
    log: StageLog
    cut_off: bool = False


def near_names(rows: Sequence[NameRow], count: int) -> list[list[int]]:
    """For each name the places of others that may be the same speaker's, in any script.

    They share words or three letters in a row with it, or stand beside words of it.
    """
    alike = Nearness([_grams(row.name) for row in rows]).neighbours(round(_ALIKE * count) or 1)
    told = Nearness([row.text for row in rows])
    found = []
    for own, (row, others) in enumerate(zip(rows, alike, strict=True)):
        more = (at for at in told.nearest(row.name, count + 1) if at != own)
        found.append(list(dict.fromkeys((*others, *more)))[:count])
    return found


def said_same(
    window: Sequence[int], same: Sequence[Sequence[int]]
) -> tuple[tuple[tuple[int, ...], ...], StageLog]:
    """The places that the numbers of an answer stand for, each in one group."""
    rest = dict(enumerate(window, start=1))
    groups: list[tuple[int, ...]] = []
    log = StageLog()
    for numbers in same:
        here = [rest.pop(number) for number in dict.fromkeys(numbers) if number in rest]
        groups.append(tuple(here))
        if len(here) < len(numbers):
            reason = "has a number of no name, or of one taken"
            log += name_log("refused", f"{list(numbers)}", reason)
    return tuple(groups), log


def same_speakers(
    names: Sequence[str], answers: Sequence[SaidSame]
) -> tuple[list[tuple[int, ...]], StageLog]:
    """The places of all names in groups of one speaker, and what was joined.

    A name that two answers join with different others joins these, unless an answer that had both
    kept them apart: "Durbin" may be one man to one answer and another man to the next.
    """
    apart = _Apart(answers)
    groups = {at: [at] for at in range(len(names))}
    logs = []
    for first, *others in (group for answer in answers for group in answer.same if group):
        for other in others:
            one, two = groups[first], groups[other]
            if one is two:
                continue
            if pair := apart.among(one, two):
                says = f"is not joined with {names[other]}: {names[pair[0]]} and {names[pair[1]]} "
                logs.append(name_log("abstained", names[first], f"{says}were read as two"))
                continue
            one.extend(two)
            groups.update(dict.fromkeys(two, one))
    made = list({id(group): tuple(group) for group in groups.values()}.values())
    for head, *others in made:
        if others:
            reason = f"is also {', '.join(names[at] for at in others)}"
            logs.append(name_log("kept", names[head], reason))
    return made, joined(logs)


def name_log(outcome: Outcome, item: str, reason: str) -> StageLog:
    """What became of a name, as a row of the ledger."""
    row = LedgerRow(stage="speakers", outcome=outcome, item=item, reason=reason)
    return StageLog(ledger=(row,))


class _Apart:
    """Which names some answer had both of, and none joined."""

    def __init__(self, answers: Sequence[SaidSame]) -> None:
        self._seen: dict[int, set[int]] = defaultdict(set)
        self._same: dict[int, set[int]] = defaultdict(set)
        for number, answer in enumerate(answers):
            for at in answer.seen or ():
                self._seen[at].add(number)
            for group in answer.same:
                for at in group:
                    self._same[at].update(group)

    def among(self, one: Sequence[int], two: Sequence[int]) -> tuple[int, int] | None:
        """The first names of two groups that were kept apart."""
        return next(
            (
                (at, other)
                for at in one
                for other in two
                if other not in self._same[at] and self._seen[at] & self._seen[other]
            ),
            None,
        )


def _grams(name: str) -> str:
    """The words of a name, and all that stands in them in a row, as words."""
    words = tokens(name)
    return " ".join([*words, *(gram for word in words for gram in _of(word))])


def _of(word: str) -> Iterator[str]:
    return (word[at : at + _GRAM] for at in range(len(word) - _GRAM + 1))
