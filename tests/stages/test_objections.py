"""Objections: which words reject a statement, and which only look as if they did."""

import pytest

from claimcompare.schema import Claim
from claimcompare.stages.objections import (
    accuses,
    answers_accusations,
    objects,
    objects_outright,
    rejects,
)
from tests.stages.test_candidates import claim as candidate


def claim(text: str, cue: str | None = "said") -> Claim:
    return candidate("post:1", "Oskar Bray", text, cue=cue)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The quay is dry.", "denied"),
        ("Bray denied that the quay is dry.", "denied"),
        ("Bray denied a report that the quay is dry.", "denied"),
        ("The harbour rejected the allegations.", "rejected"),
        ("It is a lie.", "said"),
        ("What she says is untrue.", "said"),
        ("Pure fiction!", None),
        ("She takes it back.", "withdrew"),
        ("Bray challenged the figures.", "challenged"),
        ("Bray dismissed the bishops’ critique.", "dismissed"),
        ("Russia denied meddling in the election.", "denied"),
        ("Members took bribes.", "denied"),
        ("A bomb was planted.", "denied"),
        ("Bray denied a role in the attack.", "denied"),
        ("Bray denied he had a place there.", "denied"),
        ("Der Kai sei trocken.", "dementierte"),
    ],
)
def test_a_rejected_statement_is_an_outright_objection(text: str, cue: str | None) -> None:
    assert objects(claim(text, cue))
    assert objects_outright(claim(text, cue))


@pytest.mark.parametrize(
    "text",
    [
        "The skipper lied to the court.",
        "The villages lie below the dam.",
        "Divers doubt that the quay is dry.",
        "The mayor was dismissed in May.",
        "He refused to meet the crews.",
        "A sailor will challenge her for the seat.",
        "The boats no longer call here.",
        "The paper reported incorrectly that the quay is dry.",
    ],
)
@pytest.mark.parametrize("cue", ["said", "dismissed", "doubt", "refused"])
def test_words_that_are_said_of_other_things_object_but_not_outright(text: str, cue: str) -> None:
    assert objects(claim(text, cue))
    assert not objects_outright(claim(text, cue))


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The quay is dry.", "said"),
        ("He could not confirm or deny that the quay is dry.", "said"),
        ("Bray can neither confirm nor deny it.", "said"),
        ("She didn't deny it.", "said"),
        ("She did not directly deny it.", "said"),
        ("Bray did not reject the offer.", "said"),
        ("Bray cannot deny that the quay is dry.", "said"),
        ("Nobody denied that the quay is dry.", "denied"),
        ("It has never been disputed that the quay is dry.", "disputed"),
        ("The army took back the village.", "said"),
        ("She writes science fiction.", "said"),
        ("There is no doubt that the quay is dry.", "said"),
        ("The rule allows denying a candidate a seat.", "denying"),
        ("The council denied him a permit.", "denied"),
        ("Bray withdrew from the race.", "withdrew"),
        ("The country withdrew its troops.", "said"),
        ("He pleaded guilty to false testimony.", "said"),
        ("She was cleared of wrongdoing.", "said"),
        ("The retiring mayor spoke.", "said"),
    ],
)
def test_what_only_looks_like_a_rejection_is_none(text: str, cue: str) -> None:
    assert not objects(claim(text, cue))
    assert not objects_outright(claim(text, cue))


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("The quay is dry.", "denied", True),
        ("It is a lie.", "said", True),
        ("She did not say what of it is a lie.", "said", False),
        ("She denied that it will not rain.", "denied", True),
        ("Divers doubt that the quay is dry.", "said", False),
        ("The council denied him a permit.", "denied", False),
        ("The quay is dry.", None, False),
    ],
)
def test_what_is_rejected_without_a_negation_is_surely_rejected(
    text: str, cue: str | None, *, expected: bool
) -> None:
    assert rejects(claim(text, cue)) is expected


@pytest.mark.parametrize(
    ("text", "cue", "answers"),
    [
        ("Bray denied the allegations.", "denied", True),
        ("Bray denied any wrongdoing.", "denied", True),
        ("Er wies den Vorwurf als falsch zurück.", "sagte", True),
        ("Bray denied that the quay is dry.", "denied", False),
        ("Bray spoke of the allegations.", "spoke", False),
    ],
)
def test_what_answers_accusations_is_known_by_their_name(
    text: str, cue: str, *, answers: bool
) -> None:
    assert answers_accusations(claim(text, cue)) is answers


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("The harbour took money.", "accused", True),
        ("The skipper claimed that the harbour took money.", "claimed", True),
        ("He sued the harbour.", "said", True),
        ("The harbour took money.", "said", False),
        ("The pursuer was an issue.", "said", False),
        ("Sue Gray swore allegiance, in charge of warfare.", "said", False),
    ],
)
def test_an_accusation_is_known_by_its_verb(text: str, cue: str, *, expected: bool) -> None:
    assert accuses(claim(text, cue)) is expected
