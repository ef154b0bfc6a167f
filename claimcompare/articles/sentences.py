"""Text becomes sentences with exact offsets."""

import re
from collections.abc import Iterator

MAX_CHARACTERS = 1_200
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WIDE_STOP = re.compile(r"[。！？｡؟۔।]+[”’」』）)]*")
_BREAK = re.compile(r"\s+(?=\S)")


def sentence_offsets(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, in code points, without the white space around it."""
    return [
        trimmed
        for line in _LINE.finditer(text)
        for start, end in _in_line(line.group())
        for trimmed in _trimmed(text, line.start() + start, line.start() + end)
    ]


def _in_line(line: str) -> Iterator[tuple[int, int]]:
    # Imported here because its model takes a third of a second to load.
    from nupunkt import sent_spans

    for start, end in sent_spans(line):
        for piece_start, piece_end in _at_wide_stops(line, start, end):
            yield from _short_enough(line, piece_start, piece_end)


def _at_wide_stops(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split at full stops of scripts that put no space behind them."""
    for stop in _WIDE_STOP.finditer(line, start, end):
        yield start, stop.end()
        start = stop.end()
    yield start, end


def _short_enough(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence that no prompt could hold, at white space where there is any."""
    while end - start > MAX_CHARACTERS:
        breaks = list(_BREAK.finditer(line, start + MAX_CHARACTERS // 2, start + MAX_CHARACTERS))
        cut = breaks[-1].end() if breaks else start + MAX_CHARACTERS
        yield start, cut
        start = cut
    yield start, end


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if any(character.isalnum() for character in piece):
        yield start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
