"""What claims can be filtered by, with how many claims each choice leaves."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from claimcompare.report.page.index import Index
from claimcompare.report.page.matrix import outlets, speakers
from claimcompare.report.page.wording import Words
from claimcompare.report.sides import HEADINGS
from claimcompare.schema import Comparison


class Choice(NamedTuple):
    """A value of a filter, what it is called, and how many claims it fits."""

    value: str
    name: str
    claims: int


def choices(comparison: Comparison, index: Index, words: Words) -> dict[str, list[Choice]]:
    """The choices of speaker, outlet and stance; of outlets none where there is but one."""
    said, printed, placed = Counter[str](), Counter[str](), Counter[str]()
    for one in comparison.claims:
        said[str(index.speakers[index.voices[one.id]])] += 1
        printed.update({str(each) for each in index.printed_by(one.id, one.article_id)})
        placed.update({str(place.tone) for place in index.places.get(one.id, ())} or {"none"})
    people = {str(number): one.name for number, one in speakers(comparison, index, words).items()}
    papers = {str(number): one.name for number, one in outlets(comparison, index).items()}
    stances = {one: str(words(one)) for one in (*HEADINGS, "none")}
    return {
        "s": _choices(_by_name(people), said),
        "o": _choices(_by_name(papers), printed) if len(papers) > 1 else [],
        "t": _choices(stances.items(), placed),
    }


def _by_name(names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    return sorted(names.items(), key=lambda one: one[1].casefold())


def _choices(names: Iterable[tuple[str, str]], counted: Counter[str]) -> list[Choice]:
    """The choices that any claim fits."""
    return [Choice(value, name, counted[value]) for value, name in names if counted[value]]
