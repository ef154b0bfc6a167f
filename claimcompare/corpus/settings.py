"""How articles are grouped into stories."""

from pydantic import Field

from claimcompare.schema import Record


class StorySettings(Record):
    """How articles are grouped into stories; the defaults are those measured."""

    days: float = Field(
        default=3.0,
        gt=0,
        description="An article joins no story whose last article is older by more days.",
    )
    most: int = Field(
        default=40,
        ge=1,
        description="A story with so many articles is full; the next of its event begin another.",
    )
    held: int = Field(
        default=50_000,
        ge=1,
        description="Of more articles in open stories, those whose story waits longest go first, "
        "so that many articles of one time, or without a date, fit into memory.",
    )
    ordered: bool = Field(
        default=False,
        description="The articles come in order of time, and are not put in order on the disk.",
    )
