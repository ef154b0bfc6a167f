"""Pages are fetched: from public addresses, in limited time, size and number of redirects."""

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPException
from ssl import PROTOCOL_TLS_CLIENT
from threading import Timer
from time import monotonic
from urllib.parse import urljoin
from urllib.request import getproxies

from truststore import SSLContext
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from claimcompare.articles.addresses import Refused, addresses
from claimcompare.articles.packed import gunzipped, inflated
from claimcompare.articles.records import Source, too_large
from claimcompare.articles.settings import ReadSettings
from claimcompare.articles.targets import Target, target_of
from claimcompare.errors import ArticleError

MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536
_PACKED = {"gzip": gunzipped, "deflate": inflated}
_HEADERS = {
    "Accept": "text/html, application/xhtml+xml, application/pdf, text/*;q=0.9, */*;q=0.5",
    "Accept-Encoding": ", ".join(_PACKED),
    "Connection": "close",
    "User-Agent": "claimcompare",
}
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)


def fetch(url: str, settings: ReadSettings) -> Source:
    """What is at a URL of the web, redirects followed; raises ArticleError."""
    target = target_of(url)
    login, trusted = target.login, target.origin
    deadline = monotonic() + settings.timeout
    for _ in range(MOST_REDIRECTS + 1):
        target = target._replace(login=login if target.origin == trusted else None)
        with _errors_named(target, settings, deadline):
            answer = _answer(target, settings, deadline)
        if isinstance(answer, Source):
            return answer
        target = target_of(urljoin(target.url, answer))
    raise _fault(target, f"redirects more than {MOST_REDIRECTS} times")


def _answer(target: Target, settings: ReadSettings, deadline: float) -> Source | str:
    """What the server sends, or where it says that is."""
    connection = _connected(target, settings, deadline)
    with closing(connection), _ended_at(deadline, connection):
        login = {"Authorization": f"Basic {target.login}"} if target.login else {}
        connection.timeout = _left(deadline)
        headers = {**_HEADERS, **login, "Host": target.place}
        connection.request("GET", target.request_path, headers=headers, preload_content=False)
        with closing(connection.getresponse()) as response:
            location = response.headers.get("location")
            if response.status in _REDIRECTS and location:
                return location
            if response.status != HTTPStatus.OK:
                raise _fault(target, f"the server answered {response.status} {response.reason}")
            body = _body(target, response, settings.max_bytes)
        # A page of unknown length that was cut off looks as if it were whole.
        if monotonic() >= deadline:
            raise TimeoutError
        return _source(target, response, body)


def _connected(target: Target, settings: ReadSettings, deadline: float) -> HTTPConnection:
    """A connection to the first of the allowed addresses that takes one."""
    *others, last = addresses(target.host, target.port, allow_private=settings.allow_private)
    for left, address in zip(range(len(others) + 1, 1, -1), others, strict=True):
        with suppress(HTTPError, OSError):
            return _connected_to(address, target, _left(deadline) / left)
    return _connected_to(last, target, _left(deadline))


def _connected_to(address: str, target: Target, timeout: float) -> HTTPConnection:
    if target.scheme == "http":
        connection = HTTPConnection(address, target.port, timeout=timeout)
    else:
        connection = HTTPSConnection(
            address,
            target.port,
            timeout=timeout,
            ssl_context=SSLContext(PROTOCOL_TLS_CLIENT),
            server_hostname=target.host,
        )
    with ExitStack() as at_fault:
        at_fault.callback(connection.close)
        connection.connect()
        at_fault.pop_all()
    return connection


def _left(deadline: float) -> float:
    """The seconds until then; a socket takes no zero."""
    return max(0.001, deadline - monotonic())


@contextmanager
def _ended_at(deadline: float, connection: HTTPConnection) -> Iterator[None]:
    """Cut the connection when time is up: a server that sends a byte now and then never ends."""
    # The connection hands it on to the response.
    sock = connection.sock

    def cut() -> None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(_left(deadline), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _body(target: Target, response: BaseHTTPResponse, max_bytes: int) -> bytes:
    """The body, unpacked, as long as it is not too large."""
    packed = response.headers.get("content-encoding", "identity").strip().lower()
    if packed not in ("", "identity", *_PACKED):
        raise _fault(target, f"the server packed the page in a way not asked for ({packed!a})")
    if int(response.headers.get("content-length", "0")) > max_bytes:
        raise too_large(target.shown, max_bytes)
    body = bytearray()
    for part in response.stream(_CHUNK, decode_content=False):
        body += part
        if len(body) > max_bytes:
            raise too_large(target.shown, max_bytes)
    # The library takes half of what was packed for the whole.
    unpacked = _PACKED.get(packed, _as_it_is)
    return unpacked(bytes(body), name=target.shown, max_bytes=max_bytes)


def _as_it_is(body: bytes, **_: object) -> bytes:
    return body


def _source(target: Target, response: BaseHTTPResponse, body: bytes) -> Source:
    told = response.headers.get("content-type", "")
    charset = _CHARSET.search(told)
    return Source(
        name=target.shown,
        stem=target.stem,
        raw=body,
        suffix=target.suffix,
        media_type=told.partition(";")[0].strip().lower() or None,
        charset=charset[1] if charset else None,
        url=target.url,
    )


@contextmanager
def _errors_named(target: Target, settings: ReadSettings, deadline: float) -> Iterator[None]:
    try:
        yield
    except Refused as error:
        raise _fault(
            target, f"{error}; allow_private=True or --allow-private reads it all the same"
        ) from error
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        if monotonic() >= deadline:
            raise _fault(target, f"took longer than {settings.timeout:g} s") from error
        proxies = "; proxies of the environment are not used" if getproxies() else ""
        raise _fault(target, f"cannot be fetched ({_reason(error)}){proxies}") from error


def _reason(error: BaseException) -> str:
    cause = error.__cause__ or error
    told = cause.strerror if isinstance(cause, OSError) else None
    return " ".join(f"{told or cause or type(cause).__name__}".split())


def _fault(target: Target, what: str) -> ArticleError:
    return ArticleError(f"{target.shown}: {what}", path=target.shown)
