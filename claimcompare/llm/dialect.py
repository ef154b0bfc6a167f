"""What is wanted of a model, and how its server wants to be asked for it."""

import json
import logging
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from claimcompare.llm.complaints import Complaint
from claimcompare.schema import Prompt

Body = dict[str, Any]
_log = logging.getLogger(__name__)
# Some servers give no more than five.
_TOP_LOGPROBS = (20, 5)
# From what holds a model to the schema down to what every server takes.
_FORMATS = ("json_schema", "json_object", "text")
# The other is of what a model thinks and answers together.
_LIMITS = ("max_tokens", "max_completion_tokens")
# Left out of what is sent, not of the body: without a seed, votes would be one request.
_MAY_BE_LEFT_OUT = ("seed", "stream")


class Schema(NamedTuple):
    """A JSON schema that an answer is to follow."""

    name: str
    value: Mapping[str, Any]


class Wanted(NamedTuple):
    """What a call is to bring: an answer by a schema, else a token's log-probabilities.

    `room` is for that many tokens of thoughts beside the answer, of a model that thinks.
    """

    prompt: Prompt
    max_tokens: int
    temperature: float
    schema: Schema | None = None
    seed: int | None = None
    room: int = 0


class Dialect:
    """The form of requests that a server takes, learnt from what it complains about."""

    def __init__(self, model: str, more: Mapping[str, Any]) -> None:
        self._model = model
        self._more = dict(more)
        self._format = _FORMATS[0]
        effort = self._more.get("reasoning_effort")
        thinks = effort not in (None, "none")
        # The names that may still be the right ones, the one that is sent first.
        self._limits: tuple[str, ...] = _LIMITS[::-1] if thinks else _LIMITS
        self._room = thinks
        self._may_think = effort != "none"
        self._temperature = True
        self._top = _TOP_LOGPROBS[0]
        self.left_out: frozenset[str] = frozenset()

    def body(self, wanted: Wanted) -> Body:
        """The JSON body of a request."""
        body: Body = {
            "messages": [
                {"role": "system", "content": self._system(wanted)},
                {"role": "user", "content": wanted.prompt.user},
            ],
            "model": self._model,
        }
        if not self._more.keys() & set(_LIMITS):
            body[self._limits[0]] = wanted.max_tokens + (wanted.room if self._room else 0)
        if self._temperature:
            body["temperature"] = wanted.temperature
        if wanted.seed is not None:
            body["seed"] = wanted.seed
        if wanted.schema is None:
            body |= {"logprobs": True, "top_logprobs": self._top}
        elif self._format == "json_schema":
            held = {"name": wanted.schema.name, "strict": True, "schema": wanted.schema.value}
            body["response_format"] = {"type": self._format, "json_schema": held}
        elif self._format == "json_object":
            body["response_format"] = {"type": self._format}
        return body | self._more

    def bodies(self, wanted: Wanted) -> Iterator[Body]:
        """All forms of a request, the one that is sent now first."""
        yield self.body(wanted)
        other = Dialect(self._model, self._more)
        tops = _TOP_LOGPROBS if wanted.schema is None else _TOP_LOGPROBS[:1]
        rooms = (True, False) if wanted.room else (False,)
        forms = product(_FORMATS, _LIMITS, rooms, tops, (True, False))
        for form, limit, room, top, temperature in forms:
            other._format, other._limits, other._room = form, (limit,), room
            other._temperature = temperature
            other._top = top
            yield other.body(wanted)

    def learn(self, sent: Body, words: str) -> None:
        """Take another form, and say so, where the complaint is about the one that was sent."""
        complaint = Complaint(words, sent)
        self._learn_format(sent, complaint)
        self._learn_limit(sent, complaint)
        if self._temperature and "temperature" in sent and complaint.names("temperature"):
            self._temperature = False
            _log.warning("%s takes no temperature of ours; leaving it out", self._model)
        for field in _MAY_BE_LEFT_OUT:
            is_sent = field in sent or field == "stream"
            if is_sent and field not in self.left_out and complaint.names(field):
                self.left_out |= {field}
                _log.warning("%s takes no %s; leaving it out", self._model, field)

    def _learn_format(self, sent: Body, complaint: Complaint) -> None:
        form = (sent.get("response_format") or {}).get("type")
        if form == self._format and complaint.is_about_format:
            self._format = _FORMATS[_FORMATS.index(form) + 1]
            _log.warning("%s takes no %s; asking for %s", self._model, form, self._format)
        most, fewer = _TOP_LOGPROBS
        allowed = any(fewer <= number < most for number in complaint.numbers)
        about = complaint.names("top_logprobs") or complaint.names("logprobs")
        if sent.get("top_logprobs") == self._top == most and about and allowed:
            self._top = fewer
            _log.warning(
                "%s gives no %d log-probabilities; asking for %d", self._model, most, fewer
            )

    def _learn_limit(self, sent: Body, complaint: Complaint) -> None:
        name, *others = self._limits
        if name not in sent:
            return
        if complaint.is_that_too_long:
            if self._room:
                self._room = False
                _log.warning("%s has no room to think beside an answer", self._model)
            return
        none = complaint.names(name) and complaint.is_that_unsupported
        newer = _LIMITS[1] in others
        if others and (none or (newer and complaint.names(_LIMITS[1]))):
            self._limits = tuple(others)
            if newer:
                # Only models that think have no other name for it.
                self._room = self._may_think
            _log.warning("%s takes no %s; sending %s", self._model, name, others[0])

    def _system(self, wanted: Wanted) -> str:
        """The static text; where the server does not hold the model to the schema, with it."""
        if wanted.schema is None or self._format == "json_schema":
            return wanted.prompt.system
        schema = json.dumps(wanted.schema.value, ensure_ascii=False)
        return f"{wanted.prompt.system}\n\nAnswer with JSON alone, by this JSON schema:\n{schema}"
