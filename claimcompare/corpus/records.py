"""Stories, and what comes of comparing each."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Self

from pydantic import Field, model_validator

from claimcompare.schema import Article, Comparison, Record
from claimcompare.schema.records import Words
from claimcompare.usage import Usage

_SHORT = 16
# What JSON may say beside the articles, from which it follows.
_FOR_READERS = frozenset({"id", "since", "until"})


class Story(Record):
    """Articles about one event: they are compared with each other, and with no others."""

    articles: tuple[Article, ...] = Field(
        min_length=1, description="Its articles, in order of time; their ids differ."
    )
    continues: str | None = Field(
        default=None, description="The id of the story before it, which was full."
    )

    @model_validator(mode="before")
    @classmethod
    def _of_its_articles(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        return {name: value for name, value in values.items() if name not in _FOR_READERS}

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The story in a JSON object, such as a line of `claimcompare stories -f jsonl`.

        Raises ValueError, of which pydantic's ValidationError is one.
        """
        return cls.model_validate(json.loads(text))

    def to_json(self) -> str:
        """A JSON object in ASCII, which may hold half a character, too."""
        return json.dumps({"id": self.id, **self.model_dump(mode="python")})

    @cached_property
    def id(self) -> str:
        """A hash of the ids and texts of its articles, in hexadecimal, whatever their order."""
        return story_id(self.articles)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        yield None, self.id
        yield None, Words(f"{len(self.articles)} articles")


class StoryResult(Record):
    """What came of a story: a comparison, else why there is none."""

    story_id: str = Field(description="The story's id.")
    continues: str | None = Field(default=None, description="The story before it, if any.")
    articles: tuple[str, ...] = Field(description="The ids of its articles.")
    comparison: Comparison | None = Field(
        default=None, description="The comparison; null where no call about it was answered."
    )
    replaces: tuple[str, ...] = Field(
        default=(),
        description="The stories kept before, all of whose articles are in this one, unchanged.",
    )
    usage: Usage = Field(default=Usage(), description="What it took.")
    failures: tuple[str, ...] = Field(
        default=(), description="What failed, each with why; empty where all went well."
    )


def story_id(articles: Iterable[Article]) -> str:
    """What a story of these articles is called, by which their texts are known, too."""
    told = sorted(f"{one.id}\0{one.sha256}" for one in articles)
    whole = "\0".join(told).encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:_SHORT]
