"""The form for programs: JSON, and the schema it keeps to."""

from importlib.metadata import version
from typing import Any

from claimcompare.schema import Comparison


def to_json(comparison: Comparison) -> str:
    """The whole comparison; `Comparison.model_validate_json` reads it back unchanged."""
    return comparison.model_dump_json(indent=2)


def comparison_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of what `to_json` writes."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:claimcompare:{version('claimcompare')}:comparison",
        **Comparison.model_json_schema(mode="serialization"),
    }
