"""Who is on which side of what: speakers and outlets in rows, propositions in columns."""

from collections.abc import Iterable, Mapping
from math import ceil
from typing import NamedTuple

from claimcompare.report.outlets import originals
from claimcompare.report.page.index import Index
from claimcompare.report.page.names import speaker_names
from claimcompare.report.page.wording import Words
from claimcompare.report.sides import HEADINGS, Tone, tones
from claimcompare.report.voices import spellings
from claimcompare.schema import Comparison, Dispute

# More columns would leave no room for the words above them.
COLUMNS = 6
LETTERS: dict[Tone, str] = {
    "support": "S",
    "denial": "D",
    "withdrawn": "T",
    "context": "C",
    "abstained": "–",
}
_STRENGTH: dict[Tone, int] = {
    "support": 2,
    "denial": 2,
    "withdrawn": 1,
    "context": 0,
    "abstained": -1,
}


class Mark(NamedTuple):
    """The numbers of the claims on one side of a dispute, and the address of the first."""

    tone: Tone
    dispute: int
    claims: tuple[int, ...]
    anchor: str


class Row(NamedTuple):
    """A speaker or an outlet by its number, with marks for each proposition, the strongest first.

    `unread` is an outlet of which an article was not read.
    """

    number: int
    name: str
    also: tuple[str, ...]
    cells: tuple[tuple[Mark, ...], ...]
    unread: bool = False


class Block(NamedTuple):
    """As many columns as leave room for their words, with the rows."""

    columns: tuple[tuple[int, str], ...]
    speakers: tuple[Row, ...]
    outlets: tuple[Row, ...]


class Heading(NamedTuple):
    """What a row is called, and what else belongs to it."""

    name: str
    also: tuple[str, ...] = ()


def matrix(comparison: Comparison, index: Index, words: Words) -> list[Block]:
    """The matrix in blocks of columns; outlets have rows where there are several.

    In each block are all who stand somewhere in the matrix.
    """
    speaks = {claim_id: (index.speakers[voice],) for claim_id, voice in index.voices.items()}
    prints = {one.id: index.printed_by(one.id, one.article_id) for one in comparison.claims}
    disputes = list(enumerate(comparison.disputes, start=1))
    said, printed = _marks(disputes, speaks, index), _marks(disputes, prints, index)
    named, published = speakers(comparison, index, words), outlets(comparison, index)
    order = sorted(said, key=lambda row: (-_sided(said[row]), row))
    unread = _unread(comparison, index)
    return [
        Block(
            columns=tuple((number, one.proposition) for number, one in part),
            speakers=tuple(_row(row, named, said, part) for row in order),
            outlets=tuple(
                _row(row, published, printed, part)._replace(unread=row in unread)
                for row in published
                if len(published) > 1
            ),
        )
        for part in _parts(disputes)
    ]


def speakers(comparison: Comparison, index: Index, words: Words) -> dict[int, Heading]:
    """The names of the speakers by their numbers, with others that articles use."""
    names, spelled = speaker_names(comparison, index, words), spellings(comparison)
    return {
        number: Heading(names[number], spelled.get(voice, ()))
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


def unmarked(comparison: Comparison, index: Index, words: Words) -> list[str]:
    """The speakers who stand nowhere in the matrix."""
    placed = {index.speakers[index.voices[claim_id]] for claim_id in index.places}
    names = speaker_names(comparison, index, words)
    return [name for number, name in names.items() if number not in placed]


Numbered = list[tuple[int, Dispute]]
Cells = dict[int, tuple[Mark, ...]]


def _parts(disputes: Numbered) -> Iterable[Numbered]:
    """The disputes in as few parts as can be, of one size."""
    size = ceil(len(disputes) / max(1, ceil(len(disputes) / COLUMNS)))
    return (disputes[at : at + size] for at in range(0, len(disputes), max(1, size)))


def _marks(
    disputes: Numbered, belongs: Mapping[str, tuple[int, ...]], index: Index
) -> dict[int, Cells]:
    """For each row that has one its marks in each column."""
    found: dict[int, dict[int, dict[Tone, list[str]]]] = {}
    for number, dispute in disputes:
        for claim_id, tone in tones(dispute).items():
            for row in belongs[claim_id]:
                cell = found.setdefault(row, {}).setdefault(number, {})
                cell.setdefault(tone, []).append(claim_id)
    return {
        row: {number: _cell(number, by, index) for number, by in cells.items()}
        for row, cells in found.items()
    }


def _cell(number: int, by: Mapping[Tone, list[str]], index: Index) -> tuple[Mark, ...]:
    marks = [
        Mark(
            tone,
            number,
            tuple(index.claims[one] for one in by[tone]),
            index.anchor(by[tone][0], number),
        )
        for tone in HEADINGS
        if tone in by
    ]
    return tuple(sorted(marks, key=lambda one: (-_STRENGTH[one.tone], -len(one.claims))))


def _row(
    row: int, headings: Mapping[int, Heading], marks: Mapping[int, Cells], part: Numbered
) -> Row:
    own = marks.get(row, {})
    return Row(row, *headings[row], cells=tuple(own.get(number, ()) for number, _ in part))


def _sided(cells: Cells) -> int:
    return sum(mark.tone in {"support", "denial"} for cell in cells.values() for mark in cell)


def _unread(comparison: Comparison, index: Index) -> set[int]:
    """The outlets of articles that the model failed to read."""
    return {
        index.outlets[one.article_id]
        for one in comparison.ledger
        if one.stage == "extract" and one.outcome == "failed" and one.article_id in index.outlets
    }
