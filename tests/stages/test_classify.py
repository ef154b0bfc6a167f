"""A dispute is made only where the stances bear out what the pair stage has read."""

import pytest

from claimcompare import Assertion, CompareSettings, Dispute, classify
from claimcompare.stages import Classification, aplace
from tests.llm.server import FakeServer, model_at
from tests.stages.test_placing import (
    FARES,
    KNEES,
    PUMPS,
    SAID,
    SIDES,
    about,
    claim,
    server,
    sure,
    sure_by,
)

__all__ = ["server"]


def judged(
    server: FakeServer, contradicted_by: tuple[str, ...] = (), *, denial: float = 0.9
) -> Classification:
    shares = dict.fromkeys(SIDES, 0.9) | {KNEES.text: denial}
    server.will_always(sure_by(shares))
    with model_at(server) as llm:
        one = about(SAID, contradicted_by=contradicted_by)
        return classify([one], SAID, llm=llm, settings=CompareSettings(judging="each"))


def made(
    server: FakeServer, contradicted_by: tuple[str, ...] = ()
) -> tuple[tuple[Dispute, ...], list[str]]:
    """The disputes, and why there is none."""
    found = judged(server, contradicted_by)
    return found.disputes, [row.reason for row in found.log.ledger if row.outcome == "rejected"]


@pytest.mark.parametrize("read", [(), (KNEES.id,), (KNEES.id, FARES.id)])
def test_a_denial_that_was_read_as_one_makes_a_dispute(
    server: FakeServer, read: tuple[str, ...]
) -> None:
    (dispute,), rejected = made(server, contradicted_by=read)
    assert [(pair.support, pair.denial) for pair in dispute.pairs] == [(PUMPS.id, KNEES.id)]
    assert rejected == []


def test_what_only_seemed_to_contradict_makes_no_dispute(server: FakeServer) -> None:
    disputes, rejected = made(server, contradicted_by=(FARES.id,))
    assert disputes == ()
    assert rejected == ["what seemed to contradict it is hardly a denial of it"]


def test_what_hardly_contradicts_makes_no_dispute(server: FakeServer) -> None:
    found = judged(server, (KNEES.id,), denial=0.24)
    assert found.disputes == ()
    *rows, rejected = found.log.ledger
    (denial,) = [row for row in rows if row.item == KNEES.id]
    assert denial.outcome == "kept"
    assert denial.reason.startswith("denial 0.4")
    assert rejected.reason == "what seemed to contradict it is hardly a denial of it"


def test_what_was_read_counts_for_something(server: FakeServer) -> None:
    (read,), _ = made(server, contradicted_by=(KNEES.id,))
    (unread,), _ = made(server)
    surer = [
        one.confidence > two.confidence
        for one, two in zip(_by_claim(read), _by_claim(unread), strict=True)
    ]
    assert surer == [one.id == KNEES.id for one in SAID]


def test_what_was_read_counts_for_more_where_its_words_reject(
    server: FakeServer,
) -> None:
    server.will_always(lambda _: sure("context", 0.4))

    def denial(text: str) -> float:
        said = [PUMPS, claim("2", text)]
        read = about(said, contradicted_by=("2",))
        with model_at(server) as llm:
            settings = CompareSettings(judging="each", abstain_below=0)
            placed = llm.run(aplace([read], said, llm=llm, settings=settings))
        return placed.assertions[0][1].probabilities.denial

    assert denial("It is untrue.") > denial("It is not untrue.")


def _by_claim(dispute: Dispute) -> list[Assertion]:
    return sorted(dispute.assertions, key=lambda one: one.claim_id)
