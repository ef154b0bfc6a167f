"""What goes over the wire, in files of vcrpy's form.

A cassette holds requests and responses, no headers and no host: no key can be in it,
and a response is found by its request's JSON body, in any order.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import partial
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from claimcompare.errors import LLMError, RecordingError
from claimcompare.extras import needs
from claimcompare.llm.answers import Told, Unrecorded, writing
from claimcompare.llm.completion import Completion
from claimcompare.llm.differing import fields, nearest
from claimcompare.llm.failures import told_status
from claimcompare.llm.requests import Request
from claimcompare.llm.secrets import Secrets

if TYPE_CHECKING:
    from httpx2 import Response

_FINAL = frozenset(
    {
        HTTPStatus.OK,
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.METHOD_NOT_ALLOWED,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.NOT_IMPLEMENTED,
    }
)
_ANSWERS = (b'"choices"', b'"answers"')


class _Turn(NamedTuple):
    """A request as it was sent, and the response to it."""

    path: str
    asked: bytes | None
    status: int
    told: bytes


class Taping:
    """A cassette in the making, which takes the place of the file once it ends well."""

    keeps_all = True

    def __init__(self, target: Path, *, adding: bool = False) -> None:
        self._target = target
        self._turns: list[_Turn] = []
        self._known: dict[str, Completion] = {}
        self._lock = Lock()
        # What cannot be written is not to be paid for first.
        with _needing_vcrpy():
            import vcr  # noqa: F401
        with writing(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.is_dir():
                raise IsADirectoryError(None, "a folder is in its place")
            TemporaryDirectory(dir=target.parent).cleanup()
        # What is added to answers what it holds, and goes on to hold it.
        self._held = Playing(target) if adding and target.is_file() else None

    def get(self, key: str, request: Request) -> Completion | None:
        """The answer to a request that was made before in this recording, or the one added to."""
        known = self._known.get(key)
        if known is None and self._held:
            told = self._held.get(key, request)
            return told if isinstance(told, Completion) else None
        return known

    def put(self, key: str, request: Request, told: Told) -> None:
        """Know an answer, which was heard; what is told of a model's size was not."""
        if not isinstance(told, Completion):
            return
        with self._lock:
            self._known[key] = told
            if not request.body:
                turn = _Turn(request.api.path, None, HTTPStatus.OK, told.text.encode())
                self._turns.append(turn)

    def hear(self, response: "Response", secrets: Secrets) -> None:
        """Note what an endpoint answered or cannot do; what passes is not worth replaying."""
        sent, told = response.request, response.content
        if sent.method != "POST" or (told_status(told) or response.status_code) not in _FINAL:
            return
        # Only complaints quote what was sent; in an answer the same letters are words.
        is_answer = response.status_code == HTTPStatus.OK and any(one in told for one in _ANSWERS)
        told = told if is_answer else secrets.hidden_in(told)
        path = urlsplit(str(sent.url)).path
        with self._lock:
            self._turns.append(_Turn(path, sent.content, response.status_code, told))

    def end(self, *, well: bool) -> None:
        """Write the file, if all went well; raises RecordingError."""
        if not well:
            return
        if not self._turns and self._held:
            return
        if not self._turns:
            reason = f"{self._target}: nothing was recorded, no request was made"
            raise RecordingError(reason, prompt="")
        with writing(self._target), TemporaryDirectory(dir=self._target.parent) as folder:
            unfinished = Path(folder) / self._target.name
            _save([*(self._held.turns if self._held else ()), *self._turns], unfinished)
            unfinished.replace(self._target)


class Playing:
    """A cassette to replay."""

    def __init__(self, source: Path) -> None:
        if not source.is_file():
            raise RecordingError(f"{source}: no such recording; make one with --record", prompt="")
        self._source = source
        self.turns = _load(source)
        self._turns: defaultdict[str, list[_Turn]] = defaultdict(list)
        self._lock = Lock()
        for turn in self.turns:
            self._turns[_place(_body(turn.asked))].append(turn)

    def get(self, key: str, request: Request) -> Told | None:  # noqa: ARG002 - as all stores
        """An answer to a request, else the complaint; equal ones get theirs one after the other."""
        told: Told | None = None
        with self._lock:
            turns = self._turns.get(_place(request.sent or None), [])
            for at, turn in enumerate(turns):
                told = _read(request, turn)
                if isinstance(told, Completion):
                    turns.append(turns.pop(at))
                    break
        return told

    def unrecorded(self, tried: Sequence[Request]) -> Unrecorded:
        """What differs from the most similar request that was recorded."""
        prompt = tried[0].prompt
        bodies = [_body(turns[0].asked) for turns in self._turns.values()]
        recorded = [fields(one) for one in bodies if isinstance(one, dict)]
        how = nearest([fields(one.sent) for one in tried], recorded)
        return Unrecorded(
            f"{self._source}: the recording holds no response for this '{prompt.name}' prompt "
            f"(version {prompt.version}); record it again"
            f"{how and f' ({how})'}",
            prompt=prompt.name,
        )


def _needing_vcrpy() -> AbstractContextManager[None]:
    return needs("harness", "a recording in YAML", raising=partial(RecordingError, prompt=""))


def _load(source: Path) -> list[_Turn]:
    """What a file of vcrpy holds; raises RecordingError."""
    with _needing_vcrpy():
        from vcr.persisters.filesystem import FilesystemPersister
        from vcr.serializers import yamlserializer
        from yaml import YAMLError

    try:
        asked, told = FilesystemPersister.load_cassette(source, yamlserializer)[:2]
        return [
            _Turn(one.path, one.body, answer["status"]["code"], answer["body"]["string"])
            for one, answer in zip(asked, told, strict=True)
        ]
    except (OSError, YAMLError, ValueError, LookupError, TypeError) as error:
        reason = f"{source}: cannot be read as a recording ({error})"
        raise RecordingError(reason, prompt="") from error


def _save(turns: Sequence[_Turn], target: Path) -> None:
    from vcr.persisters.filesystem import FilesystemPersister
    from vcr.request import Request as Asked
    from vcr.serializers import yamlserializer

    asked = [
        Asked("GET" if one.asked is None else "POST", f"http://endpoint{one.path}", one.asked, {})
        for one in turns
    ]
    told = [
        {
            "status": {"code": int(one.status), "message": HTTPStatus(one.status).phrase},
            "headers": {"content-type": ["application/json"]},
            "body": {"string": one.told},
        }
        for one in turns
    ]
    FilesystemPersister.save_cassette(
        target, {"requests": asked, "responses": told}, yamlserializer
    )


def _read(request: Request, turn: _Turn) -> Told:
    """What a response says, as if it came from the endpoint."""
    from claimcompare.llm.faults import as_ours, failure_as_kept

    if turn.status == HTTPStatus.OK and told_status(turn.told) is None:
        try:
            return request.api.read(turn.told, str)
        except LLMError as error:
            return error
    failure = failure_as_kept(turn.status, turn.told)
    return as_ours(failure, request.prompt, 1, Secrets())[0]


def _body(asked: bytes | None) -> Any:
    """The JSON of a request, else what it is."""
    try:
        return json.loads(asked or b"null")
    except ValueError:
        return repr(asked)


def _place(body: Any) -> str:
    """What tells requests apart: all but what older recordings lack, and what changes no answer."""
    if isinstance(body, dict) and body.get("stream") is False:
        body = {name: value for name, value in body.items() if name != "stream"}
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
