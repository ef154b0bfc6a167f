"""What models are asked to write, and the bounds on it."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Annotated, Any

from pydantic import Field, create_model

from claimcompare.stages.wire import Wire

# A bound for endpoints that hold to it: loops of weak models end there.
_Name = Annotated[str, Field(json_schema_extra={"maxLength": 80})]


class LeanClaim(Wire):
    """Who says something in a passage: by the words that stand there, and by name."""

    who: _Name
    speaker: _Name


class WireClaims(Wire):
    """The model's answer: for each passage that it is asked about, by its key, who speaks."""

    def by_key(self) -> dict[str, LeanClaim]:
        """Who speaks, where somebody does."""
        fields = type(self).model_fields
        found = ((field.alias or name, getattr(self, name)) for name, field in fields.items())
        return {key: claim for key, claim in found if claim}


def claims_of(asked: Iterable[str]) -> type[WireClaims]:
    """An answer with a claim or none for each of the passages that are asked about."""
    return _answer(tuple(asked))


@lru_cache(maxsize=512)
def _answer(keys: tuple[str, ...]) -> type[WireClaims]:
    fields: dict[str, Any] = {
        f"passage_{at}": (LeanClaim | None, Field(alias=key)) for at, key in enumerate(keys, 1)
    }
    return create_model("WireClaims", __base__=WireClaims, **fields)
