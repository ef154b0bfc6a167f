"""Pages of the web: fetched within limits, and never from where they should not be."""

import gzip
import socket
import zlib
from collections.abc import Iterator
from time import sleep
from typing import Any

import pytest

from claimcompare.articles import addresses as resolving
from claimcompare.articles import web
from claimcompare.articles.records import Source
from claimcompare.articles.settings import ReadSettings
from claimcompare.articles.sources import fetched
from claimcompare.errors import ArticleError
from tests.articles.pages import Page, Site, moved, site

BODY = b"<p>Brock said no.</p>"


@pytest.fixture
def here() -> Iterator[Site]:
    with site() as served:
        yield served


def fetch(url: str, **settings: Any) -> Source:
    return web.fetch(url, ReadSettings(**{"allow_private": True, **settings}))


def fault(url: str, **settings: Any) -> str:
    with pytest.raises(ArticleError) as caught:
        fetch(url, **settings)
    assert str(caught.value).startswith(f"{caught.value.path}: ")
    return str(caught.value)


def test_a_page_comes_with_what_the_server_tells_of_it(here: Site) -> None:
    told = {"Content-Type": 'Text/HTML; Charset="windows-1251"'}
    here.pages["/a/dry.php?id=1"] = Page(BODY, headers=told)
    url = here.url("/a/dry.php?id=1#top")
    assert fetch(url) == Source(
        name=f"http://{here.address}/a/dry.php?…",
        stem=f"{here.address}/a/dry.php",
        raw=BODY,
        suffix=".php",
        media_type="text/html",
        charset="windows-1251",
        url=here.url("/a/dry.php?id=1"),
    )
    assert here.seen[0]["Host"] == here.address
    assert here.seen[0]["User-Agent"] == "claimcompare"


def test_other_addresses_than_public_ones_are_refused_unless_allowed(
    here: Site,
) -> None:
    message = fault(here.url("/"), allow_private=False)
    assert "127.0.0.1 is no public address; allow_private=True or --allow-private" in message
    assert here.seen == []


def test_a_redirect_to_an_address_that_is_not_public_is_refused(
    here: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.pages["/"] = moved("http://127.0.0.1:9/secret")
    real, asked = resolving.addresses, list[str]()

    def first_is_public(host: str, port: int, *, allow_private: bool) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else real(host, port, allow_private=allow_private)

    monkeypatch.setattr(web, "addresses", first_is_public)
    message = fault(here.url("/"), allow_private=False)
    assert message.startswith("http://127.0.0.1:9/secret: 127.0.0.1 is no public address")


def test_a_name_is_asked_for_once_and_what_was_checked_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers, tried = iter(["93.184.216.34", "127.0.0.1"]), []

    def rebound(host: str, port: int, *_: object, **__: object) -> list[Any]:
        address = next(answers) if host == "rebound.example" else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(_: socket.socket, address: Any) -> None:
        tried.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    monkeypatch.setattr(socket.socket, "connect", connect)
    fault("http://rebound.example/", allow_private=False)
    assert tried == [("93.184.216.34", 80)]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(here: Site, status: int) -> None:
    here.pages |= {"/a": moved("b/c?x=1", status), "/b/c?x=1": Page(BODY)}
    found = fetch(here.url("/a"))
    assert (found.raw, found.url) == (BODY, here.url("/b/c?x=1"))


def test_five_redirects_are_followed_and_six_are_not(here: Site) -> None:
    here.pages |= {f"/{at}": moved(f"/{at + 1}") for at in range(6)}
    here.pages["/6"] = Page(BODY)
    assert fetch(here.url("/1")).raw == BODY
    assert "redirects more than 5 times" in fault(here.url("/0"))


def test_a_redirect_to_a_file_is_refused(here: Site) -> None:
    here.pages["/"] = moved("file:///etc/passwd")
    assert fault(here.url("/")) == "file:///etc/passwd: only http and https URLs are read"


def test_a_login_is_sent_to_its_own_host_only_and_never_shown(here: Site) -> None:
    with site() as other:
        here.pages |= {"/a": moved("/b"), "/b": moved(other.url("/c", "x:y@"))}
        other.pages["/c"] = Page(BODY)
        found = fetch(here.url("/a", login="una:secret@"))
        assert [one.get("Authorization") for one in here.seen] == ["Basic dW5hOnNlY3JldA=="] * 2
        assert "Authorization" not in other.seen[0]
    assert found.url == other.url("/c")
    assert "secret" not in fault(here.url("/gone?key=secret", login="una:secret@"))


@pytest.mark.parametrize("status", [204, 403, 404, 429, 500])
def test_other_answers_are_named(here: Site, status: int) -> None:
    here.pages["/x"] = Page(status=status)
    assert f"{here.address}/x: the server answered {status} " in fault(here.url("/x"))


def test_packed_pages_are_unpacked(here: Site) -> None:
    for name, packed in (("gzip", gzip.compress(BODY)), ("deflate", zlib.compress(BODY))):
        here.pages[f"/{name}"] = Page(packed, headers={"Content-Encoding": name})
        assert fetch(here.url(f"/{name}")).raw == BODY


def test_a_file_that_is_packed_is_unpacked_within_its_bound(here: Site) -> None:
    here.pages["/a.txt.gz"] = Page(gzip.compress(BODY * 50))
    url, settings = here.url("/a.txt.gz"), ReadSettings(allow_private=True)
    assert fetched(url, settings).raw == BODY * 50
    with pytest.raises(ArticleError, match=r"larger than 0\.001 MB"):
        fetched(url, settings.model_copy(update={"max_bytes": 1_000}))


def test_a_page_packed_in_another_way_is_refused(here: Site) -> None:
    here.pages["/"] = Page(b"xx", headers={"Content-Encoding": "br"})
    assert "packed the page in a way not asked for ('br')" in fault(here.url("/"))


def test_what_is_too_large_is_refused(here: Site) -> None:
    def unannounced(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"x" * 20_000)

    here.pages |= {"/announced": Page(b"x" * 10_001), "/unannounced": unannounced}
    for path in here.pages:
        assert "larger than 0.01 MB" in fault(here.url(path), max_bytes=10_000)


def test_what_unpacks_to_too_much_is_refused(here: Site) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    here.pages["/"] = Page(bomb, headers={"Content-Encoding": "gzip"})
    assert "larger than 1 MB" in fault(here.url("/"), max_bytes=1_000_000)


def test_a_server_that_never_ends_is_cut_off(here: Site) -> None:
    def dripping(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not handler.wfile.closed:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            sleep(0.02)

    here.pages["/"] = dripping
    assert "took longer than 0.3 s" in fault(here.url("/"), timeout=0.3)


@pytest.mark.parametrize(
    "answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"]
)
def test_broken_answers_are_named(here: Site, answer: bytes) -> None:
    here.pages["/"] = lambda handler: handler.wfile.write(answer)
    assert "cannot be fetched (" in fault(here.url("/"))


def test_a_server_that_is_not_there_is_named() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    assert fault(f"http://{address}/").startswith(f"http://{address}/: cannot be fetched (")


def test_an_encrypted_connection_checks_whom_it_is_to(here: Site) -> None:
    message = fault(here.url("/").replace("http:", "https:"), timeout=1)
    assert "cannot be fetched (" in message or "took longer" in message


def test_proxies_of_the_environment_are_not_used_and_said(
    here: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.pages["/"] = Page(BODY)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert fetch(here.url("/")).raw == BODY
    assert "proxies of the environment are not used" in fault("http://127.0.0.1:9/")


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
@pytest.mark.parametrize("left", [-1, -9, 12])
def test_half_a_packed_page_is_no_page(here: Site, packing: str, left: int) -> None:
    packed = (gzip.compress if packing == "gzip" else zlib.compress)(BODY * 50)
    here.pages["/"] = Page(packed[:left], headers={"Content-Encoding": packing})
    assert fault(here.url("/")).endswith("/: is packed and breaks off; get it once more")
