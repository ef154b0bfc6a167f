"""What an endpoint answered, read with care: servers differ in what they leave out."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import AliasChoices, BaseModel, Field, ValidationError

from claimcompare.errors import LLMError, LLMOutputError, OutputFault
from claimcompare.schema import Prompt, Record
from claimcompare.usage import Usage

MAX_WORDS = 500


class Completion(Record):
    """An answer; `logprobs` are those of the first token's alternatives, without the impossible."""

    text: str
    finish_reason: str | None = None
    refusal: str | None = None
    logprobs: Mapping[str, float] = Field(default_factory=dict)
    usage: Usage = Usage(calls=1)

    @property
    def truncated(self) -> bool:
        """Whether the answer ended at the token limit."""
        return self.finish_reason == "length"

    @property
    def lasting(self) -> bool:
        """Whether the same request deserves the same answer again."""
        odd = not all(map(math.isfinite, self.logprobs.values()))
        if odd or self._fault() in ("refused", "filtered"):
            return False
        return bool(self.text.strip() or self.logprobs)

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
        if self.finish_reason == "content_filter":
            return "filtered"
        if self.truncated:
            return "truncated"
        return None if self.text.strip() else "empty"

    def _what(self, fault: OutputFault) -> str:
        return {
            "refused": f"the model refused: {self.refusal}",
            "filtered": "the endpoint filtered the answer",
            "truncated": "the answer was cut off at the token limit",
        }.get(fault, "empty answer")


def _either(name: str) -> AliasChoices:
    newer = name.replace("prompt", "input").replace("completion", "output")
    return AliasChoices(name, newer)


class _Alternative(BaseModel):
    token: str | None = None
    logprob: float | None = None


class _Token(BaseModel):
    top_logprobs: list[_Alternative] | None = None


class _Logprobs(BaseModel):
    content: list[_Token] | None = None


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None
    logprobs: _Logprobs | None = None


class _Details(BaseModel):
    cached_tokens: int | None = None


class Used(BaseModel):
    """The tokens that an endpoint says it used, by either of the names in use."""

    prompt_tokens: int | None = Field(None, validation_alias=_either("prompt_tokens"))
    completion_tokens: int | None = Field(None, validation_alias=_either("completion_tokens"))
    prompt_tokens_details: _Details | None = Field(
        None, validation_alias=_either("prompt_tokens_details")
    )


class _Reply(BaseModel):
    choices: list[_Choice] | None = None
    usage: Used | None = None
    error: Any = None


def read_completion(body: bytes, hidden: Callable[[str], str] = str) -> Completion:
    """The completion in a response; raises LLMError where it holds none.

    `hidden` takes secrets out of what the endpoint says in its place.
    """
    try:
        reply = _Reply.model_validate_json(body)
    except ValidationError as error:
        raise LLMError(
            "the endpoint's answer is no chat completion; is the base URL right? "
            f"({invalid_in_short(error)})"
        ) from None
    if reply.error:
        raise error_in_answer(reply.error, hidden)
    if reply.choices is None:
        raise LLMError("the endpoint's answer is no chat completion; is the base URL right?")
    usage = usage_of(reply.usage)
    if not reply.choices:
        return Completion(text="", usage=usage)
    choice = reply.choices[0]
    return Completion(
        text=choice.message.content or "",
        finish_reason=choice.finish_reason,
        refusal=choice.message.refusal,
        logprobs=_first_token(choice.logprobs),
        usage=usage,
    )


def error_in_answer(complaint: object, hidden: Callable[[str], str]) -> LLMError:
    """An error that came in the place of an answer, though the status says that all is well."""
    words = hidden(in_words(complaint))[:MAX_WORDS]
    return LLMError(f"the endpoint answered with an error: {words}")


def invalid_in_short(error: ValidationError) -> str:
    """Where the first fault of a value lies, and what it is."""
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc'])) or 'JSON'}: {first['msg']}"


def in_words(complaint: object) -> str:
    """A server's own words on one line, in whatever form it gives them."""
    for field in ("message", "detail", "error"):
        if isinstance(complaint, dict) and complaint.get(field):
            return in_words(complaint[field])
    return " ".join(str(complaint).split())


def _first_token(logprobs: _Logprobs | None) -> dict[str, float]:
    if logprobs is None or not logprobs.content:
        return {}
    return {
        top.token: top.logprob
        for top in logprobs.content[0].top_logprobs or ()
        if top.token is not None and top.logprob is not None and top.logprob != -math.inf
    }


def usage_of(used: Used | None) -> Usage:
    """One call with the tokens that make sense of those told."""
    if used is None:
        return Usage(calls=1)
    details = used.prompt_tokens_details
    prompt_tokens = max(0, used.prompt_tokens or 0)
    cached_tokens = max(0, (details.cached_tokens or 0) if details else 0)
    return Usage(
        calls=1,
        prompt_tokens=prompt_tokens,
        cached_tokens=min(cached_tokens, prompt_tokens),
        completion_tokens=max(0, used.completion_tokens or 0),
    )
