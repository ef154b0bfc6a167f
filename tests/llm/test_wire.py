"""What comes from an endpoint is bounded, and is no way for a key to go further."""

import base64
import gzip
import json
import logging
import zlib
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest

from claimcompare.errors import LLMError, LLMOutputError
from claimcompare.llm import LLM, wire
from claimcompare.llm.recording import record, replay
from tests.llm.server import (
    KEY,
    ULM,
    ULM_JSON,
    City,
    FakeServer,
    Reply,
    Seen,
    fails,
    model_at,
    prompt,
    replies_json,
    says,
)

SIGN_IN = "p@ss/word+MARKED"
TEAM = "Basic MARKED-team+secret/=="
Packing = Callable[[bytes], bytes]
BOMB = b'{"choices": [' + b" " * (wire.MOST_BYTES + 1)


def deflated(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


PACKINGS: dict[str, Packing] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "deflate ": deflated,
    "identity": bytes,
}
ESCAPED: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "json": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "letters of json": lambda text: "".join(f"\\u{ord(one):04X}" for one in text),
    "some letters of json": lambda text: text.replace("M", "\\u004d").replace("-", "\\u002D"),
    "url": lambda text: quote(text, safe=""),
    "letters of a url": lambda text: "".join(f"%{ord(one):02x}" for one in text),
    "html": lambda text: "".join(f"&#{ord(one)};" for one in text),
    "html in hexadecimal": lambda text: "".join(f"&#x{ord(one):X};" for one in escape(text)),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64 in a longer text": lambda text: base64.b64encode(f"k={text}!".encode()).decode(),
    "base64 with a user": lambda text: base64.urlsafe_b64encode(f"me:{text}!".encode()).decode(),
}


def packed(reply: Reply, coding: str, pack: Packing) -> Reply:
    return replace(
        reply, body=pack(reply.body), headers={**reply.headers, "content-encoding": coding.strip()}
    )


def failing(llm: LLM) -> LLMError:
    with pytest.raises(LLMError) as caught:
        llm.ask(prompt(), City)
    return caught.value


def holds(shown: str, secret: str) -> bool:
    """Whether a secret is in a text, as it is or in another form of these."""
    return any(form(secret)[6:-6] in shown for form in ESCAPED.values())


@pytest.mark.parametrize(("coding", "pack"), PACKINGS.items(), ids=PACKINGS)
def test_an_answer_may_come_packed(server: FakeServer, coding: str, pack: Packing) -> None:
    server.will(packed(says(ULM_JSON), coding, pack))
    assert model_at(server).ask(prompt(), City).value == ULM


@pytest.mark.parametrize("status", [200, 400, 500])
@pytest.mark.parametrize("coding", ["gzip", "deflate", "deflate ", "identity"])
def test_an_answer_without_an_end_is_not_read(server: FakeServer, coding: str, status: int) -> None:
    bomb = packed(Reply(BOMB, status), coding, PACKINGS[coding])
    llm = model_at(server.will(bomb, says(ULM_JSON)))
    error = failing(llm)
    assert str(error) == "the endpoint's answer is longer than 20 MB; is the base URL right?"
    assert type(error) is LLMError
    assert len(server.seen) == 1
    assert llm.ask(prompt(), City).value == ULM


def test_no_more_is_unpacked_than_may_be(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def noted(size: int) -> None:
        read.append(size)
        check(size)

    read: list[int] = []
    check = wire._check
    monkeypatch.setattr(wire, "_check", noted)
    bomb = gzip.compress(b" " * 200_000_000)
    failing(model_at(server.will(packed(Reply(bomb), "gzip", bytes))))
    assert wire.MOST_BYTES < max(read) < wire.MOST_BYTES + 2_000_000


def test_a_recording_unpacks_no_more_either(server: FakeServer, tmp_path: Path) -> None:
    llm = model_at(server.will(packed(Reply(BOMB), "gzip", gzip.compress), says(ULM_JSON)))
    with record(tmp_path / "run.yaml"):
        assert "longer than 20 MB" in str(failing(llm))
        llm.ask(prompt("And now?"), City)
    assert (tmp_path / "run.yaml").stat().st_size < 10_000


def test_what_follows_the_packed_is_not_kept_either(server: FakeServer) -> None:
    tail = Reply(gzip.compress(b"{}") + bytes(wire.MOST_BYTES))
    assert "longer than 20 MB" in str(failing(model_at(server.will(packed(tail, "gzip", bytes)))))


def test_what_is_packed_twice_is_not_unpacked(server: FakeServer) -> None:
    twice = packed(says(ULM_JSON), "gzip, gzip", lambda body: gzip.compress(gzip.compress(body)))
    llm = model_at(server.will(twice))
    assert str(failing(llm)) == "the endpoint's answer is packed 2 times over"
    assert len(server.seen) == 1


def test_what_cannot_be_unpacked_is_asked_for_again(server: FakeServer) -> None:
    broken = packed(says(ULM_JSON), "gzip", bytes)
    assert model_at(server.will(broken, says(ULM_JSON))).ask(prompt(), City).value == ULM


@pytest.mark.parametrize("form", ESCAPED.values(), ids=ESCAPED)
@pytest.mark.parametrize("secret", [KEY, "MARKED-team+secret/=="])
class TestASecretInAnyForm:
    """A server gives a secret back in the letters of its own choice."""

    def test_in_an_answer_is_neither_told_nor_kept(
        self, server: FakeServer, tmp_path: Path, secret: str, form: Callable[[str], str]
    ) -> None:
        server.will(says(ULM_JSON.replace("Ulm", f"Ulm {form(secret)}")))
        with model_at(server, cache=True, cache_folder=tmp_path, headers={"x-team": TEAM}) as llm:
            name = llm.ask(prompt(), City).value.name
        kept = b"".join(file.read_bytes() for file in tmp_path.iterdir()).decode("utf-8", "replace")
        assert "***" in name
        assert name in kept
        assert not holds(name + kept, secret)

    def test_in_an_answer_is_in_no_cassette(
        self, server: FakeServer, tmp_path: Path, secret: str, form: Callable[[str], str]
    ) -> None:
        server.will(says(ULM_JSON.replace("Ulm", f"Ulm {form(secret)}")))
        with record(tmp_path / "run.yaml"):
            found = model_at(server, headers={"x-team": TEAM}).ask(prompt(), City)
        kept = (tmp_path / "run.yaml").read_text(encoding="utf-8")
        assert "***" in kept
        assert not holds(kept, secret)
        server.close()
        with replay(tmp_path / "run.yaml"):
            assert model_at(server).ask(prompt(), City) == found

    def test_in_what_holds_the_answer_is_not_told(
        self, server: FakeServer, secret: str, form: Callable[[str], str]
    ) -> None:
        raw = says("MARK").body.replace(b"MARK", f"hm {form(secret)}".encode())
        with pytest.raises(LLMOutputError) as caught:
            model_at(server.will_always(Reply(raw)), headers={"x-team": TEAM}).ask(prompt(), City)
        assert "***" in caught.value.output
        assert not holds(caught.value.output, secret)

    @pytest.mark.parametrize("status", [200, 401, 503])
    def test_in_an_error_is_not_told(
        self, server: FakeServer, secret: str, form: Callable[[str], str], status: int
    ) -> None:
        server.will_always(replies_json({"error": f"no luck with {form(secret)}"}, status))
        error = failing(model_at(server, headers={"x-team": TEAM}))
        assert "***" in str(error)
        assert not holds(f"{error} {error.__cause__!r}", secret)


def test_a_secret_in_a_refusal_is_not_told(server: FakeServer) -> None:
    error = failing(model_at(server.will(says(None, refusal=f"not with {KEY}"))))
    assert isinstance(error, LLMOutputError)
    assert KEY not in f"{error} {error.output}"


def test_what_an_article_says_is_no_secret(server: FakeServer) -> None:
    team = "harbour-desk-7"
    answer = City(name=team, people=1)
    llm = model_at(server.will_always(says(answer.model_dump_json())), headers={"x-team": team})
    assert llm.ask(prompt(f"Who wrote it? The {team} did."), City).value == answer
    assert llm.ask(prompt("Who wrote it?"), City).value.name == "***"


def test_a_key_that_is_a_word_may_be_said(server: FakeServer) -> None:
    said = City(name="The placeholder was torn down", people=1)
    server.will(says(said.model_dump_json()))
    settings = model_at(server).settings
    with LLM("m", base_url=server.url, api_key="placeholder", settings=settings) as llm:
        assert llm.ask(prompt(), City).value == said


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_itself_is_one_request(server: FakeServer, status: int) -> None:
    here = f"{server.url}/chat/completions?key={KEY}"
    llm = model_at(server.will_always(fails(status, "moved", location=here)), max_tokens=10_000)
    error = failing(llm)
    assert len(server.seen) == 1
    assert "to ask at" in str(error)
    assert KEY not in str(error)


def echoing(seen: Seen) -> Reply:
    """Everything that a server could know, in a header and in the body."""
    known = " ".join(f"{name}={value}" for name, value in seen.headers.items())
    reply = fails(503, known) if not seen.user.endswith("!") else says(ULM_JSON)
    return replace(reply, headers={**reply.headers, "x-echo": known, "set-cookie": f"a={known}"})


@pytest.mark.parametrize("recorded", [False, True])
def test_no_library_logs_a_secret(
    server: FakeServer,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
    *,
    recorded: bool,
) -> None:
    server.will_always(echoing)
    url = server.url.replace("//", f"//somebody:{quote(SIGN_IN, safe='')}@")
    settings = model_at(server, headers={"x-team": TEAM, "x-key": KEY}).settings
    caplog.set_level(logging.DEBUG)
    with LLM("m", base_url=url, api_key="sk-" + KEY, settings=settings) as llm:
        for user in ("Which city?", "Which city!"):
            try:
                if recorded:
                    with record(tmp_path / "run.yaml"):
                        llm.ask(prompt(user), City)
                else:
                    llm.ask(prompt(user), City)
            except LLMError as error:
                caplog.records[-1].msg += str(error)
    basic = base64.b64encode(f"somebody:{SIGN_IN}".encode()).decode()
    assert server.seen[0].headers["authorization"] == f"Basic {basic}"
    logged = "\n".join(f"{one.getMessage()} {one.__dict__}" for one in caplog.records)
    assert "httpcore2.http11" in logged
    assert "x-echo" in logged
    assert "@127.0.0.1" not in logged
    for secret in (KEY, SIGN_IN, "MARKED-team+secret/==", basic):
        assert not holds(logged, secret)
    for file in tmp_path.iterdir():
        assert not holds(file.read_text(encoding="utf-8"), KEY)


def test_the_loggers_of_libraries_are_left_as_they_were() -> None:
    def filters() -> int:
        return sum(len(logging.getLogger(name).filters) for name in wire._LOGGERS)

    before = filters()
    client = wire.EndpointClient()
    assert filters() == before + len(wire._LOGGERS)
    del client
    assert filters() == before
