"""What the library adds to the calls of a bare client: throughput, cached reads, memory.

`python -m tests.benchmarks.overhead [calls|memory] ...` against the fake endpoint of the tests.
"""

import argparse
import asyncio
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from openai import AsyncOpenAI
from pydantic import BaseModel, ConfigDict

from claimcompare import LLM, LLMSettings, extract_each
from claimcompare.llm.dialect import Dialect, Wanted
from claimcompare.llm.values import schema_of
from claimcompare.schema import Prompt
from tests.endpoint.articles import articles
from tests.endpoint.process import EndpointProcess

KEY = "sk-benchmark"
LATENCY_MS = 10
SYSTEM = "You read news articles and tell who says what. " * 40


class Finding(BaseModel):
    """What is asked for."""

    model_config = ConfigDict(extra="forbid")

    name: str
    count: int


Call = Callable[[Prompt], Awaitable[object]]


def prompts(count: int) -> list[Prompt]:
    """As long as those for one sentence, and all different."""
    return [
        Prompt(
            name="bench",
            version="1",
            system=SYSTEM,
            user=f"[{number}] " + "Ann Roe said on Friday that the Harl bridge was safe. " * 10,
            sha256=f"{number:064}",
        )
        for number in range(count)
    ]


async def rate(call: Call, asked: list[Prompt], in_flight: int) -> float:
    """Calls a second."""
    slots = asyncio.Semaphore(in_flight)

    async def one(prompt: Prompt) -> None:
        async with slots:
            await call(prompt)

    start = time.perf_counter()
    await asyncio.gather(*(one(prompt) for prompt in asked))
    return len(asked) / (time.perf_counter() - start)


def bare(client: AsyncOpenAI) -> Call:
    """What anybody would write: the same request, the answer as a checked value."""
    dialect = Dialect("m", {})

    async def call(prompt: Prompt) -> Finding:
        body = dialect.body(Wanted(prompt, 4_000, 0.0, schema_of(Finding)))
        answer = await client.chat.completions.create(**body)
        return Finding.model_validate_json(answer.choices[0].message.content or "")

    return call


def ours(llm: LLM) -> Call:
    """The library's call."""

    async def call(prompt: Prompt) -> Finding:
        return (await llm.aask(prompt, Finding)).value

    return call


async def compare_calls(url: str, in_flight: int, rounds: int, count: int) -> None:
    """Rounds of the bare client and of the library in turn, then reads of a warm cache."""
    asked = prompts(count)
    uncached = LLMSettings(cache=False, concurrency=in_flight)
    rates: dict[str, list[float]] = {"bare": [], "ours": []}
    async with AsyncOpenAI(base_url=url, api_key=KEY, max_retries=0) as client:
        llm = LLM("m", base_url=url, api_key=KEY, settings=uncached)
        both = {"bare": bare(client), "ours": ours(llm)}
        for call in both.values():
            await rate(call, asked[: count // 10], in_flight)
        for _ in range(rounds):
            for name, call in both.items():
                rates[name].append(await rate(call, asked, in_flight))
        await llm.aclose()
    ratios = [own / other for own, other in zip(rates["ours"], rates["bare"], strict=True)]
    print(
        f"{in_flight} in flight, {rounds} x {count} calls: "
        f"bare {statistics.median(rates['bare']):.0f}/s, "
        f"ours {statistics.median(rates['ours']):.0f}/s, "
        f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})"
    )
    await compare_reads(url, in_flight, asked)


async def compare_reads(url: str, in_flight: int, asked: list[Prompt]) -> None:
    """The same calls into an empty cache, then out of it, many at once and one by one."""
    with tempfile.TemporaryDirectory() as folder:
        settings = LLMSettings(cache_folder=Path(folder), concurrency=in_flight)
        one, other = (LLM(name, base_url=url, api_key=KEY, settings=settings) for name in "mn")
        cold = await rate(ours(one), asked, in_flight)
        warm = await rate(ours(one), asked, in_flight)
        alone = await rate(ours(other), asked[:200], 1)
        warm_alone = await rate(ours(one), asked, 1)
        for llm in (one, other):
            await llm.aclose()
            llm.close()
    print(
        f"{in_flight} in flight, cache: first {cold:.0f}/s, again {warm:.0f}/s, "
        f"{warm / cold:.0f} times; one by one {alone:.0f}/s, {warm_alone:.0f}/s, "
        f"{warm_alone / alone:.0f} times"
    )


def stream(url: str, count: int) -> None:
    """Read so many articles and keep nothing; tells the peak memory of this process."""
    claims = 0
    settings = LLMSettings(cache=False)
    with LLM("m", base_url=url, api_key=KEY, settings=settings) as llm:
        for extraction in extract_each(articles(count, 1), llm=llm):
            claims += len(extraction.claims)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} articles, {claims} claims: peak {peak:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["calls", "memory", "stream"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--calls", type=int, default=5_000)
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--url")
    given = parser.parse_args()
    if given.what == "stream":
        stream(given.url, given.articles[0])
        return
    with EndpointProcess(latency_ms=LATENCY_MS if given.what == "calls" else 0) as endpoint:
        if given.what == "calls":
            for in_flight in (16, 64):
                asyncio.run(compare_calls(endpoint.url, in_flight, given.rounds, given.calls))
            return
        for count in given.articles:
            command = [sys.executable, "-m", "tests.benchmarks.overhead", "stream"]
            subprocess.run([*command, "--url", endpoint.url, "--articles", str(count)], check=True)


if __name__ == "__main__":
    main()
