"""What every record is, and a stretch of an article."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict, Field

# So many characters of a text are in a repr.
_SHOWN = 60


class Record(BaseModel):
    """A value that never changes once made."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __str__(self) -> str:
        return repr(self)


class Words(str):
    """Words that a repr shows as they are, without quotation marks."""

    __slots__ = ()
    __repr__ = str.__str__


def clipped(text: str) -> str:
    """The beginning of a text on one line, as a repr shows it."""
    # Of a long article no more is looked at than may be shown.
    words = " ".join(text[: 2 * _SHOWN].split())
    return words if words == text or len(text) < _SHOWN else f"{words[:_SHOWN]}…"


class Span(Record):
    """A stretch of an article: `article.text[start:end] == text`, in code points."""

    start: int = Field(ge=0, description="Where it begins, in code points of the article's text.")
    end: int = Field(ge=0, description="Where it ends, exclusive.")
    text: str = Field(description="The words that stand there.")


def stretches(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """The spans in order, those with nothing but white space between them as one."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: one.start):
        if found and not text[found[-1].end : span.start].strip():
            start = found.pop().start
            found.append(Span(start=start, end=span.end, text=text[start : span.end]))
        else:
            found.append(span)
    return tuple(found)
