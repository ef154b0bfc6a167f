"""The two forms of decision endpoints: what is sent, and how their answers are read.

OpenAI's form asks with a list and is answered with a list; System One's asks with a map by name
and is answered with one. Both answers are read with the same care, since servers mix them.
"""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, TypeAdapter, ValidationError, field_validator

from claimcompare.errors import LLMError
from claimcompare.llm.completion import Completion, error_in_answer
from claimcompare.llm.decisions import Question, Told
from claimcompare.llm.dialect import Body
from claimcompare.llm.requests import Api
from claimcompare.llm.used import usage_of

NO_DECISIONS = "the endpoint's answer holds no decisions"
_UNREADABLE = "the answer cannot be read"
_TOLD = TypeAdapter(tuple[Told, ...])


class Form(NamedTuple):
    """How one kind of decision endpoint is asked."""

    name: str
    api: Api
    body: Callable[[str, Sequence[Question]], Body]


class _Object(dict[str, Any]):
    """A JSON object that remembers all its pairs, also those with one name."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs


Listed = list[Any] | _Object


class _Probability(BaseModel):
    value: str | bool
    probability: float


class _Answer(BaseModel):
    type: Literal["choice", "refusal", "predicate", "noul", "score"]
    name: str | None = None
    probabilities: list[_Probability] = []
    label_mass: float | None = None

    @field_validator("probabilities", mode="before")
    @classmethod
    def _listed(cls, given: Any) -> Any:
        if isinstance(given, _Object):
            return [{"value": value, "probability": share} for value, share in given.pairs]
        return given


def told_in(answer: Completion) -> tuple[Told, ...]:
    """What was told, one by one, from an answer that one of the forms has read."""
    return _TOLD.validate_python(json.loads(answer.text))


def _openai_body(state: str, questions: Sequence[Question]) -> Body:
    asked = [
        {
            "type": "choice",
            "name": question.name,
            "instructions": question.instructions,
            "choices": [
                {"value": value, **({"description": meaning} if meaning else {})}
                for value, meaning in question.options
            ],
        }
        for question in questions
    ]
    return {"input": state, "questions": asked}


def _system_one_body(state: str, questions: Sequence[Question]) -> Body:
    asked = {
        question.name: {
            "type": "choice",
            "instructions": question.instructions,
            "criteria": {value: meaning or None for value, meaning in question.options},
        }
        for question in questions
    }
    return {"state": state, "questions": asked}


def _read(kind: type[Listed], body: bytes, hidden: Callable[[str], str]) -> Completion:
    """The answers in a response, which are to be of that kind; raises LLMError."""
    try:
        reply = json.loads(body, object_pairs_hook=_Object)
    except (ValueError, RecursionError):
        reply = None
    if not isinstance(reply, dict):
        raise LLMError(f"{NO_DECISIONS}; is the base URL right?")
    if reply.get("error"):
        raise error_in_answer(reply["error"], hidden)
    answers = reply.get("answers")
    if not isinstance(answers, kind):
        raise LLMError(NO_DECISIONS)
    told = [_told(name, answer) for name, answer in _pairs(answers)]
    if told and all(one.fault == _UNREADABLE for one in told):
        raise LLMError(f"{NO_DECISIONS} in this form")
    kept = json.dumps([one.model_dump() for one in told], ensure_ascii=False)
    return Completion(text=kept, usage=usage_of(reply.get("usage")))


def _pairs(answers: Listed) -> list[tuple[str | None, Any]]:
    if isinstance(answers, _Object):
        return [*answers.pairs]
    return [(None, answer) for answer in answers]


def _told(key: str | None, given: Any) -> Told:
    """One answer, under its key in a map or with its own name in a list."""
    try:
        answer = _Answer.model_validate(given)
    except ValidationError:
        own = given.get("name") if isinstance(given, dict) else None
        return Told(name=key or (own if isinstance(own, str) else None), fault=_UNREADABLE)
    return Told(
        name=key or answer.name,
        probabilities=tuple((str(one.value), one.probability) for one in answer.probabilities),
        label_mass=answer.label_mass,
        fault="refused" if answer.type == "refusal" else None,
    )


OPENAI = Form(
    "openai",
    Api("/decisions", "decide", partial(_read, list), provider="openai-decisions"),
    _openai_body,
)
SYSTEM_ONE = Form(
    "systemone", Api("/systemone", "decide", partial(_read, _Object)), _system_one_body
)
