"""The passages of an article, with what the words of each tell about who speaks there."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from claimcompare.articles import (
    Segmenter,
    Turn,
    dateline_end,
    ends_paragraph,
    has_quotation_mark,
    is_question,
    is_quotation,
    passages,
    turn_at,
    turns,
    without_dateline,
)
from claimcompare.schema import Article, Passage, Span
from claimcompare.small.cues import Cue, cues
from claimcompare.small.subjects import subject
from claimcompare.small.words import WORD

_FIRST_WORDS, _LONGEST_ANCHOR = 2, 40
# A key of a JSON object is no place for these.
_MARK = re.compile('["\\\\\u201c\u201d\u201e\u00ab\u00bb]')


class Marked(NamedTuple):
    """A passage, and what its words tell: all of it only in English.

    `cue` is the surest word that reports, `subject` who is named beside it. Where nobody `may`
    speak nobody is asked about. One that `goes_on` is a quotation behind what tells who speaks.
    In a transcript the label of its `turn` tells that, whatever the language. The article's
    dateline ends at `head`.
    """

    passage: Passage
    may: bool = True
    cue: Cue | None = None
    subject: str | None = None
    goes_on: bool = False
    turn: Turn | None = None
    head: int = 0

    @property
    def span(self) -> Span:
        """What is said in the passage, without a label or a dateline before it."""
        passage, turn = self.passage, self.turn
        # A label that stands above the words can be a passage of its own.
        start = min(max(passage.start, turn.said if turn else 0), passage.end)
        text = passage.text[start - passage.start :]
        return without_dateline(Span(start=start, end=passage.end, text=text), self.head)

    @property
    def text(self) -> str:
        """What is said, on one line."""
        return " ".join(self.span.text.split())

    @property
    def anchor(self) -> str:
        """The cue, or else the first words, to tell the passage by."""
        if self.cue:
            told = self.cue.text
        else:
            first = [match.span() for match in WORD.finditer(self.text)][:_FIRST_WORDS]
            told = self.text[first[0][0] : first[-1][1]] if first else ""
        return _MARK.sub("", " ".join(told.split()))[:_LONGEST_ANCHOR]


def marked(article: Article, segmenter: Segmenter | None, *, rules: bool) -> list[Marked]:
    """All passages of an article in order, by the rules about English words or without."""
    every = passages(article, segmenter=segmenter)
    found = _by_words(article, every) if rules else map(Marked, every)
    spoken, head = turns(article.text), dateline_end(article.text)
    told = (_labelled(one, turn_at(spoken, one.passage.end - 1)) for one in found)
    return [one._replace(head=head) for one in told]


def _labelled(one: Marked, turn: Turn | None) -> Marked:
    """A question commits to nothing, and a label of one letter tells nobody's name."""
    if turn is None:
        return one
    said = Marked(one.passage, turn=turn)
    return said._replace(may=bool(said.text) and not is_question(said.text))


def _by_words(article: Article, every: Sequence[Passage]) -> list[Marked]:
    behind = [article.text[one.end : two.start] for one, two in pairwise(every)]
    around = zip(["\n", *behind], [*behind, "\n"], strict=False)
    return [_marked(passage, *gaps) for passage, gaps in zip(every, around, strict=False)]


def _marked(passage: Passage, before: str, behind: str) -> Marked:
    text = passage.text
    cue = next(iter(cues(text)), None)
    return Marked(
        passage,
        may=not cue.nobody if cue else has_quotation_mark(text),
        cue=cue,
        subject=subject(text, cue),
        goes_on=is_quotation(text) and (not ends_paragraph(before) or ends_paragraph(behind)),
    )
