"""Signs that a page or an entry of a feed has more than was read, none of them sure."""

import re
from collections.abc import Iterator
from typing import Any

from claimcompare.articles.series import lengths
from claimcompare.articles.structured import Told

# Captions, bylines and buttons stand beside what is told, too.
_CLEARLY_MORE = 1.5
_BESIDE = 400
_ENDS_OPEN = re.compile(r"(?:…|\.\.\.|⋯)[\])\s]*\Z")


def losses(tree: Any, text: str, told: Told, left: int) -> Iterator[str]:
    """Why a text may not be all of a page's article; `left` is what was taken for teasers."""
    if told.has_more_than(text):
        yield f"the page tells that it has {told.words} words, and fewer were read"
    shown = _main_prose(tree)
    if shown > _CLEARLY_MORE * len(text) + _BESIDE:
        yield f"of about {shown} characters in the main part of the page {len(text)} were read"
    if left > len(text):
        yield f"{left} characters under linked titles were taken for other articles, and not read"


def breaks_off(text: str) -> Iterator[str]:
    """Why a text that is handed on in pieces may be only the first of them."""
    if _ENDS_OPEN.search(text):
        yield "its text ends in an ellipsis, so it may be only the beginning"


def _main_prose(tree: Any) -> int:
    """The characters in the part that the page marks as its main one, 0 where it marks none."""
    main = next(tree.iter("main"), None)
    headline = next(tree.iter("h1"), None)
    if main is None and headline is not None:
        main = next(headline.iterancestors("article"), None)
    return 0 if main is None else lengths(tree)[main].prose
