"""Decision endpoints beside the chat: OpenAI's form and System One's, and what goes wrong there."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tests.endpoint.answers import STANCES, stance
from tests.endpoint.replies import Reply, Tokens, fails

PATHS: Mapping[str, str] = {"/decisions": "openai", "/systemone": "systemone"}
_SURE = 0.9
_CHARACTERS = 4
_SPOILED_SUM = 0.9
# A host that cuts what it reads, and says no word of it but in the usage.
_MOST_READ = 16

Question = tuple[str, str, list[str]]
Answer = dict[str, Any]
Named = list[tuple[str, Answer]]


def deciding(state: str, *questions: str, form: str = "openai") -> dict[str, Any]:
    """Questions about a state, with the stances as their options."""
    if form == "systemone":
        mapped = {
            f"c{number}": {
                "type": "choice",
                "instructions": said,
                "criteria": dict.fromkeys(STANCES),
            }
            for number, said in enumerate(questions, start=1)
        }
        return {"model": "m", "state": state, "questions": mapped}
    choices = [{"value": option} for option in STANCES]
    listed = [
        {"type": "choice", "name": f"c{number}", "instructions": said, "choices": choices}
        for number, said in enumerate(questions, start=1)
    ]
    return {"model": "m", "input": state, "questions": listed}


def is_decision(body: Mapping[str, Any]) -> bool:
    """Whether a request is to either of these endpoints."""
    return "questions" in body


def state_of(body: Mapping[str, Any]) -> str:
    """What the questions are about."""
    return str(body.get("input", body.get("state", "")))


def right_decisions(body: Mapping[str, Any]) -> Reply:
    """The reply of an endpoint that works, in the form of the request."""
    return _reply(body, _answers(body), _tokens(body))


def spoiled_decisions(name: str, body: Mapping[str, Any]) -> Reply:
    """The reply where one answer, the last, is bad, or all of them are to a cut state."""
    *others, (last, answer) = _answers(body)
    odds: dict[str, float] = answer["probabilities"]
    bad: dict[str, Named] = {
        "refused": [(last, {"type": "refusal"})],
        "missing": [],
        "doubled": [(last, answer), (last, answer)],
        "low-sum": [(last, _with(answer, {one: p * _SPOILED_SUM for one, p in odds.items()}))],
        "nan": [(last, _with(answer, dict.fromkeys(odds, math.nan)))],
        "cut": [(last, answer)],
    }
    tokens = _tokens(body)
    if name == "cut":
        tokens = tokens._replace(prompt_tokens=_MOST_READ, cached_tokens=0)
    return _reply(body, others + bad[name], tokens)


def complaint(body: Mapping[str, Any], most_questions: int | None) -> Reply | None:
    """What is said of more questions than are allowed."""
    if most_questions is None or len(body["questions"]) <= most_questions:
        return None
    return fails(400, f"Too many questions: at most {most_questions} are answered at once.")


def _questions(body: Mapping[str, Any]) -> Iterable[Question]:
    """Name, instructions and options of each."""
    asked = body["questions"]
    if isinstance(asked, dict):
        for name, one in asked.items():
            yield name, one["instructions"], list(one["criteria"])
    else:
        for one in asked:
            yield one["name"], one["instructions"], [each["value"] for each in one["choices"]]


def _answers(body: Mapping[str, Any]) -> Named:
    return [
        (name, _chosen(f"{state_of(body)}\n{instructions}", options))
        for name, instructions, options in _questions(body)
    ]


def _chosen(text: str, options: Sequence[str]) -> Answer:
    """The stance of the claim that is asked about; of other questions the first option."""
    known = stance(text)
    chosen = known if known in options else options[0]
    rest = (1 - _SURE) / (len(options) - 1)
    odds = {option: _SURE if option == chosen else rest for option in options}
    return {"type": "choice", "choice": chosen, "confidence": _SURE, "probabilities": odds}


def _with(answer: Answer, odds: Mapping[str, float]) -> Answer:
    return {**answer, "probabilities": dict(odds)}


def _reply(body: Mapping[str, Any], answers: Named, tokens: Tokens) -> Reply:
    usage = {
        "input_tokens": tokens.prompt_tokens,
        "input_tokens_details": {"cached_tokens": tokens.cached_tokens},
        "output_tokens": 0,
    }
    told = _mapped(answers) if "state" in body else _listed(answers)
    head = json.dumps({"model": body.get("model", "m"), "usage": usage})
    return Reply(200, f'{head[:-1]}, "answers": {told}}}'.encode(), tokens=tokens)


def _mapped(answers: Named) -> str:
    """A JSON object, in which a name may stand twice."""
    told = {"label_mass": _SURE}
    rows = (f"{json.dumps(name)}: {json.dumps(answer | told)}" for name, answer in answers)
    return f"{{{', '.join(rows)}}}"


def _listed(answers: Named) -> str:
    rows = []
    for name, answer in answers:
        row = {**answer, "name": name}
        if "probabilities" in answer:
            odds = answer["probabilities"].items()
            row["probabilities"] = [{"value": one, "probability": share} for one, share in odds]
        rows.append(row)
    return json.dumps(rows)


def _tokens(body: Mapping[str, Any]) -> Tokens:
    """A token for every four characters begun; half of the state comes from a cache."""
    state, asked = len(state_of(body)), len(json.dumps(body["questions"]))
    return Tokens(-(-(state + asked) // _CHARACTERS), state // _CHARACTERS // 2, 0)
