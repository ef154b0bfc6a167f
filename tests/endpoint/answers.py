"""Right answers to all prompts, computed from nothing but the request."""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, get_args

from tests.endpoint.instances import Schema, content, instance, schema_of

Task = Literal[
    "extract", "speakers", "pair", "join", "classify", "vote", "choose", "decide", "other"
]
TASKS: frozenset[Task] = frozenset(get_args(Task))
NOT_TRUE = "It is not true that "
STANCES = ("support", "denial", "context")

_SURE, _REST = 0.9, 0.05
_ASKED_AGAIN = "\n\nYour last answer was not valid: "
_REPORTED = re.compile(r"([^.,:;]+?) (said|denied) that (.+)\.")
_NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_SAID = re.compile(r"^\[(\d+)\] .+?: (.*)$", re.MULTILINE)
_NAMED = re.compile(r"^\[(\d+)\] (.+?)(?: \([^)]*\))?: ", re.MULTILINE)
_PROPOSITION = re.compile(r"^Proposition (\d+), claims ([\d, ]+): (.*)$", re.MULTILINE)
_QUESTION = re.compile(
    r"^How does claim \[(\d+)\] stand to this proposition\? "
    r"(It is not true that this holds: )?(.*)$",
    re.MULTILINE,
)
_BY_FIELD: Mapping[str, Task] = {"claims": "extract", "disputes": "pair", "judged": "classify"}


class Said(NamedTuple):
    """What the model says; `logprobs` are the first token's alternatives."""

    content: str | None
    finish: str = "stop"
    refusal: str | None = None
    logprobs: Mapping[str, float] | None = None


def task_of(body: Mapping[str, Any]) -> Task:
    """What a request asks for, by its questions or its schema, else by log-probabilities."""
    if "questions" in body:
        return "decide"
    if schema := schema_of(body):
        return _wanted(schema)
    return "choose" if body.get("logprobs") else "other"


def _wanted(schema: Schema) -> Task:
    """What is wanted by a schema, which has no title: its fields tell."""
    fields = schema.get("properties", {})
    if {"enum", "const"} & set(fields.get("answer", ())):
        return "vote"
    if "same" in fields:
        return "join" if "$defs" in schema else "speakers"
    return next((task for name, task in _BY_FIELD.items() if name in fields), "other")


def claims(user: str) -> list[dict[str, Any]]:
    """What somebody said or denied in the numbered sentences."""
    found = ((number, _REPORTED.fullmatch(text)) for number, text in _NUMBERED.findall(user))
    return [_claim(int(number), *reported.groups()) for number, reported in found if reported]


def _claim(number: int, speaker: str, cue: str, said: str) -> dict[str, Any]:
    is_denial = cue == "denied"
    return {
        "passages": [number],
        "speaker": speaker,
        "mention": speaker,
        "via": [],
        "kind": "denial" if is_denial else "assertion",
        "text": f"{NOT_TRUE}{said}." if is_denial else f"{said[0].upper()}{said[1:]}.",
    }


def speakers(user: str) -> list[list[int]]:
    """The numbers of equal names, where there are several."""
    found: dict[str, list[int]] = {}
    for number, name in _NAMED.findall(user):
        found.setdefault(name.casefold(), []).append(int(number))
    return [numbers for numbers in found.values() if len(numbers) > 1]


def disputes(user: str) -> list[dict[str, Any]]:
    """Each content that some claims assert and others deny."""
    texts = dict(_SAID.findall(user))
    return [
        {
            "proposition": texts[str(support[0])],
            "form": "plain",
            "support": support,
            "deny": deny,
            "withdrawn": [],
        }
        for support, deny in _by_content(texts.items())
        if support and deny
    ]


def points(user: str) -> list[dict[str, Any]]:
    """Each content that several propositions state, as it is or negated."""
    found = []
    for plain, negated in _by_content(_NUMBERED.findall(user)):
        (best, *equal), opposite = (plain, negated) if plain else (negated, plain)
        if equal or opposite:
            found.append({"as": best, "equal": equal, "opposite": opposite})
    return found


def _by_content(rows: Iterable[tuple[str, str]]) -> list[tuple[list[int], list[int]]]:
    """For each content the numbers of the rows that assert it, and of those that deny it."""
    found: dict[str, tuple[list[int], list[int]]] = {}
    for number, text in rows:
        content, denied = _without_denial(text)
        found.setdefault(content, ([], []))[denied].append(int(number))
    return list(found.values())


def stances(user: str) -> list[dict[str, Any]]:
    """For each proposition where its claims stand."""
    said = dict(_SAID.findall(user))
    judged = []
    for proposition, asked, text in _PROPOSITION.findall(user):
        placed: dict[str, list[int]] = {one: [] for one in STANCES}
        for number in asked.split(", "):
            placed[_stance(text, said[number])].append(int(number))
        judged.append({"proposition": int(proposition), **placed})
    return judged


def stance(text: str) -> str:
    """How a claim stands to the proposition of the last question, or to its negation."""
    questions, said = _QUESTION.findall(text), dict(_SAID.findall(text))
    if not questions:
        return "context"
    number, negation, proposition = questions[-1]
    return _stance(proposition, said.get(number, ""), turned=bool(negation))


def _stance(proposition: str, claim: str, *, turned: bool = False) -> str:
    proposed, negative = _without_denial(proposition)
    content, denied = _without_denial(claim)
    if content != proposed:
        return "context"
    return "support" if denied == (negative != turned) else "denial"


def _without_denial(text: str) -> tuple[str, bool]:
    """What a text asserts or denies, and whether it denies it."""
    plain, prefix = text.casefold(), NOT_TRUE.casefold()
    return plain.removeprefix(prefix), plain.startswith(prefix)


# The field of a right answer, and what stands in it.
_BY_USER: Mapping[Task, tuple[str, Callable[[str], Sequence[object]]]] = {
    "extract": ("claims", claims),
    "speakers": ("same", speakers),
    "pair": ("disputes", disputes),
    "join": ("same", points),
    "classify": ("judged", stances),
}


def right_answer(body: Mapping[str, Any], task: Task) -> Said:
    """The answer of a model that makes no mistake."""
    user = content(body, -1).partition(_ASKED_AGAIN)[0]
    if task == "choose":
        return _measured(stance(user))
    if task in _BY_USER:
        field, found = _BY_USER[task]
        return _json({field: found(user)})
    value = instance(schema_of(body))
    if task == "vote" and stance(user) in schema_of(body)["properties"]["answer"].get("enum", ()):
        value = {"answer": stance(user)}
    return _json(value)


def _measured(chosen: str) -> Said:
    others = {one: math.log(_REST) for one in STANCES if one != chosen}
    return Said(chosen, "length", logprobs={chosen: math.log(_SURE), **others})


def _json(value: object) -> Said:
    return Said(json.dumps(value, ensure_ascii=False))
