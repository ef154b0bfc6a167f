"""Pairs: what a small model is asked, and what becomes of its answers."""

import json
import math
from collections.abc import Callable, Iterator

import pytest

from claimcompare.schema import Claim, Withdrawal
from claimcompare.small.pairer import PLACED, SmallPairer
from claimcompare.stages.flow import Count
from claimcompare.stages.protocols import Pairing
from claimcompare.stages.settings import CompareSettings
from tests.llm.server import FakeServer, Reply, Seen, fails, model_at, says
from tests.small.events import claim, event

DRY = claim("post:1", "Ann Roe", "Mayor Ann Roe said on Friday that the north quay was dry.")
LIE = claim("echo:1", "Tom Beck", "Councillor Tom Beck called it a lie that the quay was dry.")
WORDED = "The north quay is dry."


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    fake = FakeServer()
    try:
        yield fake
    finally:
        fake.close()


def stance(given: str, much: float = 0.95) -> Reply:
    odds = dict.fromkeys(("support", "denial", "context"), (1 - much) / 2) | {given: much}
    return says(given, logprobs={word: math.log(share) for word, share in odds.items()})


def is_question(seen: Seen) -> bool:
    """Whether a stance is asked for, not words."""
    return seen.user.endswith("\nStance:")


def contradicts(one: Claim, other: Claim, worded: str) -> Callable[[Seen], Reply]:
    """Finds that one claim denies another, and no other anything."""

    def script(seen: Seen) -> Reply:
        if not is_question(seen):
            return says(json.dumps({"claim": worded}))
        denies = seen.user == f"{one.speaker}: {one.text}\nProposition: {other.text}\nStance:"
        return stance("denial" if denies else "context")

    return script


def pair(server: FakeServer, *claims: Claim) -> Pairing:
    with model_at(server) as llm:
        made = SmallPairer(llm, CompareSettings(), Count("pair", None))
        return llm.run(made.pair(event(*claims)))


def test_a_denial_makes_a_proposition_of_what_it_denies(server: FakeServer) -> None:
    server.will_always(contradicts(LIE, DRY, WORDED))
    (found,) = pair(server, DRY, LIE).propositions
    assert (found.text, found.supported_by, found.denied_by) == (WORDED, (DRY.id,), (LIE.id,))


def test_the_claim_in_dispute_is_worded_once(server: FakeServer) -> None:
    server.will_always(contradicts(LIE, DRY, WORDED))
    pair(server, DRY, LIE)
    assert [seen.user for seen in server.seen if not is_question(seen)] == [f"Ann Roe: {DRY.text}"]


def test_a_claim_without_words_is_its_own_sentence(server: FakeServer) -> None:
    told = contradicts(LIE, DRY, WORDED)
    server.will_always(lambda seen: told(seen) if is_question(seen) else fails(400))
    (found,) = pair(server, DRY, LIE).propositions
    assert found.text == DRY.text


KAI = claim("blatt:1", "Jan Orr", "Der Kai von Dorran ist trocken, sagte Orr.")
NASS = claim("blatt:2", "Tom Beck", "Tom Beck nannte den Kai von Dorran nass.")


@pytest.mark.parametrize(
    ("one", "other", "much", "found"),
    [(LIE, DRY, 0.5, 1), (LIE, DRY, 0.95, 1), (NASS, KAI, 0.4, 0), (NASS, KAI, 0.95, 1)],
)
def test_what_its_words_do_not_bear_out_must_be_sure(
    server: FakeServer, one: Claim, other: Claim, much: float, found: int
) -> None:
    def script(seen: Seen) -> Reply:
        if not is_question(seen):
            return says(json.dumps({"claim": WORDED}))
        denies = seen.user.startswith("Tom") and other.text in seen.user
        return stance("denial" if denies else "context", much if denies else 0.95)

    server.will_always(script)
    others = [claim(f"blatt:{at}", "Eva Pohl", f"Am Kai {at} sind Eulen.") for at in range(3, 9)]
    assert len(pair(server, other, one, *others).propositions) == found


def test_an_answer_that_cannot_be_used_is_a_failed_row(server: FakeServer) -> None:
    server.will_always(fails(400))
    made = pair(server, KAI, NASS)
    assert made.propositions == ()
    assert {(row.item, row.outcome) for row in made.log.ledger} == {
        (KAI.id, "failed"),
        (NASS.id, "failed"),
    }


def test_a_loop_is_no_wording(server: FakeServer) -> None:
    server.will_always(contradicts(LIE, DRY, "The north quay is dry. " * 20))
    (found,) = pair(server, DRY, LIE).propositions
    assert found.text == DRY.text


def test_what_its_speaker_takes_back_is_withdrawn(server: FakeServer) -> None:
    back = claim("echo:2", "Ann Roe", "Ann Roe took back what she had said of the north quay.")
    server.will_always(contradicts(back, DRY, WORDED))
    (found,) = pair(server, DRY, back).propositions
    assert found.withdrawn == (Withdrawal(claim_id=DRY.id, withdrawn_by=back.id),)
    assert found.denied_by == ()


def test_nobody_takes_back_what_others_say(server: FakeServer) -> None:
    back = claim("echo:2", "Tom Beck", "Tom Beck took back that the north quay was dry.")
    server.will_always(contradicts(back, DRY, WORDED))
    (found,) = pair(server, DRY, back).propositions
    assert (found.withdrawn, found.denied_by) == ((), (back.id,))


def test_what_the_model_does_not_read_as_a_denial_is_not_taken_back(server: FakeServer) -> None:
    back = claim("echo:2", "Ann Roe", "Ann Roe took back what she had said of the north quay.")
    server.will_always(stance("support"))
    assert pair(server, DRY, back).propositions == ()


def test_the_nearest_claims_are_placed_too_and_no_more_than_are_held(server: FakeServer) -> None:
    near = [
        claim(
            f"post:{at}", "Una Brock", f"The north quay has stones of kind {chr(at)}, and is dry."
        )
        for at in range(ord("A"), ord("T"))
    ]
    server.will_always(contradicts(LIE, DRY, WORDED))
    (found,) = pair(server, DRY, LIE, *near).propositions
    assert len(found.claim_ids) == PLACED
    assert found.claim_ids[:2] == (DRY.id, LIE.id)


def test_every_claim_is_accounted_for(server: FakeServer) -> None:
    far = claim("post:7", "Una Brock", "Owls hoot.")
    server.will_always(contradicts(LIE, DRY, WORDED))
    rows = pair(server, DRY, LIE, far).log.ledger
    assert sorted(row.item for row in rows) == sorted(one.id for one in (DRY, LIE, far))
