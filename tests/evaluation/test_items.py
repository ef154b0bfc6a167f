"""What an item was, in every outcome, and the items in order, the worst first."""

import json
from pathlib import Path
from typing import Any

import pytest

from claimcompare.evaluation import Evaluation, Showing, TaskName, shown_in, worst
from claimcompare.evaluation.outcomes import Part, StanceOutcome
from claimcompare.schema import Probabilities
from tests.evaluation.making import (
    ONE,
    article_row,
    claimed_in,
    measured,
    pair_row,
    put_event,
    put_rows,
    reading,
    said_in,
    small,
    stance_row,
)
from tests.evaluation.model import Model, claim_of, likely

TASKS: tuple[TaskName, ...] = ("attribution", "stance", "pairs", "compare")


def about(evaluation: Evaluation) -> list[tuple[tuple[str, str], ...]]:
    return [one.about for one in evaluation.outcomes]


def test_a_stance_says_proposition_and_claim(tmp_path: Path) -> None:
    rows = [
        {**stance_row("s1", "support"), "speaker": "Ada Holm"},
        stance_row("s2", "support", "e"),
    ]
    model = Model(stances={claim_of(one): likely("denial") for one in ("s1", "s2")})
    made = measured("stance", put_rows(tmp_path / "gold.jsonl", rows), model)
    assert about(made) == [
        (("proposition", ONE), ("claim", f"Ada Holm: {claim_of('s1')}")),
        (("proposition", ONE), ("claim", claim_of("s2"))),
    ]


def test_a_pair_says_its_statements(tmp_path: Path) -> None:
    row = pair_row("p1", opposed=True)
    made = measured("pairs", put_rows(tmp_path / "gold.jsonl", [row]), Model())
    assert about(made) == [(("one", row["one"]), ("other", row["other"]))]


def test_an_attribution_says_the_sentences_with_other_speakers(tmp_path: Path) -> None:
    right, missed = said_in("north")
    other, made_up = said_in("south")
    row = article_row(
        "a", (right, "Ada Holm"), (missed, "Ben Ives"), (other, "Eva"), (made_up, None)
    )
    model = reading("north", "south")
    claims = {one: said for one, said in model.claims.items() if one != missed}
    made = measured("attribution", put_rows(tmp_path / "a.jsonl", [row]), Model(claims))
    assert about(made) == [
        (
            ("sentence", f"{missed} (gold: Ben Ives; found: nothing)"),
            ("sentence", f"{other} (gold: Eva; found: Ada Holm)"),
            ("sentence", f"{made_up} (gold: nothing; found: Ben Ives)"),
        )
    ]


def test_a_comparison_says_what_is_named_and_missed(tmp_path: Path) -> None:
    for event in ("north", "south"):
        put_event(tmp_path, event)
    model = reading("north", "south", seeing=["north"])
    said, denied = claimed_in("north")
    stances = {**model.stances, denied: likely("support")}
    made = measured("compare", tmp_path, Model(model.claims, model.objections, stances))
    north, south = about(made)
    assert ("dispute", f"gold: {claimed_in('south')[0]}; found: nothing") in south
    assert [one for one in north if one[0] == "claim"] == []
    assert {name for name, _ in north} >= {"dispute"}
    assert said in north[0][1]


def test_claims_that_only_one_side_has_are_told(tmp_path: Path) -> None:
    put_event(tmp_path, "north")
    said, denied = said_in("north")
    claim = claimed_in("north")[0]
    claims = {said: ("Ada Holm", claim), denied: ("nobody", "A bridge is made up.")}
    (told,) = about(measured("compare", tmp_path, Model(claims)))
    assert [words for name, words in told if name == "claim"] == [
        f"gold: Ben Ives: {claimed_in('north')[1]}; found: nothing",
        "gold: nothing; found: nobody: A bridge is made up.",
    ]


@pytest.mark.parametrize("task", TASKS)
def test_evaluations_without_the_words_of_items_are_read(task: TaskName, tmp_path: Path) -> None:
    made = measured(task, *small(task, tmp_path))
    older = json.loads(made.model_dump_json())
    for one in older["outcomes"]:
        for name in ("proposition", "speaker", "claim", "one", "other", "parts"):
            one.pop(name, None)
    read = Evaluation.model_validate_json(json.dumps(older))
    assert about(read) == [()] * len(made.outcomes)
    assert len(worst(read).shown) == len(made.outcomes)


def test_of_a_long_text_the_beginning_is_kept() -> None:
    part = Part(kind="sentence", text="x" * 5_000, gold=None, found="y" * 400)
    assert part.text == "x" * 399 + "…"
    assert part.found == "y" * 400


def outcome(name: str, **made: Any) -> StanceOutcome:
    told = {"document": "d", "status": "answered", "gold": "support", "probabilities": None}
    return StanceOutcome.model_validate({"id": name, **told, **made})


def sure(support: float, denial: float) -> Probabilities:
    return Probabilities(support=support, denial=denial, context=1 - support - denial)


MIXED = (
    outcome("right-sure", stance="support", probabilities=sure(0.9, 0.05)),
    outcome("failed", stance=None, status="failed", reason="no answer"),
    outcome("abstained", stance=None, status="abstained", probabilities=sure(0.4, 0.35)),
    outcome("wrong-unmeasured", stance="denial"),
    outcome("wrong-unsure", stance="denial", probabilities=sure(0.3, 0.5)),
    outcome("right-unsure", stance="support", probabilities=sure(0.5, 0.3)),
    outcome("wrong-sure", stance="denial", probabilities=sure(0.02, 0.95)),
)
ORDER = ["wrong-sure", "wrong-unsure", "wrong-unmeasured", "abstained", "failed"]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    data, model = small("stance", tmp_path_factory.mktemp("mixed"))
    return measured("stance", data, model).model_copy(update={"outcomes": MIXED})


def test_the_worst_come_first(mixed: Evaluation) -> None:
    assert [one.id for one in worst(mixed).shown] == [*ORDER, "right-unsure", "right-sure"]


@pytest.mark.parametrize("only", ["wrong", "abstained", "failed"])
def test_only_those_of_a_kind(mixed: Evaluation, only: Any) -> None:
    found = worst(mixed, only=only)
    assert [one.id for one in found.shown] == [one for one in ORDER if one.startswith(only)]
    assert {one.verdict for one in found.shown} == {only}


def test_a_limit_leaves_the_number_of_all(mixed: Evaluation) -> None:
    found = worst(mixed, limit=2)
    assert ([one.id for one in found.shown], found.items) == (ORDER[:2], 7)


def test_items_as_text(mixed: Evaluation) -> None:
    text = shown_in("text", worst(mixed, limit=5))
    assert text.startswith("stance on stance.jsonl, model m: 5 of 7 items, the worst first\n\n")
    first = (
        "1. wrong wrong-sure: gold support, found denial (support 0.02, denial 0.95, context 0.03)"
    )
    assert first in text.splitlines()
    assert text.endswith("5. failed failed: gold support, found failed\n   reason: no answer\n")


def test_items_as_markdown_hold_no_markup_of_the_data(mixed: Evaluation) -> None:
    odd = outcome(
        "<b>*x*|", stance="denial", claim="<script>a</script> [x](y)\n# z", proposition="p"
    )
    text = shown_in("markdown", worst(mixed.model_copy(update={"outcomes": (odd,)})))
    assert text.splitlines()[2:] == [
        r"1. **wrong** \<b\>\*x\*\|: gold support, found denial",
        "   - proposition: p",
        r"   - claim: \<script\>a\</script\> \[x\](y) \# z",
    ]


def test_items_as_json_are_records(mixed: Evaluation) -> None:
    found = worst(mixed)
    assert Showing.model_validate_json(shown_in("json", found)) == found


def test_a_pair_that_was_not_asked_about_says_so(tmp_path: Path) -> None:
    data = put_rows(tmp_path / "gold.jsonl", [pair_row("p1", opposed=True)])
    made = measured("pairs", data, Model())
    (one,) = made.outcomes
    asked = made.model_copy(update={"outcomes": (one.model_copy(update={"candidate": False}),)})
    found = [worst(each).shown[0].found for each in (made, asked)]
    assert found == ["not opposed", "not opposed (the model was not asked)"]
