"""The published schema: what results keep to."""

import json
from typing import Any

import jsonschema
import pytest

from claimcompare import Comparison
from claimcompare.report import comparison_schema, render
from tests.report import LOCK, comparison, hostile
from tests.report.page.event import event
from tests.report.test_outlets import COPIED
from tests.test_cli import run

EVENT = event()


def valid(result: Any) -> bool:
    schema = comparison_schema()
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    return bool(validator(schema).is_valid(result))


@pytest.mark.parametrize("made", [EVENT, LOCK, COPIED, comparison(), hostile("\u2028</script>")])
def test_what_is_written_keeps_to_it(made: Comparison) -> None:
    assert valid(json.loads(render(made, "json")))


def test_the_command_prints_it() -> None:
    assert json.loads(run("schema").stdout) == comparison_schema()


@pytest.mark.parametrize(
    "change",
    [
        {"claims": None},
        {"mood": "sunny"},
        {"ledger": [{"stage": "extract", "outcome": "lost", "item": "a", "reason": "b"}]},
    ],
)
def test_what_is_none_does_not(change: dict[str, Any]) -> None:
    assert not valid(json.loads(render(LOCK, "json")) | change)


def test_every_record_and_field_says_what_it_is() -> None:
    schema = comparison_schema()
    records = {"Comparison": schema, **schema["$defs"]}
    fields = {
        f"{name}.{field}": told
        for name, record in records.items()
        for field, told in record["properties"].items()
    }
    assert [name for name, record in records.items() if not record.get("description")] == []
    assert [name for name, told in fields.items() if not told.get("description")] == []


def test_it_is_known_by_its_version() -> None:
    assert comparison_schema()["$id"].startswith("urn:claimcompare:")
