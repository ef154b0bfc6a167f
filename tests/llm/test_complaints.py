"""What a server complains about: a field that was sent, or what an article says."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from claimcompare.errors import LLMError
from claimcompare.llm import LLM
from claimcompare.llm.recording import record, replay
from tests.llm.server import (
    ULM,
    ULM_JSON,
    City,
    FakeServer,
    Reply,
    Seen,
    ballot,
    fails,
    model_at,
    prompt,
    replies_json,
    says,
)

OPTIONS = ("support", "denial")
ABOUT_FORMAT = [
    "Failed to parse grammar",
    "xgrammar: the compiled automaton is too large",
    "Invalid schema: additionalProperties is unknown here",
    "generation_config.response_schema: too many states for serving",
    "The grammar is too complex",
    "guided_json needs another backend",
    "llguidance: unimplemented keys: ['minItems']",
    "output_config.format: Extra inputs are not permitted",
    "structured_outputs are not available with this model",
]
NAMED = {
    "quoted": "Unsupported parameter: '{}'",
    "in backticks": "`{}` is not for this model",
    "bare": "Unknown field {}",
    "first": "{} is not supported",
    "after a colon": "bad request: {}: extra inputs",
    "with its kind": "the {} parameter is deprecated",
    "unsupported": "this model has an unsupported {}",
    "in a range": "The {} must be strictly positive",
    "at the end": "Unrecognized request argument supplied: {}",
    "of a model": "Argument not supported on this model: {}",
    "in a list": "The following fields are not supported: best_of, {} and n",
    "after a verb": "This model does not support {}.",
    "with its value": "Only {}=1 is supported with this model",
    "of its range": "Range of {} should be (0, 2)",
}
PROSE = [
    "your text was not accepted: “the temperature in the room rose, seed by seed, in a stream”",
    "the temperature in the room is not to our liking, nor is the stream of your words",
    "temperatures, seeds and streams are dangerous topics",
    "mistemperature of a seedling upstream",
    "we found invalid content, namely this: a temperature of the sea, a seed and a stream",
    "not allowed: speech about temperature records, seed banks and stream water",
]


def refuses(field: str, reply: Reply, then: Reply) -> Callable[[Seen], Reply]:
    return lambda request: reply if field in request.body else then


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize("words", ABOUT_FORMAT)
def test_a_schema_that_a_server_cannot_hold_to_is_not_sent(
    llm: LLM, server: FakeServer, words: str, status: int
) -> None:
    server.will(fails(status, words), says(ULM_JSON))
    assert llm.ask(prompt(), City).value == ULM
    assert server.seen[1].body["response_format"] == {"type": "json_object"}


@pytest.mark.parametrize("field", ["temperature", "stream"])
@pytest.mark.parametrize("words", NAMED.values(), ids=NAMED)
def test_a_field_that_is_named_is_left_out_for_good(
    llm: LLM, server: FakeServer, field: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.will_always(refuses(field, fails(422, words.format(field)), says(ULM_JSON)))
    for _ in range(2):
        assert llm.ask(prompt(), City).value == ULM
    assert [field in request.body for request in server.seen] == [True, False, False]
    told = [one for one in caplog.records if one.levelno >= logging.WARNING]
    assert len(told) == 1


@pytest.mark.parametrize("odd", ["user", ["user"], 7, "a b", "\x1b[2J", "x" * 99], ids=str)
def test_a_parameter_is_told_where_it_is_not_in_the_words(
    llm: LLM, server: FakeServer, odd: object
) -> None:
    told = {"message": "no 'tools' here, nor 'user'", "param": odd}
    server.will(
        replies_json({"error": told}, 400),
        replies_json({"error": {**told, "param": "model"}}, 400),
    )
    with pytest.raises(LLMError, match=r"nor 'user'$"):
        llm.ask(prompt(), City)
    with pytest.raises(LLMError, match=r"nor 'user' \(parameter: 'model'\)$"):
        llm.ask(prompt(), City)


@pytest.mark.parametrize(
    "error",
    [
        {"error": {"message": "Unsupported value", "param": "temperature"}},
        {"detail": [{"loc": ["body", "temperature"], "msg": "extra fields not permitted"}]},
    ],
    ids=["param", "location"],
)
def test_a_field_may_be_named_beside_the_words(llm: LLM, server: FakeServer, error: object) -> None:
    server.will_always(refuses("temperature", replies_json(error, 422), says(ULM_JSON)))
    assert llm.ask(prompt(), City).value == ULM


def test_what_was_learnt_holds_for_that_endpoint_alone(server: FakeServer) -> None:
    other = model_at(server, "other")
    server.will(fails(400, "Unknown field stream"), *[says(ULM_JSON)] * 2)
    model_at(server).ask(prompt(), City)
    other.ask(prompt(), City)
    assert ["stream" in request.body for request in server.seen] == [True, False, True]


@pytest.mark.parametrize("words", PROSE)
def test_words_of_prose_name_no_field(llm: LLM, server: FakeServer, words: str) -> None:
    server.will_always(fails(400, words))
    with pytest.raises(LLMError, match="rejected the request"):
        llm.ask(prompt(), City)
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "quote",
    [
        "The field: temperature is not supported by thermometers.",
        "A crude response_format is what officials called it.",
        "It was an invalid schema, said the bank.",
    ],
)
def test_what_is_quoted_of_an_article_names_no_field(
    llm: LLM, server: FakeServer, quote: str
) -> None:
    server.will_always(fails(400, f"this text is not for us: {quote}"))
    with pytest.raises(LLMError):
        llm.ask(prompt(f"Which city?\n{quote}"), City)
    assert len(server.seen) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_who_is_not_let_in_learns_nothing(llm: LLM, server: FakeServer, status: int) -> None:
    server.will_always(fails(status, "Unsupported parameter: 'temperature'"))
    with pytest.raises(LLMError):
        llm.ask(prompt(), City)
    assert len(server.seen) == 1


def test_a_limit_changes_its_name_where_that_is_wrong_and_not_where_it_is_too_high(
    server: FakeServer,
) -> None:
    llm = model_at(server.will(fails(400, "max_tokens is too large: at most 2048")))
    with pytest.raises(LLMError, match="too large"):
        llm.ask(prompt(), City)
    unknown = fails(400, "Unsupported parameter: max_tokens")
    server.will_always(refuses("max_tokens", unknown, says(ULM_JSON)))
    assert llm.ask(prompt(), City).value == ULM
    limits = [request.body.get("max_completion_tokens") for request in server.seen]
    assert limits == [None, None, 25_000]


@pytest.mark.parametrize(
    "words",
    [
        "top_logprobs must be between 0 and 5",
        "Invalid value for 'top_logprobs': must be less than or equal to 5.",
        "Requested sample logprobs of 20, which is greater than max allowed: 10",
    ],
)
def test_fewer_log_probabilities_are_better_than_none(server: FakeServer, words: str) -> None:
    def reply(request: Seen) -> Reply:
        many = request.body["top_logprobs"] > 5
        return fails(400, words) if many else says("s", logprobs={"s": -0.1})

    llm = model_at(server.will_always(reply))
    for _ in range(2):
        assert llm.choose(prompt(), OPTIONS).label_mass is not None
    assert [request.body["top_logprobs"] for request in server.seen] == [20, 5, 5]


def test_fewer_log_probabilities_are_replayed(server: FakeServer, folder: Path) -> None:
    too_many = fails(400, "top_logprobs must be between 0 and 5")
    server.will(too_many, says("s", logprobs={"s": -0.1}))
    with record(folder):
        recorded = model_at(server).choose(prompt(), OPTIONS)
    server.close()
    with replay(folder):
        assert model_at(server).choose(prompt(), OPTIONS) == recorded


def test_votes_without_a_seed_are_not_one_vote_five_times(
    server: FakeServer, tmp_path: Path
) -> None:
    given = iter(["support", "denial", "support", "denial", "support"])

    def reply(request: Seen) -> Reply:
        if "seed" in request.body:
            return fails(422, "Unknown field `seed`")
        return ballot(next(given))

    llm = model_at(
        server.will_always(reply), logprobs=False, votes=5, cache=True, cache_folder=tmp_path
    )
    assert llm.choose(prompt(), OPTIONS).probabilities == {"support": 0.6, "denial": 0.4}
