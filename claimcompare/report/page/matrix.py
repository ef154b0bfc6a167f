"""Who is on which side of what: speakers and outlets in rows, propositions in columns."""

from collections.abc import Mapping
from typing import NamedTuple

from claimcompare.report.outlets import originals
from claimcompare.report.page.index import Index
from claimcompare.report.sides import HEADINGS, Tone, tones
from claimcompare.report.voices import spellings, voice_names
from claimcompare.schema import Comparison, Dispute

# More columns would run off a page of paper.
COLUMNS = 12
LETTERS: dict[Tone, str] = {
    "support": "S",
    "denial": "D",
    "withdrawn": "T",
    "context": "C",
    "abstained": "–",
}


class Mark(NamedTuple):
    """How many claims are on one side, and the address of the first."""

    tone: Tone
    claims: int
    anchor: str


class Row(NamedTuple):
    """A speaker or an outlet by its number, with the marks for each proposition."""

    number: int
    name: str
    also: tuple[str, ...]
    cells: tuple[tuple[Mark, ...], ...]


class Block(NamedTuple):
    """As many columns as a page of paper holds, and the rows that have a mark in them."""

    columns: tuple[tuple[int, str], ...]
    speakers: tuple[Row, ...]
    outlets: tuple[Row, ...]


class Heading(NamedTuple):
    """What a row is called, and what else belongs to it."""

    name: str
    also: tuple[str, ...] = ()


def matrix(comparison: Comparison, index: Index) -> list[Block]:
    """The matrix in blocks of columns; outlets have rows where there are several."""
    speaks = {claim_id: index.speakers[voice] for claim_id, voice in index.voices.items()}
    prints = {one.id: index.outlets[one.article_id] for one in comparison.claims}
    named, published = speakers(comparison, index), outlets(comparison, index)
    numbered = list(enumerate(comparison.disputes, start=1))
    parts = [numbered[at : at + COLUMNS] for at in range(0, len(numbered), COLUMNS)]
    return [
        Block(
            columns=tuple((number, dispute.proposition) for number, dispute in part),
            speakers=_rows(named, _marks(part, speaks, index)),
            outlets=_rows(published, _marks(part, prints, index)) if len(published) > 1 else (),
        )
        for part in parts
    ]


def speakers(comparison: Comparison, index: Index) -> dict[int, Heading]:
    """The names of the speakers by their numbers, with others that articles use."""
    names, spelled = voice_names(comparison), spellings(comparison)
    return {
        number: Heading(names[voice], spelled.get(voice, ()))
        for voice, number in index.speakers.items()
    }


def outlets(comparison: Comparison, index: Index) -> dict[int, Heading]:
    """The names of the outlets by their numbers, with those that repeat them."""
    names = {
        index.outlets[one.id]: one.publisher or index.names[one.id] for one in comparison.articles
    }
    repeated: dict[int, dict[str, None]] = {}
    for copy, of in originals(comparison).items():
        if copy in index.outlets and of in index.outlets and copy != of:
            repeated.setdefault(index.outlets[of], {})[index.names[copy]] = None
    return {
        number: Heading(name, tuple(repeated.get(number, ()))) for number, name in names.items()
    }


def _marks(
    part: list[tuple[int, Dispute]], belongs: Mapping[str, int], index: Index
) -> dict[int, list[tuple[Mark, ...]]]:
    """For each row that has one its marks in each column."""
    columns = [_column(number, dispute, belongs, index) for number, dispute in part]
    rows = dict.fromkeys(row for column in columns for row in column)
    return {row: [tuple(column.get(row, ())) for column in columns] for row in rows}


def _column(
    number: int, dispute: Dispute, belongs: Mapping[str, int], index: Index
) -> dict[int, list[Mark]]:
    found: dict[int, dict[Tone, list[str]]] = {}
    for claim_id, tone in tones(dispute).items():
        row = found.setdefault(belongs[claim_id], {})
        row.setdefault(tone, []).append(index.anchor(claim_id, number))
    return {
        row: [Mark(tone, len(by[tone]), by[tone][0]) for tone in HEADINGS if tone in by]
        for row, by in found.items()
    }


def _rows(
    headings: Mapping[int, Heading], marks: Mapping[int, list[tuple[Mark, ...]]]
) -> tuple[Row, ...]:
    """The rows with marks, those first that take a side most often."""

    def sided(row: int) -> int:
        return sum(mark.tone in {"support", "denial"} for cell in marks[row] for mark in cell)

    return tuple(
        Row(row, *headings[row], cells=tuple(marks[row]))
        for row in sorted(marks, key=lambda row: (-sided(row), row))
    )
