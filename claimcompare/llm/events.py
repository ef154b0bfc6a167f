"""What happens to calls, for those who watch."""

import logging
from collections.abc import Callable
from typing import Any, Literal

from claimcompare.schema import Prompt, Record
from claimcompare.usage import Usage

_log = logging.getLogger(__name__)
Kind = Literal["sent", "waiting", "answered", "cached", "failed"]


class CallEvent(Record):
    """One thing that happened to a call for a prompt, as `LLM(on_event=...)` hears of it.

    `sent`: a request left. `waiting`: it failed, and is sent again after `seconds`. `answered`:
    an answer came, `seconds` after its request. `cached`: the response cache knew the answer.
    `failed`: no answer will come. `reason` says why in a few words, and never quotes a prompt or
    an endpoint.
    """

    kind: Kind
    prompt: str
    sha256: str
    attempt: int = 0
    seconds: float = 0.0
    usage: Usage = Usage()
    reason: str = ""


def in_brief(error: BaseException | None) -> str:
    """The kind of a failure, with its HTTP status, and without anything it quotes."""
    return f"{type(error).__name__} {getattr(error, 'status_code', '')}".rstrip()


OnEvent = Callable[[CallEvent], None]


class Watch:
    """Tells whoever watches, if anybody does."""

    def __init__(self, on_event: OnEvent | None) -> None:
        self._on_event = on_event

    def tell(self, kind: Kind, prompt: Prompt, **more: Any) -> None:
        """Pass an event on, and log it."""
        if _log.isEnabledFor(logging.DEBUG):
            _log.debug("%s %.12s %s %s", prompt.name, prompt.sha256, kind, more)
        if self._on_event is not None:
            self._on_event(CallEvent(kind=kind, prompt=prompt.name, sha256=prompt.sha256, **more))
