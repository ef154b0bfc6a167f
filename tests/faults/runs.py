"""Runs against the fake endpoint, and what its log tells about them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from claimcompare.llm import LLM, LLMSettings
from claimcompare.schema import Claim, LedgerRow
from tests.endpoint.process import EndpointProcess, Entry

KEY = "sk-MARKED-0123456789"
FINAL = frozenset({400, 401, 403, 404, 422})
TIMEOUT = 1.0
# Where nothing stalls: a busy machine is waited for.
PATIENCE = 60.0
_STALL = 1.5
# How far the clocks of two processes on one machine may be apart.
_CLOCKS = 0.02


def endpoint(log: Path | None = None, **options: float | str) -> EndpointProcess:
    """An endpoint that is fast, except where it stalls."""
    return EndpointProcess(log, **{"latency_ms": 1, "stall": _STALL, **options})


def settings_of(**settings: Any) -> LLMSettings:
    """Settings of a client that waits for little beside what it is asked to."""
    return LLMSettings(**{"cache": False, "max_wait": 0.05, "timeout": TIMEOUT, **settings})


def model_at(server: EndpointProcess, **settings: Any) -> LLM:
    """A model on that endpoint."""
    return LLM("m", base_url=server.url, api_key=KEY, settings=settings_of(**settings))


def told_tokens(log: Sequence[Entry]) -> int:
    """The tokens that the endpoint said it used."""
    return sum(row.prompt_tokens + row.completion_tokens for row in log)


def after_the_last_word(log: Sequence[Entry]) -> list[Entry]:
    """Requests that came again after an error that no retry can mend."""
    last = {row.id: row.attempt for row in log if row.status in FINAL}
    return [row for row in log if row.attempt > last.get(row.id, row.attempt)]


def told_to_wait(log: Sequence[Entry]) -> list[Entry]:
    """Requests whose sender was asked to wait."""
    return [row for row in log if row.retry_after is not None]


def too_early(log: Sequence[Entry]) -> list[Entry]:
    """Requests that came again before their sender was to send them, or never."""
    arrivals = {(row.id, row.attempt): row.at for row in log}
    return [
        row
        for row in told_to_wait(log)
        if arrivals.get((row.id, row.attempt + 1), 0.0) < _until(row) - _CLOCKS
    ]


def sent_in_pauses(log: Sequence[Entry]) -> list[int]:
    """How many requests came in each pause: only those on their way when it was asked for."""
    starts = sorted(row.at for row in log)
    return [
        sum(pause.done < start < _until(pause) - _CLOCKS for start in starts)
        for pause in told_to_wait(log)
    ]


def failed(ledger: Sequence[LedgerRow]) -> list[LedgerRow]:
    """The rows of what got no usable answer."""
    return [row for row in ledger if row.outcome == "failed"]


def claims_of(claims: Sequence[Claim], article_ids: set[str]) -> Iterator[Claim]:
    """The claims of some articles."""
    return (claim for claim in claims if claim.article_id in article_ids)


def _until(row: Entry) -> float:
    return row.done + (row.retry_after or 0.0)
