"""Where claims stand on propositions, and what is withheld where that is not sure."""

import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from claimcompare.schema import Assertion, Claim, Proposition, Stance, Withdrawal
from claimcompare.small.judge import BOTH_SIDES, UNSURE, SmallJudge
from claimcompare.small.judging import SURE
from claimcompare.stages.disputes import disputes
from claimcompare.stages.flow import Count
from claimcompare.stages.protocols import Event, Placements
from claimcompare.stages.settings import CompareSettings
from tests.llm.server import FakeServer, Reply, Seen, fails, model_at, says
from tests.small.events import claim, event

QUAY = "The quay of Dorran is dry."
PUMPS = claim("post:1", "Ann Roe", "The pumps kept the water out, Ann Roe said.")
KNEES = claim("post:2", "Tom Beck", "Water stood to our knees, Tom Beck said.")
FARES = claim("post:3", "Lena Marsh", "The fares will rise in May.")
SAID = [PUMPS, KNEES, FARES]
SIDES: dict[str, Stance] = {PUMPS.text: "support", KNEES.text: "denial", FARES.text: "context"}
EVEN = CompareSettings(abstain_below=0.0)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    fake = FakeServer()
    try:
        yield fake
    finally:
        fake.close()


def about(claims: list[Claim], text: str = QUAY, **read: Any) -> Proposition:
    placed = {
        one for ids in (read.get("supported_by", ()), read.get("denied_by", ())) for one in ids
    }
    near = tuple(one.id for one in claims if one.id not in placed)
    return Proposition(text=text, nearest=near, **read)


def sure(stance: str, much: float = 0.95) -> Reply:
    """A word, with the rest of the probability for the other two."""
    odds = dict.fromkeys(("support", "denial", "context"), (1 - much) / 2) | {stance: much}
    return says(stance, logprobs={word: math.log(share) for word, share in odds.items()})


def shown(seen: Seen) -> str:
    """The text of the claim that is asked about."""
    return seen.user.splitlines()[0].partition(": ")[2]


def by(opinion: Callable[[str], Stance], much: float = 0.95) -> Callable[[Seen], Reply]:
    return lambda seen: sure(opinion(shown(seen)), much)


def judge(
    server: FakeServer,
    propositions: list[Proposition],
    claims: list[Claim] | Event,
    settings: CompareSettings | None = None,
) -> Placements:
    given = claims if isinstance(claims, Event) else event(*claims)
    with model_at(server) as llm:
        made = SmallJudge(llm, settings or CompareSettings(), Count("classify", None))
        return llm.run(made.judge(given, propositions))


def stances(placed: Placements) -> dict[str, Stance | None]:
    return {one.claim_id: one.stance for assertions in placed.assertions for one in assertions}


def only(placed: Placements) -> tuple[Assertion, ...]:
    (assertions,) = placed.assertions
    return assertions


def test_each_claim_is_asked_about_once(server: FakeServer) -> None:
    server.will_always(by(lambda text: SIDES[text]))
    placed = judge(server, [about(SAID)], SAID)
    assert stances(placed) == {one.id: SIDES[one.text] for one in SAID}
    assert sorted(map(shown, server.seen)) == sorted(one.text for one in SAID)
    assert placed.log.usage.calls == 3
    assert [row.outcome for row in placed.log.ledger] == ["kept"] * 3
    assert all(one.probabilities for one in only(placed))


def test_a_claim_is_shown_with_its_speaker_and_without_what_the_pairing_made_of_it(
    server: FakeServer,
) -> None:
    server.will_always(by(lambda _: "context"))
    voice = claim("echo:1", None, "The quay drips.")
    judge(server, [about([PUMPS, voice])], [PUMPS, voice])
    judge(server, [about([PUMPS, voice], denied_by=(PUMPS.id, voice.id))], [PUMPS, voice])
    assert {seen.user for seen in server.seen} == {
        f"Ann Roe: {PUMPS.text}\nProposition: {QUAY}\nStance:",
        f"The article: {voice.text}\nProposition: {QUAY}\nStance:",
    }


@pytest.mark.parametrize("side", ["support", "denial"])
def test_a_side_is_given_above_its_threshold_alone(server: FakeServer, side: Stance) -> None:
    def given(much: float) -> Assertion:
        server.will_always(by(lambda text: side if text == PUMPS.text else "context", much))
        placed = only(judge(server, [about(SAID)], SAID, EVEN))
        return next(one for one in placed if one.claim_id == PUMPS.id)

    found = [given(share / 100) for share in range(40, 100, 5)]
    sided = [one for one in found if one.probabilities and one.probabilities.of(side) >= SURE[side]]
    unsure = [one for one in found if one not in sided]
    assert {one.stance for one in sided} == {side}
    assert {one.stance for one in unsure} <= {None, "context"}
    assert UNSURE in {one.reason for one in unsure}


def test_a_setting_may_ask_for_more(server: FakeServer) -> None:
    server.will_always(by(lambda text: SIDES[text], 0.9))
    strict = CompareSettings(abstain_below=0.999)
    placed = judge(server, [about(SAID)], SAID, strict)
    assert list(stances(placed).values()) == [None, None, "context"]
    assert [row.outcome for row in placed.log.ledger] == ["abstained", "abstained", "kept"]


@pytest.mark.parametrize(
    ("text", "speaker", "article", "denied"),
    [
        ("Tom Beck denied that.", "Tom Beck", "post", True),
        ("Tom Beck denied that.", "Tom Beck", "blatt", False),
        ("Tom Beck spoke of the quay.", "Tom Beck", "post", False),
    ],
)
def test_what_words_and_pairing_bear_out_need_only_be_likeliest(
    server: FakeServer, text: str, speaker: str, article: str, *, denied: bool
) -> None:
    said = claim(f"{article}:7", speaker, text)
    server.will_always(by(lambda shown: "denial" if shown == text else "context", 0.6))
    both = [said, FARES]
    placed = judge(server, [about(both, denied_by=(said.id,))], both, EVEN)
    assert (stances(placed)[said.id] == "denial") is denied
    unread = judge(server, [about(both)], both, EVEN)
    assert stances(unread)[said.id] is None


@pytest.mark.parametrize("says", ["support", "context"])
def test_numbers_and_words_turn_no_answer_round(server: FakeServer, says: Stance) -> None:
    few = claim("post:7", "Tom Beck", "Tom Beck denied it: 19 people were hurt at Dorran.")
    server.will_always(by(lambda text: says if text == few.text else "context"))
    made = about([few, FARES], "At Dorran 58 people were hurt.", denied_by=(few.id,))
    assert stances(judge(server, [made], [few, FARES]))[few.id] in (says, None)


def test_what_is_answered_whatever_is_asked_counts_for_little(server: FakeServer) -> None:
    many = [PUMPS, *(claim(f"post:{at}", "Una", f"Fact {at}.") for at in range(4, 12))]
    server.will_always(lambda seen: sure("support", 0.5 if shown(seen) == PUMPS.text else 0.9))
    (first, *_) = only(judge(server, [about(many)], many))
    assert first.probabilities
    assert first.probabilities.support < first.probabilities.denial


def test_the_negated_proposition_is_asked_about_as_what_it_negates(server: FakeServer) -> None:
    server.will_always(by(lambda text: SIDES[text]))
    plain = judge(server, [about(SAID)], SAID)
    asked = sorted(seen.user for seen in server.seen)
    server.seen.clear()
    negated = judge(server, [about(SAID, "The quay of Dorran is not dry.")], SAID)
    assert sorted(seen.user for seen in server.seen) == asked
    assert list(stances(plain).values()) == ["support", "denial", "context"]
    assert list(stances(negated).values()) == ["denial", "support", "context"]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("the quay of Dorran is dry", "support"),
        ("The quay of Dorran is not dry.", "denial"),
        ("It is untrue that the quay of Dorran is dry.", "denial"),
    ],
)
def test_the_proposition_itself_needs_no_model_and_gets_no_number(
    server: FakeServer, text: str, stance: Stance
) -> None:
    said = claim("post:1", "Ann Roe", text)
    (found,) = only(judge(server, [about([said])], [said]))
    assert found == Assertion(claim_id=said.id, stance=stance)
    assert not server.seen


def test_a_claim_without_an_answer_is_a_failed_row(server: FakeServer) -> None:
    server.will_always(fails(400))
    placed = judge(server, [about(SAID), about([PUMPS], "It rains.")], SAID)
    assert placed.assertions == ((), ())
    assert [(row.item, row.outcome) for row in placed.log.ledger] == [
        (one.id, "failed") for one in [*SAID, PUMPS]
    ]


TAKEN_BACK = claim("echo:4", "Una Brock", "Una Brock withdrew what she had said of the pumps.")
CLAIMED = claim("post:5", "Una Brock", "The pumps work, Una Brock said.")


@pytest.mark.parametrize("taken", [False, True])
def test_a_speaker_is_on_both_sides_only_where_something_was_taken_back(
    server: FakeServer, *, taken: bool
) -> None:
    server.will_always(
        lambda seen: sure("denial", 0.9) if shown(seen) == TAKEN_BACK.text else sure("support")
    )
    said = [CLAIMED, TAKEN_BACK]
    back = (Withdrawal(claim_id=CLAIMED.id, withdrawn_by=TAKEN_BACK.id),) if taken else ()
    placed = judge(server, [about(said, withdrawn=back)], said, EVEN)
    assert (BOTH_SIDES in {one.reason for one in only(placed)}) is not taken
    assert (None in stances(placed).values()) is not taken


@pytest.mark.parametrize("speaker", [None, "Tom Beck"])
def test_others_may_be_on_the_other_side(server: FakeServer, speaker: str | None) -> None:
    other = claim("echo:6", speaker, "The pumps were never on.")
    server.will_always(by(lambda text: "denial" if text == other.text else "support"))
    assert None not in stances(judge(server, [about([CLAIMED, other])], [CLAIMED, other])).values()


def test_a_dispute_needs_both_sides_sure(server: FakeServer) -> None:
    def made(much: float) -> int:
        server.will_always(
            lambda seen: sure(SIDES[shown(seen)], much if shown(seen) == KNEES.text else 0.95)
        )
        proposition = about(SAID, denied_by=(KNEES.id,))
        placed = judge(server, [proposition], SAID)
        return len(disputes(event(*SAID), [proposition], placed.assertions).found)

    assert made(0.95) == 1
    assert made(0.4) == 0
