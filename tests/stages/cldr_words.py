"""Make the words of numbers that Babel has of the CLDR: `python -m tests.stages.cldr_words`."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel import Locale
from babel.units import format_unit

from claimcompare.stages.quantities.cldr import LANGUAGES, WORDS, folded_words


def made() -> dict[str, Any]:
    """What the package reads: of each kind of word those of all languages, folded but for days."""
    return {
        "compact": {language: _sorted(_compact(language)) for language in LANGUAGES},
        "percent": sorted({" ".join(words) for words in _percent()} - {""}),
        "months": _sorted(_months()),
        "days": sorted(set(_days()), key=lambda name: (-len(name), name)),
        "currencies": sorted(Locale.parse("en").currencies),
    }


def as_text(words: dict[str, Any]) -> str:
    """The file, with a line for each kind of word."""
    lines = (f'"{kind}": {json.dumps(found, ensure_ascii=False)}' for kind, found in words.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _sorted(found: Iterator[tuple[str, int]]) -> dict[str, list[int]]:
    words: dict[str, set[int]] = {}
    for word, number in found:
        words.setdefault(word, set()).add(number)
    return {word: sorted(words[word]) for word in sorted(words)}


def _compact(language: str) -> Iterator[tuple[str, int]]:
    """The words and abbreviations of scale that stand after digits, with their power of ten."""
    for plurals in Locale.parse(language).compact_decimal_formats.values():
        for patterns in plurals.values():
            for power, pattern in patterns.items():
                words = folded_words(pattern.pattern)
                if len(words) == 1:
                    digits = pattern.pattern.count("0")
                    yield words[0], len(power) - max(digits, 1)


def _percent() -> Iterator[tuple[str, ...]]:
    for language in (*LANGUAGES, "en_GB"):
        for amount in (1, 2, 5):
            yield folded_words(format_unit(amount, "concentr-percent", "long", locale=language))


def _months() -> Iterator[tuple[str, int]]:
    for language in LANGUAGES:
        for forms in Locale.parse(language).months.values():
            for width in ("wide", "abbreviated"):
                for month, name in forms[width].items():
                    yield "".join(folded_words(name)), month


def _days() -> Iterator[str]:
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            # "Fr." and the like stand in for too much else.
            if width == "wide" or language == "zh":
                yield from Locale.parse(language).days["format"][width].values()


if __name__ == "__main__":
    Path(str(WORDS)).write_text(as_text(made()), encoding="utf-8", newline="\n")
