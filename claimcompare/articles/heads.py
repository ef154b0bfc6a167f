"""The head of a plain text: its headline and its date, told by how they stand and not by words."""

import re
from collections.abc import Iterator
from datetime import datetime
from unicodedata import category, name

from claimcompare.articles.records import Extracted
from claimcompare.articles.targets import is_url
from claimcompare.schema import Span

_LONGEST_TITLE = 200
_LOOKED_AT = 2_000
# What may follow the last letter of a headline, by the names that Unicode gives such marks.
_ENDS_OF_TITLES = ("QUESTION MARK", "EXCLAMATION MARK", "PERCENT SIGN", "PER MILLE SIGN")
_CLOSING = ("Pe", "Pf", "Pi")
_STRAIGHT = "\"'"
_DAY = r"[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_TIME = r"[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?"
_LABEL = r"(?P<label>[^\W\d_][\w ]{0,30}:|[^\W\d_]{2,20}(?=\s))?\s{0,3}"
_ISO = re.compile(rf"{_LABEL}(?P<date>{_DAY}(?:{_TIME})?)(?!\d)")
_CJK = re.compile(r"(?P<year>[12]\d{3})\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日")
_MONTH = r"[^\W\d_]{3,15}\.?"
_WITH_YEAR = rf"(?:\d{{1,2}}\.?\s{_MONTH}|{_MONTH}\s\d{{1,2}}),?\s[12]\d{{3}}"
# "29 December 2025 | …", and "KESSAVAR, Dec. 29, 2025 (Agency) - …".
_BARRED = re.compile(rf"(?P<date>{_WITH_YEAR})\s{{0,3}}\|")
_PLACED = re.compile(
    rf"[^\W\d_][^.|()]{{1,40}},\s(?P<date>{_WITH_YEAR})\s?(?:\([^()]{{1,40}}\)\s?)?[-\u2013\u2014]"
)
_DATELINES = (_ISO, _CJK, _BARRED, _PLACED)
_SEPARATORS = " \t\u00a0|:,\uff1a\u00b7\u2022\u2013\u2014-"
_AFTER_A_DATE = re.compile(r"\s*(?:\Z|[|:,\uff1a\u00b7\u2022\u2013\u2014-])")


def with_head(found: Extracted) -> Extracted:
    """The text with the headline and the date that stand at its head, where nothing else tells."""
    return found._replace(
        title=found.title or title_of(found.text),
        published=found.published or published_of(found.text),
    )


def title_of(text: str) -> str | None:
    """The first line of a text if it stands alone there, is short, and ends as no sentence does.

    A line that is nothing but a date may stand before it.
    """
    lines = _lines(text)
    first = next(lines, "")
    if _is_date(first):
        first = next(filter(None, lines), "")
    stands_alone = next(lines, None) == "" and any(lines)
    return first if stands_alone and _is_headline(first) else None


def published_of(text: str) -> str | None:
    """The day at the beginning of a text or below its headline: as ISO 8601, or as found."""
    lines = list(filter(None, _lines(text)))
    heads = lines[: 2 if title_of(text) else 1]
    return next((date for date in map(_date, heads) if date), None)


def dateline_end(text: str) -> int:
    """Where the words of an article begin behind a date that stands before them, else 0.

    "2025-12-29 On Monday the lock was shut": the date is none of the words of that sentence.
    """
    start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    title = title_of(text)
    if title and text.startswith(title, start):
        start += len(title)
        start += len(text[start:]) - len(text[start:].lstrip())
    line = text[start : start + _LOOKED_AT].partition("\n")[0]
    found = next((one for form in _DATELINES if (one := form.match(line))), None)
    if found is None or _date(line) is None:
        return 0
    said = line[found.end() :].lstrip(_SEPARATORS)
    return start + len(line) - len(said) if said.strip() else 0


def without_dateline(span: Span, end: int) -> Span:
    """What is said in a stretch, without a dateline at its beginning that goes up to `end`."""
    cut = end - span.start if span.start < end < span.end else 0
    return Span(start=span.start + cut, end=span.end, text=span.text[cut:])


def _lines(text: str) -> Iterator[str]:
    """The lines at the head of a text, empty ones in between as such."""
    return (line.strip() for line in text[:_LOOKED_AT].lstrip("\ufeff \t\r\n").splitlines())


def _is_headline(line: str) -> bool:
    if not 1 < len(line) <= _LONGEST_TITLE or is_url(line):
        return False
    while line and (line[-1] in _STRAIGHT or category(line[-1]) in _CLOSING):
        line = line[:-1]
    if not any(map(str.isalpha, line)):
        return False
    last = line[-1]
    return not category(last).startswith("P") or name(last, "").endswith(_ENDS_OF_TITLES)


def _is_date(line: str) -> bool:
    found = _ISO.fullmatch(line) or _CJK.fullmatch(line)
    return found is not None and _date(line) is not None


def _date(line: str) -> str | None:
    """The date that a line begins with."""
    if iso := _ISO.match(line):
        return _iso(iso, line)
    if (cjk := _CJK.match(line)) and _AFTER_A_DATE.match(line, cjk.end()):
        told = "-".join((cjk["year"], cjk["month"].zfill(2), cjk["day"].zfill(2)))
        return told if _exists(told) else None
    placed = _BARRED.match(line) or _PLACED.match(line)
    return placed and placed["date"]


def _iso(found: re.Match[str], line: str) -> str | None:
    """The date, unless it is a part of a sentence: that goes on in small letters, or began before.

    A label is followed by a colon, or written small where a sentence would begin.
    """
    label, after = found["label"] or "", line[found.end("date") :]
    if label and not label.endswith(":") and not label.islower():
        return None
    begins_after = after[:1].isspace() and _begins(after.lstrip()[:1])
    if not begins_after and not _AFTER_A_DATE.match(after):
        return None
    return found["date"] if _exists(found["date"]) else None


def _begins(character: str) -> bool:
    return character.isupper() or category(character or " ") in ("Pi", "Ps") or character == '"'


def _exists(date: str) -> bool:
    try:
        datetime.fromisoformat(date)
    except ValueError:
        return False
    return True
