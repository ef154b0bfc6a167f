"""What goes over the wire, recorded to a file of vcrpy and replayed from it.

A cassette holds requests and responses, no headers and no host: no key can be in it,
and a response is found by method, path and JSON body, in any order.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from claimcompare.errors import RecordingError
from claimcompare.llm.failures import told_status
from claimcompare.llm.secrets import Secrets
from claimcompare.schema import Prompt

if TYPE_CHECKING:
    from vcr import VCR
    from vcr.request import Request

_REMEMBERED = "json_body_hash"
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
_COMMON_HEADERS = frozenset(
    "accept accept-encoding connection content-length content-type host user-agent".split()
)
_ANSWERS = (b'"choices"', b'"answers"')
_OF_THE_SDK = "x-stainless-"


@contextmanager
def taping(target: Path) -> Iterator[None]:
    """Record every final response inside the block, replacing the file; raises RecordingError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(target.name + ".partial")
    unfinished.unlink(missing_ok=True)
    try:
        with _vcr().use_cassette(str(unfinished), record_mode="all"):
            yield
        if not unfinished.exists():
            raise RecordingError(f"{target}: nothing was recorded, no request was made", prompt="")
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def playing(source: Path) -> Iterator[None]:
    """Answer every request inside the block; raises RecordingError."""
    if not source.is_file():
        raise RecordingError(f"{source}: no such recording; make one with --record", prompt="")
    with _vcr().use_cassette(str(source), record_mode="none"):
        yield


@contextmanager
def unrecorded_named(prompt: Prompt) -> Iterator[None]:
    """Turn the replayer's complaint about a request into a RecordingError."""
    from vcr.errors import CannotOverwriteExistingCassetteException

    try:
        yield
    except CannotOverwriteExistingCassetteException:
        raise RecordingError(
            f"the recording holds no response for this '{prompt.name}' prompt "
            f"(version {prompt.version}); record it again",
            prompt=prompt.name,
        ) from None


def _vcr() -> "VCR":
    # What fetches articles goes past the recorder: it must stand before vcrpy swaps its parts.
    from vcr import VCR

    from claimcompare.articles import web  # noqa: F401

    secrets = Secrets()
    recorder = VCR(
        match_on=("method", "path", "json_body"),
        before_record_request=partial(_without_headers, secrets),
        before_record_response=partial(_only_final, secrets),
        decode_compressed_response=True,
    )
    recorder.register_matcher("json_body", _same_body)
    return recorder


def _without_headers(secrets: Secrets, request: "Request") -> "Request":
    """Leave out headers and host, and remember what of them an answer must not quote."""
    told = {name.lower(): str(value) for name, value in request.headers.items()}
    secrets.add(value.removeprefix("Bearer ") for name, value in told.items() if _may_be_key(name))
    request.headers = {}
    request.uri = f"http://endpoint{urlsplit(request.uri).path}"
    return request


def _may_be_key(header: str) -> bool:
    return header not in _COMMON_HEADERS and not header.startswith(_OF_THE_SDK)


def _only_final(secrets: Secrets, response: dict[str, Any]) -> dict[str, Any] | None:
    """Keep answers, and what the endpoint cannot do; a replayed 429 would wait for real."""
    status, body = response["status"]["code"], response["body"]
    if (told_status(body["string"]) or status) not in _FINAL:
        return None
    # Only complaints quote what was sent; in an answer the same letters are words.
    if status != HTTPStatus.OK or not any(sign in body["string"] for sign in _ANSWERS):
        body = {**body, "string": secrets.hidden_in(body["string"])}
    return {**response, "headers": {"content-type": ["application/json"]}, "body": body}


def _same_body(one: "Request", other: "Request") -> bool:
    return _body_hash(one) == _body_hash(other)


def _body_hash(request: "Request") -> str:
    """Hash once per request: comparing 10 kB bodies again and again is what makes replays slow."""
    known: str | None = getattr(request, _REMEMBERED, None)
    if known is None:
        try:
            body = json.dumps(_without_stream(json.loads(request.body)), sort_keys=True)
        except (TypeError, ValueError):
            body = repr(request.body)
        known = hashlib.sha256(body.encode()).hexdigest()
        setattr(request, _REMEMBERED, known)
    return known


def _without_stream(body: Any) -> Any:
    """A body without what older recordings lack, and what changes no answer."""
    if isinstance(body, dict) and body.get("stream") is False:
        return {name: value for name, value in body.items() if name != "stream"}
    return body
