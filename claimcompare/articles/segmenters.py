"""The libraries that find where sentences begin, and which of them reads which script."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Literal
from warnings import catch_warnings, simplefilter

from claimcompare.articles.languages import Script

if TYPE_CHECKING:
    from pysbd import Segmenter as Pysbd

Offsets = tuple[int, int]
Library = Literal["nupunkt", "pysbd"]
Segmenter = Library | Callable[[str], Iterable[Offsets]]

_PYSBD: dict[Script, tuple[str, ...]] = {
    "latin": ("en", "da", "de", "es", "fr", "it", "nl", "pl", "sk"),
    "cyrillic": ("ru", "bg", "kk"),
    "greek": ("el",),
    "arabic": ("ar", "fa", "ur"),
    "devanagari": ("hi", "mr"),
    "armenian": ("hy",),
    "ethiopic": ("am",),
    "myanmar": ("my",),
    "other": ("zh", "ja"),
}


def library_for(script: Script, language: str) -> Library:
    """The library that errs least there; where both do as well, the faster one."""
    german = script == "latin" and language == "de"
    return "pysbd" if german or script in {"greek", "devanagari"} else "nupunkt"


def starts(line: str, library: Library, script: Script, language: str) -> Iterator[int]:
    """Where the library sees sentences begin, the first one left out."""
    if library == "nupunkt":
        return _in_windows(line, 10_000, _by_nupunkt)
    if library != "pysbd":
        raise ValueError(f"there is no segmenter {library!r}; there are nupunkt and pysbd")
    known = _PYSBD[script]
    pysbd = _pysbd(language if language in known else known[0])
    return _in_windows(line, 1_500, lambda window: _by_pysbd(window, pysbd))


def _in_windows(line: str, size: int, read: Callable[[str], Iterable[int]]) -> Iterator[int]:
    """Read a bounded stretch at a time, as either library takes quadratic time on some lines.

    The last sentence of a window is read again with what follows it.
    """
    start = 0
    while start + size < len(line):
        found = list(read(line[start : start + size]))
        # A window that gets nowhere is left behind, or a long line would take for ever.
        step = found.pop() if found and found[-1] > size // 2 else size
        yield from (start + place for place in found)
        start += step
        yield start
    yield from (start + place for place in read(line[start:]))


def _by_nupunkt(window: str) -> Iterator[int]:
    # Imported here because its model takes a third of a second to load.
    from nupunkt import sent_spans

    return (start for start, _ in sent_spans(window) if start)


def _by_pysbd(window: str, pysbd: "Pysbd") -> Iterator[int]:
    cursor = 0
    # Its own offsets go wrong where sentences repeat, and its sentences may lose a character.
    for sentence in pysbd.processor(window).process():
        found = window.find(sentence, cursor) if sentence else -1
        if found > 0:
            yield found
        cursor = found + len(sentence) if found >= 0 else cursor


@cache
def _pysbd(language: str) -> "Pysbd":
    with catch_warnings():
        # Its source has escapes that newer Pythons warn of when they compile it.
        simplefilter("ignore")
        from pysbd import Segmenter as Pysbd
    return Pysbd(language=language)
