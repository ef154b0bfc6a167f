"""What a stage takes and gives: whoever does it in another way writes a class with that method."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from pydantic import Field

from claimcompare.errors import LLMError
from claimcompare.schema import Article, Assertion, Claim, Proposition, Record, Speaker
from claimcompare.stages.log import StageLog
from claimcompare.usage import Usage


class Reading(NamedTuple):
    """What came of one article: no answer at all about it leaves an error."""

    claims: tuple[Claim, ...]
    log: StageLog
    answered: bool = True
    error: LLMError | None = None


class Extraction(Record):
    """The claims of some articles, and what became of every sentence and claim."""

    claims: tuple[Claim, ...]
    log: StageLog
    usage_by_article: Mapping[str, Usage] = Field(default_factory=dict)


class Event(Record):
    """What is known of one event: its articles, who speaks in them, and what they claim.

    Where it was compared before, `new` are the ids of the claims that have come since, and `known`
    the propositions that were in dispute; else `new` is None, and all claims are.
    """

    articles: tuple[Article, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    claims: tuple[Claim, ...] = ()
    known: tuple[Proposition, ...] = ()
    new: frozenset[str] | None = None

    def is_new(self, *claim_ids: str) -> bool:
        """Whether any of these claims has come since the event was compared before."""
        return self.new is None or not self.new.isdisjoint(claim_ids)


class Resolution(NamedTuple):
    """The claims with the ids of their speakers, and these."""

    claims: tuple[Claim, ...]
    speakers: tuple[Speaker, ...]
    log: StageLog = StageLog()


class Pairing(Record):
    """Propositions in dispute, each with the claims to hold against it, and how that came about."""

    propositions: tuple[Proposition, ...]
    log: StageLog


class Placements(Record):
    """For each proposition its claims' assertions, and what became of every claim.

    A claim that got no usable answer has no assertion.
    """

    assertions: tuple[tuple[Assertion, ...], ...]
    log: StageLog


class Reader(Protocol):
    """Reads one article: whatever has this method can stand in for the model's reading."""

    async def read(self, article: Article, known: frozenset[int]) -> Reading:
        """Its claims, but for those of sentences that are `known` from another article.

        `known` are numbers of sentences, counted from 1. An article that got no answer at all is a
        reading with an `error`; nothing is raised for it.
        """


class Resolver(Protocol):
    """Tells which names are one speaker's, across all articles of an event."""

    async def resolve(self, event: Event) -> Resolution:
        """The event's claims with their speakers, each known once."""


class Pairer(Protocol):
    """Finds what is in dispute among the claims of an event."""

    async def pair(self, event: Event) -> Pairing:
        """The propositions on which the event's claims oppose each other.

        Where the event has `new` claims, those with any of these are enough; a point that is among
        the `known` is to be given in the words that it has there.
        """


class Judge(Protocol):
    """Reads where claims stand, without knowing what the pairer made of them."""

    async def judge(self, event: Event, propositions: Sequence[Proposition]) -> Placements:
        """For each proposition the stances of the claims to hold against it."""


class Parts(NamedTuple):
    """Who does the stages of one run."""

    reader: Reader
    resolver: Resolver
    pairer: Pairer
    judge: Judge
    small: bool = False
