"""A thousand articles under every fault, against the same without any."""

from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from claimcompare import Extraction, extract
from claimcompare.usage import Usage
from tests.endpoint.articles import articles
from tests.endpoint.faults import FAULTS, FaultPlan
from tests.endpoint.process import Entry
from tests.faults.runs import (
    PATIENCE,
    after_the_last_word,
    claims_of,
    endpoint,
    failed,
    model_at,
    sent_in_pauses,
    told_to_wait,
    told_tokens,
    too_early,
)

pytestmark = pytest.mark.long

MANY, SOME = 1_000, 200
RATE = 0.3
FEW_PAUSES = 5
BUDGET = 60_000
EVERY_FAULT = {fault.name for fault in FAULTS if "extract" in fault.tasks}
PAUSES = {fault.name for fault in FAULTS if fault.weight == 1}


class Run(NamedTuple):
    """What came of some articles, and what the endpoint saw of it."""

    result: Extraction
    log: list[Entry]
    spent: Usage
    seed: int | None = None

    @property
    def failed_ids(self) -> set[str]:
        """The articles that were not read to the end."""
        return {row.article_id or "" for row in failed(self.result.log.ledger)}


def read(log: Path, number: int, options: dict[str, Any], **settings: Any) -> Run:
    """Read so many articles."""
    with endpoint(log, **options) as server, model_at(server, **settings) as llm:
        result = extract(articles(number), llm=llm)
        spent = llm.spent
    return Run(result, server.log(), spent, options.get("seed"))


def planned(log: Sequence[Entry], seed: int) -> Counter[str]:
    """What befalls these requests at their first arrival."""
    plan = FaultPlan(seed, RATE)
    faults = (plan.fault_for(row.id, 0, "extract") for row in log)
    return Counter(fault.name for fault in faults if fault)


def seed_for(log: Sequence[Entry]) -> int:
    """The first seed under which every fault occurs, but few pauses: those pass in real time."""
    for seed in count(1):
        faults = planned(log, seed)
        if set(faults) == EVERY_FAULT and sum(faults[one] for one in PAUSES) <= FEW_PAUSES:
            return seed
    raise AssertionError


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return read(tmp_path_factory.mktemp("clean") / "log.jsonl", MANY, {}, timeout=PATIENCE)


@pytest.fixture(scope="module")
def faulty(clean: Run, tmp_path_factory: pytest.TempPathFactory) -> Run:
    plan = {"faults": RATE, "seed": seed_for(clean.log)}
    return read(tmp_path_factory.mktemp("faulty") / "log.jsonl", MANY, plan)


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Run:
    plan = {"faults": RATE, "seed": 1, "kinds": "transient"}
    log = tmp_path_factory.mktemp("narrow") / "log.jsonl"
    return read(log, SOME, plan, concurrency=4)


@pytest.fixture(scope="module")
def poor(tmp_path_factory: pytest.TempPathFactory) -> Run:
    plan = {"faults": RATE, "seed": 2, "kinds": "transient,answer"}
    return read(tmp_path_factory.mktemp("poor") / "log.jsonl", SOME, plan, max_tokens=BUDGET)


def test_without_faults_each_article_takes_one_request(clean: Run) -> None:
    assert len(clean.log) == len(clean.result.claims) == MANY
    assert clean.failed_ids == set()


def test_every_fault_occurs(clean: Run, faulty: Run) -> None:
    assert faulty.seed is not None
    assert {row.fault for row in faulty.log if row.fault} == EVERY_FAULT
    first = {row.id: row.fault for row in faulty.log if row.attempt == 0}
    share = sum(first[row.id] is not None for row in clean.log) / MANY
    assert share == pytest.approx(RATE, abs=0.05)


def test_every_article_ends_done_or_failed_with_its_reason(faulty: Run) -> None:
    rows = faulty.result.log.ledger
    assert {row.article_id for row in rows} == {article.id for article in articles(MANY)}
    assert all(row.reason and row.item.startswith("sentence") for row in failed(rows))
    assert 0 < len(faulty.failed_ids) < RATE * MANY


def test_what_is_done_equals_the_run_without_faults(clean: Run, faulty: Run) -> None:
    done = {article.id for article in articles(MANY)} - faulty.failed_ids
    expected = tuple(claims_of(clean.result.claims, done))
    assert tuple(claims_of(faulty.result.claims, done)) == expected
    assert len(expected) > MANY / 2
    assert set(map(repr, faulty.result.claims)) <= set(map(repr, clean.result.claims))


def test_a_claim_from_a_sentence_that_is_not_there_is_refused_alone(faulty: Run) -> None:
    refused = [row for row in faulty.result.log.ledger if row.outcome == "refused"]
    assert len(refused) == sum(row.fault == "out-of-range" for row in faulty.log) > 0
    spoiled = {row.article_id for row in refused} - faulty.failed_ids
    assert {claim.article_id for claim in faulty.result.claims} >= spoiled


def test_what_passes_fails_no_article(faulty: Run, narrow: Run) -> None:
    reasons = {row.reason for row in failed(faulty.result.log.ledger)}
    assert not any("no answer" in reason for reason in reasons)
    assert narrow.failed_ids == set()
    assert len(narrow.result.claims) == SOME


@pytest.mark.parametrize("status", [401, 403, 404, 422])
def test_each_rejection_is_one_failed_row(faulty: Run, status: int) -> None:
    named = [row for row in failed(faulty.result.log.ledger) if f"({status})" in row.reason]
    assert len(named) == sum(row.status == status for row in faulty.log) > 0


def test_no_request_follows_an_error_that_no_retry_can_mend(faulty: Run) -> None:
    assert after_the_last_word(faulty.log) == []


def test_nobody_comes_back_sooner_than_asked(faulty: Run, narrow: Run) -> None:
    assert {row.fault for row in told_to_wait(faulty.log)} == PAUSES
    assert too_early(faulty.log) == []
    assert too_early(narrow.log) == []


def test_in_a_pause_only_those_arrive_that_were_on_their_way(faulty: Run, narrow: Run) -> None:
    assert max(sent_in_pauses(faulty.log)) < 16
    assert max(sent_in_pauses(narrow.log)) < 4


def test_no_more_requests_are_in_flight_than_set(clean: Run, faulty: Run, narrow: Run) -> None:
    assert 1 < max(row.in_flight for row in (*clean.log, *faulty.log)) <= 16
    assert max(row.in_flight for row in narrow.log) <= 4


def test_no_more_tokens_are_used_than_set(poor: Run) -> None:
    assert BUDGET / 2 < told_tokens(poor.log) <= poor.spent.tokens <= BUDGET


def test_what_the_budget_leaves_out_says_so(poor: Run) -> None:
    rows = failed(poor.result.log.ledger)
    left_out = {row.article_id for row in rows if "max_tokens" in row.reason}
    assert len(left_out) > SOME / 4
    assert {row.article_id for row in poor.result.log.ledger} == {
        article.id for article in articles(SOME)
    }


def test_a_server_that_takes_few_at_a_time_still_serves_all(tmp_path: Path) -> None:
    run = read(tmp_path / "log.jsonl", SOME, {"most_in_flight": 4, "latency_ms": 50})
    assert run.failed_ids == set()
    assert len(run.result.claims) == SOME
    assert any(row.status == 429 for row in run.log)
