"""What an update changed, as the page shows it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from claimcompare.report.news import HEADINGS, Kind, News, news
from claimcompare.report.page.index import Index
from claimcompare.report.page.wording import Words, isolated
from claimcompare.schema import Comparison, Stance

if TYPE_CHECKING:
    from markupsafe import Markup

# Which sentence tells what is new; else its name does.
_SAID: dict[Kind, str] = {
    "reversed": "moved",
    "withdrawn": "taken",
    "voice": "joined",
    "dispute": "dispute_number",
}


class Item(NamedTuple):
    """A line of what is new: words, where they lead on the page, and free text behind them.

    `reason` is in English, as the ledger has it.
    """

    words: "Markup | str"
    address: str | None
    text: str = ""
    reason: str = ""


class Fresh(NamedTuple):
    """Since when, what is new under its headings, and the numbers of disputes and articles."""

    title: str
    sections: list[tuple[str, list[Item]]]
    disputes: frozenset[int]
    articles: frozenset[int]
    claims: frozenset[int]


def fresh(comparison: Comparison, index: Index, words: Words) -> Fresh:
    """What is new, if an update made the comparison; else nothing."""
    changes = comparison.changes
    if changes is None:
        return Fresh("", [], frozenset(), frozenset(), frozenset())
    found = news(comparison)
    title = words("new_since", date=words.day(changes.since)) if changes.since else words("is_new")
    return Fresh(
        title=title if found else words("nothing_new"),
        sections=list(_sections(found, comparison, index, words)),
        disputes=frozenset(one.dispute for one in found if one.kind == "dispute" and one.dispute),
        articles=frozenset(
            index.articles[one] for one in changes.articles if one in index.articles
        ),
        claims=frozenset(index.claims[one] for one in changes.claims if one in index.claims),
    )


def _sections(
    found: list[News], comparison: Comparison, index: Index, words: Words
) -> Iterator[tuple[str, list[Item]]]:
    for kind in HEADINGS:
        if items := [_item(one, comparison, index, words) for one in found if one.kind == kind]:
            yield words(f"new_{kind}"), items


def _item(one: News, comparison: Comparison, index: Index, words: Words) -> Item:
    if one.kind == "gone":
        return Item("", None, one.name, one.reason)
    name = isolated(one.name)
    sides = {"was": _side(one.was, words), "now": _side(one.now, words)}
    said = _SAID.get(one.kind)
    return Item(
        words=words(said, name=name, number=one.dispute, **sides) if said else name,
        address=f"#d{one.dispute}" if one.dispute else _article(one, index),
        text=comparison.disputes[one.dispute - 1].proposition if one.dispute else "",
    )


def _side(stance: Stance | None, words: Words) -> "Markup":
    return words(stance) if stance in ("support", "denial") else words("no_stance")


def _article(one: News, index: Index) -> str | None:
    """Where an article stands on the page."""
    if one.kind not in ("article", "corrected"):
        return None
    found = (index.articles[key] for key, name in index.names.items() if name == one.name)
    return next(map("#a{}".format, found), None)
