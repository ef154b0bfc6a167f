"""Which numbers of a claim have no equal in the passages that it cites."""

from claimcompare.stages.quantities.cldr import likely_language
from claimcompare.stages.quantities.finding import numbers
from claimcompare.stages.quantities.kinds import Number, Reading

# Far more than any claim cites; the time is linear, and this bounds it.
_LONGEST_TEXT = 30_000

_Index = dict[Reading, set[tuple[str, str]]]


def unproved_numbers(claim: str, passages: str, *, language: str | None = None) -> tuple[str, ...]:
    """The numbers of the claim, as written there, that no number of the passages equals."""
    claim, passages = claim[:_LONGEST_TEXT], passages[:_LONGEST_TEXT]
    language = language or likely_language(f"{claim} {passages}")
    index = _index(numbers(passages, language=language))
    return tuple(
        number.text
        for number in numbers(claim, language=language)
        if number.sure and not _proved(number, index)
    )


def _index(found: list[Number]) -> _Index:
    """For each reading of the passages, the units and bound marks it stands with."""
    index: _Index = {}
    for number in found:
        for reading in number.readings.union(*number.parts):
            index.setdefault(reading, set()).add((number.unit, number.bound))
    return index


def _proved(number: Number, index: _Index) -> bool:
    """Whether any reading of the number, or each of its parts, stands in the passages."""

    def stands(readings: frozenset[Reading]) -> bool:
        return any(
            _agrees(number, unit, bound)
            for reading in readings
            for unit, bound in index.get(reading, ())
        )

    return stands(number.readings) or (bool(number.parts) and all(map(stands, number.parts)))


def _agrees(number: Number, unit: str, bound: str) -> bool:
    """Whether the unit and the bound mark of a number of the passages allow the claim's."""
    # A unit in words is not read, so only two symbols can contradict each other. A bound that
    # only the claim shows may stand in words in the passage.
    same_unit = not number.unit or not unit or number.unit == unit
    return same_unit and (not bound or bound == number.bound)
