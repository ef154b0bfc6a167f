"""What an endpoint answered, read with care: servers differ in what they leave out."""

import math
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from claimcompare.articles import one_line
from claimcompare.errors import LLMError, LLMOutputError, OutputFault
from claimcompare.llm.failures import complaint_in
from claimcompare.llm.jsontexts import is_cut, without_thoughts
from claimcompare.llm.messages import Message
from claimcompare.llm.used import has_thought, usage_of
from claimcompare.schema import Prompt, Record
from claimcompare.usage import Usage

MAX_WORDS = 500
# The names of fields in an answer are a model's own words.
_LONGEST_PLACE = 100
_AT_THE_LIMIT = frozenset({"length", "max_length", "max_tokens", "model_length", "token_limit"})
# Gemini's beside OpenAI's.
_FILTERED = frozenset(
    {"content_filter", "safety", "recitation", "prohibited_content", "blocklist", "spii"}
)
_NO_COMPLETION = "the endpoint's answer is no chat completion; is the base URL right?"
_ONLY_THOUGHT = (
    "the model spent its output on thinking, and none was left for the answer; "
    "raise max_output_tokens (--max-output-tokens), or lower reasoning_effort (--reasoning-effort)"
)


class Completion(Record):
    """An answer; `logprobs` are those of the first token's alternatives, without the impossible.

    `thought` tells that in place of an answer there are thoughts.
    """

    text: str
    finish_reason: str | None = None
    refusal: str | None = None
    logprobs: Mapping[str, float] = Field(default_factory=dict)
    usage: Usage = Usage(calls=1)
    thought: bool = False

    @property
    def truncated(self) -> bool:
        """Whether the answer ended at the token limit; not all servers give that as the reason."""
        at_the_limit = (self.finish_reason or "").casefold() in _AT_THE_LIMIT
        return at_the_limit or is_cut(self.text)

    @property
    def lasting(self) -> bool:
        """Whether the same request deserves the same answer again."""
        odd = not all(map(math.isfinite, self.logprobs.values()))
        if odd or self._fault() in ("refused", "filtered"):
            return False
        return self._is_said or bool(self.logprobs)

    def usable(self, prompt: Prompt) -> "Completion":
        """This completion, if its text is whole; raises LLMOutputError."""
        fault = self._fault()
        if fault is None:
            return self
        raise LLMOutputError(
            f"{prompt.name}: {self._what(fault)}",
            fault=fault,
            output=self.refusal or self.text,
            usage=self.usage,
        )

    def permitted(self, prompt: Prompt) -> "Completion":
        """This completion, if it was neither refused nor filtered; raises LLMOutputError."""
        return self.usable(prompt) if self._fault() in ("refused", "filtered") else self

    def _fault(self) -> OutputFault | None:
        if self.refusal:
            return "refused"
        if (self.finish_reason or "").casefold() in _FILTERED:
            return "filtered"
        if self.truncated:
            return "truncated"
        return None if self._is_said else "empty"

    @property
    def _is_said(self) -> bool:
        return bool(without_thoughts(self.text).strip())

    def _what(self, fault: OutputFault) -> str:
        only_thought = not self._is_said and bool(self.thought or self.text.strip())
        if only_thought and fault in ("truncated", "empty"):
            return _ONLY_THOUGHT
        return {
            "refused": f"the model refused: {in_words(self.refusal)[:MAX_WORDS]}",
            "filtered": "the endpoint filtered the answer",
            "truncated": "the answer was cut off at the token limit",
        }.get(fault, "empty answer")


class _Alternative(BaseModel):
    token: str | None = None
    logprob: float | None = None


class _Token(BaseModel):
    top_logprobs: list[_Alternative] | None = None


class _Logprobs(BaseModel):
    content: list[_Token] | None = None


def _only(kind: type) -> BeforeValidator:
    """What is of another kind is not told: no answer is lost for that."""
    return BeforeValidator(lambda told: told if isinstance(told, kind) else None)


class _Choice(BaseModel):
    message: Message | None = None
    error: Any = None
    finish_reason: Annotated[str | None, _only(str)] = None
    logprobs: Annotated[_Logprobs | None, _only(dict)] = None


class _Reply(BaseModel):
    choices: list[_Choice] | None = None
    usage: Any = None
    error: Any = None


def read_completion(body: bytes, hidden: Callable[[str], str] = str) -> Completion:
    """The completion in a response; raises LLMError where it holds none.

    `hidden` takes secrets out of what the endpoint says in its place.
    """
    try:
        reply = _Reply.model_validate_json(body.removeprefix(BOM_UTF8))
    except ValidationError as error:
        raise LLMError(f"{_NO_COMPLETION} ({invalid_in_short(error)})") from None
    if reply.error:
        raise error_in_answer(reply.error, hidden)
    complaint = None if reply.choices else complaint_in(body)
    if complaint:
        raise error_in_answer(complaint, hidden)
    if reply.choices is None:
        raise LLMError(_NO_COMPLETION)
    if not reply.choices:
        return Completion(text="", usage=usage_of(reply.usage))
    return _read_choice(reply.choices[0], reply.usage, hidden)


def _read_choice(choice: _Choice, told: Any, hidden: Callable[[str], str]) -> Completion:
    if choice.error:
        raise error_in_answer(choice.error, hidden)
    if choice.message is None:
        raise LLMError(_NO_COMPLETION)
    said = choice.message.text
    return Completion(
        text=said,
        finish_reason=choice.finish_reason,
        refusal=choice.message.refused,
        logprobs=_first_token(choice.logprobs),
        usage=usage_of(told),
        thought=not said.strip() and (choice.message.is_thought or has_thought(told)),
    )


def error_in_answer(complaint: object, hidden: Callable[[str], str]) -> LLMError:
    """An error that came in the place of an answer, though the status says that all is well."""
    words = hidden(in_words(complaint))[:MAX_WORDS]
    return LLMError(f"the endpoint answered with an error: {words}")


def invalid_in_short(error: ValidationError) -> str:
    """Where the first fault of a value lies, and what it is."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = in_words(".".join(map(str, first["loc"])))[:_LONGEST_PLACE] or "JSON"
    return f"{place}: {first['msg']}"


def in_words(complaint: object) -> str:
    """A server's own words on one line, in whatever form it gives them."""
    for field in ("message", "detail", "error"):
        if isinstance(complaint, dict) and complaint.get(field):
            return in_words(complaint[field])
    return one_line(str(complaint))


def _first_token(logprobs: _Logprobs | None) -> dict[str, float]:
    if logprobs is None or not logprobs.content:
        return {}
    return {
        top.token: top.logprob
        for top in logprobs.content[0].top_logprobs or ()
        if top.token is not None and top.logprob is not None and top.logprob != -math.inf
    }
