"""Articles, their sentences, and which repeat others."""

import hashlib
from pathlib import Path
from typing import Any, Self

from pydantic import Field, computed_field, model_validator

from claimcompare.articles import (
    Extracted,
    ReadSettings,
    Segmenter,
    one_at,
    one_in,
    sentence_offsets,
)
from claimcompare.schema.records import Record, Span


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


class Copy(Record):
    """An article that repeats another one; what it repeats counts once, as said by that one.

    `share` is the part of its longer sentences that stand in the other, 0 to 1.
    """

    article_id: str
    of: str
    share: float = Field(ge=0, le=1)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
