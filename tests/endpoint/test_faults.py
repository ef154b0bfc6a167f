"""The fake endpoint fails as planned."""

import json
from collections import Counter
from typing import Literal

import pytest

from tests.endpoint.answers import TASKS, Task
from tests.endpoint.faults import FAULTS, KINDS, TRANSIENT_ARRIVALS, FaultPlan, fault_for
from tests.endpoint.requests import BODIES
from tests.endpoint.spoiled import spoiled_reply, unspoiled_reply

IDS = [f"{number:064x}" for number in range(4_000)]


def test_the_plan_does_not_depend_on_order() -> None:
    forward = [fault_for(7, 0.3, name, 0) for name in IDS]
    backward = [fault_for(7, 0.3, name, 0) for name in reversed(IDS)]
    assert forward == backward[::-1]
    assert forward != [fault_for(8, 0.3, name, 0) for name in IDS]
    assert forward != [fault_for(7, 0.3, name, 1) for name in IDS]


@pytest.mark.parametrize("rate", [0.0, 0.1, 0.3, 1.0])
def test_the_rate_is_about_right(rate: float) -> None:
    failed = sum(fault_for(7, rate, name, 0) is not None for name in IDS)
    assert failed / len(IDS) == pytest.approx(rate, abs=0.03)


def test_every_fault_occurs_and_those_that_ask_to_wait_are_rare() -> None:
    counts = Counter(fault_for(7, 1.0, name, 0) for name in IDS)
    assert set(counts) == set(FAULTS)
    waits = [fault for fault in FAULTS if fault.weight == 1]
    assert len(waits) == 4
    assert max(counts[fault] for fault in waits) < min(
        counts[fault] for fault in FAULTS if fault not in waits
    )


def test_from_the_third_arrival_on_nothing_is_transient() -> None:
    for attempt in (TRANSIENT_ARRIVALS, 9):
        found = [fault_for(7, 1.0, name, attempt) for name in IDS]
        assert {fault.kind for fault in found if fault} == {"final", "answer"}
        assert None in found


@pytest.mark.parametrize("task", sorted(TASKS))
def test_a_task_has_only_faults_that_it_can_have(task: Task) -> None:
    found = {FaultPlan(7, 1.0).fault_for(name, 0, task) for name in IDS}
    assert found == {fault for fault in FAULTS if task in fault.tasks}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_plan_of_one_kind_has_no_other(kind: Literal["transient", "final", "answer"]) -> None:
    plan = FaultPlan(7, 1.0, frozenset({kind}))
    assert {fault.kind for name in IDS if (fault := plan.fault_for(name, 0))} == {kind}


@pytest.mark.parametrize(
    ("task", "name"), [(task, one.name) for one in FAULTS for task in sorted(one.tasks)]
)
def test_a_fault_never_looks_like_the_right_reply(task: Task, name: str) -> None:
    fault = next(one for one in FAULTS if one.name == name)
    spoiled = spoiled_reply(fault, BODIES[task], task, 1_000.4)
    assert spoiled.wire() != unspoiled_reply(BODIES[task], task).wire()
    if name[0].isdigit():
        assert spoiled.status == int(name[:3])
    assert (spoiled.retry_after is not None) == (fault.weight == 1)


def test_final_faults_have_messages_of_their_own() -> None:
    finals = [one for one in FAULTS if one.kind == "final"]
    replies = [spoiled_reply(one, BODIES["pair"], "pair", 0) for one in finals]
    assert len({json.loads(one.body)["error"]["message"] for one in replies}) == len(finals)
