"""Run the fake endpoint until standard input closes."""

import asyncio
import os
import signal
from argparse import ArgumentParser
from pathlib import Path
from threading import Thread

from tests.endpoint.faults import KINDS, FaultPlan, Kind
from tests.endpoint.server import Settings, serve


def main() -> None:
    """Serve with the settings of the command line."""
    parser = ArgumentParser(prog="python -m tests.endpoint")
    parser.add_argument("--latency-ms", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--faults", type=float, default=0.0)
    parser.add_argument("--stall", type=float, default=30.0)
    parser.add_argument("--kinds", type=_kinds, default=KINDS, help="such as transient,answer")
    parser.add_argument("--most-in-flight", type=int)
    parser.add_argument("--quotes", default="", help="such as authorization,x-gateway-key")
    parser.add_argument("--decisions", default="", help="such as openai,systemone")
    parser.add_argument("--most-questions", type=int)
    parser.add_argument("--log", type=Path)
    given = parser.parse_args()
    plan = FaultPlan(given.seed, given.faults, given.kinds)
    settings = Settings(
        latency=given.latency_ms / 1_000,
        stall=given.stall,
        log=given.log,
        plan=plan,
        most_in_flight=given.most_in_flight,
        decisions=frozenset(given.decisions.split(",")),
        most_questions=given.most_questions,
        quotes=tuple(name.encode() for name in given.quotes.split(",") if name),
    )
    asyncio.run(_serve_until_closed(settings))


def _kinds(text: str) -> frozenset[Kind]:
    """Kinds of faults with commas between; argparse reports a ValueError."""
    named = set(text.split(","))
    known = frozenset(kind for kind in KINDS if kind in named)
    if len(known) < len(named):
        raise ValueError(text)
    return known


async def _serve_until_closed(settings: Settings) -> None:
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()

    def stop(*_: object) -> None:
        loop.call_soon_threadsafe(stopped.set)

    def until_closed() -> None:
        # Unlike a read through sys.stdin, this one holds no lock that an exit waits for.
        while os.read(0, 4_096):
            pass
        stop()

    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, stop)
    Thread(target=until_closed, daemon=True).start()
    await serve(settings, stopped)


if __name__ == "__main__":
    main()
