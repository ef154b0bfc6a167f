"""What models are asked to write, and the bounds on it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, create_model

from claimcompare.stages.passages import Passage

W = TypeVar("W", bound=BaseModel)
_MOST_CLAIMS = 4
# A bound for endpoints that hold to it: loops of weak models end there.
_Name = Annotated[str, Field(json_schema_extra={"maxLength": 80})]


class WireClaim(BaseModel):
    """A claim as a model writes it."""

    model_config = ConfigDict(extra="forbid")

    who: str
    speaker: str | None

    @property
    def relayers(self) -> list[str]:
        """Who passes it on, outermost first."""
        return list(getattr(self, "via", ()))

    @property
    def wording(self) -> str | None:
        """What is claimed, if the model was to word it."""
        return getattr(self, "text", None)


class FullClaim(WireClaim):
    """A claim with all that a model can tell of it."""

    via: list[str]
    text: str


class LeanClaim(WireClaim):
    """A claim of which the passage itself tells the rest."""

    who: _Name
    speaker: _Name


class WireClaims(BaseModel):
    """The model's answer: for each passage that it is asked about, by its key, the claims."""

    model_config = ConfigDict(extra="forbid")

    def by_key(self) -> dict[str, list[WireClaim]]:
        """The claims of each passage."""
        fields = type(self).model_fields
        found = ((field.alias or name, getattr(self, name)) for name, field in fields.items())
        return {
            key: claims if isinstance(claims, list) else [claims] for key, claims in found if claims
        }


def full_claims(asked: Mapping[str, Passage]) -> type[WireClaims]:
    """An answer with any number of claims for each passage, worded and with their relayers."""
    claims = Annotated[list[FullClaim], Field(json_schema_extra={"maxItems": _MOST_CLAIMS})]
    return _answer(tuple(dict.fromkeys(asked, claims).items()))


def lean_claims(asked: Mapping[str, Passage]) -> type[WireClaims]:
    """An answer with a claim or none for each passage, without what the passage itself tells."""
    return _answer(tuple(dict.fromkeys(asked, LeanClaim | None).items()))


@lru_cache(maxsize=512)
def _answer(claims: tuple[tuple[str, Any], ...]) -> type[WireClaims]:
    fields: dict[str, Any] = {
        f"passage_{at}": (claim, Field(alias=key))
        for at, (key, claim) in enumerate(claims, start=1)
    }
    return create_model("WireClaims", __base__=WireClaims, **fields)


def at_most(wire: type[W], field: str, count: int) -> type[W]:
    """The wire model with a bound on one list in its schema, which ends loops of weak models.

    The bound is for endpoints that hold to it; a longer list is still a valid answer.
    """
    return _bounded(wire, field, count)


@lru_cache(maxsize=512)
def _bounded(wire: type[W], field: str, count: int) -> type[W]:
    bound = Field(json_schema_extra={"maxItems": count})
    fields: dict[str, Any] = {field: (wire.model_fields[field].annotation, bound)}
    return create_model(wire.__name__, __base__=wire, **fields)
