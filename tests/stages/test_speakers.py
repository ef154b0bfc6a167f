"""Names become speakers: by a model where several may be one, by words where these tell."""

import asyncio
from typing import Any

from claimcompare import Claim, Event
from claimcompare.stages.flow import Count
from claimcompare.stages.protocols import Resolution
from claimcompare.stages.settings import CompareSettings
from claimcompare.stages.speakers import CodeResolver, ModelResolver
from tests.llm.server import Seen, fails
from tests.stages.events import COURIER, POST, asking, claim, event

DURBIN = [
    claim(1, "Dick Durbin", "It is late."),
    claim(2, "the mayor", "It is early."),
    claim(1, "Durbin", "It is late.", article=COURIER),
    claim(2, "Odrun Felk", "It is early.", article=COURIER),
    claim(3, None, "It is dark.", article=COURIER),
]


def by_code(*claims: Claim) -> Resolution:
    return asyncio.run(CodeResolver().resolve(Event(articles=(POST, COURIER), claims=claims)))


def by_model(answer: Any, *claims: Claim) -> tuple[Resolution, list[Seen]]:
    with asking(answer) as (llm, seen):
        resolver = ModelResolver(llm, CompareSettings(), Count("speakers", None))
        return llm.run(resolver.resolve(event(*claims))), seen


def names(found: Resolution) -> list[tuple[str, ...]]:
    return [speaker.names for speaker in found.speakers]


def test_one_name_that_holds_another_is_its_speaker() -> None:
    found = by_code(*DURBIN)
    assert names(found) == [("Dick Durbin", "Durbin"), ("the mayor",), ("Odrun Felk",)]
    assert [one.speaker_id for one in found.claims] == ["s1", "s2", "s1", "s3", None]
    assert [one.speaker for one in found.claims] == [one.speaker for one in DURBIN]


def test_a_name_that_two_hold_stays_alone() -> None:
    others = [claim(7, "Mary Durbin", "It is noon.")]
    assert ("Durbin",) in names(by_code(*DURBIN, *others))


def test_descriptions_of_two_articles_are_two() -> None:
    said = [claim(1, "a resident", "It shook."), claim(1, "a resident", "It did.", article=COURIER)]
    assert names(by_code(*said)) == [("a resident",), ("a resident",)]


def test_the_model_says_which_names_are_one() -> None:
    found, seen = by_model({"same": [[1, 3], [4, 2]]}, *DURBIN)
    assert names(found) == [("Dick Durbin", "Durbin"), ("Odrun Felk", "the mayor")]
    assert [one.speaker_id for one in found.claims] == ["s1", "s2", "s1", "s2", None]
    assert "[2] the mayor (Quay Post): " in seen[0].user
    assert len(seen) == 1


def test_numbers_of_nobody_and_taken_names_are_refused_and_told() -> None:
    found, _ = by_model({"same": [[1, 3], [3, 9]]}, *DURBIN)
    assert names(found)[0] == ("Dick Durbin", "Durbin")
    assert ("the mayor",) in names(found)
    assert [row.outcome for row in found.log.ledger] == ["kept", "refused"]


def test_names_stay_apart_where_the_call_fails() -> None:
    found, _ = by_model(fails(400, "no such model"), *DURBIN)
    assert len(found.speakers) == 4
    assert [row.outcome for row in found.log.ledger] == ["failed"]


def test_a_single_name_takes_no_call() -> None:
    found, seen = by_model({}, claim(1, "Ines Vale", "It is safe."))
    assert (names(found), seen) == ([("Ines Vale",)], [])


def test_relayers_are_speakers_too() -> None:
    found = by_code(claim(1, "Ines Vale", "It is safe.", via=("Tom Beck",)))
    assert names(found) == [("Ines Vale",), ("Tom Beck",)]
