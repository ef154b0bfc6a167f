"""What is known to be right: the items that a task is scored on."""

from typing import Generic, Literal, TypeVar

from pydantic import Field

from claimcompare.schema import Article, Record, Span, Stance

Relation = Stance | Literal["unrelated"]
Item = TypeVar("Item", bound="GoldItem")


class BadRow(Record):
    """A row of a data file that holds no item, and why; rows are counted from 1."""

    path: str
    row: int = Field(ge=1)
    reason: str

    def __str__(self) -> str:
        return f"{self.path}, row {self.row}: {self.reason}"


class GoldItem(Record):
    """One thing to score; items of one document are not independent of each other."""

    id: str
    document: str


class GoldAttribution(Record):
    """Somebody's words in an article, on these stretches of it."""

    speaker: str | None
    cue: str | None = None
    evidence: tuple[Span, ...] = Field(min_length=1)


class AttributionItem(GoldItem):
    """An article with all that is attributed to somebody in it."""

    article: Article
    attributions: tuple[GoldAttribution, ...]


class RelationItem(GoldItem):
    """A claim and the proposition that it is held against."""

    proposition: str = Field(min_length=1)
    claim: str = Field(min_length=1)
    speaker: str | None = None
    relation: Relation


class PairItem(GoldItem):
    """What two articles say, and whether one opposes the other."""

    one: str = Field(min_length=1)
    other: str = Field(min_length=1)
    opposed: bool


class GoldClaim(Record):
    """A claim that is in an article."""

    id: str
    article_id: str
    speaker: str | None
    via: tuple[str, ...] = ()
    cue: str | None = None
    text: str
    evidence: tuple[Span, ...] = Field(min_length=1)


class GoldAssertion(Record):
    """Where a claim stands on a proposition."""

    claim_id: str
    stance: Stance


class GoldDispute(Record):
    """A proposition on which claims oppose each other."""

    proposition: str
    assertions: tuple[GoldAssertion, ...]


class ComparisonItem(GoldItem):
    """Articles about one event, with their claims and what these dispute."""

    articles: tuple[Article, ...]
    claims: tuple[GoldClaim, ...]
    disputes: tuple[GoldDispute, ...]


class Gold(Record, Generic[Item]):
    """The items of a data set, the rows that hold none, and how many others were left out.

    Those are copies of items, and rows that are no item of the task.
    """

    items: tuple[Item, ...]
    bad_rows: tuple[BadRow, ...] = ()
    copies: int = 0
    unrelated: int = 0
