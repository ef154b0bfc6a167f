"""The result of a run, and what it was made with."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.metadata import entry_points
from typing import Any, Literal

from pydantic import AwareDatetime, Field

from claimcompare.schema.articles import Article, Copy
from claimcompare.schema.changes import Changes
from claimcompare.schema.claims import Claim, Speaker
from claimcompare.schema.disputes import Dispute
from claimcompare.schema.records import Record, Words
from claimcompare.usage import RunUsage

StageName = Literal["extract", "speakers", "pair", "classify", "review"]
Outcome = Literal["kept", "doubted", "refused", "abstained", "failed"]


class LedgerRow(Record):
    """What became of one item, and why: a claim, a stance, a proposition, a window or a call."""

    stage: StageName = Field(
        description="The stage that it was in; 'review' is what readers marked afterwards."
    )
    outcome: Outcome = Field(description="What became of it.")
    item: str = Field(description="The id of a claim, or words that say which item it was.")
    reason: str = Field(description="Why, in words.")
    article_id: str | None = Field(default=None, description="The article that it is of.")


def prompt_hash(system: str, user: str) -> str:
    """The SHA-256 of a filled prompt, in hexadecimal."""
    return hashlib.sha256(f"{system}\0{user}".encode()).hexdigest()


class PromptUse(Record):
    """A prompt file as used in a run, with the hash of each filled copy in order."""

    name: str = Field(description="The name of its file.")
    version: str = Field(description="The version that the file says.")
    filled: tuple[str, ...] = Field(
        description="SHA-256 of what was sent, in hexadecimal and in order."
    )


class Prompt(Record):
    """A filled prompt: what is sent, and which file it comes from, with the hash of that."""

    name: str
    version: str
    system: str
    user: str
    sha256: str
    template: str = ""

    def with_more(self, text: str) -> "Prompt":
        """The prompt with a paragraph behind its user message, and a hash of its own."""
        user = f"{self.user}\n\n{text}"
        return self.model_copy(update={"user": user, "sha256": prompt_hash(self.system, user)})

    @property
    def use(self) -> PromptUse:
        """That it was used, without its text."""
        return PromptUse(name=self.name, version=self.version, filled=(self.sha256,))


class Provenance(Record):
    """What made a comparison: version, models, endpoint, and each prompt by its hash."""

    claimcompare: str = Field(description="The version of this library.")
    model: str = Field(description="The model that read.")
    endpoint: str = Field(description="Its base URL, 'embedded' or 'default'.")
    prompts: tuple[PromptUse, ...] = Field(description="The prompts that were sent.")
    small: bool = Field(default=False, description="Whether a small model read it.")
    judge: str | None = Field(
        default=None, description="The model that said where claims stand, if it is another one."
    )
    made: AwareDatetime | None = Field(
        default=None,
        description="When, in UTC as ISO 8601 writes it; null for a replay, which is of no time.",
    )
    settings: Mapping[str, Mapping[str, Any]] = Field(
        default_factory=dict,
        description="Settings that change results and were not left at their defaults, by whose "
        "they are: 'compare', 'llm' or 'judge'.",
    )
    earlier: tuple["Provenance", ...] = Field(
        default=(),
        exclude_if=lambda earlier: not earlier,
        description="What made the parts that an update took over, the oldest first.",
    )


class Comparison(Record):
    """The result: who claims what, who denies it, and what became of everything."""

    articles: tuple[Article, ...] = Field(description="The articles, as they were read.")
    speakers: tuple[Speaker, ...] = Field(
        default=(), description="Who makes claims, in the order in which the articles name them."
    )
    claims: tuple[Claim, ...] = Field(description="What they claim, in the order of the articles.")
    disputes: tuple[Dispute, ...] = Field(
        description="On what claims oppose each other, the most contested first."
    )
    ledger: tuple[LedgerRow, ...] = Field(description="What became of every item.")
    usage: RunUsage = Field(description="What it took; of an update what that alone took.")
    provenance: Provenance = Field(description="What it was made with.")
    copies: tuple[Copy, ...] = Field(
        default=(), description="Articles that repeat others of the comparison."
    )
    retired: tuple[str, ...] = Field(
        default=(),
        exclude_if=lambda retired: not retired,
        description="Ids that claims and speakers had before updates, and that nobody gets again.",
    )
    changes: Changes | None = Field(
        default=None,
        exclude_if=lambda changes: changes is None,
        description="What the update that made it changed.",
    )

    def claim(self, claim_id: str) -> Claim:
        """The claim with that id; raises KeyError."""
        return self._by_id[claim_id]

    def speaker(self, claim: Claim) -> Speaker | None:
        """Who makes a claim, None for the article's own voice."""
        return self._speakers.get(claim.speaker_id or "")

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        for name in ("articles", "claims", "disputes"):
            many = len(getattr(self, name))
            yield None, Words(f"{many} {name[:-1] if many == 1 else name}")
        yield "model", self.provenance.model

    def _repr_html_(self) -> str | None:
        """What a notebook shows: what is installed as `claimcompare.notebook`, else the plain repr.

        Reports are made above this module, so it finds theirs by the entry point.
        """
        installed = entry_points(group="claimcompare.notebook")
        return next((str(point.load()(self)) for point in installed), None)

    @cached_property
    def _by_id(self) -> dict[str, Claim]:
        return {claim.id: claim for claim in self.claims}

    @cached_property
    def _speakers(self) -> dict[str, Speaker]:
        return {speaker.id: speaker for speaker in self.speakers}
