"""A comparison that judges claims together under every fault, against the same without any."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from claimcompare import Comparison, compare
from claimcompare.llm import LLM, Answer
from claimcompare.schema import Assertion, LedgerRow
from claimcompare.stages import CompareSettings
from tests.endpoint.faults import FAULTS, FaultPlan
from tests.endpoint.process import Entry
from tests.faults.runs import (
    KEY,
    after_the_last_word,
    denying,
    endpoint,
    failed,
    settings_of,
    too_early,
)

EVENTS = 20
RATE = 0.3
PLACED = 6
SETTINGS = CompareSettings(statements_per_call=2, claims_per_proposition=PLACED, judging="together")
NEGATION = "It is not true that this holds: "
# In these ways a structured answer is spoiled.
SPOILED = {fault.name for fault in FAULTS if fault.kind == "answer" and "together" in fault.tasks}


class Ballot(NamedTuple):
    """What was asked about a proposition, and whether the answer was of use."""

    proposition: str
    texts: frozenset[str]
    answered: bool


class Listening(LLM):
    """A model that notes its ballots."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.ballots: list[Ballot] = []

    async def aask(self, *given: Any, **named: Any) -> Answer[Any]:
        """As ever."""
        answered = False
        try:
            answer: Answer[Any] = await super().aask(*given, **named)
            answered = True
        finally:
            if given[0].name == "classify_together":
                self.ballots.append(ballot(given[0].user, answered=answered))
        return answer


def ballot(user: str, *, answered: bool) -> Ballot:
    disputed, _, rows = user.partition("\n\nClaims:\n")
    proposition = disputed.partition("\n")[2].removeprefix(NEGATION)
    texts = (row.partition(": ")[2] for row in rows.splitlines())
    return Ballot(proposition, frozenset(texts), answered)


class Run(NamedTuple):
    """A comparison, the ballots on the way, and what the endpoint saw."""

    result: Comparison
    ballots: list[Ballot]
    log: list[Entry]

    @property
    def judged(self) -> dict[str, list[Ballot]]:
        """The ballots on each proposition."""
        found: dict[str, list[Ballot]] = defaultdict(list)
        for one in self.ballots:
            found[one.proposition].append(one)
        return found

    def ids(self, *, answered: bool) -> Counter[str]:
        """The claims of the propositions whose every ballot was of use, or of the others."""
        by_text = {claim.text: claim.id for claim in self.result.claims}
        return Counter(
            by_text[text]
            for ballots in self.judged.values()
            if all(one.answered for one in ballots) is answered
            for text in ballots[0].texts
        )

    @property
    def rows(self) -> list[LedgerRow]:
        """What became of each claim at each proposition."""
        return [row for row in self.result.ledger if row.stage == "classify"]


def compared(log: Path, **options: float | str) -> Run:
    with (
        endpoint(log, **options) as server,
        Listening("m", base_url=server.url, api_key=KEY, settings=settings_of()) as llm,
    ):
        result = compare(denying(2 * EVENTS), llm=llm, settings=SETTINGS)
    return Run(result, llm.ballots, server.log())


def seed_for(log: Sequence[Entry]) -> int:
    """The first seed under which structured stances are spoiled in many ways."""
    asked = [row.id for row in log if row.task == "together"]
    for seed in count(1):
        plan = FaultPlan(seed, RATE)
        met = {plan.fault_for(one, 0, "together") for one in asked}
        if len({fault.name for fault in met if fault} & SPOILED) >= len(SPOILED) - 2:
            return seed
    raise AssertionError


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return compared(tmp_path_factory.mktemp("clean") / "log.jsonl")


@pytest.fixture(scope="module")
def faulty(clean: Run, tmp_path_factory: pytest.TempPathFactory) -> Run:
    log = tmp_path_factory.mktemp("faulty") / "log.jsonl"
    return compared(log, faults=RATE, seed=seed_for(clean.log))


def test_without_faults_three_ballots_judge_each_proposition(clean: Run) -> None:
    assert len(clean.result.disputes) == len(clean.judged) == EVENTS
    assert failed(clean.result.ledger) == []
    assert sum(row.task == "together" for row in clean.log) == len(clean.ballots) == 3 * EVENTS
    # The proposition is one of the claims placed on it, and needs no judgement.
    assert {len(one.texts) for one in clean.ballots} == {PLACED - 1}


def test_stances_meet_faults_of_every_kind(faulty: Run) -> None:
    met = {row.fault for row in faulty.log if row.task == "together" and row.fault}
    assert {fault.kind for fault in FAULTS if fault.name in met} == {"transient", "final", "answer"}
    assert len(met & SPOILED) >= len(SPOILED) / 2
    assert {"choose", "vote"}.isdisjoint(row.task for row in faulty.log)


def test_all_three_ballots_on_a_proposition_are_of_the_same_claims(faulty: Run) -> None:
    for ballots in faulty.judged.values():
        assert len(ballots) == 3
        assert len({one.texts for one in ballots}) == 1


def test_every_claim_of_a_failed_ballot_has_a_failed_row_that_says_why(faulty: Run) -> None:
    rows = failed(faulty.rows)
    assert Counter(row.item for row in rows) == faulty.ids(answered=False)
    assert all(row.reason and row.article_id for row in rows)
    lost = [one for one in faulty.judged.values() if not all(ballot.answered for ballot in one)]
    # Also where two of the three ballots were of use.
    assert 2 in {sum(ballot.answered for ballot in one) for one in lost}


def test_every_other_claim_is_judged(faulty: Run) -> None:
    told = Counter(row.item for row in faulty.rows if row.outcome in ("kept", "abstained"))
    own = Counter(claim.id for claim in faulty.result.claims if claim.text in faulty.judged)
    assert len(own) == len(faulty.judged)
    assert told == faulty.ids(answered=True) + own


def test_no_proposition_of_a_failed_ballot_becomes_a_dispute(faulty: Run) -> None:
    whole = {
        proposition
        for proposition, ballots in faulty.judged.items()
        if all(one.answered for one in ballots)
    }
    assert 0 < len(whole) < len(faulty.judged)
    assert {one.proposition for one in faulty.result.disputes} == whole
    rejected = [row for row in faulty.rows if row.outcome == "rejected"]
    assert len(rejected) == len(faulty.judged) - len(whole)


def assertions(run: Run) -> Iterator[tuple[str, Assertion]]:
    for dispute in run.result.disputes:
        for one in dispute.assertions:
            yield dispute.proposition, one


def test_what_is_judged_is_judged_as_without_faults(clean: Run, faulty: Run) -> None:
    known = {(proposition, one.claim_id): one for proposition, one in assertions(clean)}
    found = {(proposition, one.claim_id): one for proposition, one in assertions(faulty)}
    both = set(known) & set(found)
    assert {one: found[one] for one in both} == {one: known[one] for one in both}
    assert {known[one].stance for one in both} == {"support", "denial", "context"}
    # Others are among the nearest where claims are missing, and of the same mind.
    assert {found[one].stance for one in set(found) - both} <= {"context"}
    assert len(both) > EVENTS


def test_the_rules_hold(faulty: Run) -> None:
    assert after_the_last_word(faulty.log) == []
    assert too_early(faulty.log) == []
    assert max(row.in_flight for row in faulty.log) <= 16
