"""What tests of recordings share."""

import asyncio
from pathlib import Path

from claimcompare.llm import LLM, Answer
from claimcompare.llm.recording import record
from tests.llm.server import (
    City,
    FakeServer,
    Reply,
    Seen,
    prompt,
    says,
)

NAMES = [f"city {number}" for number in range(12)]


def echo(request: Seen) -> Reply:
    return says(City(name=request.user, people=0).model_dump_json())


def names_of(answers: list[Answer[City]]) -> list[str]:
    return [answer.value.name for answer in answers]


async def all_at_once(llm: LLM, users: list[str]) -> list[Answer[City]]:
    return await asyncio.gather(*(llm.aask(prompt(user), City) for user in users))


def record_and_fail(llm: LLM, tape: Path, error: BaseException) -> None:
    with record(tape):
        llm.ask(prompt("interrupted"), City)
        raise error


def recorded(llm: LLM, server: FakeServer, tape: Path, users: list[str]) -> list[Answer[City]]:
    """The answers to some questions, recorded; the endpoint is gone afterwards."""
    server.will_always(echo)
    with record(tape):
        answers = [llm.ask(prompt(user), City) for user in users]
    server.close()
    return answers
