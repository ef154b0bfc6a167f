"""What a failure is taken for: retried, raised, or a fault of the answer."""

import openai
import pytest

from claimcompare.errors import LLMError, LLMOutputError, LLMUnavailable, OutputFault
from claimcompare.llm import LLM
from claimcompare.usage import Usage
from tests.llm.addresses import MALFORMED
from tests.llm.server import (
    KEY,
    ULM,
    ULM_JSON,
    City,
    FakeServer,
    Reply,
    fails,
    model_at,
    prompt,
    replies_json,
    says,
)

TOO_LONG = {
    "code": fails(400, "Please cut your words.", "context_length_exceeded"),
    "length": fails(400, "This model's maximum context length is 8192 tokens."),
    "size": fails(400, "the request exceeds the available context size"),
    "window": fails(413, "Your input exceeds the Context Window of this model"),
    "plain": replies_json({"error": "maximum context length reached"}, 400),
}
FILTERED = fails(400, "Your words were filtered.", "content_filter")
FAULTS: dict[str, tuple[Reply, OutputFault]] = {
    **{name: (reply, "truncated") for name, reply in TOO_LONG.items()},
    "filtered": (FILTERED, "filtered"),
}
NEVER = {
    "no money": fails(429, "You exceeded your quota.", "insufficient_quota"),
    "no money, later": fails(429, "no quota", "insufficient_quota", retry_after="1"),
    "told so, 429": fails(429, "no", x_should_retry="false"),
    "told so, 503": fails(503, "no", x_should_retry="false"),
}


@pytest.mark.parametrize(("reply", "fault"), FAULTS.values(), ids=FAULTS)
def test_what_the_endpoint_says_of_the_text_is_a_fault_of_the_answer(
    llm: LLM, server: FakeServer, reply: Reply, fault: OutputFault
) -> None:
    server.will(reply, says(ULM_JSON))
    with pytest.raises(LLMOutputError, match=rf"^extract: {fault} by the endpoint: ") as caught:
        llm.ask(prompt(), City)
    assert (caught.value.fault, caught.value.output) == (fault, "")
    assert caught.value.usage == Usage()
    assert isinstance(caught.value.__cause__, openai.APIStatusError)
    assert len(server.seen) == 1


@pytest.mark.parametrize("reply", [TOO_LONG["code"], FILTERED])
def test_a_faulty_text_is_not_voted_on(llm: LLM, server: FakeServer, reply: Reply) -> None:
    server.will(reply)
    with pytest.raises(LLMOutputError):
        llm.choose(prompt(), ("support", "denial"))
    assert len(server.seen) == 1


def test_a_length_that_is_not_the_texts_is_a_rejection(llm: LLM, server: FakeServer) -> None:
    server.will(fails(400, "content-length is wrong, in this context"))
    with pytest.raises(LLMError) as caught:
        llm.ask(prompt(), City)
    assert type(caught.value) is LLMError


@pytest.mark.parametrize("reply", NEVER.values(), ids=NEVER)
def test_what_will_not_pass_is_not_retried(llm: LLM, server: FakeServer, reply: Reply) -> None:
    server.will(reply, says(ULM_JSON))
    with pytest.raises(LLMError, match=r"rejected the request \((429|503)\)") as caught:
        llm.ask(prompt(), City)
    assert type(caught.value) is LLMError
    assert len(server.seen) == 1


def test_a_429_of_another_code_is_retried(llm: LLM, server: FakeServer) -> None:
    server.will(fails(429, "slow down", "rate_limit_exceeded"), says(ULM_JSON))
    assert llm.ask(prompt(), City).value == ULM


@pytest.mark.parametrize("url", MALFORMED)
def test_a_base_url_that_makes_no_sense_is_not_retried(
    url: str, caplog: pytest.LogCaptureFixture, server: FakeServer
) -> None:
    with (
        LLM(base_url=url, model="m", api_key=KEY, settings=model_at(server).settings) as llm,
        pytest.raises(LLMError, match="the request cannot be sent") as caught,
    ):
        llm.ask(prompt(), City)
    assert not isinstance(caught.value, LLMUnavailable)
    assert not caplog.records


@pytest.mark.parametrize("url", ["http://[::1/v1", "http://127.0.0.1:port/v1", "http://a\n/v1"])
def test_a_base_url_that_cannot_be_read_is_an_error_of_ours(url: str, server: FakeServer) -> None:
    with pytest.raises(LLMError):
        LLM("m", base_url=url, api_key=KEY, settings=model_at(server).settings).ask(prompt(), City)


def test_a_reply_that_breaks_off_is_retried(llm: LLM, server: FakeServer) -> None:
    whole = says(ULM_JSON)
    headers = {"content-length": str(len(whole.body)), "connection": "close"}
    short = Reply(whole.body[:20], 200, {**whole.headers, **headers})
    server.will(short, whole)
    assert llm.ask(prompt(), City).value == ULM
    assert len(server.seen) == 2
