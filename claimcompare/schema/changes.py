"""What is new in a comparison since it was made before."""

from typing import Literal

from pydantic import AwareDatetime, Field

from claimcompare.schema.disputes import Stance
from claimcompare.schema.records import Record


class NewVoice(Record):
    """A speaker who was not on that side of a dispute before."""

    proposition: str = Field(description="The proposition in dispute.")
    stance: Stance = Field(description="The side: support or denial.")
    speaker_id: str | None = Field(description="Who it is; null for an article's own voice.")
    claims: tuple[str, ...] = Field(description="The claims that are new on that side.")


class ChangedPosition(Record):
    """A speaker who took something back, or the other side in a later article."""

    proposition: str = Field(description="The proposition in dispute.")
    speaker_id: str | None = Field(description="Who it is; null for an article's own voice.")
    was: Stance | None = Field(description="Where the earlier claim stands.")
    now: Stance | None = Field(
        description="Where the later claim stands; null or context where it takes no side."
    )
    claim: str = Field(description="The earlier claim.")
    by: str = Field(description="The later claim.")


class Gone(Record):
    """A claim, an assertion or a dispute that is no longer there, and why."""

    kind: Literal["claim", "assertion", "dispute"] = Field(description="What it was.")
    item: str = Field(description="The words of the claim, or the proposition.")
    reason: str = Field(description="Why it is gone, in words.")
    article_id: str | None = Field(default=None, description="The article that it was of.")


class Changes(Record):
    """What one comparison has that another, made before of the same story, has not."""

    since: AwareDatetime | None = Field(
        default=None, description="When the one before was made; null for a replay."
    )
    before: str = Field(description="SHA-256 of the JSON of the one before, in hexadecimal.")
    articles: tuple[str, ...] = Field(default=(), description="Ids of new articles.")
    corrected: tuple[str, ...] = Field(
        default=(), description="Ids of articles whose text is another one by now."
    )
    outlets: tuple[str, ...] = Field(default=(), description="Outlets that had no article before.")
    speakers: tuple[str, ...] = Field(default=(), description="Ids of new speakers.")
    claims: tuple[str, ...] = Field(default=(), description="Ids of new claims.")
    disputes: tuple[str, ...] = Field(default=(), description="Propositions of new disputes.")
    voices: tuple[NewVoice, ...] = Field(
        default=(), description="Who is new on a side of a dispute of before."
    )
    reversed: tuple[ChangedPosition, ...] = Field(
        default=(), description="Who took the other side in a later article."
    )
    withdrawn: tuple[ChangedPosition, ...] = Field(
        default=(), description="Who took something back without taking the other side."
    )
    gone: tuple[Gone, ...] = Field(default=(), description="What is no longer there, and why.")

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all has changed."""
        return not any(getattr(self, name) for name in self._parts())

    def _parts(self) -> set[str]:
        return type(self).model_fields.keys() - {"since", "before"}
