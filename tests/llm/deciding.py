"""What tests of decisions share: questions, and the replies of decision endpoints."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pytest

from claimcompare.llm import Decisions, Option, Question
from claimcompare.usage import Usage
from tests.llm.server import (
    FakeServer,
    Reply,
    Script,
    Seen,
    ballot,
    fails,
    replies_json,
    says,
)

OPTIONS = (Option("support", "asserts it"), Option("denial", "rejects it"), Option("context"))
SURE = {"support": 0.9, "denial": 0.06, "context": 0.04}
EVEN = {"support": 0.5, "denial": 0.25, "context": 0.25}
USAGE = {"input_tokens": 40, "input_tokens_details": {"cached_tokens": 30}, "output_tokens": 2}
USED = Usage(calls=1, prompt_tokens=40, cached_tokens=30, completion_tokens=2, cost=None)
OPENAI, SYSTEM_ONE, CHAT = "/v1/decisions", "/v1/systemone", "/v1/chat/completions"
MEASURED = says("support", logprobs={"support": math.log(0.6), "denial": math.log(0.2)})
NOT_FOUND = fails(404, "no such route")


def question(name: str = "c1") -> Question:
    return Question(name=name, instructions=f"How does {name} stand to it?", options=OPTIONS)


def questions(count: int) -> list[Question]:
    return [question(f"c{number}") for number in range(1, count + 1)]


def names(request: Seen) -> list[str]:
    """The questions of a request, in its order."""
    asked = request.body["questions"]
    return list(asked) if isinstance(asked, dict) else [one["name"] for one in asked]


def listed(shares: Mapping[str, float] = SURE, name: str | None = None) -> dict[str, Any]:
    """An answer in OpenAI's form."""
    odds = [{"value": value, "probability": share} for value, share in shares.items()]
    answer = {"type": "choice", "choice": "support", "confidence": 0.9, "probabilities": odds}
    return answer if name is None else {**answer, "name": name}


def mapped(shares: Mapping[str, float] = SURE, **more: object) -> dict[str, Any]:
    """An answer in System One's form."""
    return {"type": "choice", "choice": "support", "probabilities": dict(shares), **more}


def replies_with(answers: object, usage: object = USAGE) -> Reply:
    return replies_json({"model": "m", "answers": answers, "usage": usage})


def by_path(**scripts: Script | Reply) -> Script:
    """Answers `decisions`, `systemone` and `chat` each in its own way, other paths with a 404."""

    def reply(request: Seen) -> Reply:
        last = request.path.rpartition("/v1/")[2].partition("/")[0]
        script = scripts.get(last, NOT_FOUND)
        return script if isinstance(script, Reply) else script(request)

    return reply


def in_openai_form(request: Seen) -> Reply:
    return replies_with([listed(name=name) for name in names(request)])


def in_system_one_form(request: Seen) -> Reply:
    return replies_with({name: mapped(label_mass=0.75) for name in names(request)})


def in_chat(request: Seen) -> Reply:
    return MEASURED if "logprobs" in request.body else ballot("denial")


def only(path: str, reply: Reply) -> dict[str, Reply]:
    """What `by_path` is to answer there."""
    return {"decisions": reply} if path == OPENAI else {"systemone": reply}


def at_most(most: int, script: Script, complaint: Reply) -> Script:
    """Complains of more questions than that."""
    return lambda request: complaint if len(names(request)) > most else script(request)


def paths(server: FakeServer) -> list[str]:
    return [request.path for request in server.seen]


def errors(found: Decisions) -> list[str | None]:
    return [one.error for one in found.answers]


def are(found: Decisions, shares: Mapping[str, float], label_mass: float | None = None) -> bool:
    """Whether all decisions are these, but for rounding."""
    return all(
        one.error is None
        and one.probabilities == pytest.approx(shares)
        and one.label_mass == (None if label_mass is None else pytest.approx(label_mass))
        for one in found.answers
    )


def supports(found: Decisions) -> list[float]:
    return [one.probabilities["support"] for one in found.answers]


def sizes(requests: Iterable[Seen]) -> list[int]:
    """How many questions each request has."""
    return [len(names(request)) for request in requests]


def asked_in_order(requests: Sequence[Seen]) -> list[str]:
    return [name for request in requests for name in names(request)]
