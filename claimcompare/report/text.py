"""The form for the terminal: within 100 columns, plain or in colours, short or with everything."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

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
from claimcompare.report.paragraphs import lines, wrapped
from claimcompare.report.quoting import LENGTHS, Quotes, how_long, quoted, says_the_same
from claimcompare.report.sides import (
    HEADINGS,
    Placed,
    Tone,
    doubts_in_words,
    few,
    how_many,
    listed,
    other_claims,
    sides,
)
from claimcompare.report.silence import Silence, silences
from claimcompare.report.sureness import how_sure
from claimcompare.report.voices import who
from claimcompare.report.withdrawals import Withdrawn, withdrawals
from claimcompare.schema import Claim, Comparison, Dispute

if TYPE_CHECKING:
    from rich.text import Text

_COLOURS: dict[Tone, str] = {
    "support": "green",
    "denial": "red",
    "withdrawn": "magenta",
    "context": "blue",
    "abstained": "yellow",
}
_FOLDED: dict[Tone, tuple[str, str]] = {
    "context": ("that bears on it but takes no side", "that bear on it but take no side"),
    "abstained": ("of which the side was left open", "of which the side was left open"),
}
# In parts of what the articles have, and in words.
_LENGTH = 1.5
_SHORT = 400
# Claims of a side, where the report is too long without any quotation.
_FEW = (5, 3, 2, 1)
_HINT = "What is only counted or cut short here is whole with --all, and on the page (-f html)."


def to_text(comparison: Comparison, *, everything: bool = False) -> str:
    """Disputes first; what takes no side is counted, or shown, too, as every passage in full."""
    return in_colours(comparison, everything=everything).plain


def in_colours(comparison: Comparison, *, everything: bool = False) -> "Text":
    """The same words with colours and weights, for a rich console."""
    if everything:
        return _Form(comparison, None).text()
    for words, claims in (*((words, None) for words in LENGTHS), *((0, most) for most in _FEW)):
        made = _Form(comparison, words, claims).text()
        if how_long(made.plain) <= _room(comparison):
            break
    return made


def _room(comparison: Comparison) -> float:
    """How long a report may be: one and a half times its articles, unless these are short."""
    told = sum(how_long(article.text) for article in comparison.articles)
    return max(_LENGTH * told, _SHORT)


def first_text(comparison: Comparison) -> str:
    """How much was found, and what is in dispute."""
    found = enumerate(comparison.disputes, start=1)
    told = (wrapped([(f"{at}. {one.proposition}", "")], 0, 3) for at, one in found)
    return lines([wrapped([(opening(comparison), "")], 0), *told]).plain


def news_text(comparison: Comparison) -> str:
    """Only what an update changed."""
    return _news(comparison).plain


def _news(comparison: Comparison) -> "Text":
    """Since when, and each thing that is new under its heading."""
    told = [wrapped([(news_opening(comparison), "bold")], 0)]
    for heading, found in sections(comparison):
        told += [wrapped([], 0), wrapped([(heading, "bold")], 0)]
        told += (wrapped([("- ", ""), (one, "")], 0, 2) for one in found)
    return lines(told)


class _Form:
    """One report as it is written: what was quoted already is not quoted again.

    It shows everything unless it may quote only so many `words` of a passage, and so many `claims`
    of a side.
    """

    def __init__(
        self, comparison: Comparison, words: int | None, claims: int | None = None
    ) -> None:
        self._comparison = comparison
        self._everything = words is None
        self._printed = sources(comparison)
        self._quotes = Quotes(words)
        self._claims = claims
        self._new = frozenset(comparison.changes.claims if comparison.changes else ())
        self._folds = words is not None and words < LENGTHS[0]

    def text(self) -> "Text":
        """The whole report."""
        from rich.text import Text

        return Text("\n\n").join(self.parts())

    def parts(self) -> Iterator["Text"]:
        """The paragraphs, those that say what was found first."""
        comparison = self._comparison
        yield wrapped([(opening(comparison), "")], 0)
        if note := small_note(comparison):
            yield wrapped([(note, "bold")], 0)
        if comparison.changes:
            yield _news(comparison)
        if comparison.copies:
            yield lines(wrapped([(one, "")], 0) for one in copies_in_words(comparison))
        if comparison.claims and not comparison.disputes:
            yield wrapped([(NOTHING_FOUND, "")], 0)
        silent = silences(comparison)
        for number, dispute in enumerate(comparison.disputes, start=1):
            yield lines(self._dispute(number, dispute, silent[number - 1]))
        yield from self._others()
        if self._folds:
            yield wrapped([(_HINT, "dim")], 0)
        yield wrapped([(closing(comparison), "dim")], 0)

    def _dispute(
        self, number: int, dispute: Dispute, silent: Iterable[Silence]
    ) -> Iterator["Text"]:
        yield wrapped([(f"{number}. {dispute.proposition}", "bold")], 0, 3)
        opposing = oppositions_in_words(dispute, self._comparison)
        folded: list[str] = []
        for tone, placed in sides(dispute, self._comparison):
            if tone in _FOLDED and not self._everything:
                folded.append(f"{how_many(len(placed), 'claim')} {_FOLDED[tone][len(placed) > 1]}")
            elif tone == "withdrawn":
                yield from self._headed(tone)
                taken: dict[str, list[Withdrawn]] = {}
                for one in withdrawals(dispute, self._comparison):
                    taken.setdefault(one.by.id, []).append(one)
                yield from map(self._taken_back, taken.values())
            else:
                yield from self._side(tone, placed, opposing)
        if folded:
            self._folds = True
            yield from (wrapped([], 0), wrapped([(f"and {', '.join(folded)}", "dim")], 3))
        told = [wrapped([("- ", ""), (one.in_short, "")], 3, 5) for one in silent]
        if told:
            yield from (wrapped([], 0), wrapped([("Not in these articles", "bold")], 3), *told)

    def _side(self, tone: Tone, placed: list[Placed], opposing: dict[str, str]) -> Iterator["Text"]:
        """The claims of a side; what is known of each alike is said once, beside the heading."""
        sure = [how_sure(one.assertion) for one in placed]
        alike = sure[0] if len(sure) > 1 and len(set(sure)) == 1 else ""
        yield from self._headed(tone, f" (each: {alike})" if alike else "")
        shown, more = few(placed, self._claims or len(placed))
        for one in shown:
            notes = [opposing.get(one.claim.id, ""), "" if alike else how_sure(one.assertion)]
            yield self._claim(one.claim, notes, is_cited=one.assertion.stance is not None)
        if more:
            names = dict.fromkeys(who(one.claim, self._comparison) for one in more)
            yield wrapped([(f"- and {len(more)} more of {listed(list(names))}", "dim")], 3, 5)

    def _headed(self, tone: Tone, alike: str = "") -> Iterator["Text"]:
        yield wrapped([], 0)
        yield wrapped([(HEADINGS[tone], f"bold {_COLOURS[tone]}"), (alike, "dim")], 3)

    def _others(self) -> Iterator["Text"]:
        """The claims in no dispute, or how many these are."""
        others = other_claims(self._comparison)
        if not others:
            return
        if self._everything:
            unopposed = f": {no_contradiction(len(others))}"
            heading = wrapped([("In no dispute", "bold"), (unopposed, "")], 0)
            yield lines([heading, *(self._claim(one, (), is_cited=True) for one in others)])
        elif self._comparison.disputes:
            self._folds = True
            yield wrapped([(f"In no dispute: {no_contradiction(len(others))}", "")], 0)
        else:
            self._folds = True

    def _taken_back(self, taken: list[Withdrawn]) -> "Text":
        """Claims that one claim takes back, and that claim."""
        by = taken[0].by
        said = [self._claim(one.claim, [one.words], is_cited=True) for one in taken]
        heading = f"taken back by {who(by, self._comparison)}: "
        takes = wrapped([(heading, "bold"), (self._said(by), "")], 5, 7)
        return lines([*said, takes, *self._quoted(by)])

    def _claim(self, claim: Claim, notes: Iterable[str], *, is_cited: bool) -> "Text":
        """Who claims what, how sure that is, where it was printed, and on what words."""
        told = "; ".join(filter(None, ("new" if claim.id in self._new else "", *notes)))
        printed = self._printed[claim.id]
        beside = (f" ({told})" if told else "") + (f" [{printed}]" if printed else "")
        named = [("- ", ""), (who(claim, self._comparison), "bold")]
        said = wrapped([*named, (f"{beside}: {self._said(claim)}", "")], 3, 5)
        return lines([said, *(self._quoted(claim) if is_cited else ())])

    def _said(self, claim: Claim) -> str:
        """A claim's text, in quotation marks where it is a passage, with what was not proved."""
        is_passage = not self._everything and says_the_same(claim, claim.evidence[0])
        doubts = doubts_in_words(claim)
        return (quoted(claim.text) if is_passage else claim.text) + (
            f" ({doubts})" if doubts else ""
        )

    def _quoted(self, claim: Claim) -> Iterator["Text"]:
        return (wrapped([(one, "italic")], 8, 9) for one in self._quotes.under(claim))
