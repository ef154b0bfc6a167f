"""The result of a run, and what it was made with."""

from functools import cached_property
from importlib.metadata import entry_points
from typing import Literal

from claimcompare.schema.articles import Article, Copy
from claimcompare.schema.disputes import Claim, Dispute
from claimcompare.schema.records import Record
from claimcompare.usage import RunUsage

StageName = Literal["extract", "pair", "classify"]
Outcome = Literal["kept", "rejected", "abstained", "failed"]


class LedgerRow(Record):
    """What became of one item, and why."""

    stage: StageName
    outcome: Outcome
    item: str
    reason: str
    article_id: str | None = None


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

    @property
    def use(self) -> PromptUse:
        """That it was used, without its text."""
        return PromptUse(name=self.name, version=self.version, filled=(self.sha256,))


class Provenance(Record):
    """What made a comparison."""

    claimcompare: str
    model: str
    endpoint: str
    prompts: tuple[PromptUse, ...]


class Comparison(Record):
    """The result: who claims what, who denies it, and what became of everything."""

    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    disputes: tuple[Dispute, ...]
    ledger: tuple[LedgerRow, ...]
    usage: RunUsage
    provenance: Provenance
    copies: tuple[Copy, ...] = ()

    def claim(self, claim_id: str) -> Claim:
        """The claim with that id; raises KeyError."""
        return self._by_id[claim_id]

    def _repr_html_(self) -> str | None:
        """What a notebook shows: what is installed as `claimcompare.notebook`, else the plain repr.

        Reports are made above this module, so it finds theirs by the entry point.
        """
        installed = entry_points(group="claimcompare.notebook")
        return next((str(point.load()(self)) for point in installed), None)

    @cached_property
    def _by_id(self) -> dict[str, Claim]:
        return {claim.id: claim for claim in self.claims}
