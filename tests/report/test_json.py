"""The JSON form: everything, and back."""

import json

import pytest

from claimcompare.report import FORMS, render
from claimcompare.report.records import to_json
from claimcompare.schema import Assertion, Changes, Claim, Comparison, Dispute
from tests.report import LOCK, claim, comparison, hostile
from tests.report.page.event import event

HOSTILE = '“锁” \U0001f6a2 \u202e \x1b[2J </script> \r\n " \\ \u2028'


@pytest.mark.parametrize("made", [LOCK, comparison(), hostile(HOSTILE), event()])
def test_a_comparison_comes_back_unchanged(made: Comparison) -> None:
    assert Comparison.model_validate_json(render(made, "json")) == made


def test_a_dumped_comparison_holds_every_part() -> None:
    updates = {"changes": Changes(before="0" * 64), "retired": ("s2",)}
    updated = LOCK.model_copy(update=updates)
    assert set(json.loads(to_json(updated))) == set(Comparison.model_fields)
    loaded = json.loads(to_json(LOCK))
    # Only an update has these.
    assert set(loaded) == set(Comparison.model_fields) - set(updates)
    assert [one["id"] for one in loaded["claims"]] == [one.id for one in LOCK.claims]
    assert len(loaded["ledger"]) == len(LOCK.ledger)


def test_the_total_usage_is_written_out() -> None:
    usage = json.loads(to_json(LOCK))["usage"]
    assert usage["total"]["prompt_tokens"] == usage["extract"]["prompt_tokens"] == 1500


def test_words_are_kept_to_the_letter() -> None:
    made = comparison((claim("post:1", HOSTILE, HOSTILE, HOSTILE),))
    loaded = json.loads(to_json(made))["claims"][0]
    assert Claim.model_validate(loaded) == made.claims[0]


def test_a_side_without_a_stance_is_null() -> None:
    assertions = json.loads(to_json(LOCK))["disputes"][0]["assertions"]
    assert [one["stance"] for one in assertions] == [
        "support",
        "denial",
        None,
        "context",
        "support",
    ]


def test_json_is_written_for_readers_of_files() -> None:
    text = render(LOCK, "json")
    assert text.startswith('{\n  "articles"')
    assert text.endswith("\n}\n")
    assert "“It is sound,” Quill said." in text


def test_every_form_says_what_it_knows_of_a_claim() -> None:
    for form in FORMS:
        assert "The north lock has no cracks." in render(LOCK, form)


def test_what_was_neither_measured_nor_counted_comes_back_as_such() -> None:
    bare = Assertion(claim_id="post:1", stance="support", withdrawn_by="post:3")
    made = comparison(LOCK.claims, (Dispute(proposition="It is.", assertions=(bare,)),))
    written = json.loads(render(made, "json"))["disputes"][0]["assertions"][0]
    assert (written["probabilities"], written["agreement"]) == (None, None)
    assert "confidence" not in written
    assert Comparison.model_validate_json(render(made, "json")) == made
