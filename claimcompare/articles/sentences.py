"""Text becomes sentences with exact offsets."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from claimcompare.articles.languages import habits_of, language_of, language_of_line, script_of
from claimcompare.articles.segmenters import Offsets, Segmenter, library_for, starts
from claimcompare.articles.stops import mended

MAX_CHARACTERS = 1_200
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\s+(?=\S)")


def sentence_offsets(
    text: str, language: str | None = None, segmenter: Segmenter | None = None
) -> list[Offsets]:
    """Start and end of each sentence, in code points, without the white space around it."""
    cuts = _cutter(text, language, segmenter)
    return [
        trimmed
        for line in _LINE.finditer(text)
        for start, end in _between(line.group(), cuts(line.group()))
        for trimmed in _trimmed(text, line.start() + start, line.start() + end)
    ]


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


def _between(line: str, cuts: Iterable[int]) -> Iterator[Offsets]:
    """What lies between the cuts, whatever their order, none of it too long."""
    inside = {cut for cut in cuts if 0 < cut < len(line)}
    for start, end in pairwise([0, *sorted(inside), len(line)]):
        yield from _short_enough(line, start, end)


def _short_enough(line: str, start: int, end: int) -> Iterator[Offsets]:
    """Cut a sentence that no prompt could hold, at white space where there is any."""
    while end - start > MAX_CHARACTERS:
        breaks = list(_BREAK.finditer(line, start + MAX_CHARACTERS // 2, start + MAX_CHARACTERS))
        cut = breaks[-1].end() if breaks else start + MAX_CHARACTERS
        yield start, cut
        start = cut
    yield start, end


def _trimmed(text: str, start: int, end: int) -> Iterator[Offsets]:
    piece = text[start:end]
    if any(character.isalnum() for character in piece):
        yield start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
