"""Requests such as the library sends, filled from its own prompts."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel

from claimcompare.llm.values import ballot_for
from claimcompare.prompts import load_prompt
from claimcompare.schema import Article, Prompt
from claimcompare.stages.classify import WireStances
from claimcompare.stages.extract import WireClaims
from claimcompare.stages.join import WirePoints
from claimcompare.stages.pair import WireDisputes
from claimcompare.stages.speakers import WireSpeakers
from claimcompare.stages.windows import windows
from tests.endpoint.answers import STANCES, Task
from tests.endpoint.decisions import deciding

CONTENT = "the Velmor ferry from Quorin to Habest will cost 14 crowns"
ASSERTED = "The Velmor ferry from Quorin to Habest will cost 14 crowns."
DENIED = f"It is not true that {CONTENT}."
SAYS = f"Ines Quill said that {CONTENT}."
DENIES = f"Oskar Bray denied that {CONTENT}."
OUTLET = "Quorin Lantern, 2 May"
ASKED_AGAIN = "\n\nYour last answer was not valid: claims: Field required. Answer again."


class Hand(BaseModel):
    """A part of a `Crew`."""

    name: str
    duty: Literal["sail", "steer"]
    pay: float | None


class Crew(BaseModel):
    """What none of the prompts asks for."""

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


def extracting(*sentences: str) -> dict[str, Any]:
    """Who claims what in these sentences, read after another one?"""
    article = Article(id="a", text="\n".join(sentences))
    (window,) = windows(article, 12_000, None, frozenset())
    return body(load_prompt("extract").fill(**window.values() | {"before": DENIES}), WireClaims)


def naming(*names: str) -> dict[str, Any]:
    """Which of these names are one speaker's?"""
    rows = [(at, name, OUTLET, f"{name} spoke.") for at, name in enumerate(names, start=1)]
    return body(load_prompt("speakers").fill(names=rows), WireSpeakers)


def pairing(*claims: tuple[str, str]) -> dict[str, Any]:
    """Which of these claims oppose each other?"""
    rows = [
        (number, speaker, ["Hedda Voss"], "denial", text)
        for number, (speaker, text) in enumerate(claims, start=1)
    ]
    return body(load_prompt("pair").fill(outlets=[(OUTLET, rows)]), WireDisputes)


def joining(*propositions: str) -> dict[str, Any]:
    """Which of these propositions are one?"""
    rows = list(enumerate(propositions, start=1))
    return body(load_prompt("join").fill(propositions=rows), WirePoints)


def shown(claims: Sequence[str]) -> list[Any]:
    """Claims of one speaker under one sentence."""
    rows: list[Any] = [
        (number, "Oskar Bray", [], claim) for number, claim in enumerate(claims, start=1)
    ]
    return [(OUTLET, [(DENIES, rows)])]


def judging(propositions: Sequence[str], *claims: str) -> dict[str, Any]:
    """How do the claims stand to each of the propositions?"""
    numbers = list(range(1, len(claims) + 1))
    asked = [(at, one, numbers) for at, one in enumerate(propositions, start=1)]
    prompt = load_prompt("classify").fill(outlets=shown(claims), propositions=asked)
    return body(prompt, WireStances)


def question(number: int, proposition: str, *, negated: bool = False) -> str:
    """How does a claim stand to a proposition, or to its negation?"""
    negation = "It is not true that this holds: " if negated else ""
    return f"How does claim [{number}] stand to this proposition? {negation}{proposition}"


def state(*claims: str) -> str:
    """What a decision endpoint reads before its questions."""
    prompt = load_prompt("decide").fill(outlets=shown(claims))
    return f"{prompt.system}\n\n{prompt.user}"


def placing(
    proposition: str, *claims: str, negated: bool = False, vote: bool = False
) -> dict[str, Any]:
    """How does the first of the claims stand to a proposition? One word, asked in chat."""
    options = [f"- {one}: what that means" for one in STANCES]
    asked = "\n".join([question(1, proposition, negated=negated), *options])
    prompt = load_prompt("decide").fill(outlets=shown(claims)).with_more(asked)
    return body(prompt, ballot_for(STANCES)) if vote else body(prompt, logprobs=True, max_tokens=1)


def other(user: str = "Who is aboard?") -> dict[str, Any]:
    """Something else."""
    prompt = Prompt(name="crew", version="1", system="Count.", user=user, sha256="0" * 64)
    return body(prompt, Crew)


BODIES: Mapping[Task, dict[str, Any]] = {
    "extract": extracting(SAYS),
    "speakers": naming("Ines Quill", "Oskar Bray", "Ines Quill"),
    "pair": pairing(("Ines Quill", ASSERTED), ("Oskar Bray", DENIED)),
    "join": joining(ASSERTED, DENIED),
    "classify": judging([ASSERTED], DENIED, "Fares rise."),
    "vote": placing(ASSERTED, DENIED, vote=True),
    "choose": placing(ASSERTED, DENIED),
    "decide": deciding(state(DENIED, ASSERTED), question(1, ASSERTED), question(2, ASSERTED)),
    "other": other(),
}
