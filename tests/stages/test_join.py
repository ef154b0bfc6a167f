"""Many propositions are joined in windows; what has no room in an answer is asked in parts."""

import re
from typing import Any

from claimcompare.schema import Proposition
from claimcompare.stages.flow import Count
from claimcompare.stages.join import Joiner
from claimcompare.stages.log import StageLog
from claimcompare.stages.settings import CompareSettings
from tests.llm.server import Reply, Seen, says
from tests.stages.events import asking

CUT_OFF = says('{"same":[', finish="length")


def points(count: int) -> list[Proposition]:
    """Half of them say what the other half says, in other words, far away."""
    half = count // 2
    said = [f"The lock of canal {at}x{at} was shut on a Sunday." for at in range(half)]
    again = [f"On a Sunday somebody closed canal {at}x{at}." for at in range(half)]
    sides = {"denied_by": ("post:2",)}
    return [
        Proposition(text=text, supported_by=(f"post:{at}",), **sides)
        for at, text in enumerate((*said, *again), start=10)
    ]


def shown(seen: Seen) -> dict[int, str]:
    """The propositions of a request, by number."""
    return {int(at): text for at, text in re.findall(r"^\[(\d+)\] (.*)$", seen.user, re.MULTILINE)}


def same(seen: Seen) -> dict[str, Any]:
    """What a model that reads well makes of them."""
    of: dict[str, list[int]] = {}
    for number, text in shown(seen).items():
        of.setdefault(re.findall(r"\d+x\d+", text)[0], []).append(number)
    groups = [numbers for numbers in of.values() if len(numbers) > 1]
    return {"same": [{"as": one, "equal": rest, "opposite": []} for one, *rest in groups]}


def join(script: Any, found: list[Proposition]) -> tuple[list[Proposition], StageLog, list[Seen]]:
    with asking(script) as (llm, seen):
        made, log = llm.run(Joiner(llm, CompareSettings(), Count("pair", None)).join(found))
        return made, log, seen


def room_for(most: int) -> Any:
    def script(seen: Seen) -> dict[str, Any] | Reply:
        return CUT_OFF if len(shown(seen)) > most else same(seen)

    return script


def test_few_are_asked_about_in_one_call() -> None:
    made, log, seen = join(same, points(40))
    assert (len(made), len(seen)) == (20, 1)
    assert {row.outcome for row in log.ledger} == {"kept"}


def test_an_answer_that_is_cut_off_is_asked_for_in_parts_that_share_propositions() -> None:
    made, log, seen = join(room_for(40), points(150))
    assert len(made) == 75
    assert "failed" not in {row.outcome for row in log.ledger}
    assert log.usage.calls == len(log.prompts) == len(seen) <= 20


def test_two_that_are_cut_off_are_a_failed_row_in_their_words() -> None:
    found = [Proposition(text=text, supported_by=("post:1",)) for text in ("It held.", "It broke.")]
    made, log, seen = join(CUT_OFF, found)
    assert (made, len(seen)) == (found, 1)
    assert [(row.outcome, row.item) for row in log.ledger] == [("failed", "It held.; It broke.")]


def test_an_endpoint_that_cuts_off_every_answer_is_not_asked_for_ever() -> None:
    found = points(60)
    made, log, seen = join(CUT_OFF, found)
    assert made == found
    assert 1 < len(seen) <= 60
    assert {row.outcome for row in log.ledger} == {"failed"}
