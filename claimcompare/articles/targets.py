"""Where a page is: a URL taken apart, and written so that it may be shown."""

import re
from base64 import b64encode
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from claimcompare.articles.kinds import suffix_of
from claimcompare.articles.lines import one_line
from claimcompare.errors import ArticleError

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_LOGIN = re.compile(r"(//)[^/]*@")
_PORTS = {"http": 80, "https": 443}


class Target(NamedTuple):
    """A URL in parts; `login` is what goes into the header for it, and is never shown."""

    scheme: str
    host: str
    port: int
    path: str
    query: str | None
    login: str | None

    @property
    def origin(self) -> tuple[str, str, int]:
        """What must be the same for a login to be sent."""
        return (self.scheme, self.host, self.port)

    @property
    def place(self) -> str:
        """The host, with its port where that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def request_path(self) -> str:
        """What is asked the host for."""
        return self.path if self.query is None else f"{self.path}?{self.query}"

    @property
    def url(self) -> str:
        """The URL without user and password."""
        return f"{self.scheme}://{self.place}{self.request_path}"

    @property
    def shown(self) -> str:
        """The URL for an error: a query may hold a token."""
        return f"{self.scheme}://{self.place}{self.path}{'' if self.query is None else '?…'}"

    @property
    def stem(self) -> str:
        """What an article from there is called."""
        return f"{self.place}{self.path.rstrip('/')}"

    @property
    def suffix(self) -> str:
        """The end of the last name in the path that tells its kind, from the stop on."""
        return suffix_of(PurePosixPath(self.path))


def is_url(name: str) -> bool:
    """Whether a name is a URL rather than a path."""
    return bool(_SCHEME.match(name))


def target_of(url: str) -> Target:
    """The parts of a URL; raises ArticleError where it is none of the web."""
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    try:
        parts = parse_url(url.strip())
    except LocationParseError as error:
        raise _fault(url, "is no URL that can be taken apart") from error
    scheme = parts.scheme or ""
    if scheme not in _PORTS:
        raise _fault(url, "only http and https URLs are read")
    if not parts.host:
        raise _fault(url, "names no host")
    login = parts.auth and b64encode(unquote(parts.auth).encode()).decode()
    return Target(
        scheme=scheme,
        host=parts.host.strip("[]"),
        port=parts.port or _PORTS[scheme],
        path=parts.path or "/",
        query=parts.query,
        login=login,
    )


def _fault(url: str, what: str) -> ArticleError:
    shown = without_login(url)
    return ArticleError(f"{shown}: {what}", path=shown)


def without_login(url: str) -> str:
    """A URL as it may be shown, whatever is wrong with it."""
    return _LOGIN.sub(r"\1", one_line(url).partition("?")[0])
