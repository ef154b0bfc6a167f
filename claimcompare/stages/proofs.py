"""What can be proved of a claim without understanding it; what cannot is told, never mended."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claimcompare.articles import dateline_end, quotations, turn_at, turns, without_dateline
from claimcompare.schema import Article, Claim, ClaimKind, Doubt, DoubtKind, Sentence, Span
from claimcompare.stages.occurrence import Places, Vocabulary, is_unspaced, tokens
from claimcompare.stages.quantities import unproved_numbers

_FROM_EXAMPLE = 0.9
_IN_ARTICLE = 0.5
_FEWEST_WORDS = 3
_LONGEST_PARTICLE = 3
# A mention may stand in a sentence beside those that are cited.
_BESIDE = 300


class Given(NamedTuple):
    """A claim as a model gives it, with the sentences that it cites."""

    cited: tuple[Sentence, ...]
    missing: tuple[int, ...]
    speaker: str | None
    mention: str
    via: tuple[str, ...]
    kind: ClaimKind
    text: str


class Refused(Exception):
    """A claim that cannot be shown; its message is the reason."""


class Proofs:
    """The words of an article and of a worked example, to hold claims against."""

    def __init__(self, article: Article, example: str) -> None:
        self._article = article
        self._beside = " ".join(filter(None, (article.title, article.published, article.publisher)))
        self._words = Vocabulary(f"{article.text}\n{self._beside}")
        self._places = Places(article.text)
        self._turns = turns(article.text)
        self._head = dateline_end(article.text)
        self._example = Vocabulary(example)

    def claim(self, given: Given) -> Claim:
        """The claim as it was given, with what could not be proved; raises Refused."""
        self._refuse(given)
        evidence = tuple(without_dateline(one, self._head) for one in given.cited)
        mention = self._mention(given, evidence)
        return Claim(
            id=self._article.id,
            article_id=self._article.id,
            speaker=given.speaker,
            mention=mention,
            via=given.via,
            kind=given.kind,
            text=given.text,
            evidence=evidence,
            doubts=tuple(self._doubts(given, evidence, mention)),
        )

    def _refuse(self, given: Given) -> None:
        if not given.cited:
            raise Refused("cites no sentence that it was given")
        if not tokens(given.text):
            raise Refused("says nothing")
        if self._is_from_example(given.text):
            raise Refused("its words are those of the worked example")
        if given.speaker and not any(map(self._words.names, (given.speaker, given.mention))):
            raise Refused(f"speaker {given.speaker!r} does not occur in the article")

    def _is_from_example(self, text: str) -> bool:
        words = tokens(text)
        copied = self._example.share(words) >= _FROM_EXAMPLE
        return copied and self._words.share(words) < _IN_ARTICLE

    def _mention(self, given: Given, evidence: Sequence[Span]) -> Span | None:
        if given.speaker is None:
            return None
        label = self._label(evidence)
        if label and given.mention and _has(label.text, given.mention):
            return label
        return self._places.nearest(given.mention, evidence[0].start, evidence[-1].end)

    def _label(self, evidence: Sequence[Span]) -> Span | None:
        """What says in a transcript who speaks in the cited sentences, however far before them."""
        turn = turn_at(self._turns, evidence[0].end - 1)
        return turn.span if turn else None

    def _doubts(
        self, given: Given, evidence: Sequence[Span], mention: Span | None
    ) -> Iterator[Doubt]:
        cited = "\n".join(span.text for span in evidence)
        yield from self._of_names(given, evidence, mention)
        if given.missing:
            yield _doubt("passage", f"there is no sentence {_listed(map(str, given.missing))}")
        numbers = unproved_numbers(
            given.text, f"{cited}\n{self._beside}", language=self._article.language
        )
        if numbers:
            yield _doubt("number", f"{_listed(numbers)} is not in the cited sentences")
        quoted = [one for one in _quoted(given.text) if _letters(one) not in _letters(cited)]
        if quoted:
            yield _doubt("quotation", f"{_listed(quoted)} is not in them word for word")
        words = list(filter(_tells, tokens(given.text)))
        if words and not Vocabulary(cited).share(words):
            yield _doubt("words", "has no telling word in common with the cited sentences")

    def _of_names(
        self, given: Given, evidence: Sequence[Span], mention: Span | None
    ) -> Iterator[Doubt]:
        named = [one for one in (given.speaker, *given.via) if one and not self._words.names(one)]
        if named:
            yield _doubt("speaker", f"the name {_listed(named)} is not in the article")
        if given.speaker and given.mention and mention is None:
            yield _doubt("mention", f"{given.mention!r} is not in the article")
        far = mention and mention != self._label(evidence) and _gap(mention, evidence) > _BESIDE
        if far:
            yield _doubt("mention", f"{given.mention!r} stands far from the cited sentences")


def _has(label: str, mention: str) -> bool:
    """Whether a label has all words of a mention, whatever their order."""
    return set(tokens(mention)) <= set(tokens(label))


def _tells(word: str) -> bool:
    """Whether a word says more than how others belong together, in most languages by its length."""
    return len(word) > _LONGEST_PARTICLE or is_unspaced(word)


def _doubt(kind: DoubtKind, says: str) -> Doubt:
    return Doubt(kind=kind, says=says)


def _gap(mention: Span, evidence: Sequence[Span]) -> int:
    """How many characters lie between a mention and what is cited."""
    return min(max(0, one.start - mention.end, mention.start - one.end) for one in evidence)


def _quoted(text: str) -> list[str]:
    """What stands in quotation marks and is more than a word or two."""
    found = (text[start:end] for start, end in quotations(text))
    return [one for one in found if len(tokens(one)) >= _FEWEST_WORDS]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _listed(names: Sequence[str] | Iterator[str]) -> str:
    return ", ".join(repr(one) for one in names)
