"""The model reads all claims side by side; its disputes stay as it gave them."""

from typing import Any

from claimcompare import Claim
from claimcompare.schema import Withdrawal
from claimcompare.stages.flow import Count
from claimcompare.stages.pair import ModelPairer
from claimcompare.stages.protocols import Pairing
from claimcompare.stages.settings import CompareSettings
from tests.llm.server import Seen, fails, says
from tests.stages.events import COURIER, asking, claim, event

SAFE = claim(1, "Ines Vale", "The dam at Corrow is safe.", via=("the Quay Post",), kind="opinion")
UNTESTED = claim(2, "Tom Beck", "Nobody has tested the dam at Corrow.", kind="denial")
WRONG = claim(1, "Ines Vale", "Ines Vale was wrong about the dam.", article=COURIER)
GATES = claim(2, None, "The dam at Corrow has 12 gates.", article=COURIER)
ALL = (SAFE, UNTESTED, WRONG, GATES)
MANY = (
    *(claim(n, "Ines Vale", f"Gate {n} of the dam at Corrow is safe.") for n in range(1, 5)),
    *(claim(n, "Ines Vale", f"Span {n} over the Lune will open.") for n in range(5, 9)),
)


def of_spans(seen: Seen) -> bool:
    return seen.user.count("Span ") > seen.user.count("Gate ")


def dispute(text: str = "The dam at Corrow is safe.", **more: Any) -> dict[str, Any]:
    sides = {"form": "plain", "support": [1], "deny": [2], "withdrawn": []}
    return {"proposition": text, **sides, **more}


def pair(script: Any, *claims: Claim, size: int = 150) -> tuple[Pairing, list[Seen]]:
    with asking(script) as (llm, seen):
        settings = CompareSettings(claims_per_call=size, nearest=1)
        pairer = ModelPairer(llm, settings, Count("pair", None))
        return llm.run(pairer.pair(event(*(claims or ALL)))), seen


def test_all_claims_are_shown_once_with_speaker_relayer_outlet_day_and_kind() -> None:
    _, seen = pair({"disputes": []})
    assert len(seen) == 1
    user = seen[0].user
    assert (
        "Quay Post, 2026-05-03\n[1] Ines Vale (relayed by the Quay Post), opinion: The dam" in user
    )
    assert "Corrow Courier, 2026-05-04\n[3] Ines Vale: " in user
    assert "[4] the article itself: " in user


def test_a_dispute_is_as_the_model_gave_it() -> None:
    given = dispute(deny=[2, 3], withdrawn=[{"claim": 1, "by": 3}])
    found, _ = pair({"disputes": [given]})
    (one,) = found.propositions
    assert one.text == "The dam at Corrow is safe."
    assert (one.supported_by, one.denied_by) == ((SAFE.id,), (UNTESTED.id, WRONG.id))
    assert one.withdrawn == (Withdrawal(claim_id=SAFE.id, withdrawn_by=WRONG.id),)
    assert one.nearest == (GATES.id,)


def test_disputes_that_share_claims_stay_apart() -> None:
    given = [dispute(), dispute("The dam at Corrow was tested.")]
    assert len(pair({"disputes": given})[0].propositions) == 2


def test_one_speaker_may_stand_on_both_sides() -> None:
    assert len(pair({"disputes": [dispute(deny=[3])]})[0].propositions) == 1


def test_a_proposition_that_negates_or_reports_is_asked_about_once_more() -> None:
    first = {"disputes": [dispute("The dam at Corrow is not safe.", form="negated")]}
    second = {
        "disputes": [dispute("It is not safe at all.", form="negated", support=[2], deny=[1])]
    }

    def script(seen: Seen) -> Any:
        return second if "Answer again" in seen.user else first

    found, seen = pair(script)
    assert len(seen) == 2
    assert "'The dam at Corrow is not safe.' says \"not\"" in seen[1].user
    assert found.propositions[0].text == "It is not safe at all."
    assert found.log.usage.calls == 2


def test_what_has_one_side_or_names_no_claim_is_refused_and_told() -> None:
    found, _ = pair({"disputes": [dispute(deny=[]), dispute(deny=[2, 77])]})
    assert len(found.propositions) == 1
    refused = [row.reason for row in found.log.ledger if row.outcome == "refused"]
    assert refused == [
        "has no claims on both sides, and none taken back",
        "no such claim was given",
    ]


def test_a_claim_on_both_sides_is_left_to_the_judge() -> None:
    found, _ = pair({"disputes": [dispute(support=[1, 3], deny=[2, 3])]})
    (one,) = found.propositions
    assert WRONG.id not in (*one.supported_by, *one.denied_by)
    assert WRONG.id in one.nearest
    assert "abstained" in [row.outcome for row in found.log.ledger]


def test_what_opposes_nothing_has_a_row() -> None:
    found, _ = pair({"disputes": [dispute()]})
    kept = {row.item for row in found.log.ledger if row.outcome == "kept"}
    assert kept == {WRONG.id, GATES.id}


def test_a_call_that_fails_is_a_row_for_each_claim() -> None:
    found, _ = pair(fails(400, "no such model"))
    failed = [row.item for row in found.log.ledger if row.outcome == "failed"]
    assert failed == [one.id for one in ALL]


def test_many_claims_are_read_in_windows_and_their_disputes_joined_by_the_model() -> None:

    def script(seen: Seen) -> Any:
        if "proposition" in seen.user.casefold() or "[1] A" in seen.user or "[1] B" in seen.user:
            return {"same": [{"as": 1, "equal": [], "opposite": [2]}]}
        return {"disputes": [dispute("B span is bad." if of_spans(seen) else "A dam is safe.")]}

    found, seen = pair(script, *MANY, size=4)
    asked = [one for one in seen if "Ines Vale: " in one.user]
    assert len(asked) > 1
    assert len(seen) == len(asked) + 1
    assert any("is the same point as" in row.reason for row in found.log.ledger)
    texts = [one.text for one in found.propositions]
    assert len(texts) < len(asked)


def test_a_point_that_two_windows_show_in_the_same_words_is_one_without_asking() -> None:
    found, seen = pair({"disputes": [dispute("All of it is safe.")]}, *MANY, size=4)
    (one,) = found.propositions
    assert set(one.supported_by) >= {MANY[0].id, MANY[4].id}
    assert all("Ines Vale: " in request.user for request in seen)


def test_a_single_claim_takes_no_call() -> None:
    found, seen = pair({}, SAFE)
    assert (found.propositions, seen) == ((), [])


CUT_OFF = says('{"disputes":[', finish="length")


def shown(seen: Seen) -> int:
    return seen.user.count("Ines Vale: ")


def test_a_window_whose_answer_is_cut_off_is_read_in_smaller_ones_that_are_joined() -> None:
    def script(seen: Seen) -> Any:
        if not shown(seen):
            return {"same": [{"as": 1, "equal": [2], "opposite": []}]}
        if shown(seen) > 5:
            return CUT_OFF
        return {"disputes": [dispute("A span is bad." if of_spans(seen) else "A dam is safe.")]}

    found, seen = pair(script, *MANY)
    assert [shown(one) > 5 for one in seen].count(True) == 1
    assert shown(seen[-1]) == 0
    assert len(found.propositions) == 1
    assert "failed" not in {row.outcome for row in found.log.ledger}
    assert found.log.usage.calls == len(seen) == len(found.log.prompts)


def test_every_claim_and_those_near_it_are_read_again_together() -> None:
    _, seen = pair(lambda seen: CUT_OFF if shown(seen) > 5 else {"disputes": []}, *MANY)
    again = [one.user for one in seen[1:]]
    assert all(any(claim.text in user for user in again) for claim in MANY)
    assert any(sum(f"Gate {n} " in user for n in range(1, 5)) == 4 for user in again)


def test_a_claim_that_has_every_answer_cut_off_costs_few_others() -> None:
    def script(seen: Seen) -> Any:
        return CUT_OFF if "Gate 2 " in seen.user else {"disputes": []}

    found, _ = pair(script, *MANY)
    failed = {row.item for row in found.log.ledger if row.outcome == "failed"}
    assert MANY[1].id in failed
    assert len(failed) <= 4


def test_an_endpoint_that_cuts_off_every_answer_is_not_asked_for_ever() -> None:
    many = [claim(n, "Ines Vale", f"Gate {n} of the dam is safe.") for n in range(1, 41)]
    found, seen = pair(CUT_OFF, *many)
    assert 1 < len(seen) <= len(many)
    failed = {row.item for row in found.log.ledger if row.outcome == "failed"}
    assert failed == {one.id for one in many}
