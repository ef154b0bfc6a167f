"""`LLM.decide` and `LLM.adecide`: closed questions by whatever way an endpoint has."""

import asyncio
import logging

import pytest
from pydantic import ValidationError

from claimcompare.errors import LLMError, LLMUnavailable
from claimcompare.llm import LLM, Decisions, LLMSettings, Option, Question
from claimcompare.usage import Usage
from tests.llm.deciding import (
    CHAT,
    NOT_FOUND,
    OPENAI,
    SURE,
    SYSTEM_ONE,
    USED,
    are,
    by_path,
    errors,
    in_chat,
    in_openai_form,
    in_system_one_form,
    names,
    only,
    paths,
    question,
    questions,
    replies_with,
    supports,
)
from tests.llm.server import (
    HANG_UP,
    FakeServer,
    Reply,
    ballot,
    cost,
    fails,
    model_at,
    prompt,
)

NO_WAY = {
    "not found": NOT_FOUND,
    "forbidden": fails(403, "you may not"),
    "method": fails(405, "method not allowed"),
    "not implemented": fails(501, "not that model"),
    "no decision model": fails(400, "m is not a decision model"),
    "unsupported": fails(422, "decisions are not supported here"),
    "page": Reply(b"<html>welcome</html>", headers={"content-type": "text/html"}),
    "other form": replies_with("support"),
}
TRANSPORT = {"500": fails(500), "429": fails(429), "timeout": fails(408), "gone": HANG_UP}


def test_openais_form_is_asked_with_all_questions_at_once(server: FakeServer) -> None:
    llm = model_at(server.will_always(by_path(decisions=in_openai_form)), "gpt-x")
    found = llm.decide(prompt("Who won?"), questions(2))
    assert are(found, SURE)
    assert (len(found.answers), found.usage) == (2, USED)
    (request,) = server.seen
    choices = [
        {"value": "support", "description": "asserts it"},
        {"value": "denial", "description": "rejects it"},
        {"value": "context"},
    ]
    first = {"type": "choice", "name": "c1", "instructions": "How does c1 stand to it?"}
    assert request.path == OPENAI
    assert request.body["model"] == "gpt-x"
    assert request.body["input"] == "You know cities.\n\nWho won?"
    assert request.body["questions"][0] == {**first, "choices": choices}
    assert names(request) == ["c1", "c2"]


def test_system_ones_form_is_asked_where_openais_is_not_there(server: FakeServer) -> None:
    llm = model_at(server.will_always(by_path(systemone=in_system_one_form)), "laya")
    found = llm.decide(prompt("Who won?"), questions(2))
    assert are(found, SURE, label_mass=0.75)
    assert (len(found.answers), found.usage) == (2, USED)
    request = server.seen[1]
    criteria = {"support": "asserts it", "denial": "rejects it", "context": None}
    first = {"type": "choice", "instructions": "How does c1 stand to it?"}
    assert paths(server) == [OPENAI, SYSTEM_ONE]
    assert request.body["model"] == "laya"
    assert request.body["state"] == "You know cities.\n\nWho won?"
    assert request.body["questions"]["c1"] == {**first, "criteria": criteria}


def test_in_chat_each_question_stands_alone_after_the_state(server: FakeServer) -> None:
    llm = model_at(server.will_always(by_path(chat=in_chat)))
    found = llm.decide(prompt("Who won?"), questions(2))
    assert are(found, {"support": 0.75, "denial": 0.25, "context": 0}, label_mass=0.8)
    assert (len(found.answers), found.usage) == (2, cost(2))
    assert paths(server) == [OPENAI, SYSTEM_ONE, CHAT, CHAT]
    assert sorted(request.user for request in server.seen[2:]) == [
        f"Who won?\n\nHow does {name} stand to it?\n- support: asserts it\n- denial: rejects it\n"
        "- context\nAnswer with one of these words alone: support, denial, context."
        for name in ("c1", "c2")
    ]


def test_in_chat_without_logprobs_there_are_votes(server: FakeServer) -> None:
    server.will_always(by_path(chat=lambda _: ballot("denial")))
    found = model_at(server, logprobs=False, votes=3).decide(prompt(), [question()])
    (answer,) = found.answers
    assert (answer.probabilities["denial"], answer.label_mass) == (1, None)
    assert found.usage == cost(3)


@pytest.mark.parametrize("reply", NO_WAY.values(), ids=NO_WAY)
@pytest.mark.parametrize("first", [OPENAI, SYSTEM_ONE])
def test_a_way_that_is_none_is_asked_once(
    server: FakeServer, caplog: pytest.LogCaptureFixture, first: str, reply: Reply
) -> None:
    llm = model_at(server.will_always(by_path(**only(first, reply), chat=in_chat)))
    for _ in range(3):
        assert supports(llm.decide(prompt(), [question()])) == [pytest.approx(0.75)]
    assert paths(server) == [OPENAI, SYSTEM_ONE, CHAT, CHAT, CHAT]
    assert not [one for one in caplog.records if one.levelno >= logging.WARNING]


@pytest.mark.parametrize("first", [OPENAI, SYSTEM_ONE])
@pytest.mark.parametrize("failure", TRANSPORT.values(), ids=TRANSPORT)
def test_a_failure_on_the_way_is_no_word_on_what_there_is(
    server: FakeServer, failure: Reply, first: str
) -> None:
    llm = model_at(server.will_always(by_path(**only(first, failure), chat=in_chat)))
    with pytest.raises(LLMUnavailable):
        llm.decide(prompt(), [question()])
    assert paths(server)[-3:] == [first] * 3
    works = {"decisions": in_openai_form, "systemone": in_system_one_form}
    server.will_always(by_path(**works))
    assert errors(llm.decide(prompt(), [question()])) == [None]
    assert paths(server)[-1] == first


def test_a_failure_that_passes_is_none(server: FakeServer) -> None:
    replies = iter([fails(500), HANG_UP])
    server.will_always(by_path(decisions=lambda request: next(replies, in_openai_form(request))))
    llm = model_at(server)
    assert errors(llm.decide(prompt(), [question()])) == [None]
    assert paths(server) == [OPENAI] * 3


def test_where_openais_form_is_not_understood_the_other_is_asked(
    server: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    odd = fails(422, "questions.0.id: Field required")
    llm = model_at(server.will_always(by_path(decisions=odd, systemone=in_system_one_form)))
    for _ in range(2):
        assert errors(llm.decide(prompt(), [question()])) == [None]
    assert paths(server) == [OPENAI, SYSTEM_ONE, SYSTEM_ONE]
    (warning,) = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert "Field required" in warning.getMessage()


def test_an_answer_in_a_third_form_is_none(server: FakeServer) -> None:
    third = replies_with([{"id": "c1", "options": {"support": 1}}])
    server.will_always(by_path(decisions=third, systemone=in_system_one_form))
    assert errors(model_at(server).decide(prompt(), [question()])) == [None]
    assert paths(server) == [OPENAI, SYSTEM_ONE]


def test_an_unfit_request_is_an_error(server: FakeServer) -> None:
    server.will_always(by_path(systemone=fails(400, "criteria: odd"), chat=in_chat))
    with pytest.raises(LLMError, match="criteria: odd"):
        model_at(server).decide(prompt(), [question()])
    assert paths(server) == [OPENAI, SYSTEM_ONE]


@pytest.mark.parametrize("reply", [NO_WAY["not found"], NO_WAY["page"]])
def test_what_has_worked_is_not_left(server: FakeServer, reply: Reply) -> None:
    llm = model_at(server.will_always(by_path(decisions=in_openai_form, chat=in_chat)))
    llm.decide(prompt(), [question()])
    server.will_always(by_path(decisions=reply, chat=in_chat))
    with pytest.raises(LLMError):
        llm.decide(prompt(), [question()])
    assert paths(server) == [OPENAI, OPENAI]


@pytest.mark.parametrize(
    ("told", "path"), [("openai", OPENAI), ("systemone", SYSTEM_ONE), ("chat", CHAT)]
)
def test_a_setting_says_how_to_ask(server: FakeServer, told: str, path: str) -> None:
    works = {"decisions": in_openai_form, "systemone": in_system_one_form, "chat": in_chat}
    llm = model_at(server.will_always(by_path(**works)), decisions=told)
    assert errors(llm.decide(prompt(), [question()])) == [None]
    assert paths(server) == [path]


@pytest.mark.parametrize("told", ["openai", "systemone"])
def test_where_a_setting_says_how_nothing_else_is_tried(server: FakeServer, told: str) -> None:
    llm = model_at(server.will_always(by_path(chat=in_chat)), decisions=told)
    with pytest.raises(LLMError, match="no such route"):
        llm.decide(prompt(), [question()])
    assert len(server.seen) == 1


def test_the_embedded_model_is_asked_in_chat_alone(server: FakeServer) -> None:
    local = LLM("local", settings=LLMSettings(cache=False))
    local._gateway._connections._embedded = False
    local._gateway._connections._given = model_at(server)._gateway._connections._given
    server.will_always(by_path(chat=in_chat))
    with local:
        assert errors(local.decide(prompt(), [question()])) == [None]
    assert paths(server) == [CHAT]


def test_many_calls_at_once_find_out_once(server: FakeServer) -> None:
    llm = model_at(server.will_always(by_path(chat=in_chat)))

    async def six() -> list[Decisions]:
        asked = (llm.adecide(prompt(str(number)), [question()]) for number in range(6))
        return await asyncio.gather(*asked)

    assert len(llm.run(six())) == 6
    assert sorted(paths(server)) == sorted([OPENAI, SYSTEM_ONE, *[CHAT] * 6])


def test_nothing_asked_is_nothing_sent(llm: LLM, server: FakeServer) -> None:
    assert llm.decide(prompt(), []) == Decisions((), Usage())
    assert not server.seen


def test_two_questions_of_one_name_are_refused(llm: LLM, server: FakeServer) -> None:
    with pytest.raises(ValueError, match="same name"):
        llm.decide(prompt(), [question(), question()])
    assert not server.seen


@pytest.mark.parametrize("values", [("yes",), ("support", "Sure"), ("", "denial")])
def test_options_differ_in_their_first_letters(values: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError):
        Question(name="c", instructions="?", options=tuple(map(Option, values)))
