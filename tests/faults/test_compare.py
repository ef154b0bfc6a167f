"""A comparison that asks about each claim under every fault, against the same without any."""

from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from claimcompare import Comparison, compare
from claimcompare.llm import LLM, Choice
from claimcompare.schema import LedgerRow, StageName
from claimcompare.stages import CompareSettings
from tests.endpoint.faults import FaultPlan
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

EVENTS = 30
RATE = 0.3
PLACED = 6
SETTINGS = CompareSettings(statements_per_call=2, claims_per_proposition=PLACED, judging="each")


class Listening(LLM):
    """A model that notes what it chose, by the hash of the prompt."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.chosen: dict[str, Choice] = {}

    async def achoose(self, *given: Any, **named: Any) -> Choice:
        """As ever."""
        choice = await super().achoose(*given, **named)
        self.chosen[given[0].sha256] = choice
        return choice


class Run(NamedTuple):
    """A comparison, what the model chose on the way, and what the endpoint saw."""

    result: Comparison
    chosen: dict[str, Choice]
    log: list[Entry]

    def rows(self, stage: StageName) -> list[LedgerRow]:
        """What became of the items of a stage."""
        return [row for row in self.result.ledger if row.stage == stage]

    def prompts(self, stage: StageName) -> list[str]:
        """The hashes of the prompts of a stage."""
        uses = (use for use in self.result.provenance.prompts if use.name == stage)
        return [digest for use in uses for digest in use.filled]


def compared(log: Path, **options: float | str) -> Run:
    with (
        endpoint(log, **options) as server,
        Listening("m", base_url=server.url, api_key=KEY, settings=settings_of()) as llm,
    ):
        result = compare(denying(2 * EVENTS), llm=llm, settings=SETTINGS)
    return Run(result, llm.chosen, server.log())


def seed_for(log: Sequence[Entry]) -> int:
    """The first seed under which log-probabilities fail, but do not fail first.

    From then on a model would ask for votes instead.
    """
    asked = [row.id for row in log if row.task == "choose"]
    for seed in count(1):
        plan = FaultPlan(seed, RATE)
        met = [plan.fault_for(one, 0, "choose") for one in asked]
        names = [fault.name if fault else "" for fault in met]
        if names.count("nan") >= 3 and "empty" not in names[:32]:
            return seed
    raise AssertionError


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return compared(tmp_path_factory.mktemp("clean") / "log.jsonl")


@pytest.fixture(scope="module")
def faulty(clean: Run, tmp_path_factory: pytest.TempPathFactory) -> Run:
    log = tmp_path_factory.mktemp("faulty") / "log.jsonl"
    return compared(log, faults=RATE, seed=seed_for(clean.log))


def test_without_faults_each_event_is_a_dispute(clean: Run) -> None:
    assert len(clean.result.disputes) == EVENTS
    assert failed(clean.result.ledger) == []
    asked = clean.prompts("classify")
    assert set(clean.chosen) == set(asked)
    # The proposition is one of the claims placed on it, and needs no question.
    assert len(asked) == len(set(asked)) == EVENTS * (PLACED - 1)


def test_every_stage_meets_faults(faulty: Run) -> None:
    met = {row.task for row in faulty.log if row.fault}
    assert met >= {"extract", "pair", "choose"}
    assert "nan" in {row.fault for row in faulty.log}
    assert {row.stage for row in failed(faulty.result.ledger)} == {"extract", "pair", "classify"}


def test_every_failed_row_says_why(faulty: Run) -> None:
    assert all(row.reason and row.item and row.article_id for row in failed(faulty.result.ledger))


def test_every_article_and_every_claim_has_its_rows(faulty: Run) -> None:
    read = {row.article_id for row in faulty.rows("extract")}
    assert read == {article.id for article in faulty.result.articles}
    paired = {row.item for row in faulty.rows("pair") if row.outcome != "rejected"}
    assert paired == {claim.id for claim in faulty.result.claims}


def test_every_claim_without_an_answer_about_its_stance_has_a_failed_row(faulty: Run) -> None:
    outcomes = Counter(row.outcome for row in faulty.rows("classify"))
    asked = faulty.prompts("classify")
    unanswered = set(asked) - set(faulty.chosen)
    assert unanswered
    assert outcomes["failed"] == len(unanswered)
    # Whoever said the proposition in its very words is placed without being asked about.
    propositions = len(faulty.result.disputes) + outcomes["rejected"]
    assert outcomes["kept"] + outcomes["abstained"] == len(asked) - len(unanswered) + propositions


def test_surviving_claims_are_those_of_the_run_without_faults(clean: Run, faulty: Run) -> None:
    known = {claim.id: claim for claim in clean.result.claims}
    assert all(known[claim.id] == claim for claim in faulty.result.claims)
    assert len(faulty.result.claims) > EVENTS


def test_what_was_asked_in_both_runs_was_answered_alike(clean: Run, faulty: Run) -> None:
    both = set(clean.chosen) & set(faulty.chosen)
    assert len(both) > EVENTS
    for prompt in both:
        expected = clean.chosen[prompt].probabilities
        surest = max(expected, key=lambda stance: expected[stance])
        # An answer without log-probabilities is followed by votes, which all go one way here.
        votes = {stance: float(stance == surest) for stance in expected}
        assert faulty.chosen[prompt].probabilities in (expected, votes)


def test_the_rules_hold_in_every_stage(faulty: Run) -> None:
    assert after_the_last_word(faulty.log) == []
    assert too_early(faulty.log) == []
    assert max(row.in_flight for row in faulty.log) <= 16
