"""Stops that the libraries misread: abbreviations, ordinals, quotations, scripts without spaces."""

import re
from collections.abc import Iterable, Iterator

from claimcompare.articles.languages import ENGLISH, Habits

_AROUND = 40
_LONG_WORD = 3
_CLOSING = r"[\"'”“’»«›‹)\]」』）]"
_OPENING = r"[\"'“„‘«»‹›(\[¿¡—–-]"
_WIDE_STOP = re.compile(
    # Kana and ideographs need no space behind a narrow mark either.
    r"(?:[。！？｡؟۔।॥։።။]+|(?<![!?])[!?]++(?=[”’」』）]*[\u3040-\u30ff\u3400-\u9fff「『]))[”’」』）»]*"
)
# Longer ones are speeches, whose sentences are told apart.
_QUOTATION = re.compile(
    r"「[^「」]{1,160}」|『[^『』]{1,160}』|（[^（）]{1,160}）|“[^“”]{1,160}”|„[^„“]{1,160}“"
    r"|«[^«»]{1,160}»|»(?!\s)[^«»]{1,160}(?<!\s)«"
)
_JAPANESE_QUOTER = re.compile(r"と(?!ても|ころ|りわけ|にかく)|って|など|を")
_CHINESE_QUOTER = re.compile(
    r"[^。！？：:，,「『“]{1,10}(?:说|說|问|問|道|称|稱|表示|回答|喊)[。，,！]"
)
_STOP = re.compile(rf"[.!?…](?:\s?{_CLOSING})*\s+")
_ABBREVIATION = re.compile(rf"(?:^|(?<=[^\w.]))(\w[\w.ªº-]*)\.(?:\s?{_CLOSING})*$")
_INITIALS = re.compile(r"[^\W\d_](?:\.-?[^\W\d_])*")
_CLOSED = re.compile(rf"[.!?…]\s?{_CLOSING}+$")
# In English a word in small letters is hardly ever shortened before one with a capital.
_PLAIN = re.compile(
    rf"(?<![\w.'’])(?:no|so|[a-z]{{3,}})\.(?:\s?{_CLOSING})*\s+(?=(?:{_OPENING}\s*)*[A-Z][a-z'’])"
)
_NEXT = re.compile(rf"(?:{_OPENING}\s*)*([^\W\d_]+)(\.?)")


def mended(line: str, starts: Iterable[int], habits: Habits) -> set[int]:
    """Where sentences begin in a line, given where a library thinks so."""
    quotations = {quotation.end(): quotation.start() for quotation in _QUOTATION.finditer(line)}
    cuts = set(starts)
    # The libraries were made for English, and recordings hold the sentences that they find.
    if habits is ENGLISH:
        cuts.update(_outside((stop.end() for stop in _PLAIN.finditer(line)), quotations))
    else:
        cuts = set(_outside(_by_habits(line, cuts, habits), quotations))
    return cuts.union(_behind_wide_stops(line, quotations))


def _by_habits(line: str, cuts: set[int], habits: Habits) -> set[int]:
    likely = cuts.union(stop.end() for stop in _STOP.finditer(line))
    ends = {
        cut: _ends(line[max(0, cut - _AROUND) : cut], line[cut : cut + _AROUND], habits)
        for cut in likely
    }
    return {cut for cut in likely if (cut in cuts if ends[cut] is None else ends[cut])}


def _ends(before: str, after: str, habits: Habits) -> bool | None:
    """Whether a sentence ends between the two; None leaves it to the library."""
    following = _NEXT.match(after)
    word, stop = following.groups() if following else ("", "")
    # Letters without capitals are their own title case.
    if not before[-1].isspace() or word[:1] != word[:1].title() or after[:1] in ",;:":
        return False
    before = before.rstrip()
    abbreviation = _ABBREVIATION.search(before)
    name = abbreviation[1] if abbreviation else ""
    if name.lower() in habits.closing:
        return word.lower() in habits.opening and not stop
    if name.lower() in habits.short or _INITIALS.fullmatch(name):
        return False
    plain = len(name) >= _LONG_WORD and name.isalpha() and name.islower()
    trailing = before.endswith("…") and word[:1].isupper()
    return True if word and (plain or trailing or _CLOSED.search(before)) else None


def _outside(cuts: Iterable[int], quotations: dict[int, int]) -> Iterator[int]:
    """The cuts in order, without those inside a quotation."""
    ahead = iter(quotations.items())
    end, start = next(ahead, (0, 0))
    for cut in sorted(cuts):
        while end <= cut and end:
            end, start = next(ahead, (0, 0))
        if not start < cut < end:
            yield cut


def _behind_wide_stops(line: str, quotations: dict[int, int]) -> Iterator[int]:
    """Where sentences begin in scripts that put no space behind a stop."""
    begin = 0
    for cut in _outside((stop.end() for stop in _WIDE_STOP.finditer(line)), quotations):
        opening = quotations.get(cut)
        if opening is None or not _goes_on(line, cut, opens=not line[begin:opening].strip()):
            yield cut
            begin = cut


def _goes_on(line: str, cut: int, *, opens: bool) -> bool:
    """Whether a quotation's sentence tells next who said it; in Chinese only if it opens one."""
    told = _CHINESE_QUOTER.match(line, cut) if opens else None
    return bool(told or _JAPANESE_QUOTER.match(line, cut))
