"""Paragraphs for the terminal: wrapped by columns, with styles, and nothing that escapes them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from claimcompare.articles import one_line

if TYPE_CHECKING:
    from rich.text import Text

WIDTH = 100
Part = tuple[str, str]


def wrapped(parts: Iterable[Part], indent: int, hanging: int | None = None) -> "Text":
    """One paragraph with styles, measured in columns: some scripts take two for a letter."""
    from rich.console import Console
    from rich.text import Text

    rest = indent if hanging is None else hanging
    paragraph = Text.assemble(*((_flat(text), style) for text, style in parts))
    found = paragraph.wrap(Console(width=WIDTH), WIDTH - max(indent, rest))
    for number, line in enumerate(found):
        line.rstrip()
        line.pad_left(rest if number else indent)
    return lines(found)


def lines(some: Iterable["Text"]) -> "Text":
    """Some paragraphs, each on lines of its own."""
    from rich.text import Text

    return Text("\n").join(some)


def _flat(text: str) -> str:
    """The text on one line, with the space that it begins or ends with."""
    flat = one_line(text)
    before = " " if text[:1].isspace() else ""
    after = " " if flat and text[-1:].isspace() else ""
    return f"{before}{flat}{after}"
