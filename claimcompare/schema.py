"""The records that travel between the stages."""

import hashlib
from functools import cached_property
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, computed_field, model_validator

from claimcompare.articles import (
    Extracted,
    ReadSettings,
    Segmenter,
    one_at,
    one_in,
    sentence_offsets,
)
from claimcompare.usage import RunUsage

Stance = Literal["support", "denial", "context"]
StageName = Literal["extract", "pair", "classify"]
Outcome = Literal["kept", "rejected", "abstained", "failed"]
OppositionKind = Literal["denied", "value", "withdrawn", "incompatible"]


class Record(BaseModel):
    """A value that never changes once made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Record):
    """A stretch of an article: `article.text[start:end] == text`, in code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class Sentence(Span):
    """A span with its number in the article, counted from 1."""

    number: int = Field(ge=1)


class Article(Record):
    """One account of events, as published; offsets count code points of `text`.

    `published` is a date or time as ISO 8601 writes it where the reader knows, else as found.
    `language` is a tag such as "en" or "pt-BR".
    """

    id: str = Field(min_length=1)
    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _of_that_text(cls, values: Any) -> Any:
        """JSON carries the hash for its readers; here it follows from the text, and must fit it."""
        if not isinstance(values, dict) or "sha256" not in values:
            return values
        text = values.get("text")
        if isinstance(text, str) and values["sha256"] != _sha256(text):
            raise ValueError("sha256 is not that of the text: the text was changed, or cut")
        return {name: value for name, value in values.items() if name != "sha256"}

    @computed_field  # type: ignore[prop-decorator]
    @property
    def sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, in hexadecimal: what offsets refer to."""
        return _sha256(self.text)

    @classmethod
    def from_path(cls, path: Path | str, *, settings: ReadSettings | None = None) -> Self:
        """Read a file of one article: text, Markdown, HTML or PDF; raises ArticleError."""
        return cls.from_extracted(one_in(Path(path), settings or ReadSettings()))

    @classmethod
    def from_url(cls, url: str, *, settings: ReadSettings | None = None) -> Self:
        """Fetch a page of the web and read it; raises ArticleError.

        Addresses that are not public are refused, also behind redirects, unless
        `ReadSettings(allow_private=True)`.
        """
        return cls.from_extracted(one_at(url, settings or ReadSettings()))

    @classmethod
    def from_extracted(cls, found: Extracted) -> Self:
        """What a reader found."""
        return cls(**found._asdict() | {"id": found.id or "article"})

    def sentences(self, *, segmenter: Segmenter | None = None) -> tuple[Sentence, ...]:
        """The article's sentences in order; every word is in exactly one of them.

        The script decides which library segments, unless one is named or a function given that
        takes a line and gives the start and end of its sentences; a gap joins the one before it.
        """
        offsets = sentence_offsets(self.text, self.language, segmenter)
        return tuple(
            Sentence(number=number, start=start, end=end, text=self.text[start:end])
            for number, (start, end) in enumerate(offsets, start=1)
        )


class Claim(Record):
    """What one speaker asserts in one article; no speaker means the article's own voice.

    `mention` is the stretch of the evidence that names the speaker, such as "he" or "the mayor";
    there is none where the speaker follows from the sentences before.
    """

    id: str
    article_id: str
    speaker: str | None
    mention: Span | None = None
    via: tuple[str, ...] = ()
    cue: str | None
    text: str
    evidence: tuple[Span, ...] = Field(min_length=1)


class Proposition(Record):
    """A neutral sentence that is either true or false, and the claims to hold against it.

    `asserted_by` and `contradicted_by` are the claims whose opposition it was found in.
    """

    text: str
    asserted_by: tuple[str, ...]
    contradicted_by: tuple[str, ...]
    claim_ids: tuple[str, ...]


class Probabilities(Record):
    """How probable each stance is; they sum to 1 within rounding."""

    support: float = Field(ge=0, le=1)
    denial: float = Field(ge=0, le=1)
    context: float = Field(ge=0, le=1)


class Assertion(Record):
    """A claim placed against a proposition; no stance means that the model abstained.

    `reason` says why it did.
    """

    claim_id: str
    stance: Stance | None
    confidence: float = Field(ge=0, le=1)
    probabilities: Probabilities
    reason: str | None = None


class OpposingPair(Record):
    """The ids of two claims, one supporting and one denying the same proposition.

    `kind` says how they oppose each other: one denies the other, gives another value, withdraws
    what the same speaker said, or says what cannot be true together with it.
    """

    support: str
    denial: str
    kind: OppositionKind
    same_speaker: bool = False


class Dispute(Record):
    """A proposition that at least one claim supports and at least one denies."""

    proposition: str
    assertions: tuple[Assertion, ...]
    pairs: tuple[OpposingPair, ...] = Field(min_length=1)


class LedgerRow(Record):
    """What became of one item, and why."""

    stage: StageName
    outcome: Outcome
    item: str
    reason: str
    article_id: str | None = None


class Copy(Record):
    """An article that repeats another one; what it repeats counts once, as said by that one.

    `share` is the part of its sentences that stand in the other, 0 to 1.
    """

    article_id: str
    of: str
    share: float = Field(ge=0, le=1)


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


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
