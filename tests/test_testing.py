"""The model that answers by a function, and its docstring's example."""

import re
import textwrap
from typing import Any

import pytest

import claimcompare.testing
from claimcompare import (
    Article,
    BudgetExceeded,
    CallEvent,
    LLMError,
    LLMOutputError,
    LLMSettings,
    LLMUnavailable,
    Prices,
    Prompt,
    Record,
    Usage,
    compare,
    extract,
    record,
    replay,
)
from claimcompare.testing import FakeLLM
from tests.stages.test_extract import wire

PROMPT = Prompt(name="mine", version="1", system="Say.", user="What?", sha256="0" * 64)
RAIN = [Article(id="a", text="It rained in Velmo.")]


class Word(Record):
    word: str


def output_error(fault: Any) -> LLMOutputError:
    return LLMOutputError("no use", fault=fault, output="half", usage=Usage())


def test_the_example_of_the_docstring_runs() -> None:
    found = re.search(r"(?:^    .*\n|\n)+", claimcompare.testing.__doc__ or "", re.MULTILINE)
    assert found
    assert "FakeLLM(answer)" in found[0]
    exec(textwrap.dedent(found[0]), {})  # noqa: S102


@pytest.mark.parametrize("reply", ['{"word": "yes"}', {"word": "yes"}, Word(word="yes")])
def test_it_answers_by_the_filled_prompt(reply: Any) -> None:
    seen: list[Prompt] = []

    def say(prompt: Prompt) -> Any:
        seen.append(prompt)
        return reply

    with FakeLLM(say) as llm:
        answer = llm.ask(PROMPT, Word)
    assert answer.value == Word(word="yes")
    assert seen == [PROMPT]
    assert (answer.usage.calls, llm.spent) == (1, answer.usage)
    assert min(answer.usage.prompt_tokens, answer.usage.completion_tokens) > 0


def test_it_decides_closed_questions_by_log_probabilities() -> None:
    with FakeLLM(lambda _: {"yes": 0.9, "no": 0.1, "may": 0.0}) as llm:
        choice = llm.choose(PROMPT, ["yes", "no", "may"])
    assert choice.probabilities == pytest.approx({"yes": 0.9, "no": 0.1, "may": 0.0})
    assert choice.usage.calls == 1


def test_an_invalid_answer_is_asked_for_again() -> None:
    replies: list[Any] = ["no JSON", {"word": "yes"}]
    with FakeLLM(lambda _: replies.pop(0)) as llm:
        assert llm.ask(PROMPT, Word).usage.calls == 2


@pytest.mark.parametrize(
    "failure", [LLMUnavailable("away", attempts=1), TimeoutError("late"), ConnectionError("lost")]
)
def test_what_passes_is_tried_again(failure: Exception) -> None:
    replies: list[Any] = [failure, failure, {"word": "yes"}]
    events: list[CallEvent] = []
    with FakeLLM(lambda _: replies.pop(0), on_event=events.append) as llm:
        assert llm.ask(PROMPT, Word).value.word == "yes"
    assert [event.kind for event in events if event.kind != "sent"] == [
        "waiting",
        "waiting",
        "answered",
    ]


def test_what_does_not_pass_ends_in_our_errors() -> None:
    def away(_: Prompt) -> str:
        raise LLMUnavailable("away", attempts=1)

    with FakeLLM(away) as llm, pytest.raises(LLMUnavailable, match="after 5 attempts: away"):
        llm.ask(PROMPT, Word)
    with FakeLLM(lambda _: LLMError("so not")) as llm, pytest.raises(LLMError, match="so not"):
        llm.ask(PROMPT, Word)


@pytest.mark.parametrize("fault", ["empty", "refused", "filtered", "truncated"])
def test_answers_of_no_use_are_told_by_their_fault(fault: str) -> None:
    given = output_error(fault)
    given.output = "" if fault == "empty" else "half"
    with FakeLLM(lambda _: given) as llm, pytest.raises(LLMOutputError) as caught:
        llm.ask(PROMPT, Word)
    assert caught.value.fault == fault


def test_a_fault_of_the_function_comes_out_as_it_is() -> None:
    def wrong(prompt: Prompt) -> str:
        assert prompt.name == "another", "not asked for"
        return ""

    with FakeLLM(wrong) as llm, pytest.raises(AssertionError, match="not asked for"):
        extract(RAIN, llm=llm)


def test_a_budget_holds() -> None:
    settings = LLMSettings(max_cost=0.001, prices=Prices(prompt=1_000, completion=1_000))
    with (
        FakeLLM(lambda _: {"word": "yes"}, settings=settings) as llm,
        pytest.raises(BudgetExceeded),
    ):
        llm.ask(PROMPT, Word)


def test_nothing_is_kept_unless_the_settings_say_so() -> None:
    calls: list[Prompt] = []

    def say(prompt: Prompt) -> dict[str, str]:
        calls.append(prompt)
        return {"word": "yes"}

    for settings, asked in ((None, 2), (LLMSettings(cache=True), 1)):
        calls.clear()
        for _ in range(2):
            with FakeLLM(say, settings=settings) as llm:
                llm.ask(PROMPT, Word)
        assert len(calls) == asked


@pytest.mark.parametrize("name", ["fake.yaml", "fake"])
def test_it_is_recorded_and_replayed(tmp_path: Any, name: str) -> None:
    with record(tmp_path / name), FakeLLM(lambda _: {"word": "yes"}) as llm:
        llm.ask(PROMPT, Word)
    with replay(tmp_path / name), FakeLLM(lambda _: {"word": "no"}) as llm:
        assert llm.ask(PROMPT, Word).value.word == "yes"


def test_whole_comparisons_are_made_with_it() -> None:
    article = Article(id="a", text="It rained.\n\nInes Vale said the sluice is dry.")
    claim = wire("The sluice is dry.", 2, mention="Ines Vale")

    def answer(prompt: Prompt) -> Any:
        assert prompt.name == "extract"
        return {"claims": [claim]}

    with FakeLLM(answer) as llm:
        made = compare([article], llm=llm)
    assert [one.speaker for one in made.claims] == ["Ines Vale"]
    assert made.provenance.model == "fake"
