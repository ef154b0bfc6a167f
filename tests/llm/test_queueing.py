"""Who goes first where many calls wait, and what of the waiting counts for a deadline."""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx2
import openai
import pytest

from claimcompare.errors import LLMUnavailable
from claimcompare.llm import LLM, LLMSettings, pace
from claimcompare.llm.completion import Completion
from claimcompare.llm.endpoint import Endpoint, _Call
from claimcompare.llm.line import Line, ranked
from claimcompare.llm.slots import Slots
from tests.llm.clock import virtual_now, virtually
from tests.llm.server import KEY, ULM_JSON, City, prompt


def failure(status: int, **headers: str) -> openai.APIStatusError:
    request = httpx2.Request("POST", "http://127.0.0.1/v1")
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = httpx2.Response(status, headers=named, request=request)
    return openai.APIStatusError("no luck", response=response, body=None)


class Virtual:
    """An endpoint in virtual time: answers after a second, but fails as told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[tuple[str, int]] = []
        self.fails: dict[tuple[str, int], openai.APIStatusError] = {}

        async def post(_: Endpoint, call: _Call) -> Completion:
            this = call.prompt.user, call.attempt
            self.seen.append((call.prompt.user, round(virtual_now())))
            await asyncio.sleep(1)
            if this in self.fails:
                raise self.fails[this]
            return Completion(text=ULM_JSON)

        monkeypatch.setattr(Endpoint, "_post", post)
        monkeypatch.setattr(pace, "monotonic", virtual_now)

    def model(self, model: str = "m", **settings: Any) -> LLM:
        """A model there."""
        chosen = LLMSettings(**{"cache": False, "max_wait": 0.0, **settings})
        return LLM(model, base_url="http://127.0.0.1:9/v1", api_key=KEY, settings=chosen)

    @property
    def order(self) -> str:
        """Whose requests came, in their order."""
        return "".join(name for name, _ in self.seen)


@pytest.fixture
def virtual(monkeypatch: pytest.MonkeyPatch) -> Virtual:
    return Virtual(monkeypatch)


async def ask(llm: LLM, names: str) -> dict[str, Exception]:
    """What became of the calls that failed."""
    asked = [llm.aask(prompt(name), City) for name in names]
    try:
        done = await asyncio.gather(*asked, return_exceptions=True)
    finally:
        await llm.aclose()
    return {name: one for name, one in zip(names, done, strict=True) if isinstance(one, Exception)}


def test_a_retried_call_takes_the_next_slot(virtual: Virtual) -> None:
    virtual.fails = {("a", 1): failure(500)}
    assert not virtually(ask(virtual.model(concurrency=1), "abcdef"))
    assert virtual.order == "abacdef"


def test_calls_of_what_was_begun_first_go_first_but_behind_retried_ones(virtual: Virtual) -> None:
    virtual.fails = {("a", 1): failure(500)}
    llm = virtual.model(concurrency=1)

    async def ask_for(rank: int, names: str) -> None:
        with ranked(rank):
            await asyncio.gather(*(llm.aask(prompt(name), City) for name in names))

    async def both() -> None:
        await asyncio.gather(ask_for(1, "abc"), ask_for(0, "de"))
        await llm.aclose()

    virtually(both())
    assert virtual.order == "adaebc"


def test_all_retried_calls_go_before_the_others(virtual: Virtual) -> None:
    virtual.fails = {(name, 1): failure(500) for name in "abc"}
    assert not virtually(ask(virtual.model(concurrency=3), "abcdefghi"))
    assert virtual.order[:4] == "abcd"
    assert sorted(virtual.order[4:7]) == ["a", "b", "c"]
    assert virtual.order[7:] == "efghi"


def test_a_retried_call_takes_the_next_turn_of_the_minute(virtual: Virtual) -> None:
    virtual.fails = {("a", 1): failure(500)}
    names = "abcdefghijklmnopqrst"
    assert not virtually(ask(virtual.model(requests_per_minute=5), names))
    assert virtual.order == f"abcdea{names[5:]}"
    assert virtual.seen[5] == ("a", 60)


def test_with_few_requests_a_minute_a_failure_costs_no_call(virtual: Virtual) -> None:
    names = "".join(map(chr, range(0x4E00, 0x4E00 + 200)))
    virtual.fails = {(names[at], 1): failure(status) for at, status in enumerate((500, 429, 503))}
    llm = virtual.model(requests_per_minute=5, deadline=30)
    assert not virtually(ask(llm, names))
    assert len(virtual.seen) == 203


@pytest.mark.parametrize("limits", [{"concurrency": 1}, {"requests_per_minute": 1}])
def test_time_runs_only_when_a_call_may_be_sent(virtual: Virtual, limits: dict[str, Any]) -> None:
    virtual.fails = {("a", 1): failure(500)}
    llm = virtual.model(deadline=2.5, **limits)
    assert not virtually(ask(llm, "abcdefgh"))


def test_time_does_not_run_while_an_answer_waits_for_others_to_be_sent(
    virtual: Virtual, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Slots, "pass_on", lambda _: asyncio.sleep(10))
    assert not virtually(ask(virtual.model(deadline=2.5), "abc"))


def test_time_runs_while_a_call_waits_to_be_sent_again(virtual: Virtual) -> None:
    virtual.fails = {("a", 1): failure(503, retry_after="200")}
    failed = virtually(ask(virtual.model(deadline=100), "a"))
    assert isinstance(failed["a"], LLMUnavailable)
    assert virtual.order == "a"


def test_one_deadline_is_for_all_attempts_together(virtual: Virtual) -> None:
    virtual.fails = {("a", attempt): failure(500) for attempt in range(1, 9)}
    failed = virtually(ask(virtual.model(deadline=3.5, attempts=9), "a"))
    assert isinstance(failed["a"], LLMUnavailable)
    assert virtual.order == "aaaa"


@pytest.mark.parametrize(
    "other",
    [
        lambda virtual: virtual.model(requests_per_minute=7),
        lambda virtual: virtual.model(tokens_per_minute=10_000),
        lambda virtual: virtual.model("another", max_wait=3.0),
    ],
    ids=["limits", "tokens", "model"],
)
def test_an_asked_pause_holds_for_other_limits_and_models(
    virtual: Virtual, other: Callable[[Virtual], LLM]
) -> None:
    async def both() -> None:
        await ask(virtual.model(attempts=1), "a")
        await ask(other(virtual), "b")

    virtual.fails = {("a", 1): failure(429, retry_after="30")}
    virtually(both())
    assert virtual.seen == [("a", 0), ("b", 31)]


def test_an_asked_pause_holds_in_another_loop(
    virtual: Virtual, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def noted(seconds: float) -> None:
        waits.append(seconds)
        monkeypatch.undo()
        raise TimeoutError

    virtual.fails = {("a", 1): failure(503, retry_after="30")}
    virtually(ask(virtual.model(attempts=1), "a"))
    key = next(iter(pace._paces))[1]
    monkeypatch.setattr(pace, "monotonic", lambda: 11.0)
    monkeypatch.setattr(asyncio, "sleep", noted)
    with pytest.raises(TimeoutError):
        asyncio.run(pace.shared_pace(key._replace(requests=3)).turn(1))
    assert [round(wait) for wait in waits] == [20]


def test_whoever_is_cancelled_leaves_the_line() -> None:
    async def test() -> None:
        line = Line()
        gone: list[str] = []

        async def go(name: str, *, again: bool = False) -> None:
            with line.place(again=again) as place:
                await place.may_go(free.is_set)
                gone.append(name)

        free = asyncio.Event()
        tasks = [asyncio.create_task(go(name)) for name in "abc"]
        await asyncio.sleep(0)
        late = asyncio.create_task(go("late", again=True))
        await asyncio.sleep(0)
        tasks[0].cancel()
        late.cancel()
        await asyncio.sleep(0)
        free.set()
        line.move()
        await asyncio.gather(*tasks, late, return_exceptions=True)
        assert gone == ["b", "c"]

    virtually(test())
