"""How much a model is to think."""

from pathlib import Path
from typing import Any

import pytest

from claimcompare.errors import LLMError, LLMOutputError, RecordingError
from claimcompare.llm.recording import record, replay
from tests.llm.server import (
    ULM,
    ULM_JSON,
    City,
    FakeServer,
    Reply,
    Seen,
    fails,
    model_at,
    prompt,
    replies_json,
    says,
)


def test_the_effort_is_sent_where_it_is_set(server: FakeServer) -> None:
    server.will_always(says(ULM_JSON))
    model_at(server).ask(prompt(), City)
    model_at(server, reasoning_effort="low").ask(prompt(), City)
    sent = [request.body.get("reasoning_effort", "no such field") for request in server.seen]
    assert sent == ["no such field", "low"]


def test_choices_are_made_with_the_same_effort(server: FakeServer) -> None:
    server.will(says("s", logprobs={"s": -0.1}))
    model_at(server, reasoning_effort="minimal").choose(prompt(), ("support", "denial"))
    assert server.seen[0].body["reasoning_effort"] == "minimal"


def test_a_field_of_the_users_own_wins(server: FakeServer) -> None:
    server.will(says(ULM_JSON))
    more = {"reasoning_effort": "none"}
    model_at(server, reasoning_effort="low", body=more).ask(prompt(), City)
    assert server.seen[0].body["reasoning_effort"] == "none"


def test_it_is_part_of_what_a_recording_goes_by(server: FakeServer, folder: Path) -> None:
    server.will_always(says(ULM_JSON))
    with record(folder):
        model_at(server, reasoning_effort="low").ask(prompt(), City)
    server.close()
    with replay(folder):
        assert model_at(server, reasoning_effort="low").ask(prompt(), City).value == ULM
        for other in (None, "high"):
            with pytest.raises(RecordingError):
                model_at(server, reasoning_effort=other).ask(prompt(), City)


def test_a_server_without_it_is_quoted(server: FakeServer) -> None:
    server.will_always(fails(400, "Unsupported parameter: 'reasoning_effort'"))
    with pytest.raises(LLMError, match="'reasoning_effort'"):
        model_at(server, reasoning_effort="low").ask(prompt(), City)
    assert len(server.seen) == 1


def test_who_only_thinks_is_told_what_to_set(server: FakeServer) -> None:
    choice = {"message": {"content": "", "reasoning_content": "hm"}, "finish_reason": "length"}
    server.will(replies_json({"choices": [choice]}))
    with pytest.raises(LLMOutputError) as caught:
        model_at(server, reasoning_effort="high").ask(prompt(), City)
    advice = (
        "raise max_output_tokens (--max-output-tokens), or lower reasoning_effort "
        "(--reasoning-effort)"
    )
    assert advice in str(caught.value)


def limits(server: FakeServer) -> list[tuple[str, int]]:
    """How long an answer might be, by the name that each request had for it."""
    names = ("max_tokens", "max_completion_tokens")
    return [(name, one.body[name]) for one in server.seen for name in names if name in one.body]


@pytest.mark.parametrize(
    ("settings", "limit"),
    [
        ({}, ("max_tokens", 4_000)),
        ({"reasoning_effort": "low"}, ("max_completion_tokens", 25_000)),
        ({"body": {"reasoning_effort": "low"}}, ("max_completion_tokens", 25_000)),
        ({"reasoning_effort": "none"}, ("max_tokens", 4_000)),
        (
            {"reasoning_effort": "low", "max_output_tokens": 900},
            ("max_completion_tokens", 900),
        ),
        ({"reasoning_effort": "low", "body": {"max_tokens": 7}}, ("max_tokens", 7)),
    ],
    ids=["unset", "set", "in the body", "none", "bounded", "bounded in the body"],
)
def test_who_thinks_has_room_for_it(
    server: FakeServer, settings: dict[str, Any], limit: tuple[str, int]
) -> None:
    server.will(says(ULM_JSON))
    model_at(server, **settings).ask(prompt(), City)
    assert limits(server) == [limit]


@pytest.mark.parametrize(("effort", "most"), [(None, 25_000), ("none", 4_000)])
def test_that_a_model_thinks_is_learnt_from_the_name_that_its_server_has_for_the_limit(
    server: FakeServer, effort: str | None, most: int
) -> None:
    complaint = fails(400, "'max_tokens' is not supported; use 'max_completion_tokens' instead")
    server.will(complaint, says(ULM_JSON), says(ULM_JSON))
    llm = model_at(server, reasoning_effort=effort)
    for _ in range(2):
        llm.ask(prompt(), City)
    later = ("max_completion_tokens", most)
    assert limits(server) == [("max_tokens", 4_000), later, later]


def test_a_server_may_have_only_the_older_name(server: FakeServer) -> None:
    complaint = fails(400, "Unsupported parameter: max_completion_tokens. Use max_tokens.")
    server.will(complaint, says(ULM_JSON))
    model_at(server, reasoning_effort="low").ask(prompt(), City)
    assert limits(server)[1] == ("max_tokens", 25_000)


def test_no_name_is_tried_twice(server: FakeServer) -> None:
    def neither(seen: Seen) -> Reply:
        name = "max_tokens" if "max_tokens" in seen.body else "max_completion_tokens"
        return fails(400, f"Unsupported parameter: {name}")

    with pytest.raises(LLMError, match="max_tokens"):
        model_at(server.will_always(neither), reasoning_effort="low").ask(prompt(), City)
    assert len(server.seen) == 2


@pytest.mark.parametrize(
    "words",
    [
        "max_completion_tokens is too large: 25000. This model supports at most 16384.",
        "max_tokens is too large: 25000. This model's maximum context length is 8192 tokens.",
        "The context length is 8192. You requested 25500 tokens, 25000 in the completion.",
    ],
)
def test_where_there_is_no_room_to_think_it_is_not_asked_for_again(
    server: FakeServer, caplog: pytest.LogCaptureFixture, words: str
) -> None:
    server.will(fails(400, words), says(ULM_JSON), says(ULM_JSON))
    llm = model_at(server, reasoning_effort="low")
    for _ in range(2):
        assert llm.ask(prompt(), City).value == ULM
    assert [most for _, most in limits(server)] == [25_000, 4_000, 4_000]
    assert "no room to think" in caplog.text


def test_what_is_too_long_without_that_room_is_so(server: FakeServer) -> None:
    words = "'max_tokens' is too large: 4000. This model's maximum context length is 8192 tokens."
    server.will_always(fails(400, words))
    with pytest.raises(LLMOutputError) as caught:
        model_at(server).ask(prompt(), City)
    assert caught.value.fault == "truncated"
    assert len(server.seen) == 1


def test_what_was_learnt_is_found_in_a_recording(server: FakeServer, folder: Path) -> None:
    too_large = fails(400, "max_completion_tokens is too large: at most 16384")
    server.will(too_large, says(ULM_JSON))
    with record(folder):
        model_at(server, reasoning_effort="low").ask(prompt(), City)
    server.close()
    with replay(folder):
        assert model_at(server, reasoning_effort="low").ask(prompt(), City).value == ULM
