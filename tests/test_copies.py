"""A comparison in which what several outlets print counts once."""

import json
import re
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
from tests.llm.server import FakeServer, Reply, Seen, model_at, says
from tests.small.wire import ADDED, OWN_WORDS, WIRE, article

COPIED = [article("wire"), article("post", WIRE.upper()), article("echo", f"{WIRE}\n\n{ADDED}")]
NUMBERED = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
NOTHING: dict[str, dict[str, list[object]]] = {
    "WireSpeakers": {"same": []},
    "WireDisputes": {"disputes": []},
}


def answer(seen: Seen) -> Reply:
    """Brock, Bray and Weir say what the sentences say; no two claims oppose each other."""
    if "logprobs" in seen.body:
        return says("context", logprobs={"context": -0.01})
    wanted = seen.body["response_format"]["json_schema"]
    if wanted["name"] != "WireClaims":
        return says(json.dumps(NOTHING.get(wanted["name"], {"claim": "The quay is safe."})))
    lines = dict(NUMBERED.findall(seen.user))
    if "claims" not in wanted["schema"]["properties"]:
        keys = wanted["schema"]["properties"]
        return says(json.dumps({key: _speaker(lines[key.split()[0]]) for key in keys}))
    given = [_claim(int(number), line, _speaker(line)) for number, line in lines.items()]
    return says(json.dumps({"claims": [one for one in given if one]}))


def _speaker(line: str) -> dict[str, str] | None:
    who = next((one for one in ("Una Brock", "Oskar Bray", "Tam Weir") if one in line), None)
    return {"who": who, "speaker": who} if who else None


def _claim(number: int, line: str, said: dict[str, str] | None) -> dict[str, object] | None:
    if said is None:
        return None
    named = {"speaker": said["speaker"], "mention": said["who"], "via": [], "kind": "assertion"}
    return {"passages": [number], **named, "text": line}


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with closing(FakeServer().will_always(answer)) as made:
        yield made


def compared(
    server: FakeServer, articles: list[Article], *, small: bool = False, **settings: int
) -> Comparison:
    with model_at(server, small=small) as llm:
        return compare(articles, llm=llm, settings=CompareSettings(**settings))


def reads(server: FakeServer) -> list[Seen]:
    """The calls that read an article."""
    named = [(one, one.body.get("response_format")) for one in server.seen]
    return [one for one, form in named if form and form["json_schema"]["name"] == "WireClaims"]


def numbers(seen: Seen) -> list[int]:
    """The sentences that a large model may cite."""
    return [int(number) for number, _ in NUMBERED.findall(seen.user)]


@pytest.mark.parametrize("small", [False, True])
def test_a_copy_with_nothing_new_makes_no_call(server: FakeServer, *, small: bool) -> None:
    alone = compared(server, COPIED[:1], small=small)
    found = compared(server, COPIED[:2], small=small)
    assert found.usage.extract_by_article["post"].calls == 0
    assert found.claims == alone.claims != ()
    assert found.usage.extract.calls == alone.usage.extract.calls > 0


@pytest.mark.parametrize("small", [False, True])
def test_what_a_copy_adds_is_read_among_what_it_repeats(server: FakeServer, *, small: bool) -> None:
    found = compared(server, [COPIED[0], COPIED[2]], small=small)
    (claim,) = [one for one in found.claims if one.article_id == "echo"]
    assert (claim.speaker, claim.evidence[0].text) == ("Tam Weir", ADDED)
    (call,) = [one for one in reads(server) if ADDED in one.user]
    assert "The quay of Aldmere is safe" in call.user
    assert "He called it a rumour." in call.user


def test_only_what_a_copy_adds_has_a_number_to_cite(server: FakeServer) -> None:
    compared(server, [COPIED[0], COPIED[2]])
    assert sorted(numbers(one) for one in reads(server)) == [[1, 2, 3, 4, 5, 6], [7]]


def test_a_small_model_is_asked_only_about_what_a_copy_adds(server: FakeServer) -> None:
    compared(server, [COPIED[0], COPIED[2]], small=True)
    (call,) = [one for one in reads(server) if ADDED in one.user]
    (key,) = call.body["response_format"]["json_schema"]["schema"]["properties"]
    assert key.split()[0] == "7"


def test_a_quotation_that_goes_on_is_read_beside_its_beginning(server: FakeServer) -> None:
    short, longer = (WIRE.replace("leaks,”", f"leaks. {more},”") for more in ("Good", "Good luck"))
    compared(server, [article("wire", short), article("echo", longer)])
    (call,) = [one for one in reads(server) if "Good luck" in one.user]
    assert numbers(call) == [3]
    assert "\n\n“We have tested every gate" in call.user
    assert "not one of them leaks.\n[3] Good luck,” she told reporters" in call.user


def test_a_small_model_reads_a_quotation_that_goes_on_as_a_whole(server: FakeServer) -> None:
    short, longer = (WIRE.replace("leaks,”", f"leaks. {more},”") for more in ("Good", "Good luck"))
    compared(server, [article("wire", short), article("echo", longer)], small=True)
    (call,) = [one for one in reads(server) if "Good luck" in one.user]
    (key,) = call.body["response_format"]["json_schema"]["schema"]["properties"]
    assert key.split()[0] == "2"


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
    assert [row for row in found.ledger if row.article_id == "post"] == rows[:1]


def test_a_comparison_with_copies_reads_back_unchanged(server: FakeServer) -> None:
    found = compared(server, COPIED)
    assert Comparison.model_validate_json(found.model_dump_json()) == found


def test_whoever_prints_it_is_named_beside_it(server: FakeServer) -> None:
    found = compared(server, COPIED)
    assert printed_also(found)["wire:1"] == ("post", "echo")
    text = render(found, "text", everything=True)
    assert "wire, also in post, also in echo" in " ".join(text.split())


@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("settings", [{}, {"characters_per_call": 200}])
def test_an_estimate_counts_the_calls_that_are_made(
    server: FakeServer, *, small: bool, settings: dict[str, int]
) -> None:
    found = compared(server, COPIED, small=small, **settings)
    with model_at(server, small=small) as llm:
        expected = estimate(iter(COPIED), llm=llm, settings=CompareSettings(**settings))
        alone = estimate(COPIED[:1], llm=llm, settings=CompareSettings(**settings))
    assert expected.usage.extract.calls == found.usage.extract.calls == len(reads(server))
    assert (expected.articles, expected.copies, expected.sentences) == (3, 2, alone.sentences + 1)


def test_extract_reads_each_article_for_itself(server: FakeServer) -> None:
    with model_at(server, small=False) as llm:
        found = extract(COPIED, llm=llm)
        expected = estimate_each(iter(COPIED), llm=llm)
    assert [found.usage_by_article[one.id].calls for one in COPIED] == [1, 1, 1]
    assert sorted(numbers(one)[-1] for one in reads(server)) == [6, 6, 7]
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
