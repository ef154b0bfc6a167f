"""The columns of a table of stories, whose types do not depend on its rows."""

from typing import Any


def columns(arrow: Any) -> Any:
    """Their schema, as pyarrow has them."""
    text, number, texts = arrow.string(), arrow.int64(), arrow.list_(arrow.string())
    return arrow.schema(
        {
            "story_id": text,
            "continues": text,
            "articles": texts,
            "replaces": texts,
            "since": text,
            "until": text,
            "claims": number,
            "disputes": number,
            "comparison": text,
            "calls": number,
            "prompt_tokens": number,
            "cached_tokens": number,
            "completion_tokens": number,
            "cost": arrow.float64(),
            "failures": texts,
        }
    )
