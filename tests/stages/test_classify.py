"""A dispute is made only where the stances bear out what the pair stage has read."""

import pytest

from claimcompare import Assertion, CompareSettings, Dispute, classify
from tests.llm.server import FakeServer, model_at
from tests.stages.test_placing import FARES, KNEES, PUMPS, SAID, SIDES, about, each, server

__all__ = ["server"]


def made(
    server: FakeServer, contradicted_by: tuple[str, ...] = ()
) -> tuple[tuple[Dispute, ...], list[str]]:
    """The disputes, and why there is none."""
    server.will_always(each(lambda text: SIDES[text]))
    with model_at(server) as llm:
        one = about(SAID, contradicted_by=contradicted_by)
        settings = CompareSettings(judging="each")
        found = classify([one], SAID, llm=llm, settings=settings)
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
    assert rejected == ["what seemed to contradict it is no denial of it"]


def test_what_was_read_counts_for_something(server: FakeServer) -> None:
    (read,), _ = made(server, contradicted_by=(KNEES.id,))
    (unread,), _ = made(server)
    surer = [
        one.confidence > two.confidence
        for one, two in zip(_by_claim(read), _by_claim(unread), strict=True)
    ]
    assert surer == [one.id == KNEES.id for one in SAID]


def _by_claim(dispute: Dispute) -> list[Assertion]:
    return sorted(dispute.assertions, key=lambda one: one.claim_id)
