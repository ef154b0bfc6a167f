"""Where claims stand on propositions, and what is withheld where the answers are at odds."""

import json
import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from claimcompare import Claim, CompareSettings, Proposition, Span, Stance
from claimcompare.stages import consistency, judging_together, placing
from claimcompare.stages.placing import Placements, aplace
from tests.llm.server import FakeServer, Reply, Seen, fails, model_at, says

EACH, TOGETHER = CompareSettings(judging="each"), CompareSettings(judging="together")
QUAY = "The quay of Dorran is dry."
Opinion = Callable[[str, str], Stance]
Odds = dict[str, float]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    fake = FakeServer()
    try:
        yield fake
    finally:
        fake.close()


def claim(claim_id: str, text: str, speaker: str | None = None, cue: str = "said") -> Claim:
    return Claim(
        id=claim_id,
        article_id="post",
        speaker=speaker or f"Speaker {claim_id}",
        cue=cue,
        text=text,
        evidence=(Span(start=0, end=len(text), text=text),),
    )


PUMPS = claim("1", "The pumps kept the water out.")
KNEES = claim("2", "Water stood to our knees.")
FARES = claim("3", "The fares will rise in May.")
SAID = [PUMPS, KNEES, FARES]
SIDES: dict[str, Stance] = {PUMPS.text: "support", KNEES.text: "denial", FARES.text: "context"}


def about(claims: list[Claim], text: str = QUAY, **read: tuple[str, ...]) -> Proposition:
    sides = {"asserted_by": (), "contradicted_by": ()} | read
    return Proposition(text=text, claim_ids=tuple(one.id for one in claims), **sides)


def sure(stance: str, much: float = 0.9) -> Reply:
    """A word, with the rest of the probability for the other two."""
    odds = dict.fromkeys(("support", "denial", "context"), (1 - much) / 2) | {stance: much}
    return says(stance, logprobs={word: math.log(share) for word, share in odds.items()})


def claim_in(user: str) -> str:
    return next(line for line in user.splitlines() if " said: " in line).partition(" said: ")[2]


def each(opinion: Callable[[str], Stance]) -> Callable[[Seen], Reply]:
    return lambda seen: sure(opinion(claim_in(seen.user)))


def sure_by(shares: dict[str, float]) -> Callable[[Seen], Reply]:
    """Each claim's side, as sure as told."""
    return lambda seen: sure(SIDES[claim_in(seen.user)], shares[claim_in(seen.user)])


def shown(user: str) -> list[str]:
    """The texts of the numbered claims."""
    rows = [line for line in user.splitlines() if line.startswith("[")]
    return [row.partition(": ")[2] for row in rows]


def together(opinion: Callable[[str, Seen], Stance]) -> Callable[[Seen], Reply]:
    def script(seen: Seen) -> Reply:
        stances = [opinion(text, seen) for text in shown(seen.user)]
        return says(json.dumps({str(at): one for at, one in enumerate(stances, start=1)}))

    return script


def no_side(_text: str, _seen: Seen) -> Stance:
    return "context"


def is_negated(seen: Seen) -> bool:
    return "not true" in seen.user


def turned(stance: Stance) -> Stance:
    return {"support": "denial", "denial": "support"}.get(stance, stance)  # type: ignore[return-value]


def place(
    server: FakeServer,
    propositions: list[Proposition],
    claims: list[Claim],
    settings: CompareSettings,
) -> Placements:
    with model_at(server) as llm:
        return llm.run(aplace(propositions, claims, llm=llm, settings=settings))


def stances(placed: Placements) -> list[Stance | None]:
    return [one.stance for assertions in placed.assertions for one in assertions]


def reasons(placed: Placements) -> list[str | None]:
    return [one.reason for assertions in placed.assertions for one in assertions]


def test_each_claim_is_asked_about_once(server: FakeServer) -> None:
    server.will_always(each(lambda text: SIDES[text]))
    placed = place(server, [about(SAID)], SAID, EACH)
    assert stances(placed) == ["support", "denial", "context"]
    assert sorted(claim_in(seen.user) for seen in server.seen) == sorted(one.text for one in SAID)
    assert placed.log.usage.calls == 3
    assert [row.outcome for row in placed.log.ledger] == ["kept"] * 3


def test_what_is_not_sure_enough_is_withheld(server: FakeServer) -> None:
    shares = {PUMPS.text: 0.4, KNEES.text: 0.9, FARES.text: 0.9}
    server.will_always(sure_by(shares))
    settings = CompareSettings(judging="each", abstain_below=0.6)
    placed = place(server, [about(SAID)], SAID, settings)
    assert stances(placed) == [None, "denial", "context"]
    assert reasons(placed) == [placing.UNSURE, None, None]
    assert placed.log.ledger[0].outcome == "abstained"
    assert placing.UNSURE in placed.log.ledger[0].reason


def test_context_takes_no_side_and_need_not_be_sure(server: FakeServer) -> None:
    shares = {PUMPS.text: 0.9, KNEES.text: 0.9, FARES.text: 0.4}
    server.will_always(sure_by(shares))
    settings = CompareSettings(judging="each", abstain_below=0.9)
    placed = place(server, [about(SAID)], SAID, settings)
    assert stances(placed) == [None, None, "context"]
    assert placed.assertions[0][2].confidence < 0.9


def test_a_claim_on_the_matter_is_less_likely_context_unless_it_calls_it_a_lie(
    server: FakeServer,
) -> None:
    said = [
        claim("1", "Dorran has a dry quay since the spring."),
        claim("2", "Fares rose."),
        claim("3", "It is a lie."),
    ]
    server.will_always(lambda _: sure("support", 1 / 3))
    (near, far, denial) = place(server, [about(said)], said, EACH).assertions[0]
    assert near.probabilities.context < denial.probabilities.context < far.probabilities.context
    assert denial.probabilities.context == pytest.approx(1 / 3, abs=1e-3)


def test_what_is_answered_whatever_is_asked_counts_for_little(server: FakeServer) -> None:
    shares = {one.text: 0.9 for one in SAID} | {KNEES.text: 0.5}
    server.will_always(lambda seen: sure("support", shares[claim_in(seen.user)]))
    many = [*SAID, *(claim(str(at), f"Fact {at}.") for at in range(4, 12))]
    shares |= {one.text: 0.9 for one in many[3:]}
    placed = place(server, [about(many)], many, EACH)
    (assertions,) = placed.assertions
    assert assertions[1].probabilities.support < assertions[1].probabilities.denial


@pytest.mark.parametrize("settings", [EACH, TOGETHER], ids=["each", "together"])
def test_the_negated_proposition_is_asked_about_as_what_it_negates(
    server: FakeServer, settings: CompareSettings
) -> None:
    def script(seen: Seen) -> Reply:
        if settings is EACH:
            return each(lambda text: SIDES[text])(seen)
        return together(
            lambda text, seen: turned(SIDES[text]) if is_negated(seen) else SIDES[text]
        )(seen)

    server.will_always(script)
    plain = place(server, [about(SAID)], SAID, settings)
    asked = sorted(seen.user for seen in server.seen)
    server.seen.clear()
    negated = place(server, [about(SAID, "The quay of Dorran is not dry.")], SAID, settings)
    assert sorted(seen.user for seen in server.seen) == asked
    assert stances(plain) == ["support", "denial", "context"]
    assert stances(negated) == ["denial", "support", "context"]
    swapped = [
        (one.probabilities.support, one.probabilities.denial) for one in negated.assertions[0]
    ]
    assert swapped == [
        (one.probabilities.denial, one.probabilities.support) for one in plain.assertions[0]
    ]


@pytest.mark.parametrize("settings", [EACH, TOGETHER], ids=["each", "together"])
@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("the quay of Dorran is dry", "support"),
        ("The quay of Dorran is not dry.", "denial"),
        ("It is untrue that the quay of Dorran is dry.", "denial"),
    ],
)
def test_the_proposition_itself_and_its_negation_need_no_model(
    server: FakeServer, text: str, stance: Stance, settings: CompareSettings
) -> None:
    said = claim("1", text)
    placed = place(server, [about([said])], [said], settings)
    assert stances(placed) == [stance]
    negated = place(server, [about([said], "The quay of Dorran isn't dry.")], [said], settings)
    assert stances(negated) == [turned(stance)]
    assert not server.seen


@pytest.mark.parametrize("settings", [EACH, TOGETHER], ids=["each", "together"])
def test_a_claim_without_an_answer_is_a_failed_row(
    server: FakeServer, settings: CompareSettings
) -> None:
    server.will_always(fails(400))
    placed = place(server, [about(SAID)], SAID, settings)
    assert placed.assertions == ((),)
    assert [(row.item, row.outcome) for row in placed.log.ledger] == [
        (one.id, "failed") for one in SAID
    ]


TAKEN_BACK = claim("4", "She withdrew what she had said of the pumps.", "Una Brock", "withdrew")
CLAIMED = claim("5", "The pumps work.", "Una Brock")


@pytest.mark.parametrize(
    ("read", "expected"),
    [({}, ["support", None]), ({"contradicted_by": (TAKEN_BACK.id,)}, ["support", "denial"])],
)
def test_a_speaker_is_on_both_sides_only_where_something_was_taken_back(
    server: FakeServer, read: Any, expected: list[Stance | None]
) -> None:
    server.will_always(each(lambda text: "denial" if text == TAKEN_BACK.text else "support"))
    said = [CLAIMED, TAKEN_BACK, PUMPS]
    sides = about(said, "The pumps at Dorran do their work.", asserted_by=(CLAIMED.id,), **read)
    placed = place(server, [sides], said, EACH)
    assert stances(placed)[:2] == expected
    if expected[1] is None:
        assert consistency.BOTH_SIDES in reasons(placed)


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("The pumps at Dorran do not do their work.", True),
        ("Strand lied about the pumps.", False),
        ("Nobody came to the quay.", False),
    ],
)
def test_a_speaker_unsays_what_was_said_in_its_words_alone(
    server: FakeServer, text: str, *, both: bool
) -> None:
    again = claim("6", text, "Una Brock")
    server.will_always(each(lambda shown: "support" if shown == CLAIMED.text else "denial"))
    read: Any = {"asserted_by": (CLAIMED.id,), "contradicted_by": (again.id,)}
    sides = about([CLAIMED, again], "The pumps at Dorran do their work.", **read)
    placed = place(server, [sides], [CLAIMED, again], EACH)
    assert stances(placed) == ["support", "denial" if both else None]


@pytest.mark.parametrize(
    ("speaker", "again", "both"),
    [
        ("Una Brock", "Una Brock", False),
        ("Rep. Una Brock", "Mayor Una Brock", False),
        ("Una Brock", "Milo Brock", True),
        ("Una Brock", "Ms. Brock", False),
        ("the keeper", "the keeper", True),
        (None, None, True),
    ],
)
def test_a_name_is_one_speaker_in_all_articles(
    server: FakeServer, speaker: str | None, again: str | None, *, both: bool
) -> None:
    here = PUMPS.model_copy(update={"speaker": speaker})
    there = KNEES.model_copy(update={"speaker": again, "article_id": "echo"})
    server.will_always(lambda seen: sure("support" if PUMPS.text in seen.user else "denial"))
    placed = place(server, [about([here, there])], [here, there], EACH)
    assert (None not in stances(placed)) is both


def test_three_ballots_judge_all_claims_about_a_proposition(server: FakeServer) -> None:
    server.will_always(
        together(lambda text, seen: turned(SIDES[text]) if is_negated(seen) else SIDES[text])
    )
    placed = place(server, [about(SAID), about(SAID, "Dorran flooded.")], SAID, TOGETHER)
    assert stances(placed) == ["support", "denial", "context"] * 2
    assert placed.log.usage.calls == len(server.seen) == 6
    orders = [shown(seen.user) for seen in server.seen]
    assert orders.count([one.text for one in SAID]) == 4
    assert orders.count([one.text for one in SAID[::-1]]) == 2


def test_no_call_holds_too_many_claims(server: FakeServer) -> None:
    said = [claim(str(at), f"Fact {at}.") for at in range(judging_together.MOST_AT_ONCE + 1)]
    server.will_always(together(no_side))
    placed = place(server, [about(said)], said, TOGETHER)
    assert stances(placed) == ["context"] * len(said)
    assert sorted({len(shown(seen.user)) for seen in server.seen}) == [1, len(said) - 1]


@pytest.mark.parametrize(
    ("wavers", "reason"),
    [
        (lambda seen: shown(seen.user)[0] != PUMPS.text, judging_together.ORDER),
        (is_negated, judging_together.NEGATION),
    ],
)
def test_ballots_at_odds_are_an_abstention_that_says_which(
    server: FakeServer, wavers: Callable[[Seen], bool], reason: str
) -> None:
    def opinion(text: str, seen: Seen) -> Stance:
        stance = turned(SIDES[text]) if is_negated(seen) else SIDES[text]
        return turned(stance) if text == PUMPS.text and wavers(seen) else stance

    server.will_always(together(opinion))
    placed = place(server, [about(SAID)], SAID, TOGETHER)
    assert stances(placed) == [None, "denial", "context"]
    assert reasons(placed) == [reason, None, None]


@pytest.mark.parametrize(("model", "calls"), [("tiny-1b", 4), ("vast-400b", 3)])
def test_small_models_are_asked_about_each_claim_and_large_ones_about_all(
    server: FakeServer, model: str, calls: int
) -> None:
    def script(seen: Seen) -> Reply:
        if model == "tiny-1b":
            return sure("context")
        return together(no_side)(seen)

    server.will_always(script)
    said = [*SAID, claim("4", "The tide is out.")]
    with model_at(server, model) as llm:
        placed = llm.run(aplace([about(said)], said, llm=llm))
    assert placed.log.usage.calls == calls
