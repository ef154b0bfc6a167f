"""The passages of an article that are read in one call."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claimcompare.prompts import as_data
from claimcompare.schema import Article
from claimcompare.small.lexicon import is_english
from claimcompare.small.marking import Marked, marked
from claimcompare.small.names import Names
from claimcompare.small.told import told
from claimcompare.small.wire import LeanClaim
from claimcompare.stages.settings import CompareSettings

PASSAGES = 18
CHARACTERS = 8_000
PASSAGES_BEFORE = 2
CHARACTERS_BEFORE = 900


class Chunk(NamedTuple):
    """Passages to read in one call, and those before them that tell who is meant.

    Passages of sentences that are `known` by their numbers are shown, but not asked about: they
    count in another article. Rules about words hold only where the article is `english`.
    """

    article: Article
    names: Names
    before: tuple[Marked, ...]
    read: tuple[Marked, ...]
    known: frozenset[int] = frozenset()
    english: bool = True

    def __str__(self) -> str:
        first = self.read[0].passage.sentences[0].number
        last = self.read[-1].passage.sentences[-1].number
        return f"sentence {first}" if first == last else f"sentences {first} to {last}"

    def values(self) -> dict[str, object]:
        """What the prompt is filled with; numbers count within the chunk."""
        return {
            "before": " ".join(as_data(one.passage.text) for one in self.before),
            "passages": [(at, as_data(one.passage.text)) for at, one in enumerate(self.read, 1)],
        }

    def asked(self) -> dict[str, Marked]:
        """The passages that the model is asked about, by number and anchor.

        Small models lose their place among bare numbers. Of what a passage itself tells, they are
        not asked.
        """
        return {
            as_data(f"{number} {one.anchor}"): one
            for number, one in enumerate(self.read, start=1)
            if one.may and not self._counts_elsewhere(one) and told(one, self.names) is None
        }

    def told(self) -> list[tuple[LeanClaim, Marked]]:
        """What the passages tell by themselves, those of them that count here."""
        new = [one for one in self.read if not self._counts_elsewhere(one)]
        return [(claim, one) for one in new if (claim := told(one, self.names))]

    def halves(self) -> "tuple[Chunk, ...]":
        """Two chunks in the place of one, none where it has but one passage."""
        middle = len(self.read) // 2
        if not middle:
            return ()
        left, right = self.read[:middle], self.read[middle:]
        return self._replace(read=left), self._replace(before=_last(self.before + left), read=right)

    def _counts_elsewhere(self, one: Marked) -> bool:
        return all(sentence.number in self.known for sentence in one.passage.sentences)


def chunks(
    article: Article, settings: CompareSettings, known: frozenset[int] = frozenset()
) -> Iterator[Chunk]:
    """The article in chunks of about equal size, of few passages each."""
    english = is_english(article)
    every = marked(article, settings.segmenter, rules=english)
    names = Names(article.text, [one.passage for one in every])
    before: tuple[Marked, ...] = ()
    for part in _parts(every, min(CHARACTERS, settings.characters_per_call)):
        yield Chunk(article, names, before, part, known, english)
        before = _last(part)


def _parts(every: Sequence[Marked], characters: int) -> list[tuple[Marked, ...]]:
    """Cuts at the borders of paragraphs would leave parts that are too small to be worth a call."""
    wanted = -(-len(every) // max(1, -(-len(every) // PASSAGES)))
    parts: list[list[Marked]] = []
    for one in every:
        if parts and len(parts[-1]) < wanted and _size([*parts[-1], one]) <= characters:
            parts[-1].append(one)
        else:
            parts.append([one])
    return [tuple(part) for part in parts]


def _size(passages: Sequence[Marked]) -> int:
    return sum(len(one.passage.text) for one in passages)


def _last(passages: tuple[Marked, ...]) -> tuple[Marked, ...]:
    """The last few passages, as far as they are short."""
    last = passages[-PASSAGES_BEFORE:]
    while _size(last) > CHARACTERS_BEFORE:
        last = last[1:]
    return last
