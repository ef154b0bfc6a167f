"""Sentences that one quotation runs through are read as one."""

import re
from functools import cached_property
from itertools import pairwise

from claimcompare.articles import Segmenter
from claimcompare.schema import Article, Sentence, Span
from claimcompare.stages.cues import Cue, cues
from claimcompare.stages.quotes import ends_of, has_quotation_mark, is_quotation
from claimcompare.stages.steering import ENDLESS, steers
from claimcompare.stages.words import WORD

MOST_SENTENCES = 8
MOST_CHARACTERS = 1_500
_FIRST_WORDS = 2
_STOPS = tuple('.!?\u2026\u3002\uff01\uff1f"\u201d')
# A key of a JSON object is no place for these.
_MARK = re.compile('["\\\\\u201c\u201d\u201e\u00ab\u00bb]')


class Passage(Span):
    """One sentence, or a few within one quotation of one paragraph."""

    sentences: tuple[Sentence, ...]
    goes_on: bool = False
    """Whether it is only a quotation, behind what tells who speaks."""

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """The words in it that report what somebody says, the surest first."""
        return cues(self.text)

    @property
    def anchor(self) -> str:
        """The surest cue, or else the first words, to tell the passage by."""
        if self.cues:
            words = self.cues[0].text
        else:
            first = [match.span() for match in WORD.finditer(self.text)][:_FIRST_WORDS]
            words = self.text[first[0][0] : first[-1][1]] if first else ""
        return _MARK.sub("", " ".join(words.split()))

    @property
    def reports(self) -> bool:
        """Whether it is as good as sure that somebody is said to say something."""
        return has_quotation_mark(self.text) or any(cue.speech for cue in self.cues)

    @property
    def attributes(self) -> bool:
        """Whether its words alone make it likely that somebody is said to say something."""
        return bool(self.cues) or has_quotation_mark(self.text)


def passages(article: Article, segmenter: Segmenter | None = None) -> list[Passage]:
    """The article's passages in order; every sentence is in exactly one."""
    groups: list[list[Sentence]] = []
    opened, alone = "", True
    sentences = article.sentences(segmenter=segmenter)
    for at, sentence in enumerate(sentences):
        last = sentences[at - 1] if at else None
        gap = article.text[last.end : sentence.start] if last else "\n"
        opened = "" if "\n" in gap else ends_of(opened, gap)
        # What may steer a model takes no sentence with it, nor the end of a quotation.
        was_alone, alone = alone, steers(sentence.text)
        joins = bool(opened) or (last is not None and _introduces(last, sentence))
        if (last and "\n" not in gap and _is_rest(groups[-1], sentence)) or (
            joins and not alone and not was_alone and _fits(groups[-1], sentence)
        ):
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
        opened = opened if alone else ends_of(opened, sentence.text)
    return _passages(article.text, groups)


def _is_rest(group: list[Sentence], sentence: Sentence) -> bool:
    """Whether it is the end of a sentence that was cut for its length."""
    last = group[-1]
    cut = last.end - group[0].start >= ENDLESS and not last.text.endswith(_STOPS)
    return cut and len(sentence.text) < ENDLESS


def _introduces(last: Sentence, sentence: Sentence) -> bool:
    """Whether it is "She added:" before a quotation."""
    return last.text.endswith((":", "\uff1a")) and has_quotation_mark(sentence.text[:1])


def _fits(group: list[Sentence], sentence: Sentence) -> bool:
    return len(group) < MOST_SENTENCES and sentence.end - group[0].start <= MOST_CHARACTERS


def _passages(text: str, groups: list[list[Sentence]]) -> list[Passage]:
    """A passage for each group of sentences."""
    ends = [(group[0].start, group[-1].end) for group in groups]
    behind = [text[end:start] for (_, end), (start, _) in pairwise(ends)]
    around = zip(["\n", *behind], [*behind, "\n"], strict=False)
    return [
        Passage(
            sentences=tuple(group),
            start=start,
            end=end,
            text=text[start:end],
            goes_on=is_quotation(text[start:end]) and ("\n" not in gap or "\n" in next_gap),
        )
        for group, (start, end), (gap, next_gap) in zip(groups, ends, around, strict=False)
    ]
