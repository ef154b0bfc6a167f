"""What every record is, and a stretch of an article."""

from pydantic import BaseModel, ConfigDict, Field


class Record(BaseModel):
    """A value that never changes once made."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Record):
    """A stretch of an article: `article.text[start:end] == text`, in code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str
