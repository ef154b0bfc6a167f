"""Compares made-up stories in a process of its own, and keeps their results in a folder."""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from claimcompare import LLMSettings
from claimcompare.corpus import Model, Results, compare_stories
from tests.corpus.stories import stories

INTERRUPTED = 130
CONCURRENCY = 4


def main() -> None:
    """Do what is not done yet."""
    parser = ArgumentParser(prog="python -m tests.corpus.program")
    parser.add_argument("--url", required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--form", required=True)
    parser.add_argument("--workers", type=int, required=True)
    parser.add_argument("--stories", type=int, required=True)
    os.environ["OPENAI_API_KEY"] = "sk-desk"
    try:
        _compare(parser.parse_args())
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _compare(given: Namespace) -> None:
    settings = LLMSettings(cache_folder=given.cache, concurrency=CONCURRENCY)
    model = Model(name="m", base_url=given.url, settings=settings)
    with Results(given.folder, form=given.form, rows_per_shard=5) as results:
        left = (one for one in stories(given.stories) if one.id not in results.done)
        for result in compare_stories(left, llm=model, workers=given.workers):
            results.add(result)


if __name__ == "__main__":
    main()
