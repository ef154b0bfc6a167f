"""What came of a story as a row of a table, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from claimcompare.corpus.records import StoryResult
from claimcompare.schema import Article, Comparison
from claimcompare.stages.order import by_publication
from claimcompare.usage import Usage

Row = Mapping[str, Any]
_USAGE = tuple(Usage.model_fields)
_UNWRITABLE = "the comparison cannot be written as UTF-8: an article holds half a character"


def to_row(result: StoryResult) -> Row:
    """The row of a story: text, whole numbers, and lists of text."""
    made, failures = result.comparison, result.failures
    whole = None
    if made is not None:
        try:
            whole = made.model_dump_json()
        except ValueError:
            made, failures = None, (*failures, _UNWRITABLE)
    since, until = _span(made.articles if made else ())
    return {
        "story_id": result.story_id,
        "continues": result.continues,
        "articles": list(result.articles),
        "replaces": [] if failures else list(result.replaces),
        "since": since,
        "until": until,
        "claims": len(made.claims) if made else 0,
        "disputes": len(made.disputes) if made else 0,
        "comparison": whole,
        **{name: getattr(result.usage, name) for name in _USAGE},
        "failures": [_writable(one) for one in failures],
    }


def from_row(row: Row) -> StoryResult:
    """What came of the story; raises ValueError, KeyError where it is no such row."""
    whole = row["comparison"]
    return StoryResult(
        story_id=row["story_id"],
        continues=row["continues"],
        articles=tuple(row["articles"]),
        # Rows of before this column, and what became of them in a shard that was written anew.
        replaces=tuple(row.get("replaces") or ()),
        comparison=None if whole is None else Comparison.model_validate_json(whole),
        usage=Usage(**{name: row[name] for name in _USAGE}),
        failures=tuple(row["failures"]),
    )


def _span(articles: Sequence[Article]) -> tuple[str | None, str | None]:
    """When the first and the last of them were published, as they tell it."""
    told = [one.published for one in by_publication(articles) if one.published]
    return (_writable(told[0]), _writable(told[-1])) if told else (None, None)


def _writable(text: str) -> str:
    """The text; half a character is written as its number."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
