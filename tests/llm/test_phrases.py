"""What a server says of itself is printed by nobody's terminal as more than words."""

import json
from dataclasses import replace

import pytest

from claimcompare.errors import LLMError, LLMOutputError
from claimcompare.llm import LLM
from tests.llm.server import City, FakeServer, Reply, fails, prompt, replies_json, says

# A title, a link, colours, a cleared screen, an 8-bit control, a reversed text, and a new line.
SIGNS = "\x1b]0;t\x07\x1b]8;;http://x.example\x1b\\\x1b[31m\x1b[2J\x9b1A\u202ebad\u200b\nfailed: b"
PLACES = {
    "message": fails(400, SIGNS),
    "unavailable": fails(503, SIGNS),
    "detail": replies_json({"detail": [{"msg": SIGNS, "loc": [SIGNS]}]}, 422),
    "text": Reply(SIGNS.encode(), 500, {"content-type": "text/plain"}),
    "with status 200": replies_json({"error": {"message": SIGNS, "type": SIGNS}}),
    "in a choice": replies_json({"choices": [{"error": {"message": SIGNS}}]}),
    "parameter": replies_json({"error": {"message": "no", "param": SIGNS, "code": SIGNS}}, 400),
    "filtered": fails(400, SIGNS, "content_filter"),
    "too long": fails(400, f"context length {SIGNS}"),
    "refusal": says(None, refusal=SIGNS),
    "finish": says("", finish=SIGNS),
    "name of a field": says(json.dumps({"name": "Ulm", "people": 1, SIGNS: 1})),
    "names of fields": says(json.dumps({SIGNS * 50: {SIGNS: 1}})),
    "not JSON": Reply(SIGNS.encode()),
    "moved": replace(fails(301, SIGNS), headers={"location": "http://x.example/\x9b31m\xad\xa0b"}),
}


@pytest.mark.parametrize("reply", PLACES.values(), ids=PLACES)
def test_an_error_is_one_line_of_printable_letters(
    llm: LLM, server: FakeServer, reply: Reply
) -> None:
    server.will_always(reply)
    with pytest.raises(LLMError) as caught:
        llm.ask(prompt(), City)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 1_000


def test_a_long_refusal_is_cut(llm: LLM, server: FakeServer) -> None:
    server.will(says(None, refusal="no " * 10_000))
    with pytest.raises(LLMOutputError) as caught:
        llm.ask(prompt(), City)
    assert len(str(caught.value)) < 1_000
    assert len(caught.value.output) == 30_000
