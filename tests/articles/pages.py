"""A server of pages on the loopback address, which answers as it is told."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, NamedTuple


class Page(NamedTuple):
    """What the server sends for a path."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = {"Content-Type": "text/html"}


def moved(location: str, status: int = 302) -> Page:
    """A redirect."""
    return Page(status=status, headers={"Location": location})


class Site:
    """The pages by path, and the requests seen; a function takes over the whole answer."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.pages: dict[str, Page | Callable[[Any], None]] = {}
        self.seen: list[Mapping[str, str]] = []

    def url(self, path: str, login: str = "") -> str:
        """The address of a page."""
        return f"http://{login}{self.address}{path}"


@contextmanager
def site() -> Iterator[Site]:
    """A site for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.seen.append(dict(self.headers) | {"path": self.path})
            page = served.pages.get(self.path, Page(b"gone", 404))
            if not isinstance(page, Page):
                page(self)
                return
            self.send_response(page.status)
            for name, value in {"Content-Length": f"{len(page.body)}", **page.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Site(f"127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
