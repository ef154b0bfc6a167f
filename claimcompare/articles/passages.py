"""Sentences that one quotation runs through become one passage."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from claimcompare.articles.quotations import quotations
from claimcompare.articles.segmenters import Segmenter
from claimcompare.articles.sentences import MAX_CHARACTERS, sentences_and_rests
from claimcompare.schema import Article, Passage, Sentence

MOST_SENTENCES = 8
MOST_CHARACTERS = 1_500
_SHORT_REST = MAX_CHARACTERS // 2
_INTRODUCES = (":", "：")
# A library may leave the mark that opens a quotation behind with the sentence before it.
_OPENING = " \u00a0\u202f\"'`“„‘‚«»‹›「『"


def passages(article: Article, *, segmenter: Segmenter | None = None) -> tuple[Passage, ...]:
    """The article's passages in order; every sentence is in exactly one.

    A long quotation is cut where a sentence ends: a passage has at most `MOST_SENTENCES` sentences
    and `MOST_CHARACTERS`, but for a short rest of a sentence that was cut for its length.
    """
    quoted = _Quoted(article.text)
    groups: list[list[Sentence]] = []
    for sentence, is_rest in sentences_and_rests(article, segmenter):
        if groups and _joins(groups[-1], sentence, quoted, is_rest=is_rest):
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    return tuple(_passage(article.text, at, group) for at, group in enumerate(groups, start=1))


class _Quoted:
    """Where a text is quoted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._offsets = quotations(text)
        self._starts = [start for start, _ in self._offsets]

    def runs_through(self, last: Sentence, sentence: Sentence) -> bool:
        """Whether one quotation holds the end of a sentence and the beginning of the next."""
        at = bisect_left(self._starts, last.end) - 1
        return at >= 0 and self._offsets[at][1] > sentence.start

    def begins(self, last: Sentence, sentence: Sentence) -> bool:
        """Whether there is a colon, and a quotation the first thing behind it."""
        told = last.text.rstrip(_OPENING)
        colon = last.start + len(told)
        at = bisect_right(self._starts, colon)
        if not told.endswith(_INTRODUCES) or at == len(self._starts):
            return False
        start = self._starts[at]
        return start <= sentence.end and not any(map(str.isalnum, self.text[colon:start]))


def _joins(
    group: Sequence[Sentence], sentence: Sentence, quoted: _Quoted, *, is_rest: bool
) -> bool:
    """Whether a sentence belongs to the passage before it."""
    last = group[-1]
    if is_rest and len(sentence.text) < _SHORT_REST:
        return True
    quotes = quoted.begins(last, sentence) or quoted.runs_through(last, sentence)
    fits = len(group) < MOST_SENTENCES and sentence.end - group[0].start <= MOST_CHARACTERS
    return (is_rest or quotes) and fits


def _passage(text: str, number: int, group: Sequence[Sentence]) -> Passage:
    start, end = group[0].start, group[-1].end
    sentences = tuple(group)
    return Passage(number=number, sentences=sentences, start=start, end=end, text=text[start:end])
