"""The one store of answers, whatever it is kept in: a cache, a folder or a cassette."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from claimcompare.errors import LLMError, RecordingError
from claimcompare.llm.completion import Completion
from claimcompare.llm.dialect import Body
from claimcompare.llm.requests import Request
from claimcompare.llm.secrets import Secrets

if TYPE_CHECKING:
    from httpx2 import Response

# Part of every key: raised when a stored answer would be read differently.
_EDITION = 1
Told = Completion | LLMError


class Unrecorded(RecordingError):
    """Nothing is recorded for a request, though it may be for the same in another form."""


class Answers(Protocol):
    """What was told by request; threads may share it.

    Where `keeps_all` is false, only answers that turned out to be valid are put.
    """

    keeps_all: bool

    def get(self, key: str, request: Request) -> Told | None:
        """The answer to a request, else the complaint in its place."""

    def put(self, key: str, request: Request, told: Told) -> None:
        """Keep what was told; raises RecordingError where it has to be kept, and cannot be."""


class Recording(Answers, Protocol):
    """A store that is being recorded to; raises RecordingError where it cannot be written."""

    def hear(self, response: "Response", secrets: Secrets) -> None:
        """Note a response as it came over the wire."""

    def end(self, *, well: bool) -> None:
        """Finish what was recorded; after a failure, raise none of one's own."""


class Replay(Protocol):
    """A store that is replayed from."""

    def get(self, key: str, request: Request) -> Told | None:
        """The answer to a request, else the complaint in its place."""

    def unrecorded(self, tried: Sequence[Request]) -> Unrecorded:
        """Why there is neither for any form of a request, of which at least one was tried."""


class Nowhere:
    """Answers that are not kept."""

    keeps_all = False

    def get(self, key: str, request: Request) -> None:
        """Nothing."""

    def put(self, key: str, request: Request, told: Told) -> None:
        """Do nothing."""


def answer_key(endpoint: str, body: Body) -> str:
    """What an answer depends on: endpoint, model, parameters, schema and filled prompt."""
    asked = json.dumps([_EDITION, endpoint, body], sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Name the file of a recording that cannot be written; raises RecordingError."""
    try:
        yield
    except OSError as error:
        reason = f"{path}: cannot be written ({error.strerror or error})"
        raise RecordingError(reason, prompt="") from error
