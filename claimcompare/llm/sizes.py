"""Whether a model is a small one, as far as its name or its server tells."""

import logging
import os
import re
from collections.abc import Awaitable, Callable
from threading import Lock

from claimcompare.errors import LLMError
from claimcompare.llm.address import Address
from claimcompare.llm.settings import LLMSettings

_log = logging.getLogger(__name__)
# Models beyond it read long tasks well, by and large.
MOST_OF_SMALL = 4e9
_IN_NAME = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)([bm])(?![a-z0-9])", re.IGNORECASE)
# Up to here, millions in a name are tokens of context: "qwen3-1m-instruct".
_MOST_MILLIONS_OF_CONTEXT = 10


class Size:
    """Whether a model is small: by its name, else by what its server says first, for good."""

    def __init__(self, model: str, *, named: bool | None) -> None:
        self.named_small = bool(named)
        self._model = model
        self._small = named
        self._lock = Lock()

    @property
    def is_settled(self) -> bool:
        """Whether nobody needs to be asked any more."""
        return self._small is not None

    @property
    def is_small(self) -> bool:
        """Whether it is small, as far as is known by now."""
        return bool(self._small)

    async def settle(self, ask: Callable[[], Awaitable[bool]]) -> None:
        """Ask; where that fails the model is not small, so that nothing changes midway."""
        failure: LLMError | None = None
        try:
            told = await ask()
        except LLMError as error:
            told, failure = False, error
        with self._lock:
            # Another event loop may have been told something else meanwhile.
            if self._small is not None:
                return
            self._small = told
        if failure is not None:
            _log.warning("%s is taken for no small model: %s", self._model, failure)


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
