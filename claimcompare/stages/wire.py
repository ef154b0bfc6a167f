"""Wire models whose schema bounds what a model may write."""

from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel, Field, create_model

W = TypeVar("W", bound=BaseModel)


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
