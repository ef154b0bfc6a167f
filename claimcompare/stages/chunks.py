"""The passages of an article that are read in one call."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claimcompare.articles import Segmenter
from claimcompare.prompts import as_data
from claimcompare.schema import Article, Sentence
from claimcompare.stages.names import Names
from claimcompare.stages.passages import Passage, passages
from claimcompare.stages.steering import steers
from claimcompare.stages.told import told
from claimcompare.stages.wire import LeanClaim

MAX_CHARACTERS = 8_000
PASSAGES_BEFORE = 2
MAX_CHARACTERS_BEFORE = 900


class Chunk(NamedTuple):
    """Passages to read in one call, and those before them that tell who is meant.

    In a chunk that is apart stand words that may be meant to steer a model: no other chunk shows
    them, and what they are taken to say reaches no other claim. Passages of sentences that are
    `known` by their numbers are shown, but not asked about: they count in another article.
    """

    article: Article
    names: Names
    before: tuple[Passage, ...]
    read: tuple[Passage, ...]
    apart: bool = False
    known: frozenset[int] = frozenset()

    def __str__(self) -> str:
        first, last = self.read[0].sentences[0].number, self.read[-1].sentences[-1].number
        return f"sentence {first}" if first == last else f"sentences {first} to {last}"

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences that are read."""
        return tuple(sentence for passage in self.read for sentence in passage.sentences)

    def values(self) -> dict[str, object]:
        """What the prompt is filled with; numbers count within the chunk."""
        return {
            "before": " ".join(as_data(passage.text) for passage in self.before),
            "passages": [(at, as_data(passage.text)) for at, passage in enumerate(self.read, 1)],
        }

    def asked(self, *, lean: bool) -> dict[str, Passage]:
        """The passages that the model is asked about, by their numbers.

        Small models lose their place among numbers: theirs come with the word that reports. Of
        what the passage itself tells, they are not asked.
        """
        return {
            as_data(f"{number} {passage.anchor}") if lean else str(number): passage
            for number, passage in enumerate(self.read, start=1)
            if not self._counts_elsewhere(passage)
            and (not lean or (passage.attributes and told(passage, self.names) is None))
        }

    def told(self) -> list[tuple[LeanClaim, Passage]]:
        """What the passages tell by themselves, those of them that count here."""
        claims = [
            (told(passage, self.names), passage)
            for passage in self.read
            if not self._counts_elsewhere(passage)
        ]
        return [(claim, passage) for claim, passage in claims if claim]

    def _counts_elsewhere(self, passage: Passage) -> bool:
        return all(sentence.number in self.known for sentence in passage.sentences)

    def only(self, read: tuple[Passage, ...]) -> "Chunk":
        """A chunk of some of its passages, each with what stands before it."""
        first = self.read.index(read[0])
        return self._replace(before=_last(self.before + self.read[:first]), read=read)

    def halves(self) -> "tuple[Chunk, Chunk]":
        """Two chunks in the place of one of several passages."""
        middle = len(self.read) // 2
        left, right = self.read[:middle], self.read[middle:]
        return self._replace(read=left), self._replace(before=_last(self.before + left), read=right)


def chunks(
    article: Article,
    size: int,
    segmenter: Segmenter | None = None,
    known: frozenset[int] = frozenset(),
) -> Iterator[Chunk]:
    """The article in chunks of about equal size, of up to `size` passages if these are short."""
    trusted: list[Passage] = []
    steering: list[Passage] = []
    every = passages(article, segmenter)
    for passage in every:
        (steering if steers(passage.text) else trusted).append(passage)
    names = _names(article, trusted)
    parts = _parts(trusted, size)
    before = [(), *map(_last, parts)]
    plain = [Chunk(article, names, *one) for one in zip(before, parts, strict=False)]
    every_name = _names(article, every) if steering else names
    apart = [Chunk(article, every_name, (), (passage,), apart=True) for passage in steering]
    for chunk in sorted(plain + apart, key=lambda chunk: chunk.read[0].start):
        yield chunk._replace(known=known)


def _names(article: Article, passages: Sequence[Passage]) -> Names:
    return Names(article.text, [(passage.start, passage.end) for passage in passages])


def _parts(passages: Sequence[Passage], size: int) -> list[tuple[Passage, ...]]:
    """Cuts at the borders of paragraphs would leave parts that are too small to be worth a call."""
    wanted = -(-len(passages) // max(1, -(-len(passages) // size))) if passages else 1
    parts: list[list[Passage]] = []
    for passage in passages:
        if parts and len(parts[-1]) < wanted and _fits([*parts[-1], passage]):
            parts[-1].append(passage)
        else:
            parts.append([passage])
    return [tuple(part) for part in parts]


def _fits(passages: Sequence[Passage]) -> bool:
    return sum(len(passage.text) for passage in passages) <= MAX_CHARACTERS


def _last(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """The last few passages, as far as they are short."""
    last = passages[-PASSAGES_BEFORE:]
    while sum(len(passage.text) for passage in last) > MAX_CHARACTERS_BEFORE:
        last = last[1:]
    return last
