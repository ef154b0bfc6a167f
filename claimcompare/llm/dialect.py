"""What is wanted of a model, and how its server wants to be asked for it."""

import json
import logging
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from claimcompare.schema import Prompt

Body = dict[str, Any]
_log = logging.getLogger(__name__)
_TOP_LOGPROBS = 20
# From what holds a model to the schema down to what every server takes.
_FORMATS = ("json_schema", "json_object", "text")
_LIMITS = ("max_tokens", "max_completion_tokens")
_ABOUT_FORMAT = ("response_format", "json_schema", "json_object", "json mode", "structured output")


class Schema(NamedTuple):
    """A JSON schema that an answer is to follow."""

    name: str
    value: Mapping[str, Any]


class Wanted(NamedTuple):
    """What a call is to bring: an answer by a schema, else a token's log-probabilities."""

    prompt: Prompt
    max_tokens: int
    temperature: float
    schema: Schema | None = None
    seed: int | None = None


class Dialect:
    """The form of requests that a server takes, learnt from what it complains about."""

    def __init__(self, model: str, more: Mapping[str, Any]) -> None:
        self._model = model
        self._more = dict(more)
        self._format = _FORMATS[0]
        self._limit = _LIMITS[0]
        self._temperature = True

    def body(self, wanted: Wanted) -> Body:
        """The JSON body of a request."""
        body: Body = {
            "messages": [
                {"role": "system", "content": self._system(wanted)},
                {"role": "user", "content": wanted.prompt.user},
            ],
            "model": self._model,
            self._limit: wanted.max_tokens,
        }
        if self._temperature:
            body["temperature"] = wanted.temperature
        if wanted.seed is not None:
            body["seed"] = wanted.seed
        if wanted.schema is None:
            body |= {"logprobs": True, "top_logprobs": _TOP_LOGPROBS}
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
        for form, limit, temperature in product(_FORMATS, _LIMITS, (True, False)):
            other._format, other._limit, other._temperature = form, limit, temperature
            yield other.body(wanted)

    def learn(self, sent: Body, complaint: str) -> None:
        """Take another form, and say so, where the complaint is about the one that was sent."""
        words = complaint.casefold()
        form = (sent.get("response_format") or {}).get("type")
        if form == self._format and any(word in words for word in _ABOUT_FORMAT):
            self._format = _FORMATS[_FORMATS.index(form) + 1]
            _log.warning("%s takes no %s; asking for %s", self._model, form, self._format)
        if self._limit == _LIMITS[0] and self._limit in sent and _LIMITS[1] in words:
            self._limit = _LIMITS[1]
            _log.warning("%s takes no max_tokens; sending %s", self._model, self._limit)
        if self._temperature and "temperature" in sent and "temperature" in words:
            self._temperature = False
            _log.warning("%s takes no temperature of ours; leaving it out", self._model)

    def _system(self, wanted: Wanted) -> str:
        """The static text; where the server does not hold the model to the schema, with it."""
        if wanted.schema is None or self._format == "json_schema":
            return wanted.prompt.system
        schema = json.dumps(wanted.schema.value, ensure_ascii=False)
        return f"{wanted.prompt.system}\n\nAnswer with JSON alone, by this JSON schema:\n{schema}"
