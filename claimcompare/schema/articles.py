"""Articles, the stretches that they are read in, and which of them repeat others."""

import hashlib
from collections.abc import Iterator
from typing import Any

from pydantic import Field, computed_field, model_validator

from claimcompare.schema.records import Record, Span, clipped


class Sentence(Span):
    """A span with its number in the article, counted from 1."""

    number: int = Field(ge=1)


class Passage(Span):
    """What is cited by one number: a sentence, or those that one quotation runs through.

    `number` counts from 1 in the article.
    """

    number: int = Field(ge=1)
    sentences: tuple[Sentence, ...] = Field(min_length=1)


class Article(Record):
    """One account of events, as published; offsets count code points of `text`."""

    id: str = Field(min_length=1, description="Unique in its comparison.")
    text: str = Field(description="What offsets refer to.")
    title: str | None = Field(default=None, description="Its headline.")
    publisher: str | None = Field(default=None, description="The outlet.")
    author: str | None = Field(default=None, description="Who wrote it.")
    published: str | None = Field(
        default=None,
        description="A date or time as ISO 8601 writes it where the reader knows, else as found.",
    )
    url: str | None = Field(default=None, description="Where it was published.")
    language: str | None = Field(default=None, description="A tag such as 'en' or 'pt-BR'.")
    doubts: tuple[str, ...] = Field(
        default=(),
        exclude_if=lambda doubts: not doubts,
        description="Why the text may not be all of it.",
    )

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

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield from (("id", self.id), ("publisher", self.publisher), ("title", self.title))
        yield "text", clipped(self.text)


class Copy(Record):
    """An article that repeats another one; what it repeats counts once, as said by that one."""

    article_id: str = Field(description="The article that repeats.")
    of: str = Field(description="The article that it repeats.")
    share: float = Field(
        ge=0, le=1, description="The part of its longer sentences that stand in the other."
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
