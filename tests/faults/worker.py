"""Compares made-up articles in a process of its own, and tells which calls are finished."""

import logging
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from claimcompare import compare
from claimcompare.llm import LLM, CallEvent
from claimcompare.stages import CompareSettings
from tests.endpoint.articles import articles
from tests.faults.runs import KEY, PATIENCE, settings_of

CONCURRENCY = 4
_EVENTS = 20
# So few claims in a pair call, and so many in one of classify, make many calls.
_SETTINGS = CompareSettings(claims_per_call=4, nearest=39)


def main() -> None:
    """Compare, and write the comparison when it is whole."""
    parser = ArgumentParser(prog="python -m tests.faults.worker")
    parser.add_argument("--url", required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--finished", type=Path, required=True)
    parser.add_argument("--result", type=Path, required=True)
    given = parser.parse_args()
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    # Unbuffered: what is written before a kill is in the file.
    with given.finished.open("ab", buffering=0) as finished:
        _compare(given, lambda line: finished.write(line.encode()))


def _compare(given: Namespace, tell: Callable[[str], object]) -> None:
    def heard(event: CallEvent) -> None:
        if event.kind == "answered":
            tell(f"{event.sha256}{os.linesep}")

    settings = settings_of(
        cache=True, cache_folder=given.cache, concurrency=CONCURRENCY, timeout=PATIENCE
    )
    # To guess the language takes the number words of five, and each process a second for them.
    read = [one.model_copy(update={"language": "en"}) for one in articles(2 * _EVENTS)]
    with LLM("m", base_url=given.url, api_key=KEY, settings=settings, on_event=heard) as llm:
        result = compare(read, llm=llm, settings=_SETTINGS)
    # When it was made is all that may differ from another run's.
    same = result.model_dump_json(exclude={"provenance": {"made"}})
    given.result.write_bytes(same.encode())


if __name__ == "__main__":
    main()
