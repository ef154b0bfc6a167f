"""What is asked of an endpoint once only, and what again."""

import asyncio
import math
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from claimcompare.errors import LLMError, LLMOutputError
from claimcompare.llm import LLM, CallEvent, Choice
from claimcompare.llm.cache import cache_info
from claimcompare.llm.recording import record, replay
from claimcompare.usage import Usage
from tests.llm.server import (
    ULM,
    ULM_JSON,
    City,
    FakeServer,
    Reply,
    Seen,
    ballot,
    cost,
    fails,
    model_at,
    prompt,
    replies_json,
    says,
)

OPTIONS = ("support", "denial")
Models = Callable[..., LLM]
NOT_KEPT = {
    "refused": says(None, refusal="I cannot."),
    "empty": says(""),
    "no choices": replies_json({"choices": []}),
    "filtered": says(None, finish="content_filter"),
    "half filtered": says('{"na', finish="content_filter"),
    "rejected": fails(400),
    "too long": fails(400, code="context_length_exceeded"),
}


@pytest.fixture
def models(server: FakeServer, tmp_path: Path) -> Models:
    """Makes models with one response cache."""

    def make(model: str = "m", **settings: object) -> LLM:
        chosen = {"cache": True, "cache_folder": tmp_path / "cache", **settings}
        return model_at(server, model, **chosen)  # type: ignore[arg-type]

    return make


def failing(llm: LLM) -> LLMError:
    with pytest.raises(LLMError) as caught:
        llm.ask(prompt(), City)
    return caught.value


async def both_at_once(llm: LLM) -> list[object]:
    asked = (llm.aask(prompt(), City) for _ in range(2))
    return [*await asyncio.gather(*asked, return_exceptions=True)]


def test_the_same_again_sends_nothing_and_costs_what_it_cost(
    models: Models, server: FakeServer
) -> None:
    llm = models()
    server.will(says(ULM_JSON))
    first, second = (llm.ask(prompt(), City) for _ in range(2))
    assert first == second
    assert second.usage == llm.spent == cost()
    assert len(server.seen) == 1


def test_another_model_object_knows_the_answer_and_has_spent_nothing(
    models: Models, server: FakeServer
) -> None:
    server.will(says(ULM_JSON))
    with models() as llm:
        first = llm.ask(prompt(), City)
    again = models()
    assert again.ask(prompt(), City) == first
    assert again.spent == Usage()
    assert len(server.seen) == 1


def test_what_is_asked_in_another_way_is_asked_anew(models: Models, server: FakeServer) -> None:
    server.will_always(says(ULM_JSON))
    others = [models("n"), models(temperature=0.5), models(max_output_tokens=9)]
    for llm in (models(), *others, models(body={"user": "a"})):
        llm.ask(prompt(), City)
    models().ask(prompt("And now?"), City)
    assert len(server.seen) == 6


def test_a_header_that_changes_is_no_reason_to_ask_anew(models: Models, server: FakeServer) -> None:
    server.will_always(says(ULM_JSON))
    for team in "ab":
        models(headers={"x-team": team}).ask(prompt(), City)
    assert len(server.seen) == 1


def test_without_a_cache_everything_is_asked(models: Models, server: FakeServer) -> None:
    server.will_always(says(ULM_JSON))
    models().ask(prompt(), City)
    llm = models(cache=False)
    for _ in range(2):
        llm.ask(prompt(), City)
    assert len(server.seen) == 3


@pytest.mark.parametrize("reply", NOT_KEPT.values(), ids=NOT_KEPT)
def test_what_is_of_no_use_is_not_kept(models: Models, server: FakeServer, reply: Reply) -> None:
    server.will(reply, says(ULM_JSON))
    failing(models())
    assert models().ask(prompt(), City).value == ULM


def test_an_answer_that_was_cut_off_is_kept(models: Models, server: FakeServer) -> None:
    server.will(says('{"name": "U', finish="length"))
    for error in (failing(models()), failing(models())):
        assert isinstance(error, LLMOutputError)
        assert error.fault == "truncated"
        assert error.usage == cost()
    assert len(server.seen) == 1


def test_of_two_invalid_answers_none_is_kept(models: Models, server: FakeServer) -> None:
    server.will(says("{}"), says("[]"), says(ULM_JSON))
    assert "twice" in str(failing(models()))
    answer = models().ask(prompt(), City)
    assert (answer.value, answer.usage) == (ULM, cost())
    assert [request.user for request in server.seen][::2] == ["Which city?"] * 2


def test_a_first_answer_that_is_invalid_is_never_on_disk(
    models: Models, server: FakeServer, tmp_path: Path
) -> None:
    kept: list[int] = []

    def mending(_: Seen) -> Reply:
        kept.append(cache_info(tmp_path / "cache").answers)
        return says("{}" if len(kept) == 1 else ULM_JSON)

    server.will_always(mending)
    assert models().ask(prompt(), City).value == ULM
    assert kept == [0, 0]


def test_a_mended_answer_is_kept(models: Models, server: FakeServer) -> None:
    server.will(says("{}"), says(ULM_JSON))
    assert models().ask(prompt(), City) == models().ask(prompt(), City)
    assert len(server.seen) == 2


def test_two_equal_calls_at_once_send_one_request(models: Models, server: FakeServer) -> None:
    def late(_: Seen) -> Reply:
        Event().wait(0.02)
        return says(ULM_JSON)

    llm = models()
    server.will_always(late)
    first, second = llm.run(both_at_once(llm))
    assert first == second
    assert len(server.seen) == 1
    assert llm.spent == cost()


def test_where_the_first_of_two_equal_calls_fails_the_second_is_sent(
    models: Models, server: FakeServer
) -> None:
    llm = models()
    server.will(fails(400), says(ULM_JSON))
    found = llm.run(both_at_once(llm))
    assert sum(isinstance(one, LLMError) for one in found) == 1
    assert len(server.seen) == 2


def test_choices_are_kept(models: Models, server: FakeServer) -> None:
    server.will(says("sup", finish="length", logprobs={"sup": -0.1, "den": -3.0}))
    first, second = (models().choose(prompt(), OPTIONS) for _ in range(2))
    assert first == second
    assert isinstance(first, Choice)
    assert len(server.seen) == 1


def test_each_vote_is_kept_for_itself(models: Models, server: FakeServer) -> None:
    votes = [ballot(answer) for answer in ("support", "denial", "denial", "denial")]
    server.will(*votes)
    first, second = (models(logprobs=False, votes=4).choose(prompt(), OPTIONS) for _ in range(2))
    assert first.probabilities == second.probabilities == {"support": 0.25, "denial": 0.75}
    assert len(server.seen) == 4


def test_a_choice_without_a_probability_is_not_kept(models: Models, server: FakeServer) -> None:
    server.will(
        says("sup", logprobs={"sup": math.nan}), says("sup", logprobs={"sup": -0.1, "den": -0.1})
    )
    with pytest.raises(LLMOutputError):
        models().choose(prompt(), OPTIONS)
    assert models().choose(prompt(), OPTIONS).probabilities["support"] == 0.5


@pytest.mark.parametrize("token", ["sup", "Hm"])
def test_an_endless_probability_ends_no_cache(
    models: Models, server: FakeServer, caplog: pytest.LogCaptureFixture, token: str
) -> None:
    server.will_always(says("sup", logprobs={"den": -0.1, token: math.inf}))
    for _ in range(2):
        try:
            models().choose(prompt(), OPTIONS)
        except LLMOutputError:
            continue
    assert not caplog.records


def test_while_recording_everything_is_asked(
    models: Models, server: FakeServer, tmp_path: Path
) -> None:
    server.will_always(says(ULM_JSON))
    models().ask(prompt(), City)
    with record(tmp_path / "run.yaml"):
        models().ask(prompt(), City)
        models().ask(prompt("recorded"), City)
    models().ask(prompt("recorded"), City)
    assert [request.user for request in server.seen] == ["Which city?"] * 2 + ["recorded"] * 2


def test_a_replay_neither_asks_the_cache_nor_fills_it(
    models: Models, server: FakeServer, tmp_path: Path
) -> None:
    server.will(says(ULM_JSON), says(ULM_JSON.replace("Ulm", "Bonn")))
    with record(tmp_path / "run.yaml"):
        models().ask(prompt(), City)
    assert models().ask(prompt(), City).value.name == "Bonn"
    with replay(tmp_path / "run.yaml"):
        assert models().ask(prompt(), City).value.name == "Ulm"
    assert models().ask(prompt(), City).value.name == "Bonn"


def test_an_answer_is_on_disk_before_anybody_hears_of_it(
    models: Models, server: FakeServer, tmp_path: Path
) -> None:
    heard: list[tuple[str, int]] = []

    def listen(event: CallEvent) -> None:
        heard.append((event.kind, cache_info(tmp_path / "cache").answers))

    server.will(says(ULM_JSON))
    models(on_event=listen).ask(prompt(), City)
    assert heard == [("sent", 0), ("answered", 1)]


def test_a_closed_model_opens_its_cache_again(models: Models, server: FakeServer) -> None:
    llm = models()
    server.will(says(ULM_JSON))
    for _ in range(2):
        assert llm.ask(prompt(), City).value == ULM
        llm.close()
    assert len(server.seen) == 1
