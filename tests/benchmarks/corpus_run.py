"""Articles end to end: stories compared in processes, and kept, against the fake endpoint.

`python -m tests.benchmarks.corpus pool --articles 10000`; `… endpoint` tells what that alone
allows.
"""

import argparse
import asyncio
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

from claimcompare import LLMSettings
from claimcompare.corpus import Model, Results, Story, compare_stories
from tests.benchmarks.overhead import LATENCY_MS, prompts
from tests.endpoint.articles import articles
from tests.endpoint.process import EndpointProcess

PER_STORY = 4
MB = 1024


def stories(many: int, size: int) -> Iterator[Story]:
    """So many articles in stories of that size, ready-made."""
    found = articles(many)
    while batch := tuple(islice(found, size)):
        yield Story(articles=batch)


def pool(given: argparse.Namespace) -> None:
    """Compare and keep all stories; print how fast that was."""
    os.environ["OPENAI_API_KEY"] = "sk-benchmark"
    calls = done = failures = 0
    with ExitStack() as stack:
        server = stack.enter_context(EndpointProcess(latency_ms=given.latency_ms))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        settings = LLMSettings(cache_folder=folder / "cache", concurrency=given.concurrency)
        model = Model(name="m", base_url=server.url, settings=settings)
        results = stack.enter_context(Results(folder / "results", form=given.form))
        found = compare_stories(
            stories(given.articles, given.per_story), llm=model, workers=given.workers
        )
        start = first = time.perf_counter()
        first_calls = 0
        for result in found:
            results.add(result)
            calls, done = calls + result.usage.calls, done + 1
            failures += len(result.failures)
            # Processes start once, however many stories there are.
            if done == given.skip:
                first, first_calls = time.perf_counter(), calls
        end = time.perf_counter()
    print(f"{done} stories of {given.per_story} articles, {failures} failures, {given.form}")
    tell("all", calls, end - start, given)
    if given.skip < done:
        tell(f"after {given.skip} stories", calls - first_calls, end - first, given)
    here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MB
    print(
        f"processor time, endpoint and start included: {1_000 * _processor() / calls:.1f} ms a call"
    )
    print(f"peak memory: {here:.0f} MB here, {largest:.0f} MB in the largest worker")


def _processor() -> float:
    """Seconds of this process and of those that it has waited for."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(one) for one in whose]
    return sum(one.ru_utime + one.ru_stime for one in used)


def tell(what: str, calls: int, seconds: float, given: argparse.Namespace) -> None:
    """Print the rate, and its share of what latency and concurrency allow."""
    latency, concurrency = given.latency_ms, given.concurrency
    allowed = calls * latency / 1_000 / concurrency
    print(
        f"{what}: {calls} calls in {seconds:.1f} s, {calls / seconds:.0f}/s, "
        f"{allowed / seconds:.2f} of what {latency:g} ms and {concurrency} at a time allow"
    )


async def alone(url: str, count: int, concurrency: int) -> float:
    """Requests a second that the endpoint answers, sent with as little work as can be."""
    host, _, port = url.removeprefix("http://").removesuffix("/v1").partition(":")
    (asked,) = prompts(1)
    body = f'{{"messages": [{{"role": "user", "content": "{asked.user}"}}]}}'.encode()
    head = f"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: {len(body)}\r\n\r\n"

    async def client(times: int) -> None:
        reader, writer = await asyncio.open_connection(host, int(port))
        for _ in range(times):
            writer.write(head.encode() + body)
            headers = (await reader.readuntil(b"\r\n\r\n")).lower()
            await reader.readexactly(int(headers.partition(b"content-length:")[2].split()[0]))
        writer.close()

    start = time.perf_counter()
    await asyncio.gather(*(client(count // concurrency) for _ in range(concurrency)))
    return count / (time.perf_counter() - start)


def endpoint(given: argparse.Namespace) -> None:
    """Print what the endpoint alone allows."""
    with EndpointProcess(latency_ms=LATENCY_MS) as server:
        rate = asyncio.run(alone(server.url, 5_000, given.concurrency))
    allowed = given.concurrency * 1_000 / LATENCY_MS
    print(f"endpoint alone: {rate:.0f} calls a second, {rate / allowed:.2f} of {allowed:.0f}")


def add(parsers: Any) -> None:
    """The commands of this module."""
    told = parsers.add_parser("pool", help="stories compared in processes, end to end")
    told.add_argument("--articles", type=int, default=10_000)
    told.add_argument("--per-story", type=int, default=PER_STORY)
    told.add_argument("--workers", type=int, default=2)
    told.add_argument("--concurrency", type=int, default=2, help="of all workers together")
    told.add_argument("--latency-ms", type=float, default=LATENCY_MS)
    told.add_argument("--skip", type=int, default=20, help="stories until all have started")
    told.add_argument("--form", choices=["parquet", "jsonl"], default="parquet")
    told.set_defaults(run=pool)
    told = parsers.add_parser("endpoint", help="what the fake endpoint alone allows")
    told.add_argument("--concurrency", type=int, default=2)
    told.set_defaults(run=endpoint)
