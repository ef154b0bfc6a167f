"""Requests such as the library sends, filled from its own prompts."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel

from claimcompare.articles.passages import passages
from claimcompare.prompts import load_prompt
from claimcompare.schema import Article, Prompt
from claimcompare.small.pair import WireDisputes
from claimcompare.small.wire import full_claims, lean_claims
from claimcompare.stages.judging_together import wire_stances
from tests.endpoint.answers import Task
from tests.endpoint.decisions import deciding

CONTENT = "the Velmor ferry from Quorin to Habest will cost 14 crowns"
ASSERTED = "The Velmor ferry from Quorin to Habest will cost 14 crowns."
DENIED = f"It is not true that {CONTENT}."
SAYS = f"Ines Quill said that {CONTENT}."
DENIES = f"Oskar Bray denied that {CONTENT}."
ASKED_AGAIN = "\n\nYour last answer was not valid: 1 Rain fell: Field required. Answer again."


class Vote(BaseModel):
    """A ballot."""

    answer: Literal["support", "denial", "context"]


class Hand(BaseModel):
    """A part of a `Crew`."""

    name: str
    duty: Literal["sail", "steer"]
    pay: float | None


class Crew(BaseModel):
    """What none of the three prompts asks for."""

    captain: Hand
    hands: list[Hand]
    size: int
    berth: tuple[int, str]


def body(prompt: Prompt, wire: type[BaseModel] | None = None, **more: Any) -> dict[str, Any]:
    """A request; a `wire` model is sent as its schema."""
    system = {"role": "system", "content": prompt.system}
    messages = [system, {"role": "user", "content": prompt.user}]
    schema = {"name": wire.__name__, "schema": wire.model_json_schema()} if wire else None
    form = {"response_format": {"type": "json_schema", "json_schema": schema}} if wire else {}
    return {"model": "m", "messages": messages, **form, **more}


def extracting(*sentences: str, lean: bool = False) -> dict[str, Any]:
    """Who says what in these sentences, each a passage?"""
    read = list(enumerate(passages(Article(id="a", text="\n".join(sentences))), start=1))
    prompt = load_prompt("extract").fill(
        before=DENIES, passages=[(at, one.text) for at, one in read], worded=not lean
    )
    asked = {
        f"{at} {one.anchor}" if lean else str(at): one
        for at, one in read
        if one.attributes or not lean
    }
    return body(prompt, lean_claims(asked) if lean else full_claims(asked))


def pairing(*statements: tuple[str, str]) -> dict[str, Any]:
    """Which of these statements, numbered from 3, contradict the two claims?"""
    claims = [(1, "Ines Quill", ASSERTED), (2, "Hedda Voss", "The Marrow dam is full.")]
    rows = [(number, *row) for number, row in enumerate(statements, start=3)]
    return body(load_prompt("pair").fill(claims=claims, statements=rows), WireDisputes)


def placing(proposition: str, claim: str, *, vote: bool = False) -> dict[str, Any]:
    """How does a claim stand to a proposition?"""
    said = {"proposition": proposition, "speaker": "Oskar Bray", "claim": claim}
    prompt = load_prompt("classify").fill(**said)
    return body(prompt, Vote) if vote else body(prompt, logprobs=True, max_tokens=1)


def judging(proposition: str, *claims: str, negated: bool = False) -> dict[str, Any]:
    """How do several claims stand to a proposition?"""
    rows = [(number, "Oskar Bray", claim) for number, claim in enumerate(claims, start=1)]
    prompt = load_prompt("classify_together")
    filled = prompt.fill(proposition=proposition, negated=negated, claims=rows)
    return body(filled, wire_stances(len(claims)))


def other(user: str = "Who is aboard?") -> dict[str, Any]:
    """Something else."""
    prompt = Prompt(name="crew", version="1", system="Count.", user=user, sha256="0" * 64)
    return body(prompt, Crew)


BODIES: Mapping[Task, dict[str, Any]] = {
    "extract": extracting(SAYS),
    "pair": pairing(("Oskar Bray", DENIED)),
    "vote": placing(ASSERTED, DENIED, vote=True),
    "choose": placing(ASSERTED, DENIED),
    "together": judging(ASSERTED, DENIED, "Fares rise."),
    "decide": deciding(f"Proposition: {ASSERTED}", f"Said: {DENIED}", f"Said: {ASSERTED}"),
    "other": other(),
}
