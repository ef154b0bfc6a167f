"""What reading costs and finds: `python -m tests.benchmarks.reading SOURCE ARTICLES... [options]`

SOURCE is a recording, as `--replay` takes it, or the URL of an endpoint, whose key is in
OPENAI_API_KEY; a recording is found by the endpoint that it was made with, OPENAI_BASE_URL.
ARTICLES are files, or gold files with the articles that these name. Counted are the calls of the
extract stage, the characters of whole requests, so with their schemas, by four as tokens, and what
became of the claims that were given.
"""

import argparse
import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple

from claimcompare import LLM, Article, LLMSettings, extract, iter_articles
from claimcompare.evaluation.adapters.events import read_events
from claimcompare.evaluation.adapters.rows import Placed
from claimcompare.llm.dialect import Body, Dialect, Wanted
from claimcompare.llm.events import CallEvent
from claimcompare.llm.recording import replay
from claimcompare.stages import Extraction

_CHARACTERS_PER_TOKEN = 4
_STRETCH = re.compile(r"sentences? \d+(?: to \d+)?")
_ANSWERED = frozenset({"answered", "cached"})


class Spent(NamedTuple):
    """The calls that were answered, and the characters of their requests."""

    calls: int = 0
    characters: int = 0


class Became(NamedTuple):
    """What became of the claims that were given, and of the calls that failed."""

    kept: int
    doubted: int
    refused: int
    failed: int
    doubts: Counter[str]
    reasons: Counter[str]
    merged: int

    @property
    def given(self) -> int:
        """All claims that the model gave."""
        return self.kept + self.doubted + self.refused


class Counting(Dialect):
    """Remembers how long each request is, as the endpoint gets it."""

    def __init__(self, model: str, settings: LLMSettings) -> None:
        super().__init__(model, settings.body)
        self._sizes: dict[str, int] = {}
        self.spent = Spent()

    def body(self, wanted: Wanted) -> Body:
        """The JSON body of a request."""
        made = super().body(wanted)
        # Which is sent beside it.
        whole = {**made, "stream": False}
        written = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
        self._sizes[wanted.prompt.sha256] = len(written)
        return made

    def hear(self, event: CallEvent) -> None:
        """Count an answer with the last request for its prompt."""
        if event.kind in _ANSWERED:
            calls, characters = self.spent
            self.spent = Spent(calls + 1, characters + self._sizes[event.sha256])


def read(
    source: str, articles: Sequence[Article], model: str, *, small: bool | None
) -> tuple[Extraction, Spent]:
    """What a recording's or an endpoint's model finds in articles, and what that takes."""
    is_live = source.startswith(("http://", "https://"))
    settings = LLMSettings(cache=False, small=small)
    counting = Counting(model, settings)
    llm = LLM(
        model,
        base_url=source if is_live else None,
        api_key=os.environ.get("OPENAI_API_KEY", "none"),
        settings=settings,
        on_event=counting.hear,
    )
    llm._gateway._dialect = counting
    replayed: AbstractContextManager[None] = nullcontext() if is_live else replay(source)
    with llm, replayed:
        return extract(articles, llm=llm), counting.spent


def told(paths: Sequence[str]) -> Iterator[Article]:
    """The articles of files, and those that gold files name, with their outlets and days."""
    gold = [Path(path) for path in paths if path.endswith(".gold.json")]
    for placed in read_events(gold):
        if isinstance(placed, Placed):
            yield from placed.item.articles
    yield from iter_articles([path for path in paths if not path.endswith(".gold.json")])


def became(extraction: Extraction) -> Became:
    """By the ledger, which has a row for each claim that was given, and one for each call."""
    rows = extraction.log.ledger
    claims = [row for row in rows if not _STRETCH.fullmatch(row.item)]
    outcomes = Counter(row.outcome for row in claims)
    believed = outcomes["kept"] + outcomes["doubted"]
    return Became(
        kept=outcomes["kept"],
        doubted=outcomes["doubted"],
        refused=outcomes["refused"],
        failed=sum(row.outcome == "failed" for row in rows),
        doubts=Counter(doubt.kind for claim in extraction.claims for doubt in claim.doubts),
        reasons=Counter(row.reason for row in claims if row.outcome == "refused"),
        merged=believed - len(extraction.claims),
    )


def lines(articles: Sequence[Article], extraction: Extraction, spent: Spent) -> Iterator[str]:
    """The figures, one a line."""
    own = _tokens(sum(len(article.text) for article in articles))
    prompt, found = _tokens(spent.characters), became(extraction)
    yield f"articles: {len(articles)}, of {own:,} tokens"
    yield f"calls: {spent.calls}, failed: {found.failed}"
    yield f"prompt tokens: {prompt:,}, {prompt / max(1, own):.2f} times the articles' own"
    yield f"completion tokens: {extraction.log.usage.completion_tokens:,}, as the endpoint counts"
    yield f"claims given: {found.given}, of which told before: {found.merged}"
    yield f"  kept: {found.kept}"
    yield f"  doubted: {found.doubted}"
    yield from (f"    {kind}: {times}" for kind, times in found.doubts.most_common())
    yield f"  refused: {found.refused}"
    yield from (f"    {times} × {reason}" for reason, times in found.reasons.most_common())


def _tokens(characters: int) -> int:
    return characters // _CHARACTERS_PER_TOKEN


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source")
    parser.add_argument("articles", nargs="+")
    parser.add_argument("--model", default="large")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--small", dest="small", action="store_true", default=None)
    size.add_argument("--large", dest="small", action="store_false")
    given = parser.parse_args()
    articles = list(told(given.articles))
    for line in lines(articles, *read(given.source, articles, given.model, small=given.small)):
        print(line)


if __name__ == "__main__":
    main()
