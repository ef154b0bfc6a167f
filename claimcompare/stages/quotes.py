"""Where quotations begin and end."""

from collections.abc import Iterator

# Which marks end a quotation that began with the first: German and Danish reverse some.
_ENDS = {
    '"': '"',
    "\u201c": "\u201d",
    "\u201d": "\u201d",
    "\u201e": "\u201c\u201d",
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",
    "\u300c": "\u300d",
    "\u300e": "\u300f",
}
_MARKS = frozenset("".join(_ENDS) + "".join(_ENDS.values()))


def has_quotation_mark(text: str) -> bool:
    """Whether a quotation begins, goes on or ends here."""
    return not _MARKS.isdisjoint(text)


def ends_of(opened: str, text: str) -> str:
    """The mark of the quotation that is open behind a text; "" if none is."""
    for mark in text:
        if opened:
            opened = "" if mark in _ENDS[opened] else opened
        elif mark in _ENDS and mark != "\u201d":
            opened = mark
    return opened


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of what stands in quotation marks, also where one mark is elsewhere."""
    opened, start = "", 0
    for at, mark in enumerate(text):
        if opened and mark in _ENDS[opened]:
            yield start, at
            opened = ""
        elif not opened and mark in _ENDS and mark != "\u201d":
            opened, start = mark, at + 1
        elif not opened and mark == "\u201d":
            yield start, at
        if not opened:
            start = at + 1
    if opened:
        yield start, len(text)


def is_quotation(text: str) -> bool:
    """Whether nothing is said outside of quotation marks."""
    outside, end = "", 0
    for start, stop in quotations(text):
        outside += text[end:start]
        end = stop
    return end > 0 and not any(mark.isalnum() for mark in outside + text[end:])
