"""How long the event loop of a caller stands still: `python -m tests.benchmarks.heartbeat`.

A task that wants to run every five milliseconds beats beside the stages; told is the longest time
between two beats. The fake endpoint is a process of its own.
"""

import asyncio
import os
import time
from collections.abc import Coroutine, Iterator
from itertools import islice
from typing import Any

from claimcompare import LLM, Article, LLMSettings, acompare, aextract, aextract_each, apair
from claimcompare.stages import Event
from claimcompare.stages.speakers import CodeResolver
from claimcompare.steps import aplace
from tests.endpoint.articles import articles
from tests.endpoint.process import EndpointProcess

CLAIMS = 1_000
CHARACTERS = 1_000_000
_BEAT = 0.005


async def longest_gap(work: Coroutine[Any, Any, object]) -> float:
    """The longest time between two beats while work goes on, in seconds."""
    gap = 0.0

    async def beat() -> None:
        nonlocal gap
        last = time.perf_counter()
        while True:
            await asyncio.sleep(_BEAT)
            now = time.perf_counter()
            gap, last = max(gap, now - last), now

    beating = asyncio.create_task(beat())
    await asyncio.sleep(0)
    await work
    # The last stretch of work without an await ends with the next beat.
    await asyncio.sleep(2 * _BEAT)
    beating.cancel()
    return gap


def slowly(count: int) -> Iterator[Article]:
    """Articles that take long to come, as pages do."""
    for article in articles(count):
        time.sleep(0.5)
        yield article


def long_article() -> Article:
    """An article of a million characters."""
    text = "\n\n".join(article.text for article in islice(articles(10_000), 4_000))
    return Article(id="long", text=(text * (CHARACTERS // len(text) + 1))[:CHARACTERS])


async def event_of(llm: LLM) -> Event:
    """A thousand claims."""
    read = tuple(articles(CLAIMS))
    found = await aextract(read, llm=llm)
    event = Event(articles=read, claims=found.claims[:CLAIMS])
    known = await CodeResolver().resolve(event)
    return Event(articles=read, speakers=known.speakers, claims=known.claims)


async def _all(lazily: LLM) -> None:
    async for _ in aextract_each(slowly(4), llm=lazily):
        pass


async def _tell(name: str, work: Coroutine[Any, Any, object]) -> None:
    started = time.perf_counter()
    gap = await longest_gap(work)
    print(f"{name:44} {gap * 1_000:8,.0f} ms of {time.perf_counter() - started:6.1f} s", flush=True)


async def measure(url: str, *, small: bool) -> None:
    """A line for each stage."""
    settings = LLMSettings(cache=False, small=small)
    kind = "small" if small else "large"
    async with LLM("m", base_url=url, api_key="k", settings=settings) as llm:
        # What is imported with the first call is no matter of a stage.
        event = await event_of(llm)
        await _tell(f"{kind}: articles that take 0.5 s each to come", _all(llm))
        await _tell(
            f"{kind}: extract of {CHARACTERS:,} characters", aextract([long_article()], llm=llm)
        )
        await _tell(f"{kind}: pair of {len(event.claims):,} claims", apair(event, llm=llm))
        pairing = await apair(event, llm=llm)
        placing = aplace(pairing.propositions, event, llm=llm)
        await _tell(f"{kind}: place of {len(pairing.propositions):,} propositions", placing)
        await _tell(f"{kind}: compare of {CLAIMS:,} articles", acompare(event.articles, llm=llm))


def main() -> None:
    """Print the longest gaps."""
    os.environ["NO_PROXY"] = "127.0.0.1"
    for small in (False, True):
        with EndpointProcess() as endpoint:
            asyncio.run(measure(endpoint.url, small=small))


if __name__ == "__main__":
    main()
