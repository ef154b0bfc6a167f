"""Grouping articles into stories: made-up news of several sizes, and events of BASIL mixed.

`python -m tests.benchmarks.corpus stories --articles 10000 100000 --seed 2` takes a process for
each size, so that its peak memory is its own. What making the news up takes is not counted.

`python -m tests.benchmarks.corpus basil PATH` takes the articles of all events together: as dated,
without dates, and as if all were of one day, each in several orders.
"""

import argparse
import json
import multiprocessing
import resource
import sys
import time
from array import array
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from claimcompare import Article
from claimcompare.corpus import stories
from tests.benchmarks.grouping import Grouping, Pairs
from tests.benchmarks.made_news import Made, news

_ORDERS = 5
_ONE_DAY = "2024-05-03"
# Linux counts kilobytes, macOS bytes.
_BYTES = 1 if sys.platform == "darwin" else 1024


class Taken(NamedTuple):
    """What so many articles took: seconds, those of the processor, megabytes."""

    articles: int
    seconds: float
    processor: float
    megabytes: float
    stories: int
    events: int
    largest: int
    grouping: Grouping


class _Timed:
    """Made-up articles, and what making them took."""

    def __init__(self, seed: int, count: int) -> None:
        self._made = islice(news(seed), count)
        self.seconds = self.processor = 0.0
        self.pairs = Pairs()
        self.about = array("q")

    def __iter__(self) -> Iterator[Article]:
        while (made := self._next()) is not None:
            yield made.article

    def _next(self) -> Made | None:
        clock, processor = time.perf_counter(), time.process_time()
        made = next(self._made, None)
        if made is not None:
            self.pairs.should_be(made.story)
            number = number_of(made.article)
            self.about.extend([0] * (number + 1 - len(self.about)))
            self.about[number] = made.story
        self.seconds += time.perf_counter() - clock
        self.processor += time.process_time() - processor
        return made


def number_of(article: Article) -> int:
    """The number at the end of a made-up article's id."""
    return int(article.id.rpartition("-")[2])


def taken(count: int, seed: int) -> Taken:
    """What it takes to group so many articles, and how well they are grouped."""
    made = _Timed(seed, count)
    clock, processor = time.perf_counter(), time.process_time()
    for story in stories(made):
        made.pairs.made(made.about[number_of(one)] for one in story.articles)
    seconds = time.perf_counter() - clock - made.seconds
    busy = time.process_time() - processor - made.processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _BYTES / 1e6
    pairs = made.pairs
    events = len(set(made.about))
    found = pairs.grouping()
    return Taken(count, seconds, busy, peak, pairs.stories, events, pairs.largest, found)


def add(parsers: Any) -> None:
    """The commands of this module."""
    told = parsers.add_parser("stories", help="time, memory and quality of grouping")
    told.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000])
    told.add_argument("--seed", type=int, default=2)
    told.set_defaults(run=_stories)
    basil = parsers.add_parser("basil", help="events of BASIL mixed")
    basil.add_argument("path", type=Path)
    basil.set_defaults(run=_basil)


def _stories(told: argparse.Namespace) -> None:
    """A row for each size."""
    print(" articles  seconds     cpu  articles/s     MB  stories  events  largest")
    for count in told.articles:
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=spawn) as own:
            one = own.submit(taken, count, told.seed).result()
        print(
            f"{one.articles:9,} {one.seconds:8.1f} {one.processor:7.1f}"
            f" {one.articles / one.seconds:11,.0f} {one.megabytes:6,.0f} {one.stories:8,}"
            f" {one.events:7,} {one.largest:8}"
        )
        for name, rate in one.grouping._asdict().items():
            print(f"{name:>19} {rate}", flush=True)


def _basil(told: argparse.Namespace) -> None:
    """Which events come out whole, with how many pairs right and made."""
    rows = [json.loads(line) for line in told.path.read_text(encoding="utf-8").splitlines()]
    for name, change in (("as dated", {}), ("undated", {"published": None}),
                         ("of one day", {"published": _ONE_DAY})):  # fmt: skip
        for order in range(_ORDERS):
            about = {f"{at}": row["event"] for at, row in enumerate(rows)}
            articles = [
                Article(**_fields(row) | {"id": f"{at}"} | change) for at, row in enumerate(rows)
            ]
            if order:
                Random(order).shuffle(articles)  # noqa: S311 - no secret
            print(f"{name}, order {order}: {_compared(articles, about)}", flush=True)


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name in Article.model_fields}


def _compared(articles: list[Article], about: dict[str, str]) -> str:
    numbers = {event: at for at, event in enumerate(dict.fromkeys(about.values()))}
    pairs = Pairs()
    for event in about.values():
        pairs.should_be(numbers[event])
    whole = set(numbers)
    for story in stories(articles):
        events = [about[one.id] for one in story.articles]
        pairs.made(numbers[event] for event in events)
        all_of_it = [one for one in about.values() if one == events[0]]
        if events != all_of_it:
            whole -= set(events)
    found = pairs.grouping()
    return (
        f"{len(whole)} of {len(numbers)} whole, precision {found.precision}, recall {found.recall}"
    )
