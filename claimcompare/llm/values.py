"""From an answer's text to a checked value."""

from contextlib import suppress
from functools import lru_cache
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from claimcompare.llm.completion import Completion, invalid_in_short
from claimcompare.llm.dialect import Schema, Wanted
from claimcompare.llm.jsontexts import objects_in
from claimcompare.llm.settings import LLMSettings
from claimcompare.schema import Prompt

W = TypeVar("W", bound=BaseModel)
_MANY_TYPES = 512
_MOST_TOKENS = 4_000
# OpenAI advises to leave 25,000 for thoughts and answer, until it is known what is needed.
_ROOM_TO_THINK = 21_000


@lru_cache(maxsize=_MANY_TYPES)
def schema_of(wire: type[BaseModel]) -> Schema:
    """The schema of a wire model."""
    return Schema(wire.__name__, wire.model_json_schema())


@lru_cache(maxsize=_MANY_TYPES)
def ballot_for(options: tuple[str, ...]) -> type[BaseModel]:
    """A wire model with one field, "answer", that holds one of the options."""
    answers: Any = Literal[options]
    return create_model("Ballot", __config__=ConfigDict(extra="forbid"), answer=answers)


def wanted_value(prompt: Prompt, wire: type[BaseModel], settings: LLMSettings) -> Wanted:
    """What asks for a value of a wire model."""
    most, schema = settings.max_output_tokens, schema_of(wire)
    if most is not None:
        return Wanted(prompt, most, settings.temperature, schema)
    return Wanted(prompt, _MOST_TOKENS, settings.temperature, schema, room=_ROOM_TO_THINK)


def read_value(text: str, wire: type[W]) -> W:
    """The value in an answer, which may stand in a code fence, after thoughts, drafts and words.

    Raises pydantic's ValidationError, for the text as a whole.
    """
    try:
        return wire.model_validate_json(text)
    except ValidationError:
        # What came before the last was a draft, however valid.
        drafts = [one for one in objects_in(text) if one.keys() & _names(wire)]
        with suppress(ValidationError, IndexError):
            return wire.model_validate(drafts[-1], strict=True)
        raise


def is_worth_keeping(answer: Completion, wire: type[BaseModel]) -> bool:
    """Whether an answer is valid, or was cut off, as it would be again."""
    if answer.truncated:
        return True
    try:
        read_value(answer.text, wire)
    except ValidationError:
        return False
    return True


def asking_again(prompt: Prompt, error: ValidationError) -> Prompt:
    """The prompt with what was wrong with its last answer."""
    return prompt.model_copy(
        update={
            "user": f"{prompt.user}\n\nYour last answer was not valid: {invalid_in_short(error)}. "
            "Answer again, with valid JSON only."
        }
    )


def _names(wire: type[BaseModel]) -> set[str]:
    """The fields that an object has some of, if it is meant for a wire model."""
    return {field.alias or name for name, field in wire.model_fields.items()}
