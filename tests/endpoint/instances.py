"""The schema of a request, and the smallest value that it allows."""

import json
from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]
_IN_WORDS = "Answer with JSON alone, by this JSON schema:\n"


def schema_of(body: Mapping[str, Any]) -> Schema:
    """The schema that a request wants its answer in; empty where it names none."""
    wanted = body.get("response_format") or {}
    _, _, told = content(body, 0).partition(_IN_WORDS)
    found: Schema = wanted.get("json_schema", {}).get("schema") or json.loads(told or "{}")
    return found


def content(body: Mapping[str, Any], place: int) -> str:
    """The text of a message."""
    messages = body.get("messages") or [{}]
    return str(messages[place].get("content", ""))


def instance(schema: Schema, definitions: Schema | None = None) -> Any:
    """A value of the schema: "x", 0, [], the first of several choices."""
    definitions = definitions or schema.get("$defs", {})
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if "$ref" in schema:
        return instance(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return instance(schema[several][0], definitions)
    return _of_type(schema, definitions)


def _of_type(schema: Schema, definitions: Schema) -> Any:
    match schema.get("type", "string"):
        case "object":
            properties = schema.get("properties", {})
            required = schema.get("required", ())
            return {name: instance(properties[name], definitions) for name in required}
        case "array":
            each = [schema.get("items") or {}] * schema.get("minItems", 0)
            return [instance(one, definitions) for one in schema.get("prefixItems", each)]
        case "integer" | "number":
            return max(0, schema.get("minimum", 0), schema.get("exclusiveMinimum", -1) + 1)
        case "boolean":
            return False
        case "null":
            return None
    return "x" * max(1, schema.get("minLength", 1))
