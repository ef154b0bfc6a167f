"""A comparison in which what several outlets print counts once."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest

from claimcompare import (
    Article,
    CompareSettings,
    Comparison,
    Copy,
    compare,
    estimate,
    extract,
)
from claimcompare.dry_run import estimate_each
from claimcompare.report import render
from claimcompare.report.outlets import printed_also
from claimcompare.stages.settings import Reading
from tests.llm.server import FakeServer, Reply, Seen, fails, model_at, says
from tests.small.wire import ADDED, OWN_WORDS, WIRE, article

COPIED = [article("wire"), article("post", WIRE.upper()), article("echo", f"{WIRE}\n\n{ADDED}")]
READINGS: tuple[Reading, ...] = ("full", "lean")


def answer(seen: Seen) -> Reply:
    """Brock, Bray and Weir say what the passages say; no two claims oppose each other."""
    if "logprobs" in seen.body:
        return fails(400, "not here")
    wanted = seen.body["response_format"]["json_schema"]
    if wanted["name"] == "WireDisputes":
        return says(json.dumps({"disputes": []}))
    lines = dict(line[1:].split("] ", 1) for line in seen.user.splitlines() if line[:1] == "[")
    given = {key: lines[key.split()[0]] for key in wanted["schema"]["properties"]}
    lean = "via" not in json.dumps(wanted)
    return says(json.dumps({key: _said(line, lean=lean) for key, line in given.items()}))


def _said(line: str, *, lean: bool) -> object:
    who = next((one for one in ("Una Brock", "Oskar Bray", "Tam Weir") if one in line), None)
    if lean:
        return {"who": who, "speaker": who} if who else None
    return [{"who": who, "speaker": who, "via": [], "text": line}] if who else []


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with closing(FakeServer().will_always(answer)) as made:
        yield made


def compared(
    server: FakeServer, articles: list[Article], reading: Reading = "full", **more: int
) -> Comparison:
    settings = CompareSettings(reading=reading).model_copy(update=more)
    with model_at(server) as llm:
        return compare(articles, llm=llm, settings=settings)


def requests(server: FakeServer) -> list[tuple[Seen, list[str]]]:
    """The calls of extract, each with the keys of the passages that it asks about."""
    held = [(one, one.body["response_format"]["json_schema"]) for one in server.seen]
    return [
        (one, list(wanted["schema"]["properties"]))
        for one, wanted in held
        if wanted["name"] == "WireClaims"
    ]


@pytest.mark.parametrize("reading", READINGS)
def test_a_copy_with_nothing_new_makes_no_call(server: FakeServer, reading: Reading) -> None:
    alone = compared(server, COPIED[:1], reading)
    found = compared(server, COPIED[:2], reading)
    assert found.usage.extract_by_article["post"].calls == 0
    assert found.claims == alone.claims != ()
    assert found.usage.extract.calls == alone.usage.extract.calls


@pytest.mark.parametrize("reading", READINGS)
def test_what_a_copy_adds_is_read_among_what_it_repeats(
    server: FakeServer, reading: Reading
) -> None:
    found = compared(server, [COPIED[0], COPIED[2]], reading)
    (claim,) = [one for one in found.claims if one.article_id == "echo"]
    assert (claim.speaker, claim.evidence[0].text) == ("Tam Weir", ADDED)
    (call,) = [one for one in requests(server) if ADDED in one[0].user]
    assert len(call[1]) == 1
    assert "[1] The quay of Aldmere is safe" in call[0].user


def test_a_quotation_that_goes_on_is_read_as_a_whole(server: FakeServer) -> None:
    short, longer = (WIRE.replace("leaks,”", f"leaks. {more},”") for more in ("Good", "Good luck"))
    compared(server, [article("wire", short), article("echo", longer)])
    (keys,) = [keys for seen, keys in requests(server) if "Good luck" in seen.user]
    assert keys == ["2"]


@pytest.mark.parametrize("reading", READINGS)
def test_a_second_pass_asks_only_about_what_is_new(server: FakeServer, reading: Reading) -> None:
    echo = article("echo", f"{WIRE}\n\n“Not so,” it said.")
    found = compared(server, [COPIED[0], echo], reading, second_pass=True)
    assert found.usage.extract_by_article["echo"].calls == 2
    keys = [keys for seen, keys in requests(server) if "Not so" in seen.user]
    assert [[key[0] for key in some] for some in keys] == [["7"], ["1"]]


def test_the_ledger_says_what_is_repeated_and_how_much(server: FakeServer) -> None:
    found = compared(server, COPIED)
    assert found.copies == (
        Copy(article_id="post", of="wire", share=1),
        Copy(article_id="echo", of="wire", share=0.8333),
    )
    rows = [row for row in found.ledger if "repeats" in row.reason]
    assert [(row.stage, row.outcome, row.article_id, row.reason) for row in rows] == [
        ("extract", "kept", one, f"repeats 'wire': {share}; these count once, as said there")
        for one, share in (
            ("post", "5 of 5 longer sentences"),
            ("echo", "5 of 6 longer sentences"),
        )
    ]
    nothing = [row.item for row in found.ledger if "nothing new" in row.reason]
    assert nothing == ["sentences 1 to 6"]


def test_a_comparison_with_copies_reads_back_unchanged(server: FakeServer) -> None:
    found = compared(server, COPIED)
    assert Comparison.model_validate_json(found.model_dump_json()) == found


def test_whoever_prints_it_is_named_beside_it(server: FakeServer) -> None:
    found = compared(server, COPIED)
    assert printed_also(found)["wire:1"] == ("post", "echo")
    assert "wire, also in post, also in echo" in render(found, "text").replace("\n", " ")


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("more", [{}, {"sentences_per_call": 2}])
def test_an_estimate_counts_the_calls_that_are_made(
    server: FakeServer, reading: Reading, more: dict[str, int]
) -> None:
    found = compared(server, COPIED, reading, **more)
    settings = CompareSettings(reading=reading).model_copy(update=more)
    with model_at(server) as llm:
        expected = estimate(iter(COPIED), llm=llm, settings=settings)
        alone = estimate(COPIED[:1], llm=llm, settings=settings)
    assert expected.usage.extract.calls == found.usage.extract.calls == len(requests(server))
    assert (expected.articles, expected.copies, expected.sentences) == (3, 2, alone.sentences + 1)


def test_extract_reads_each_article_for_itself(server: FakeServer) -> None:
    with model_at(server) as llm:
        found = extract(COPIED, llm=llm)
        expected = estimate_each(iter(COPIED), llm=llm)
    assert [found.usage_by_article[one.id].calls for one in COPIED] == [1, 1, 1]
    assert {claim.article_id for claim in found.claims} == {"wire", "echo"}
    assert expected.usage.extract.calls == expected.usage.total.calls == 3
    assert expected.copies == 0


def test_own_words_are_read(server: FakeServer) -> None:
    found = compared(server, [COPIED[0], article("own", OWN_WORDS)])
    assert found.copies == ()
    assert found.usage.extract_by_article["own"].calls == 1


def test_one_article_loads_nothing_to_find_copies_with() -> None:
    code = (
        "import sys; from claimcompare import Article;"
        "from claimcompare.stages import find_repeats;"
        "find_repeats([Article(id='a', text='It rained.')]);"
        "print([m for m in ('datasketch', 'scipy', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
