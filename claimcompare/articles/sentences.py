"""Text becomes sentences with exact offsets."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from claimcompare.articles.languages import habits_of, language_of, language_of_line, script_of
from claimcompare.articles.paragraphs import paragraph_offsets
from claimcompare.articles.segmenters import Segmenter, library_for, starts
from claimcompare.articles.stops import mended
from claimcompare.articles.turns import turn_at, turns
from claimcompare.schema import Article, Sentence

MAX_CHARACTERS = 1_200
_BREAK = re.compile(r"\s+(?=\S)")


class _Piece(NamedTuple):
    """A stretch that is a sentence, or as much of one as a prompt can hold."""

    start: int
    end: int
    is_rest: bool


def sentences(article: Article, *, segmenter: Segmenter | None = None) -> tuple[Sentence, ...]:
    """The article's sentences in order; every word is in exactly one of them.

    The script decides which library segments, unless one is named or a function given that
    takes a line and gives the start and end of its sentences; a gap joins the one before it.
    """
    return tuple(sentence for sentence, _ in sentences_and_rests(article, segmenter))


def sentences_and_rests(
    article: Article, segmenter: Segmenter | None
) -> Iterator[tuple[Sentence, bool]]:
    """The sentences, and of each whether it is the rest of one that was cut for its length."""
    text = article.text
    pieces = _pieces(text, _cutter(text, article.language, segmenter))
    for number, (start, end, is_rest) in enumerate(pieces, start=1):
        yield Sentence(number=number, start=start, end=end, text=text[start:end]), is_rest


def _pieces(text: str, cuts: Callable[[str], Iterable[int]]) -> Iterator[_Piece]:
    """Start and end of each sentence, in code points, without the white space around it."""
    spoken = turns(text)
    for start, end in paragraph_offsets(text):
        line = text[start:end]
        turn = turn_at(spoken, end - 1)
        # The stop in "MR. BECK:" or "Q." ends no sentence.
        label = turn.said - start if turn else 0
        for piece in _between(line, (cut for cut in cuts(line) if cut > label)):
            yield from _trimmed(text, start, piece)


def _cutter(
    text: str, language: str | None, segmenter: Segmenter | None
) -> Callable[[str], Iterable[int]]:
    """What finds the places in a line where one sentence ends and the next begins."""
    if callable(segmenter):
        given = segmenter
        return lambda line: (start for start, _ in given(line))
    overall = language_of(text, language)

    def cuts(line: str) -> Iterable[int]:
        code = overall if language else language_of_line(line, overall)
        script = script_of(line)
        library = segmenter or library_for(script, code)
        return mended(line, starts(line, library, script, code), habits_of(script, code))

    return cuts


def _between(line: str, cuts: Iterable[int]) -> Iterator[_Piece]:
    """What lies between the cuts, whatever their order, none of it too long."""
    inside = {cut for cut in cuts if 0 < cut < len(line)}
    for start, end in pairwise([0, *sorted(inside), len(line)]):
        yield from _short_enough(line, start, end)


def _short_enough(line: str, start: int, end: int) -> Iterator[_Piece]:
    """Cut a sentence that no prompt could hold, at white space where there is any."""
    is_rest = False
    while end - start > MAX_CHARACTERS:
        breaks = list(_BREAK.finditer(line, start + MAX_CHARACTERS // 2, start + MAX_CHARACTERS))
        cut = breaks[-1].end() if breaks else start + MAX_CHARACTERS
        yield _Piece(start, cut, is_rest)
        start, is_rest = cut, True
    yield _Piece(start, end, is_rest)


def _trimmed(text: str, line: int, piece: _Piece) -> Iterator[_Piece]:
    """Its place in the text, if there are words in it."""
    start, end = line + piece.start, line + piece.end
    inside = text[start:end]
    if any(character.isalnum() for character in inside):
        before, behind = len(inside) - len(inside.lstrip()), len(inside) - len(inside.rstrip())
        yield _Piece(start + before, end - behind, piece.is_rest)
