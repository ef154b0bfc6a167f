"""One pace for all that an endpoint counts together."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Event, get_ident
from typing import Any

import pytest

from claimcompare.llm import pace
from claimcompare.llm.pace import Pace, PaceKey, Sent, shared_pace
from tests.llm.clock import Clock
from tests.llm.server import ULM_JSON, City, FakeServer, model_at, prompt, says
from tests.llm.test_pace import KEY, LIMIT


def test_threads_share_a_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    def is_sent(_: int) -> bool:
        try:
            asyncio.run(shared.turn(1))
        except TimeoutError:
            return False
        return True

    async def full(seconds: float) -> None:
        raise TimeoutError(seconds)

    shared = Pace(requests=7)
    monkeypatch.setattr(pace, "monotonic", lambda: 1_000.0)
    monkeypatch.setattr(asyncio, "sleep", full)
    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(is_sent, range(40))) == 7


def test_calls_that_an_endpoint_counts_together_share_a_pace() -> None:
    assert shared_pace(KEY) is shared_pace(PaceKey(*KEY))
    others = [KEY._replace(endpoint="http://127.0.0.2/v1/"), KEY._replace(model="n")]
    others += [KEY._replace(requests=3), KEY._replace(tokens=5)]
    assert all(shared_pace(other) is not shared_pace(KEY) for other in others)


@pytest.mark.parametrize("limits", [{"requests_per_minute": 2}, {"tokens_per_minute": 170}])
def test_two_model_objects_share_the_limits(
    server: FakeServer, clock: Clock, limits: dict[str, Any]
) -> None:
    server.will_always(says(ULM_JSON))
    start, at = clock.now, []
    one, other = (model_at(server, max_output_tokens=10, **limits) for _ in range(2))
    for llm in (one, other, one):
        llm.ask(prompt(), City)
        at.append(round(clock.now - start))
    assert at == [0, 0, 60]


def test_threads_that_overtake_each_other_lose_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    booked, times = Event(), iter([10.0, 10.1])
    first: list[int] = []

    def monotonic() -> float:
        now = next(times, 100.0)
        if now == 10.0:
            first.append(get_ident())
            booked.wait(0.05)
        return now

    async def turn() -> Sent:
        return await shared.turn(50)

    shared = Pace(tokens=LIMIT)
    monkeypatch.setattr(pace, "monotonic", monotonic)
    with ThreadPoolExecutor(2) as threads:
        late = threads.submit(asyncio.run, turn())
        while not first:
            pass
        early = threads.submit(asyncio.run, turn()).result()
        booked.set()
        for sent in (early, late.result()):
            shared.used(sent, 10)
    assert all(isinstance(shared._try(50), Sent) for _ in range(2))


def test_threads_that_ask_at_once_share_one_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(Pace):
        def __init__(self, *given: Any) -> None:
            together.wait(0.2)
            super().__init__(*given)

    together = Event()
    monkeypatch.setattr(pace, "Pace", Slow)
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(shared_pace, [KEY] * 4))
    assert len(set(map(id, made))) == 1
