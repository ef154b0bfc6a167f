"""Right answers to all prompts, computed from nothing but the request."""

import json
import math
import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, get_args

from tests.endpoint.instances import Schema, content, instance, schema_of

Task = Literal["extract", "pair", "vote", "choose", "together", "decide", "other"]
TASKS: frozenset[Task] = frozenset(get_args(Task))
NOT_TRUE = "It is not true that "
IN_TRUTH = "in truth "
STANCES = ("support", "denial", "context")

_SURE, _REST = 0.9, 0.05
_ASKED_AGAIN = "\n\nYour last answer was not valid: "
_REPORTED = re.compile(r"([^.,:;]+?) (said|denied) that (.+)\.")
_NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_ROW = re.compile(r"^\[(\d+)\] (.+?): (.*)$", re.MULTILINE)
_PROPOSITION = re.compile(r"^Proposition: (.*)$", re.MULTILINE)
_SAID = re.compile(r"^(?:.+ said|Said): (.*)$", re.MULTILINE)
_DISPUTED = re.compile(r"^Proposition:\n(?P<negated>It is not true that this holds: )?(.*)\n")
_BY_SCHEMA: Mapping[str, Task] = {
    "WireClaims": "extract",
    "WireDisputes": "pair",
    "ShortDisputes": "pair",
    "WireStances": "together",
}
_BY_SYSTEM: Mapping[str, Task] = {
    "tell who says what": "extract",
    "what they dispute": "pair",
    "how speakers in the news stand": "together",
}


class Said(NamedTuple):
    """What the model says; `logprobs` are the first token's alternatives."""

    content: str | None
    finish: str = "stop"
    refusal: str | None = None
    logprobs: Mapping[str, float] | None = None


def task_of(body: Mapping[str, Any]) -> Task:
    """What a request asks for, by its questions or schema, else by log-probabilities or system."""
    if "questions" in body:
        return "decide"
    schema = schema_of(body)
    if {"enum", "const"} & set(schema.get("properties", {}).get("answer", ())):
        return "vote"
    if schema:
        return _BY_SCHEMA.get(schema.get("title", ""), "other")
    if body.get("logprobs"):
        return "choose"
    system = content(body, 0)
    return next((task for words, task in _BY_SYSTEM.items() if words in system), "other")


def right_answer(body: Mapping[str, Any], task: Task) -> Said:
    """The answer of a model that makes no mistake."""
    user = content(body, -1).partition(_ASKED_AGAIN)[0]
    if task == "choose":
        chosen = stance(user)
        others = {one: math.log(_REST) for one in STANCES if one != chosen}
        chances = {chosen: math.log(_SURE), **others}
        return Said(chosen, "length", logprobs=chances)
    if task == "extract":
        return _json(claims(schema_of(body), user))
    if task == "pair":
        return _json({"disputes": disputes(user)})
    if task == "together":
        return _json(stances(user))
    value = instance(schema_of(body))
    if task == "vote" and stance(user) in schema_of(body)["properties"]["answer"].get("enum", ()):
        value = {"answer": stance(user)}
    return _json(value)


def claims(schema: Schema, user: str) -> dict[str, Any]:
    """For each passage asked about, who said or denied there that something is so."""
    texts = dict(_NUMBERED.findall(user))
    return {
        key: _claimed(texts[key.partition(" ")[0]], listed=wanted.get("type") == "array")
        for key, wanted in schema.get("properties", {}).items()
    }


def _claimed(text: str, *, listed: bool) -> Any:
    """A list of the passage's one claim, worded; else the claim by its speaker alone."""
    reported = _REPORTED.fullmatch(text)
    if reported is None:
        return [] if listed else None
    speaker, cue, said = reported.groups()
    told = {"who": speaker, "speaker": speaker}
    sentence = f"{said[0].upper()}{said[1:]}." if cue == "said" else f"{NOT_TRUE}{said}."
    return [{**told, "via": [], "text": sentence}] if listed else told


def disputes(user: str) -> list[dict[str, Any]]:
    """Each statement that something is not true, against another's claim that it is."""
    statements, _, others = user.partition("\n\nClaims:\n")
    asserted: dict[str, list[tuple[str, str, str]]] = {}
    for number, speaker, text in _ROW.findall(others):
        asserted.setdefault(text.casefold(), []).append((number, speaker, text))
    found = []
    for number, speaker, text in _ROW.findall(statements):
        content, denied = _without_denial(text)
        same = asserted.get(content, []) if denied else []
        against = next((one for one in same if one[1] != speaker), None)
        if against:
            opposed, _, proposition = against
            numbers = {"statement": int(number), "against": int(opposed)}
            found.append({**numbers, "proposition": proposition})
    return found


def stance(user: str) -> str:
    """Whether a claim is the proposition, its negation or something else."""
    proposition, said = _PROPOSITION.search(user), _SAID.search(user)
    return _stance(proposition[1], said[1]) if proposition and said else "context"


def stances(user: str) -> dict[str, str]:
    """The same for each of the numbered claims, held against the proposition or its negation."""
    disputed = _DISPUTED.match(user)
    if disputed is None:
        return {}
    proposition = f"{NOT_TRUE}{disputed[2]}" if disputed["negated"] else disputed[2]
    return {number: _stance(proposition, text) for number, _, text in _ROW.findall(user)}


def _stance(proposition: str, claim: str) -> str:
    proposed, negative = _without_denial(proposition)
    content, denied = _without_denial(claim)
    if content != proposed:
        return "context"
    return "support" if denied == negative else "denial"


def _without_denial(text: str) -> tuple[str, bool]:
    """What a text asserts or denies, "in truth" or not, and whether it denies it."""
    plain, prefix = text.casefold().replace(IN_TRUTH, ""), NOT_TRUE.casefold()
    return plain.removeprefix(prefix), plain.startswith(prefix)


def _json(value: object) -> Said:
    return Said(json.dumps(value, ensure_ascii=False))
