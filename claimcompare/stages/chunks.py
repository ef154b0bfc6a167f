"""The sentences of an article that are read in one call."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claimcompare.prompts import as_data
from claimcompare.schema import Article, Sentence
from claimcompare.stages.names import Names

MAX_CHARACTERS = 8_000
SENTENCES_BEFORE = 2
MAX_CHARACTERS_BEFORE = 900


class Chunk(NamedTuple):
    """Sentences to read in one call, and those before them that tell who is meant."""

    article: Article
    names: Names
    before: tuple[Sentence, ...]
    read: tuple[Sentence, ...]

    def __str__(self) -> str:
        first, last = self.read[0].number, self.read[-1].number
        return f"sentence {first}" if first == last else f"sentences {first} to {last}"

    def values(self) -> dict[str, object]:
        """What the prompt is filled with."""
        return {
            "before": " ".join(as_data(sentence.text) for sentence in self.before),
            "sentences": [(sentence.number, as_data(sentence.text)) for sentence in self.read],
        }

    def halves(self) -> "tuple[Chunk, Chunk]":
        """Two chunks in the place of one of several sentences."""
        middle = len(self.read) // 2
        left, right = self.read[:middle], self.read[middle:]
        return (
            self._replace(read=left),
            self._replace(before=_last(self.before + left), read=right),
        )


def chunks(article: Article, size: int) -> Iterator[Chunk]:
    """The article in chunks of up to `size` sentences, as far as they are short."""
    sentences = article.sentences()
    names = Names(article.text)
    first = 0
    while first < len(sentences):
        end = first + 1
        while end < min(first + size, len(sentences)) and _fits(sentences[first : end + 1]):
            end += 1
        yield Chunk(article, names, _last(sentences[:first]), sentences[first:end])
        first = end


def _fits(sentences: Sequence[Sentence]) -> bool:
    return sum(len(sentence.text) for sentence in sentences) <= MAX_CHARACTERS


def _last(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """The last few sentences, as far as they are short."""
    last = sentences[-SENTENCES_BEFORE:]
    while sum(len(sentence.text) for sentence in last) > MAX_CHARACTERS_BEFORE:
        last = last[1:]
    return last
