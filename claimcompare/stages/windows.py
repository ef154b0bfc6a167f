"""The numbered sentences of an article that are read in one call."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from claimcompare.articles import Segmenter, ends_paragraph, passages
from claimcompare.prompts import as_data
from claimcompare.schema import Article, Sentence

_CHARACTERS_BEFORE = 900


class Window(NamedTuple):
    """Whole paragraphs to read in one call, and sentences before them that tell who is meant.

    Sentences that are `known` from another article are shown without a number.
    """

    article: Article
    before: tuple[Sentence, ...]
    read: tuple[Sentence, ...]
    known: frozenset[int] = frozenset()

    def __str__(self) -> str:
        first, last = self.read[0].number, self.read[-1].number
        return f"sentence {first}" if first == last else f"sentences {first} to {last}"

    @property
    def citable(self) -> dict[int, Sentence]:
        """The sentences that a claim may cite, by number."""
        return {one.number: one for one in self.read if one.number not in self.known}

    def values(self) -> dict[str, object]:
        """What a prompt is filled with."""
        about = (self.article.title, self.article.publisher, self.article.published)
        return {
            "about": [as_data(one) for one in about if one],
            "before": " ".join(as_data(one.text) for one in self.before),
            "paragraphs": [
                [(self._number(one), as_data(one.text)) for one in paragraph]
                for paragraph in _paragraphs(self.article.text, self.read)
            ],
            "some_known": any(one.number in self.known for one in self.read),
        }

    def halves(self) -> "tuple[Window, ...]":
        """Two windows in the place of one, none where it has but one sentence."""
        middle = len(self.read) // 2
        if not middle:
            return ()
        left, right = self.read[:middle], self.read[middle:]
        before = _last((*self.before, *left))
        return self._replace(read=left), self._replace(before=before, read=right)

    def _number(self, sentence: Sentence) -> int | None:
        return None if sentence.number in self.known else sentence.number


def windows(
    article: Article, size: int, segmenter: Segmenter | None, known: frozenset[int]
) -> Iterator[Window]:
    """The article in windows of up to `size` characters, none where all sentences are known.

    A window ends between paragraphs and outside of quotations, where it can.
    """
    before: tuple[Sentence, ...] = ()
    for part in _parts(_blocks(article, segmenter), size):
        window = Window(article, before, part, known)
        before = _last((*before, *part))
        if window.citable:
            yield window


def _blocks(article: Article, segmenter: Segmenter | None) -> list[tuple[Sentence, ...]]:
    """Paragraphs, several of them where one quotation runs through."""
    found = passages(article, segmenter=segmenter)
    within = {one.number: passage.number for passage in found for one in passage.sentences}
    every = [one for passage in found for one in passage.sentences]
    blocks: list[tuple[Sentence, ...]] = []
    for paragraph in _paragraphs(article.text, every):
        if blocks and within[blocks[-1][-1].number] == within[paragraph[0].number]:
            blocks[-1] += tuple(paragraph)
        else:
            blocks.append(tuple(paragraph))
    return blocks


def _paragraphs(text: str, read: Sequence[Sentence]) -> list[list[Sentence]]:
    found = [[one] for one in read[:1]]
    for last, one in pairwise(read):
        if ends_paragraph(text[last.end : one.start]):
            found.append([])
        found[-1].append(one)
    return found


def _parts(blocks: Sequence[tuple[Sentence, ...]], size: int) -> Iterator[tuple[Sentence, ...]]:
    """Blocks together as long as they fit; one that is too long alone is cut between sentences."""
    part: tuple[Sentence, ...] = ()
    for block in blocks:
        for piece in _pieces(block, size):
            if part and piece[-1].end - part[0].start > size:
                yield part
                part = ()
            part += piece
    if part:
        yield part


def _pieces(block: tuple[Sentence, ...], size: int) -> Iterator[tuple[Sentence, ...]]:
    if block[-1].end - block[0].start <= size:
        yield block
    else:
        yield from ((sentence,) for sentence in block)


def _last(read: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """The last sentences, as far as they are short."""
    first = len(read)
    while first and read[-1].end - read[first - 1].start <= _CHARACTERS_BEFORE:
        first -= 1
    return read[first:]
