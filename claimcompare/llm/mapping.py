"""Answers kept in a mapping that another package or the caller brings."""

import logging
import re
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from threading import Lock
from typing import TypeVar

from claimcompare.articles import one_line
from claimcompare.errors import PluginError
from claimcompare.llm.answers import Told
from claimcompare.llm.completion import Completion
from claimcompare.llm.requests import Request
from claimcompare.llm.settings import LLMSettings, MakeStore
from claimcompare.plugins import called, load

R = TypeVar("R")
_log = logging.getLogger(__name__)
_SHOWN = 200
# Who logs in at an address, as in "redis://:password@host".
_LOGIN = re.compile(r"//[^/\s]*@")


class MappingAnswers:
    """Valid answers by key, as texts of JSON in a mapping; threads may share them.

    A fault of the mapping ends its use and not the run, and is told of once.
    """

    keeps_all = False

    def __init__(self, name: str, opened: Callable[[], MutableMapping[str, str]]) -> None:
        """Open the mapping that is known by that name; raises PluginError where it is none."""
        self._name = name
        self._lock = Lock()
        self._failed = False
        self._mapping: MutableMapping[str, str] | None = None
        with self._faults_told():
            self._mapping = opened()
        if not self._failed and not isinstance(self._mapping, MutableMapping):
            kind = type(self._mapping).__name__
            raise PluginError(f"the store {name!r} is {kind}, and no MutableMapping", name=name)

    def get(self, key: str, request: Request) -> Completion | None:
        """The answer kept under that key; one that cannot be read is none."""
        kept = self._try(lambda mapping: mapping.get(key))
        try:
            return None if kept is None else Completion.model_validate_json(kept)
        except (ValueError, TypeError):
            told = "the store %r: asking '%s' again, whose value is odd"
            _log.info(told, self._name, request.prompt.name)
            return None

    def put(self, key: str, request: Request, told: Told) -> None:  # noqa: ARG002 - the protocol's
        """Keep an answer that deserves it; the mapping has it when this returns."""
        if isinstance(told, Completion) and told.lasting:
            kept = told.model_dump_json()
            self._try(lambda mapping: mapping.__setitem__(key, kept))

    def close(self) -> None:
        """Close the mapping, if it can be closed."""
        with self._lock:
            mapping, self._mapping = self._mapping, None
            close = getattr(mapping, "close", None)
            with self._faults_told():
                if close is not None:
                    close()

    def _try(self, work: Callable[[MutableMapping[str, str]], R]) -> R | None:
        """What the work on the mapping brings; None where that cannot be used, then or any more."""
        with self._lock, self._faults_told():
            if self._mapping is not None and not self._failed:
                return work(self._mapping)
        return None

    @contextmanager
    def _faults_told(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # noqa: BLE001 - whatever another package fails with
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        if self._failed:
            return
        self._failed = True
        why = _LOGIN.sub("//***@", one_line(f"{type(error).__name__}: {error}"))[:_SHOWN]
        _log.warning(
            "the store %r failed (%s): going on without it, nothing more is kept in this run; "
            "mend the store, or leave out 'store' (--store) for a file of this machine",
            self._name,
            why,
        )


def answers_in(store: str | MakeStore, settings: LLMSettings) -> MappingAnswers:
    """The answers in the store of that name, or that a function opens; raises PluginError."""
    make: MakeStore = load("stores", store) if isinstance(store, str) else store
    # Headers hold the keys of an endpoint, and are no business of who keeps answers.
    told = settings.model_copy(update={"headers": {}})
    return MappingAnswers(called(store), lambda: make(told))
