"""What an endpoint answered, read with care: servers differ in what they leave out."""

import math
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, BeforeValidator, Field, ValidationError

from claimcompare.errors import LLMError, LLMOutputError, OutputFault
from claimcompare.llm.jsontexts import is_cut, without_thoughts
from claimcompare.llm.messages import Message
from claimcompare.schema import Prompt, Record
from claimcompare.usage import Usage

MAX_WORDS = 500
_AT_THE_LIMIT = frozenset({"length", "max_length", "max_tokens", "model_length", "token_limit"})
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
        if self.finish_reason == "content_filter":
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


class _Choice(BaseModel):
    message: Message | None = None
    error: Any = None
    finish_reason: str | None = None
    logprobs: _Logprobs | None = None


def _whole(told: Any) -> int | None:
    """A number of tokens, rounded up; what is no number tells nothing."""
    try:
        return math.ceil(float(told))
    except (TypeError, ValueError, OverflowError):
        return None


_Tokens = Annotated[int | None, BeforeValidator(_whole)]


class _Details(BaseModel):
    cached_tokens: _Tokens = None
    reasoning_tokens: _Tokens = None


class _Used(BaseModel):
    """The tokens that an endpoint says it used, by either of the names in use."""

    prompt_tokens: _Tokens = Field(None, validation_alias=_either("prompt_tokens"))
    completion_tokens: _Tokens = Field(None, validation_alias=_either("completion_tokens"))
    prompt_tokens_details: _Details | None = Field(
        None, validation_alias=_either("prompt_tokens_details")
    )
    completion_tokens_details: _Details | None = Field(
        None, validation_alias=_either("completion_tokens_details")
    )


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
        thought=not said.strip() and (choice.message.is_thought or _has_thought(told)),
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


def usage_of(told: Any) -> Usage:
    """One call with the tokens that make sense of those told; no answer is lost for others."""
    used = _used(told)
    details = used.prompt_tokens_details
    prompt_tokens = max(0, used.prompt_tokens or 0)
    cached_tokens = max(0, (details.cached_tokens or 0) if details else 0)
    return Usage(
        calls=1,
        prompt_tokens=prompt_tokens,
        cached_tokens=min(cached_tokens, prompt_tokens),
        completion_tokens=max(0, used.completion_tokens or 0),
    )


def _used(told: Any) -> _Used:
    try:
        return _Used.model_validate(told)
    except ValidationError:
        return _Used()


def _has_thought(told: Any) -> bool:
    """Whether tokens were used on thinking."""
    details = _used(told).completion_tokens_details
    return bool(details and details.reasoning_tokens)
