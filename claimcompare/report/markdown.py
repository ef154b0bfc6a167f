"""The form for documents: Markdown, with everything from articles and models escaped."""

import re
from collections.abc import Iterable, Iterator

from claimcompare.articles import one_line
from claimcompare.report.findings import (
    NOTHING_FOUND,
    closing,
    no_contradiction,
    opening,
    small_note,
)
from claimcompare.report.news import opening as news_opening
from claimcompare.report.news import sections
from claimcompare.report.opposition import oppositions_in_words
from claimcompare.report.outlets import copies_in_words, sources
from claimcompare.report.sides import HEADINGS, doubts_in_words, other_claims, sides
from claimcompare.report.silence import Silence, silences
from claimcompare.report.sureness import how_sure
from claimcompare.report.voices import who
from claimcompare.report.withdrawals import Withdrawn, withdrawals
from claimcompare.schema import Claim, Comparison, Dispute

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")
# Readers of GitHub's kind make links of plain addresses, and some of bare names of hosts.
_ADDRESS = re.compile(r"(:(?=//)|@(?=\w)|(?i:(?<=\bwww))\.|(?<=\w)\.(?=[^\W\d_]))")
_LIST_MARK = re.compile(r"\A(\d*)([-+.)])")


def to_markdown(comparison: Comparison) -> str:
    """Disputes first, then the claims for which no contradiction was found."""
    return "\n\n".join(_Form(comparison).parts())


def escaped(text: str) -> str:
    """Text on one line that no Markdown reader takes for more than text."""
    plain = _ADDRESS.sub(r"\\\1", _SPECIAL.sub(r"\\\1", one_line(text)))
    return _LIST_MARK.sub(r"\1\\\2", plain)


class _Form:
    """One document as it is written."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._printed = sources(comparison)
        self._new = frozenset(comparison.changes.claims if comparison.changes else ())

    def parts(self) -> Iterator[str]:
        """The paragraphs and lists, those that say what was found first."""
        comparison = self._comparison
        yield "# Comparison"
        yield opening(comparison)
        if note := small_note(comparison):
            yield f"**{escaped(note)}**"
        if comparison.changes:
            yield f"**{escaped(news_opening(comparison))}**"
            for heading, found in sections(comparison):
                yield f"{heading}:"
                yield "\n".join(f"- {escaped(one)}" for one in found)
        yield from map(escaped, copies_in_words(comparison))
        if comparison.claims and not comparison.disputes:
            yield NOTHING_FOUND
        for dispute, silent in zip(comparison.disputes, silences(comparison), strict=True):
            yield from self._dispute(dispute, silent)
        others = other_claims(comparison)
        if others:
            yield f"## In no dispute\n\n{no_contradiction(len(others))}"
            yield "\n".join(self._claim(one) for one in others)
        yield escaped(closing(comparison))

    def _dispute(self, dispute: Dispute, silent: Iterable[Silence]) -> Iterator[str]:
        yield f"## {escaped(dispute.proposition)}"
        opposing = oppositions_in_words(dispute, self._comparison)
        for tone, placed in sides(dispute, self._comparison):
            yield f"### {HEADINGS[tone]}"
            if tone == "withdrawn":
                taken = withdrawals(dispute, self._comparison)
                yield "\n".join(self._taken_back(one) for one in taken)
            else:
                yield "\n".join(
                    self._claim(claim, opposing.get(claim.id, ""), how_sure(assertion))
                    for assertion, claim in placed
                )
        told = [f"- {escaped(one.in_short)}" for one in silent]
        if told:
            yield "### Not in these articles\n\n" + "\n".join(told)

    def _claim(self, claim: Claim, *notes: str) -> str:
        is_new = claim.id in self._new
        told = "; ".join(filter(None, ("new" if is_new else "", *notes)))
        printed = self._printed[claim.id]
        beside = (f", {escaped(printed)}" if printed else "") + (
            f" ({escaped(told)})" if told else ""
        )
        name = escaped(who(claim, self._comparison))
        return f"- **{name}**{beside}: {_said(claim)}\n"

    def _taken_back(self, one: Withdrawn) -> str:
        return f"{self._claim(one.claim, one.words)}\n  Taken back: {_said(one.by)}\n"


def _said(claim: Claim) -> str:
    """A claim's text, with what was not proved, over the words that it rests on."""
    doubts = doubts_in_words(claim)
    beside = f" ({escaped(doubts)})" if doubts else ""
    quotes = "\n  >".join(f"\n  > {escaped(span.text)}" for span in claim.evidence)
    return f"{escaped(claim.text)}{beside}\n{quotes}"
