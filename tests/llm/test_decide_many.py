"""Many questions in few requests, long states, and questions in chat."""

import pytest

from claimcompare.errors import BudgetExceeded, LLMError, LLMOutputError
from tests.llm.deciding import (
    MEASURED,
    NOT_FOUND,
    OPENAI,
    SYSTEM_ONE,
    USED,
    asked_in_order,
    at_most,
    by_path,
    errors,
    in_chat,
    in_openai_form,
    in_system_one_form,
    listed,
    mapped,
    only,
    paths,
    question,
    questions,
    replies_with,
    sizes,
)
from tests.llm.server import (
    FakeServer,
    Reply,
    Seen,
    cost,
    fails,
    model_at,
    prompt,
    says,
)

TOO_MANY = {
    "400": fails(400, "Too many questions: at most 3"),
    "422": fails(422, "questions: List should have at most 3 items"),
    "413": fails(413, "the number of questions exceeds the limit"),
}


def test_at_most_200_questions_go_in_a_request(server: FakeServer) -> None:
    server.will_always(by_path(decisions=in_openai_form))
    found = model_at(server).decide(prompt(), questions(450))
    assert len(found.answers) == 450
    assert found.usage.calls == 3
    assert sizes(server.seen) == [200, 200, 50]
    assert asked_in_order(server.seen) == [one.name for one in questions(450)]


@pytest.mark.parametrize("complaint", TOO_MANY.values(), ids=TOO_MANY)
@pytest.mark.parametrize("told", ["auto", "systemone"])
def test_too_many_questions_are_halved_and_the_limit_is_remembered(
    server: FakeServer, told: str, complaint: Reply
) -> None:
    works = at_most(3, in_system_one_form, complaint)
    server.will_always(by_path(decisions=NOT_FOUND, systemone=works))
    llm = model_at(server, decisions=told)
    assert errors(llm.decide(prompt(), questions(10))) == [None] * 10
    seen = [request for request in server.seen if request.path == SYSTEM_ONE]
    assert sizes(seen) == [10, 5, 3, 3, 3, 1]
    assert asked_in_order(seen[2:]) == [one.name for one in questions(10)]
    server.seen.clear()
    llm.decide(prompt(), questions(6))
    assert sizes(server.seen) == [3, 3]


def test_too_many_questions_are_halved_in_openais_form(server: FakeServer) -> None:
    server.will_always(by_path(decisions=at_most(3, in_openai_form, TOO_MANY["400"])))
    assert errors(model_at(server).decide(prompt(), questions(4))) == [None] * 4
    assert sizes(server.seen) == [4, 2, 2]


def test_one_question_that_is_too_many_is_an_error(server: FakeServer) -> None:
    server.will_always(by_path(systemone=TOO_MANY["400"], chat=in_chat))
    with pytest.raises(LLMError, match="Too many"):
        model_at(server, decisions="systemone").decide(prompt(), questions(2))
    assert sizes(server.seen) == [2, 1]


def test_what_was_paid_before_a_failure_is_told(server: FakeServer) -> None:
    replies = iter([in_openai_form])

    def once(request: Seen) -> Reply:
        return next(replies, lambda _: fails(401, "no more"))(request)

    llm = model_at(server.will_always(by_path(decisions=once)))
    with pytest.raises(LLMError, match="no more") as caught:
        llm.decide(prompt(), questions(201))
    assert caught.value.usage == llm.spent == USED


@pytest.mark.parametrize("path", [OPENAI, SYSTEM_ONE])
def test_a_state_of_which_less_was_read_is_an_error(server: FakeServer, path: str) -> None:
    used = {"input_tokens": 100, "output_tokens": 0}
    answers = [listed()] if path == OPENAI else {"c1": mapped()}
    server.will_always(by_path(**only(path, replies_with(answers, used)), chat=in_chat))
    llm = model_at(server)
    with pytest.raises(LLMOutputError, match="read 100 tokens") as caught:
        llm.decide(prompt("word " * 1_000), [question()])
    assert caught.value.fault == "truncated"
    assert caught.value.usage.prompt_tokens == 100
    assert paths(server)[-1] == path


@pytest.mark.parametrize("usage", [None, {"input_tokens": "many"}, {"input_tokens": 0}])
def test_without_a_word_on_tokens_nothing_seems_cut(server: FakeServer, usage: object) -> None:
    server.will_always(by_path(decisions=replies_with([listed()], usage)))
    llm = model_at(server)
    assert errors(llm.decide(prompt("word " * 1_000), [question()])) == [None]
    assert llm.spent.prompt_tokens > 1_000
    assert llm.spent.completion_tokens == 0


def test_a_state_that_is_too_long_is_an_error(server: FakeServer) -> None:
    too_long = fails(400, "maximum context length exceeded by the state and its questions")
    server.will_always(by_path(decisions=too_long, systemone=too_long, chat=in_chat))
    with pytest.raises(LLMOutputError) as caught:
        model_at(server).decide(prompt("word " * 1_000), questions(5))
    assert caught.value.fault == "truncated"
    assert paths(server) == [OPENAI]


def test_where_questions_take_most_of_the_room_fewer_are_asked(server: FakeServer) -> None:
    works = at_most(3, in_openai_form, fails(400, "maximum context length exceeded"))
    server.will_always(by_path(decisions=works))
    assert errors(model_at(server).decide(prompt(), questions(6))) == [None] * 6
    assert sizes(server.seen) == [6, 3, 3]


def test_in_chat_what_one_question_has_no_answer_for_is_its_own_error(server: FakeServer) -> None:
    def reply(request: Seen) -> Reply:
        return says(None, refusal="I cannot.") if "c2" in request.user else MEASURED

    llm = model_at(server.will_always(by_path(chat=reply)), decisions="chat")
    found = llm.decide(prompt(), questions(3))
    first, second, third = found.answers
    assert (first.error, third.error) == (None, None)
    assert "I cannot." in (second.error or "")
    assert found.usage == llm.spent == cost(3)


def test_in_chat_a_rejected_question_costs_itself_alone(server: FakeServer) -> None:
    def reply(request: Seen) -> Reply:
        return fails(422, "no more") if "c2" in request.user else MEASURED

    llm = model_at(server.will_always(by_path(chat=reply)), decisions="chat")
    found = llm.decide(prompt(), questions(3))
    first, second, third = found.answers
    assert (first.error, third.error) == (None, None)
    assert "no more" in (second.error or "")
    assert found.usage == llm.spent == cost(2)


def test_in_chat_what_every_question_is_rejected_for_is_raised(server: FakeServer) -> None:
    server.will_always(by_path(chat=lambda _: fails(401, "no more")))
    with pytest.raises(LLMError, match="no more"):
        model_at(server, decisions="chat").decide(prompt(), questions(3))


def test_a_budget_holds_for_decisions(server: FakeServer) -> None:
    llm = model_at(server.will_always(by_path(decisions=in_openai_form)), max_tokens=5)
    with pytest.raises(BudgetExceeded):
        llm.decide(prompt(), [question()])
    assert not server.seen
