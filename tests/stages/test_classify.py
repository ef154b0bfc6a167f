"""The judge reads each claim again without knowing where it was placed."""

from typing import Any

from claimcompare.schema import Agreement, Proposition
from claimcompare.stages.classify import ModelJudge
from claimcompare.stages.flow import Count
from claimcompare.stages.protocols import Placements
from claimcompare.stages.settings import CompareSettings
from tests.llm.server import Seen, fails, says
from tests.stages.events import COURIER, asking, claim, event

SAFE = claim(1, "Ines Vale", "The dam at Corrow is safe.")
UNTESTED = claim(2, "Tom Beck", "Nobody has tested the dam.", via=("the Quay Post",))
GATES = claim(1, None, "The dam at Corrow has 12 gates.", article=COURIER)
DAM = Proposition(
    text="The dam at Corrow is safe.",
    supported_by=(SAFE.id,),
    denied_by=(UNTESTED.id,),
    nearest=(GATES.id,),
)


def judge(script: Any, *propositions: Proposition) -> tuple[Placements, list[Seen]]:
    with asking(script) as (llm, seen):
        part = ModelJudge(llm, CompareSettings(), Count("classify", None))
        found = part.judge(event(SAFE, UNTESTED, GATES), propositions or (DAM,))
        return llm.run(found), seen


def stances(*given: str, proposition: int = 1) -> dict[str, Any]:
    sides: dict[str, Any] = {"support": [], "denial": [], "context": []}
    for number, stance in enumerate(given, start=1):
        sides[stance].append(number)
    return {"judged": [{"proposition": proposition, **sides}]}


def test_claims_are_shown_once_in_the_order_of_the_articles() -> None:
    turned = DAM.model_copy(update={"supported_by": (UNTESTED.id,), "denied_by": (SAFE.id,)})
    _, seen = judge(stances("support", "denial", "context"))
    _, again = judge(stances("support", "denial", "context"), turned)
    assert len(seen) == 1
    assert seen[0].user == again[0].user
    assert seen[0].user.startswith("Quay Post, 2026-05-03\n> Dam at Corrow safe")
    assert seen[0].user.endswith("Proposition 1, claims 1, 2, 3: The dam at Corrow is safe.")
    assert "[2] Tom Beck (relayed by the Quay Post): Nobody has tested the dam." in seen[0].user


def test_two_readings_that_agree_say_so() -> None:
    found, _ = judge(stances("support", "denial", "context"))
    one, other, third = found.assertions[0]
    assert (one.stance, one.agreement) == ("support", Agreement(agreeing=2, readings=2))
    assert (other.stance, other.agreement) == ("denial", Agreement(agreeing=2, readings=2))
    assert (third.stance, third.agreement) == ("context", Agreement(agreeing=1, readings=1))
    assert all(each.probabilities is None for each in found.assertions[0])


def test_two_readings_that_differ_are_an_abstention_that_is_shown() -> None:
    found, _ = judge(stances("denial", "context", "denial"))
    one, other, third = found.assertions[0]
    assert (one.stance, one.agreement) == (None, Agreement(agreeing=1, readings=2))
    assert one.reason == "read as support beside the others, as denial by itself"
    assert other.stance is None
    assert third.stance == "denial"
    assert [row.outcome for row in found.log.ledger] == ["abstained", "abstained", "kept"]


def test_a_claim_without_a_stance_or_with_two_has_failed() -> None:
    given = stances("support", "denial")
    given["judged"][0]["denial"].append(1)
    found, _ = judge(given)
    assert [one.claim_id for one in found.assertions[0]] == [UNTESTED.id]
    assert [row.outcome for row in found.log.ledger] == ["failed", "kept", "failed"]


def test_propositions_share_a_call_and_keep_their_own_claims() -> None:
    other = Proposition(text="The dam has 12 gates.", nearest=(GATES.id,))
    answer = stances("support", "denial", "context")
    answer["judged"].append({"proposition": 2, "support": [3], "denial": [], "context": [1]})
    found, seen = judge(answer, DAM, other)
    assert len(seen) == 1
    assert "Proposition 2, claims 3: The dam has 12 gates." in seen[0].user
    assert [one.stance for one in found.assertions[1]] == ["support"]


def test_many_claims_take_several_calls_and_one_that_fails_costs_its_own_alone() -> None:
    many = [claim(n, f"Speaker {n}", f"Gate {n} is shut.") for n in range(1, 101)]
    halves = [
        Proposition(text=f"The {name} gates are shut.", nearest=tuple(one.id for one in part))
        for name, part in (("upper", many[:50]), ("lower", many[50:]))
    ]
    sides = {"support": [*range(1, 51)], "denial": [], "context": []}

    def script(seen: Seen) -> Any:
        return (
            fails(400, "no") if "lower" in seen.user else {"judged": [{"proposition": 1} | sides]}
        )

    with asking(script) as (llm, seen):
        part = ModelJudge(llm, CompareSettings(), Count("classify", None))
        found = llm.run(part.judge(event(*many), halves))
    assert len(seen) == 2
    assert [len(one) for one in found.assertions] == [50, 0]
    assert [row.outcome for row in found.log.ledger].count("failed") == 50


CUT_OFF = says('{"judged":[', finish="length")


def test_propositions_whose_answer_is_cut_off_are_asked_about_in_halves() -> None:
    other = Proposition(text="The dam has 12 gates.", nearest=(GATES.id, SAFE.id))

    def script(seen: Seen) -> Any:
        if "Proposition 2" in seen.user:
            return CUT_OFF
        of_dam = "is safe." in seen.user.rsplit("Proposition 1", 1)[1]
        return stances("support", "denial", "context") if of_dam else stances("context", "support")

    found, seen = judge(script, DAM, other)
    assert len(seen) == 3
    assert [[one.stance for one in each] for each in found.assertions] == [
        ["support", "denial", "context"],
        ["context", "support"],
    ]
    assert [row.outcome for row in found.log.ledger] == ["kept"] * 5
    assert found.log.usage.calls == len(found.log.prompts) == 3


def test_the_claims_of_one_proposition_are_asked_about_in_halves() -> None:
    def script(seen: Seen) -> Any:
        if "[2]" in seen.user:
            return CUT_OFF
        return stances("denial" if "Nobody" in seen.user.split("[1]")[1] else "support")

    found, seen = judge(script)
    assert len(seen) == 5
    assert [(one.claim_id, one.stance) for one in found.assertions[0]] == [
        (SAFE.id, "support"),
        (UNTESTED.id, "denial"),
        (GATES.id, "support"),
    ]


def test_one_claim_whose_answer_is_cut_off_costs_itself_alone() -> None:
    def script(seen: Seen) -> Any:
        return CUT_OFF if "12 gates" in seen.user else stances("support", "denial")

    found, _ = judge(script)
    assert [one.claim_id for one in found.assertions[0]] == [SAFE.id, UNTESTED.id]
    assert [row.outcome for row in found.log.ledger] == ["kept", "abstained", "failed"]
