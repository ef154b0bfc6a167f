"""A judge with probabilities: each claim is asked about a proposition and about its negation."""

from typing import Any

import pytest

from claimcompare.schema import Assertion, Proposition
from claimcompare.stages.decide import DecidingJudge
from claimcompare.stages.flow import Count
from claimcompare.stages.protocols import Placements
from claimcompare.stages.settings import CompareSettings
from tests.llm.server import Seen, fails, replies_json
from tests.stages.events import COURIER, asking, claim, event

SAFE = claim(1, "Ines Vale", "The dam at Corrow is safe.")
UNTESTED = claim(2, "Tom Beck", "Nobody has tested the dam.")
GATES = claim(1, None, "The dam at Corrow has 12 gates.", article=COURIER)
DAM = Proposition(
    text="The dam at Corrow is safe.",
    supported_by=(SAFE.id,),
    denied_by=(UNTESTED.id,),
    nearest=(GATES.id,),
)
Odds = tuple[float, float, float]
# Of support, denial and context: of each claim to the proposition, and to its negation.
CLEAR: dict[str, Odds] = {
    "q0": (0.9, 0.05, 0.05),
    "n0": (0.1, 0.8, 0.1),
    "q1": (0.1, 0.7, 0.2),
    "n1": (0.7, 0.1, 0.2),
    "q2": (0.1, 0.1, 0.8),
    "n2": (0.1, 0.1, 0.8),
}


def answers(odds: dict[str, Odds]) -> Any:
    """As `/v1/systemone` gives them."""
    named = {
        name: {
            "type": "choice",
            "choice": "support",
            "confidence": max(one),
            "probabilities": dict(zip(("support", "denial", "context"), one, strict=True)),
        }
        for name, one in odds.items()
    }
    return replies_json({"answers": named, "usage": {"input_tokens": 400, "output_tokens": 0}})


def judge(odds: dict[str, Odds], **settings: Any) -> tuple[Placements, list[Seen]]:
    def script(seen: Seen) -> Any:
        if seen.path.endswith("/systemone"):
            return answers(odds)
        if seen.path.endswith("/decisions"):
            return fails(404, "no such path")
        return {"judged": [{"proposition": 1, "support": [1], "denial": [2], "context": [3]}]}

    with asking(script) as (llm, seen):
        part = DecidingJudge(llm, CompareSettings(**settings), Count("classify", None))
        return llm.run(part.judge(event(SAFE, UNTESTED, GATES), [DAM])), seen


def only(found: Placements) -> tuple[Assertion, ...]:
    (assertions,) = found.assertions
    return assertions


def test_probabilities_are_the_mean_of_both_questions() -> None:
    one, other, third = only(judge(CLEAR)[0])
    assert [each.stance for each in (one, other, third)] == ["support", "denial", "context"]
    assert one.probabilities is not None
    assert one.probabilities.support == pytest.approx(0.85)
    assert one.confidence == pytest.approx(0.85)
    assert one.agreement is None


def test_all_questions_go_in_one_request_behind_the_claims() -> None:
    _, seen = judge(CLEAR)
    (sent,) = [one.body for one in seen if one.path.endswith("/systemone")]
    assert list(sent["questions"]) == ["q0", "n0", "q1", "n1", "q2", "n2"]
    assert "[2] Tom Beck: Nobody has tested the dam." in sent["state"]
    assert "The dam at Corrow is safe." in sent["questions"]["q1"]["instructions"]
    assert "It is not true" in sent["questions"]["n1"]["instructions"]


def test_a_stance_that_a_negation_does_not_turn_is_an_abstention() -> None:
    one = only(judge(CLEAR | {"n0": (0.8, 0.1, 0.1)})[0])[0]
    assert one.stance is None
    assert one.reason == "its stance to the negated proposition is not the opposite"
    assert one.probabilities is not None


def test_a_side_that_is_not_sure_is_an_abstention() -> None:
    odds = CLEAR | {"q0": (0.45, 0.1, 0.45), "n0": (0.1, 0.5, 0.4)}
    assert only(judge(odds)[0])[0].reason == "no side is sure enough"
    assert only(judge(odds, abstain_below=0.4)[0])[0].stance == "support"


def test_where_it_contradicts_the_pairing_it_abstains_and_says_so() -> None:
    turned = CLEAR | {"q0": (0.1, 0.8, 0.1), "n0": (0.8, 0.1, 0.1)}
    one = only(judge(turned)[0])[0]
    assert one.stance is None
    assert one.reason == "read as support beside the others, as denial by itself"


def test_a_missing_answer_costs_its_claim_alone() -> None:
    odds = {name: one for name, one in CLEAR.items() if name != "n1"}
    found, _ = judge(odds)
    assert [one.claim_id for one in only(found)] == [SAFE.id, GATES.id]
    assert [row.outcome for row in found.log.ledger] == ["kept", "failed", "kept"]


def test_probability_on_no_answer_is_an_abstention() -> None:
    def script(seen: Seen) -> Any:
        if seen.path.endswith("/decisions"):
            return fails(404, "no such path")
        named = {
            name: {"type": "choice", "probabilities": {"support": 1.0}, "label_mass": 0.2}
            for name in CLEAR
        }
        return replies_json({"answers": named, "usage": {"input_tokens": 400}})

    with asking(script) as (llm, _):
        part = DecidingJudge(llm, CompareSettings(), Count("classify", None))
        found = llm.run(part.judge(event(SAFE, UNTESTED, GATES), [DAM]))
    assert "most of the probability fell on no answer" in {one.reason for one in only(found)}


def test_an_endpoint_that_decides_nothing_is_asked_in_chat() -> None:
    def script(seen: Seen) -> Any:
        if seen.path.endswith(("/decisions", "/systemone")):
            return fails(404, "no such path")
        return {"judged": [{"proposition": 1, "support": [1], "denial": [2], "context": [3]}]}

    with asking(script) as (llm, _):
        part = DecidingJudge(llm, CompareSettings(), Count("classify", None))
        found = llm.run(part.judge(event(SAFE, UNTESTED, GATES), [DAM]))
    assert [one.stance for one in only(found)] == ["support", "denial", "context"]
    assert all(one.probabilities is None for one in only(found))


def test_a_call_that_fails_is_a_row_for_each_claim() -> None:
    with asking(fails(500, "down")) as (llm, _):
        part = DecidingJudge(llm, CompareSettings(), Count("classify", None))
        found = llm.run(part.judge(event(SAFE, UNTESTED, GATES), [DAM]))
    assert only(found) == ()
    assert [row.outcome for row in found.log.ledger] == ["failed"] * 3


def test_a_task_too_long_for_the_endpoint_is_asked_in_halves() -> None:
    def script(seen: Seen) -> Any:
        if seen.path.endswith("/decisions"):
            return fails(404, "no such path")
        if sum(one.text in seen.body["state"] for one in (SAFE, UNTESTED, GATES)) > 1:
            return fails(400, "maximum context length exceeded by the state")
        return answers({"q0": CLEAR["q0"], "n0": CLEAR["n0"]})

    turned = DAM.model_copy(update={"supported_by": DAM.claim_ids, "denied_by": (), "nearest": ()})
    with asking(script) as (llm, _):
        part = DecidingJudge(llm, CompareSettings(), Count("classify", None))
        found = llm.run(part.judge(event(SAFE, UNTESTED, GATES), [turned]))
    assert [one.claim_id for one in only(found)] == [SAFE.id, UNTESTED.id, GATES.id]
    assert [one.stance for one in only(found)] == ["support"] * 3
