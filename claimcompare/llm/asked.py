"""Which prompt a request under way is made from, for what stands in the place of a network."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from claimcompare.schema import Prompt

_ASKED: ContextVar[Prompt] = ContextVar("asked")


@contextmanager
def asking(prompt: Prompt) -> Iterator[None]:
    """Requests inside the block are made from the prompt."""
    token = _ASKED.set(prompt)
    try:
        yield
    finally:
        _ASKED.reset(token)


def asked() -> Prompt:
    """The prompt of the block around the caller; raises LookupError."""
    return _ASKED.get()
