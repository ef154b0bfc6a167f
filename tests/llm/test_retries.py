"""When a failed request is sent again, when others are, and when it is given up."""

import asyncio
from threading import Event

import pytest

from claimcompare.errors import LLMError, LLMUnavailable
from claimcompare.llm import LLM
from tests.llm.clock import Clock
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
    says,
)

ASKING = [
    fails(429, retry_after="90"),
    fails(503, retry_after="90"),
    fails(429, retry_after_ms="90000"),
]


class Arrivals:
    """Answers with replies in order, and notes when each request came."""

    def __init__(self, server: FakeServer, clock: Clock, *replies: Reply) -> None:
        self._clock = clock
        self._rest = iter(replies)
        self._start = clock.now
        self._at: list[float] = []
        server.will_always(self._reply)

    @property
    def at(self) -> list[int]:
        """The seconds since the start, without the clock's ticks."""
        return [round(at - self._start) for at in self._at]

    def _reply(self, _: Seen) -> Reply:
        self._at.append(self._clock.now)
        return next(self._rest, says(ULM_JSON))


class Gate:
    """Lets the first request wait until told."""

    def __init__(self, server: FakeServer) -> None:
        self.arrived, self.opened = Event(), Event()
        server.will_always(self._reply)

    def _reply(self, request: Seen) -> Reply:
        if request.user == "first":
            self.arrived.set()
            self.opened.wait(5)
        return says(ULM_JSON)


@pytest.mark.parametrize("reply", ASKING, ids=["429", "503", "ms"])
def test_nothing_is_sent_before_the_asked_wait_is_over(
    llm: LLM, server: FakeServer, clock: Clock, reply: Reply
) -> None:
    arrivals = Arrivals(server, clock, reply)
    assert llm.ask(prompt(), City).value == ULM
    assert arrivals.at == [0, 90]


def test_each_wait_that_is_asked_for_is_kept(llm: LLM, server: FakeServer, clock: Clock) -> None:
    waits = [fails(429, retry_after="20"), fails(503, retry_after="5")]
    arrivals = Arrivals(server, clock, *waits)
    llm.ask(prompt(), City)
    assert arrivals.at == [0, 20, 25]


def test_a_wait_of_more_than_is_set_is_cut(server: FakeServer, clock: Clock) -> None:
    arrivals = Arrivals(server, clock, fails(429, retry_after="86400"))
    model_at(server, max_retry_after=40).ask(prompt(), City)
    assert arrivals.at == [0, 40]


def test_a_wait_that_is_asked_for_may_exceed_the_back_off(server: FakeServer, clock: Clock) -> None:
    arrivals = Arrivals(server, clock, fails(429, retry_after="30"))
    model_at(server, max_wait=2).ask(prompt(), City)
    assert 30 <= arrivals.at[1] <= 31


def test_others_wait_as_well(server: FakeServer, clock: Clock) -> None:
    arrivals = Arrivals(server, clock, fails(429, retry_after="30"))
    llm, other = model_at(server, attempts=1), model_at(server)
    with pytest.raises(LLMUnavailable):
        llm.ask(prompt(), City)
    llm.ask(prompt("the same model object"), City)
    other.ask(prompt("another"), City)
    assert arrivals.at == [0, 30, 30]


def test_another_model_at_the_endpoint_waits_as_well(server: FakeServer, clock: Clock) -> None:
    arrivals = Arrivals(server, clock, fails(429, retry_after="30"))
    with pytest.raises(LLMUnavailable):
        model_at(server, attempts=1).ask(prompt(), City)
    model_at(server, "another").ask(prompt(), City)
    assert arrivals.at == [0, 30]


def test_without_a_word_waits_grow_up_to_the_longest(server: FakeServer, clock: Clock) -> None:
    server.will_always(fails(500))
    with pytest.raises(LLMUnavailable):
        model_at(server, attempts=7, max_wait=5).ask(prompt(), City)
    assert len(clock.sleeps) == 6
    for number, seconds in enumerate(clock.sleeps):
        least = 0.5 * 2**number
        assert min(least, 5) <= seconds <= min(least + 1, 5)


def test_a_call_that_waits_to_be_sent_again_keeps_no_slot(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def overtaken(seconds: float) -> None:
        del seconds
        async with asyncio.timeout(5):
            await over.wait()

    async def second() -> None:
        await llm.aask(prompt("second"), City)
        over.set()

    async def both() -> None:
        await asyncio.gather(llm.aask(prompt("first"), City), second())

    over = asyncio.Event()
    monkeypatch.setattr(asyncio, "sleep", overtaken)
    llm = model_at(server.will(fails(500), says(ULM_JSON), says(ULM_JSON)), concurrency=1)
    llm.run(both())
    assert [request.user for request in server.seen] == ["first", "second", "first"]


def test_the_deadline_ends_a_call_that_hangs(server: FakeServer) -> None:
    gate = Gate(server)
    llm = model_at(server, deadline=0.05)
    try:
        with pytest.raises(LLMUnavailable, match=r"within 0\.05 s.* 1 attempt") as caught:
            llm.ask(prompt("first"), City)
    finally:
        gate.opened.set()
    assert caught.value.attempts == 1


def test_queueing_for_a_slot_does_not_count_for_the_deadline(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def both() -> tuple[object, object]:
        first = asyncio.create_task(llm.aask(prompt("first"), City))
        await asyncio.to_thread(gate.arrived.wait, 5)
        queued = asyncio.create_task(llm.aask(prompt("queued"), City))
        await asyncio.sleep(0.01)
        loop = asyncio.get_running_loop()
        late = loop.time() + 150
        monkeypatch.setattr(loop, "time", lambda: late)
        return await asyncio.gather(first, queued, return_exceptions=True)

    gate = Gate(server)
    llm = model_at(server, concurrency=1, deadline=100)
    failed, answered = llm.run(both())
    gate.opened.set()
    monkeypatch.undo()
    assert isinstance(failed, LLMUnavailable)
    assert not isinstance(answered, LLMError)
    assert [request.user for request in server.seen] == ["first", "queued"]


def test_one_deadline_holds_for_all_attempts(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slowly() -> None:
        loop = asyncio.get_running_loop()
        real = loop.time
        monkeypatch.setattr(loop, "time", lambda: real() + 40 * len(server.seen))
        await llm.aask(prompt(), City)

    llm = model_at(server.will_always(fails(500)), attempts=10, deadline=100)
    with pytest.raises(LLMUnavailable, match="within 100 s"):
        llm.run(slowly())
    monkeypatch.undo()
    assert 2 <= len(server.seen) <= 3
