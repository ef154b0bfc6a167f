"""Whether a model is a small one, as far as its name or its server tells."""

import logging
import os
import re
from codecs import BOM_UTF8
from collections.abc import Awaitable, Callable
from threading import Lock

from pydantic import BaseModel

from claimcompare.errors import LLMError
from claimcompare.llm.address import Address
from claimcompare.llm.settings import LLMSettings

_log = logging.getLogger(__name__)
# Models beyond it read long tasks well, by and large.
MOST_OF_SMALL = 4e9
_IN_NAME = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)([bm])(?![a-z0-9])", re.IGNORECASE)
# Up to here, millions in a name are tokens of context: "qwen3-1m-instruct".
_MOST_MILLIONS_OF_CONTEXT = 10


class _Meta(BaseModel):
    n_params: float


class _Model(BaseModel):
    id: str
    meta: _Meta | None = None


class _Models(BaseModel):
    """The list of models as llama.cpp's server gives it; others leave out `meta`."""

    data: list[_Model]


class Size:
    """Whether a model is small: by its name, else by what its server says first, for good."""

    def __init__(self, model: str, *, named: bool | None) -> None:
        self.is_named = named is not None
        self.is_settled = self.is_named
        self.parameters: float | None = None
        self._named_small = bool(named)
        self._model = model
        self._lock = Lock()

    @property
    def is_small(self) -> bool:
        """Whether it is small, as far as is known by now."""
        return self._named_small or is_small(self.parameters)

    async def settle(self, ask: Callable[[], Awaitable[float | None]]) -> None:
        """Ask; where that fails the model is not small, so that nothing changes midway."""
        failure: LLMError | None = None
        told: float | None = None
        try:
            told = await ask()
        except LLMError as error:
            failure = error
        with self._lock:
            # Another event loop may have been told something else meanwhile.
            if self.is_settled:
                return
            self.parameters, self.is_settled = told, True
        if failure is not None:
            _log.warning("%s is taken for no small model: %s", self._model, failure)


def is_small(parameters: float | None) -> bool:
    """Whether a model of that size is small; of unknown size, it is not."""
    return parameters is not None and parameters <= MOST_OF_SMALL


def parameters_in(listed: bytes, model: str, *, by_name: bool = False) -> float | None:
    """The size of the model with that name in a list, or else of the only one there.

    Raises pydantic's ValidationError.
    """
    models = _Models.model_validate_json(listed.removeprefix(BOM_UTF8)).data
    named = [one for one in models if one.id == model] or ([] if by_name else models)
    return named[0].meta.n_params if len(named) == 1 and named[0].meta else None


def list_with(model: str, parameters: float) -> str:
    """A list of models that tells the size of this one."""
    return _Models(data=[_Model(id=model, meta=_Meta(n_params=parameters))]).model_dump_json()


def known_small(
    name: str, address: Address, settings: LLMSettings, *, embedded: bool
) -> bool | None:
    """Whether a model of that name is small; None where only its server can tell."""
    size = named_size(name)
    if settings.small is not None:
        return settings.small
    if size is not None:
        return size <= MOST_OF_SMALL
    elsewhere = address.base_url or os.environ.get("OPENAI_BASE_URL")
    tells = elsewhere and settings.api_version is None and not embedded
    return None if tells else embedded


def named_size(name: str) -> float | None:
    """The parameters that a name tells: 1.5e9 for "qwen2.5-coder-1.5b-instruct"."""
    found = [(float(one), unit in "bB") for one, unit in _IN_NAME.findall(name.replace("_", "-"))]
    billions = [number * 1e9 for number, is_billions in found if is_billions]
    millions = [
        number * 1e6
        for number, is_billions in found
        if not is_billions and number > _MOST_MILLIONS_OF_CONTEXT
    ]
    return next(iter(billions + millions), None)
