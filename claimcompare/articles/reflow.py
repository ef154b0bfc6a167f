"""Lines as they stand on pages become paragraphs."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

_EDGE = 2
# On a shorter page the lines at the edges may be all there is.
_FEWEST_LINES = 8
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[^\w#]*(?:(?:page|seite|p|s)\.?\s)?#(?:\s*(?:/|of|von|de|из)\s*#)?[^\w#]*", re.IGNORECASE
)
_BULLET = re.compile(r"[\u2022\u2023\u25aa\u25cf\u25e6\uf0b7]|[-\u2013*]\s")
_AROUND = 4
_NARROWEST = 30
# Letters differ in width: a line is full from that part of its neighbours' length on.
_FULL = 0.85
_HYPHENATED = re.compile(r"(\w+)-\n([^\W\d_]+)")
_WORD = re.compile(r"\w+(?:-\w+)*")
# Scripts that are written without spaces between words.
_UNSPACED = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def reflowed(pages: Sequence[str]) -> str:
    """The paragraphs of pages of lines, with an empty line between them.

    Left out are lines at the edge of pages that recur there, and page numbers.
    """
    lines = [line.rstrip() for page in _without_edges(pages) for line in page]
    blocks = "\n\n".join("\n".join(block) for block in _blocks(lines))
    return _joined(blocks)


def _without_edges(pages: Sequence[str]) -> Iterator[list[str]]:
    split = [[line for line in page.split("\n") if line.strip()] for page in pages]
    seen = Counter(key for lines in split for key in _edges(lines).values())
    recurring = {key for key, times in seen.items() if times > 1 and times * 2 > len(split)}
    for lines in split:
        edges = _edges(lines)
        yield [line for at, line in enumerate(lines) if not _is_furniture(edges.get(at), recurring)]


def _edges(lines: Sequence[str]) -> dict[int, tuple[int, str]]:
    """What stands first and last on a page: its place from there, and it without its numbers."""
    places = (*range(_EDGE), *range(-_EDGE, 0)) if len(lines) >= _FEWEST_LINES else ()
    return {at % len(lines): (at, _NUMBER.sub("#", lines[at].strip())) for at in places}


def _is_furniture(edge: tuple[int, str] | None, recurring: Collection[tuple[int, str]]) -> bool:
    return edge is not None and (edge in recurring or bool(_PAGE_NUMBER.fullmatch(edge[1])))


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for at, line in enumerate(lines):
        if block and not _continues(lines, at):
            yield block
            block = []
        block.append(line.strip())
    if block:
        yield block


def _continues(lines: Sequence[str], at: int) -> bool:
    """Whether a line goes on with the sentence or paragraph of the line before."""
    before, line = lines[at - 1].strip(), lines[at].strip()
    if _BULLET.match(line):
        return False
    if line[:1].islower() or before.endswith(("-", "\u00ad")):
        return True
    width = max(_NARROWEST, *map(len, lines[max(0, at - _AROUND) : at + _AROUND]))
    return len(before) + 1 + len(_first_word(line)) > _FULL * width


def _first_word(line: str) -> str:
    return line[:1] if _UNSPACED.match(line) else line.partition(" ")[0]


def _joined(text: str) -> str:
    """Each block on one line, words that were divided at the end of lines whole again."""
    words = Counter(word.casefold() for word in _WORD.findall(text))

    def whole(match: re.Match[str]) -> str:
        first, second = match.groups()
        if not second[0].islower():
            return f"{first}-{second}"
        one, two = f"{first}{second}".casefold(), f"{first}-{second}".casefold()
        return f"{first}-{second}" if words[two] > words[one] else f"{first}{second}"

    text = _HYPHENATED.sub(whole, text.replace("\u00ad\n", "").replace("\u00ad", ""))
    unspaced = _UNSPACED.pattern
    text = re.sub(rf"(?<={unspaced})\n(?={unspaced})", "", text)
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text)
