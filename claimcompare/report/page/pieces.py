"""An article's words as pieces, each with the claims that rest on it."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

_BLANK_LINE = re.compile(r"\r?\n[^\S\n]*\r?\n\s*")
_LINE_END = re.compile(r"\s*[\r\n]\s*")


class Evidence(NamedTuple):
    """A stretch of an article that a claim rests on; the claim goes by its number."""

    claim: int
    start: int
    end: int


class Piece(NamedTuple):
    """A stretch on which the same claims rest: those it is the first of, and the end of."""

    text: str
    claims: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def paragraphs(text: str, evidence: Iterable[Evidence]) -> list[list[Piece]]:
    """The text in paragraphs of pieces, cut wherever evidence begins or ends."""
    spans = sorted(evidence, key=lambda one: one.start)
    breaks = list((_BLANK_LINE if _BLANK_LINE.search(text.strip()) else _LINE_END).finditer(text))
    starts = [0, *(one.end() for one in breaks)]
    ends = [*(one.start() for one in breaks), len(text)]
    lines = zip(starts, ends, strict=True)
    return _with_ends([_cut(text, *line, spans) for line in lines if text[slice(*line)].strip()])


def _cut(text: str, start: int, end: int, spans: list[Evidence]) -> list[Piece]:
    here = [one for one in spans if one.start < end and one.end > start]
    borders = {at for one in here for at in (one.start, one.end) if start < at < end}
    cuts = sorted({start, end} | borders)
    return [
        Piece(
            text[first:last],
            tuple(sorted({one.claim for one in here if one.start <= first and one.end >= last})),
        )
        for first, last in pairwise(cuts)
    ]


def _with_ends(cut: list[list[Piece]]) -> list[list[Piece]]:
    """The pieces, knowing which claims are new with them and which do not go on."""
    seen: set[int] = set()
    rest = iter([*(piece.claims for paragraph in cut for piece in paragraph), ()][1:])

    def told(piece: Piece) -> Piece:
        begins = tuple(one for one in piece.claims if one not in seen)
        seen.update(begins)
        goes_on = next(rest)
        ends = tuple(one for one in piece.claims if one not in goes_on)
        return piece._replace(begins=begins, ends=ends)

    return [[told(piece) for piece in paragraph] for paragraph in cut]
