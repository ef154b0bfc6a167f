"""Numbers that are written, in whole or in part, with Chinese numerals."""

import re
import unicodedata
from fractions import Fraction

from claimcompare.stages.quantities.kinds import NAME, Reading, bare

_NUMERALS = "〇零一二三四五六七八九十百千万萬亿億兆两兩"
_RUN = rf"(?:\d+(?:[.,]\d+)*|[{_NUMERALS}])+"
# "Of N parts M", which with a hundred parts is a percentage.
RUN = re.compile(
    # Looks ahead only from where digits begin, once for each run of them.
    rf"(?:(?=[{_NUMERALS}])|(?<!\d)(?<!\d[.,])(?=[\d.,]*[{_NUMERALS}]))"
    rf"(?P<first>{_RUN})(?:分之(?P<second>{_RUN}))?"
)

_ITEM = re.compile(r"\d+(?:[.,]\d+)*|.")
_LONGEST = 40
_TEN, _HUNDRED, _MYRIAD = 10, 100, 10_000


def read(match: re.Match[str]) -> frozenset[Reading]:
    """The readings of a number with Chinese numerals."""
    if len(match.group()) > _LONGEST:
        return frozenset({Reading(match.group(), NAME)})
    first = _value(match["first"])
    if match["second"] is None or not first:
        return bare(first)
    second = _value(match["second"])
    return frozenset({Reading(second, "%")}) if first == _HUNDRED else bare(second / first)


def _value(text: str) -> Fraction:
    items = [_item(item) for item in _ITEM.findall(text)]
    if all(item < _TEN for item in items) and len(items) > 1:
        return Fraction("".join(str(item) for item in items if item.denominator == 1) or 0)
    total = section = Fraction(0)
    pending: Fraction | None = None
    for item, written in zip(items, _ITEM.findall(text), strict=True):
        if item < _TEN or written[0].isdecimal():
            pending = item
        elif item < _MYRIAD:
            section += (1 if pending is None else pending) * item
            pending = None
        else:
            # "万亿" is a myriad of what follows; in "1亿5000万" the second stands for itself.
            counted = section + (pending or 0)
            total = total + counted * item if counted else (total or 1) * item
            section, pending = Fraction(0), None
    return total + section + (pending or 0)


def _item(text: str) -> Fraction:
    if text[0].isdecimal():
        return Fraction(re.sub(r"[.,](?=.*[.,])|,(?=\d{3}$)", "", text).replace(",", "."))
    # Unicode gives a value to the traditional form of this "two" only.
    return Fraction(unicodedata.numeric("兩" if text == "两" else text))
