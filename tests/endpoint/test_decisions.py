"""The decision endpoints of the fake one, as the library meets them."""

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from claimcompare.errors import LLMError, LLMOutputError
from claimcompare.llm import LLM, Decisions, LLMSettings, Option, Question
from claimcompare.schema import Prompt
from tests.endpoint.decisions import deciding, right_decisions, spoiled_decisions
from tests.endpoint.faults import FaultPlan
from tests.endpoint.process import EndpointProcess
from tests.endpoint.requests import ASSERTED, DENIED, question
from tests.endpoint.requests import state as shown
from tests.endpoint.server import body_id

OPTIONS = tuple(map(Option, ("support", "denial", "context")))
SAID = (DENIED, ASSERTED, "Fares rise.")
ASKED = tuple(question(number, ASSERTED) for number in (1, 2, 3))
STANCES = ["denial", "support", "context"]
FORMS = ["openai", "systemone"]
# Longer than all that is asked about it.
LONG = "Fares rise. " * 100


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log.jsonl"


def prompt(more: str = "") -> Prompt:
    user = f"{more}\n{LONG}\n{shown(*SAID)}"
    return Prompt(name="decide", version="1", system="Judge.", user=user, sha256="0" * 64)


def questions() -> list[Question]:
    """How each of the three claims stands."""
    return [
        Question(name=f"c{number}", instructions=one, options=OPTIONS)
        for number, one in enumerate(ASKED, start=1)
    ]


def model_at(endpoint: EndpointProcess, **settings: Any) -> LLM:
    chosen = LLMSettings(**{"cache": False, "attempts": 1, "max_wait": 0, **settings})
    return LLM("m", base_url=endpoint.url, api_key="sk-MARKED-0123456789", settings=chosen)


def stances(found: Decisions) -> list[str | None]:
    """The likeliest option of each, None where it has no answer."""
    odds = [one.probabilities for one in found.answers]
    return [max(one, key=one.__getitem__) if one else None for one in odds]


def befallen(name: str, form: str) -> str:
    """A state whose request has that fault where everything fails."""
    plan = FaultPlan(7, 1.0)
    for number in count():
        request = sent(f"{number}", form)
        fault = plan.fault_for(body_id(request), 0, "decide")
        if fault and fault.name == name:
            return str(number)
    raise AssertionError


def sent(more: str, form: str) -> dict[str, Any]:
    """What the library sends for all three claims."""
    filled = prompt(more)
    return deciding(f"{filled.system}\n\n{filled.user}", *ASKED, form=form)


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def failing(log: Path) -> Iterator[EndpointProcess]:
    """Decision endpoints where everything fails."""
    options: dict[str, Any] = {"seed": 7, "faults": 1, "stall": 0.01}
    with EndpointProcess(log, decisions="openai,systemone", **options) as endpoint:
        yield endpoint


@pytest.mark.parametrize("there", ["", *FORMS, "openai,systemone"])
def test_the_library_finds_what_is_there(log: Path, there: str) -> None:
    with EndpointProcess(log, decisions=there) as endpoint, model_at(endpoint) as llm:
        assert stances(llm.decide(prompt(), questions())) == STANCES
        tasks = {one.task for one in endpoint.log()}
    assert tasks == ({"decide"} if there else {"choose"})


def test_the_library_sends_what_the_tests_do(log: Path, form: str) -> None:
    with EndpointProcess(log, decisions=form) as endpoint:
        with model_at(endpoint, decisions=form) as llm:
            llm.decide(prompt("once"), questions())
        (entry,) = endpoint.log()
    assert entry.id == body_id(sent("once", form))
    assert entry.prompt_tokens > entry.cached_tokens > 0 == entry.completion_tokens


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("refused", "refused"),
        ("missing", "no answer"),
        ("doubled", "2 answers"),
        ("low-sum", "sum to 0.9"),
        ("nan", "nan"),
    ],
)
def test_a_bad_answer_spoils_no_other(
    failing: EndpointProcess, form: str, name: str, words: str
) -> None:
    state = prompt(befallen(name, form))
    with model_at(failing, decisions=form) as llm:
        found = llm.decide(state, questions())
    assert stances(found) == ["denial", "support", None]
    assert words in (found.answers[2].error or "")
    assert [one.fault for one in failing.log()] == [name]


def test_a_model_that_decides_nothing_says_so(failing: EndpointProcess, form: str) -> None:
    state = prompt(befallen("501", form))
    with (
        model_at(failing, decisions=form, attempts=3) as llm,
        pytest.raises(LLMError, match="no decision model"),
    ):
        llm.decide(state, questions())
    assert [one.status for one in failing.log()] == [501]


@pytest.mark.parametrize(("name", "words"), [("400", "context length"), ("cut", "read 16 tokens")])
def test_a_state_that_is_not_read_whole_is_an_error(
    failing: EndpointProcess, form: str, name: str, words: str
) -> None:
    state = prompt(befallen(name, form))
    with (
        model_at(failing, decisions=form) as llm,
        pytest.raises(LLMOutputError, match=words) as caught,
    ):
        llm.decide(state, questions())
    assert caught.value.fault == "truncated"
    assert failing.log()[0].fault == name


def test_more_questions_than_allowed_are_asked_in_parts(log: Path, form: str) -> None:
    with EndpointProcess(log, decisions=form, most_questions=2) as endpoint:
        with model_at(endpoint, decisions=form) as llm:
            assert stances(llm.decide(prompt(), questions())) == STANCES
        assert [one.status for one in endpoint.log()] == [400, 200, 200]


def test_a_map_may_hold_a_name_twice() -> None:
    body = deciding("", "a", "b", form="systemone")
    names: list[list[str]] = []

    def noted(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names.append([name for name, _ in pairs])
        return dict(pairs)

    json.loads(spoiled_decisions("doubled", body).body, object_pairs_hook=noted)
    assert ["c1", "c2", "c2"] in names


def test_answers_are_in_the_order_and_form_of_the_questions() -> None:
    body = deciding(shown(DENIED, ASSERTED), *ASKED[:2])
    answers = json.loads(right_decisions(body).body)["answers"]
    assert [(one["name"], one["choice"]) for one in answers] == [
        ("c1", "denial"),
        ("c2", "support"),
    ]
    odds = [[odd["probability"] for odd in one["probabilities"]] for one in answers]
    assert list(map(sum, odds)) == pytest.approx([1, 1])
