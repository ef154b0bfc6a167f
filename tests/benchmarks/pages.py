"""How much of the article of a page is read, by kind of page: `python -m tests.benchmarks.pages`

Twenty made-up pages of every kind, in nine languages, for claimcompare and for trafilatura with its
settings: the share of the article's sentences that are read, that of other sentences (banner,
teasers, comments, foot) that are read, and the pages refused, and for claimcompare those that carry
a doubt. Of a wall no page is an article.
"""

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from trafilatura import extract

from claimcompare.articles.html import read_html
from claimcompare.articles.records import Source
from claimcompare.errors import ArticleError
from tests.benchmarks.made_pages import KINDS, Made, made

PAGES = 20


class Shares(NamedTuple):
    """Of all pages of a kind: the shares of sentences read, 0 to 1, and how many were refused."""

    own: float
    foreign: float
    refused: int
    doubted: int


class Text(NamedTuple):
    """What is read of a page, and whether it may not be all."""

    text: str
    doubted: bool = False


def ours(html: str) -> Text | None:
    """What claimcompare reads, None where it refuses the page."""
    try:
        found = read_html(Source("a.html", "a", html.encode(), ".html"))
    except ArticleError:
        return None
    return Text(found.text, bool(found.doubts))


def plain(html: str, *, recall: bool = False, precision: bool = False) -> Text | None:
    """What trafilatura reads."""
    text = extract(html, favor_recall=recall, favor_precision=precision)
    return Text(text) if text else None


Read = Callable[[str], Text | None]
READERS: dict[str, Read] = {
    "claimcompare": ours,
    "trafilatura": plain,
    "favor_recall": partial(plain, recall=True),
    "favor_precision": partial(plain, precision=True),
}


def measured(pages: Sequence[Made], read: Read) -> Shares:
    """What a reader makes of pages of one kind."""
    texts = [read(page.html) for page in pages]
    return Shares(
        own=_share([(text, page.own) for text, page in zip(texts, pages, strict=True)]),
        foreign=_share([(text, page.foreign) for text, page in zip(texts, pages, strict=True)]),
        refused=sum(text is None for text in texts),
        doubted=sum(text is not None and text.doubted for text in texts),
    )


def _share(pairs: Sequence[tuple[Text | None, tuple[str, ...]]]) -> float:
    found = [
        sentence in (" ".join(text.text.split()) if text else "")
        for text, wanted in pairs
        for sentence in wanted
    ]
    return sum(found) / len(found) if found else 0.0


def main() -> None:
    """Print a table for each reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=PAGES, help="of each kind")
    count = parser.parse_args().pages
    kinds = {kind: [made(kind, number) for number in range(count)] for kind in KINDS}
    for name, read in READERS.items():
        print(f"\n{name:28}article  other  refused doubted")
        for kind, pages in kinds.items():
            own, foreign, refused, doubted = measured(pages, read)
            article = f"{own:7.1%}" if any(page.own for page in pages) else f"{'none':>7}"
            print(f"{kind:28}{article} {foreign:6.1%} {refused:6} {doubted:8}")


if __name__ == "__main__":
    main()
