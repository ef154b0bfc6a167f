"""What models are asked to write."""

from typing import Any

from pydantic import BaseModel, ConfigDict


def _without_words(schema: dict[str, Any]) -> None:
    """A schema is sent with every call: titles and docstrings in it would be paid for each time."""
    schema.pop("title", None)
    schema.pop("description", None)
    for field in schema.get("properties", {}).values():
        field.pop("title", None)


class Wire(BaseModel):
    """A part of an answer; its schema names fields and types and nothing else."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_without_words)
