"""The result of a run, and what it was made with."""

import hashlib
from functools import cached_property
from importlib.metadata import entry_points
from typing import Literal

from claimcompare.schema.articles import Article, Copy
from claimcompare.schema.claims import Claim, Speaker
from claimcompare.schema.disputes import Dispute
from claimcompare.schema.records import Record
from claimcompare.usage import RunUsage

StageName = Literal["extract", "speakers", "pair", "classify"]
Outcome = Literal["kept", "doubted", "refused", "abstained", "failed"]


class LedgerRow(Record):
    """What became of one item, and why."""

    stage: StageName
    outcome: Outcome
    item: str
    reason: str
    article_id: str | None = None


def prompt_hash(system: str, user: str) -> str:
    """The SHA-256 of a filled prompt, in hexadecimal."""
    return hashlib.sha256(f"{system}\0{user}".encode()).hexdigest()


class PromptUse(Record):
    """A prompt file as used in a run, with the hash of each filled copy in order."""

    name: str
    version: str
    filled: tuple[str, ...]


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
    """What made a comparison: `small` says that a small model read it, `judge` who classified."""

    claimcompare: str
    model: str
    endpoint: str
    prompts: tuple[PromptUse, ...]
    small: bool = False
    judge: str | None = None


class Comparison(Record):
    """The result: who claims what, who denies it, and what became of everything."""

    articles: tuple[Article, ...]
    speakers: tuple[Speaker, ...] = ()
    claims: tuple[Claim, ...]
    disputes: tuple[Dispute, ...]
    ledger: tuple[LedgerRow, ...]
    usage: RunUsage
    provenance: Provenance
    copies: tuple[Copy, ...] = ()

    def claim(self, claim_id: str) -> Claim:
        """The claim with that id; raises KeyError."""
        return self._by_id[claim_id]

    def speaker(self, claim: Claim) -> Speaker | None:
        """Who makes a claim, None for the article's own voice."""
        return self._speakers.get(claim.speaker_id or "")

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
