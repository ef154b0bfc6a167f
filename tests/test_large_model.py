"""Answers in a large model's style, written by hand: long claims, many sentences, relayers."""

import json
import math
from collections.abc import Iterator
from contextlib import closing

import pytest

from claimcompare import LLM, Article, Comparison, compare
from tests.llm.server import FakeServer, Reply, Seen, says

MORNING = Article(
    id="morning",
    text=(
        "Ferry line to close, union told\n\n"
        "The ferry company Nordlys will end its Skarvoy line in June, the shipping minister, "
        "Dagny Holt, told parliament. She said that the director, Emil Krag, had informed her of "
        "it on Sunday. \u201cThe ships are too old,\u201d Krag had told her, according to Holt.\n\n"
        "Forty-two sailors will lose their jobs, the seamen's union said."
    ),
)
EVENING = Article(
    id="evening",
    text=(
        "Emil Krag denied on Monday that Nordlys would give up the Skarvoy line. "
        "He had spoken to the minister of a two-week stop for repairs, he said, and of nothing "
        "else. No sailor would lose a job, the company wrote. The line is 80 years old."
    ),
)
Row = tuple[list[int], str | None, list[str], str | None, str]
CLAIMS: dict[str, list[Row]] = {
    "morning": [
        ([2, 3], "Emil Krag", ["Dagny Holt"], "told", "Nordlys will end its Skarvoy line in June."),
        ([3], "Dagny Holt", [], "said", "Emil Krag informed Dagny Holt of the closure on Sunday."),
        ([4], "Krag", ["Holt"], "according to", "The ships of Nordlys are too old."),
        ([5], "the seamen\u2019s union", [], "said", "Forty-two sailors will lose their jobs."),
        ([5], "Dagny Holt", [], "said", "Forty-three sailors will lose their jobs."),
    ],
    "evening": [
        ([1], "Emil Krag", [], "denied", "Nordlys will not give up the Skarvoy line."),
        (
            [2],
            "Emil Krag",
            [],
            "said",
            "Emil Krag spoke to the minister only of a two-week stop for repairs, of nothing else.",
        ),
        ([3], "the company", [], "wrote", "No sailor of Nordlys will lose a job."),
        ([4], None, [], None, "The Skarvoy line is 80 years old."),
    ],
}
LINE = "Nordlys will end the Skarvoy line in June."
JOBS = "Sailors of Nordlys will lose their jobs."
SIDES = {
    (LINE, "morning:1"): "support",
    (LINE, "morning:3"): "support",
    (LINE, "evening:1"): "denial",
    (LINE, "evening:2"): "denial",
    (JOBS, "morning:4"): "support",
    (JOBS, "evening:3"): "denial",
}


def answer(seen: Seen) -> Reply:
    """What a large model might say to each of the three prompts."""
    if "logprobs" in seen.body:
        return says("x", logprobs=_stance(seen.user))
    if seen.body["response_format"]["json_schema"]["name"] == "WireDisputes":
        return says(json.dumps({"disputes": list(_disputes(seen.user))}))
    name = "morning" if "Ferry line to close" in seen.user else "evening"
    keys = ("sentences", "speaker", "via", "cue", "text")
    claims = [dict(zip(keys, claim, strict=True)) for claim in CLAIMS[name]]
    return says(json.dumps({"claims": claims}))


def _number(user: str, heading: str, words: str) -> int:
    lines = user.split(f"{heading}:\n")[1].split("\n\n", maxsplit=1)[0].splitlines()
    return next(int(line[1 : line.index("]")]) for line in lines if words in line)


def _disputes(user: str) -> Iterator[dict[str, object]]:
    for denial, support, proposition in (
        ("not give up", "end its Skarvoy", LINE),
        ("No sailor", "Forty-two", JOBS),
    ):
        yield {
            "statement": _number(user, "Statements", denial),
            "against": _number(user, "Claims", support),
            "proposition": proposition,
        }


def _stance(user: str) -> dict[str, float]:
    text = {f"{name}:{at}": claim[4] for name in CLAIMS for at, claim in _kept(name)}
    for (proposition, claim_id), stance in SIDES.items():
        if proposition in user and text[claim_id] in user:
            return {stance: math.log(0.97), "context": math.log(0.02)} | {
                other: math.log(0.01) for other in ("support", "denial") if other != stance
            }
    return {"context": math.log(0.96), "support": math.log(0.02), "denial": math.log(0.02)}


def _kept(name: str) -> Iterator[tuple[int, Row]]:
    yield from enumerate((claim for claim in CLAIMS[name] if "Forty-three" not in claim[4]), 1)


@pytest.fixture(scope="module")
def comparison() -> Iterator[Comparison]:
    with closing(FakeServer().will_always(answer)) as server:
        llm = LLM("large", base_url=server.url, api_key="none")
        yield compare([MORNING, EVENING], llm=llm)


def test_one_call_reads_an_article_and_one_pairs_all_claims(comparison: Comparison) -> None:
    assert comparison.usage.extract.calls == len(comparison.articles)
    assert comparison.usage.pair.calls == 1


def test_relayed_claims_keep_speaker_and_relayer(comparison: Comparison) -> None:
    claim = comparison.claim("morning:1")
    assert (claim.speaker, claim.via) == ("Emil Krag", ("Dagny Holt",))


def test_a_claim_over_several_sentences_has_a_span_for_each(comparison: Comparison) -> None:
    spans = comparison.claim("morning:1").evidence
    assert [span.text.split()[0] for span in spans] == ["The", "She"]
    assert all(MORNING.text[span.start : span.end] == span.text for span in spans)


def test_the_articles_own_voice_has_no_speaker(comparison: Comparison) -> None:
    assert comparison.claim("evening:4").speaker is None


def test_an_invented_number_is_in_the_ledger(comparison: Comparison) -> None:
    rejected = [row for row in comparison.ledger if row.outcome == "rejected"]
    assert ["43" in row.reason for row in rejected if row.stage == "extract"] == [True]


def test_both_disputes_have_the_right_sides(comparison: Comparison) -> None:
    found = {
        (dispute.proposition, one.claim_id): one.stance
        for dispute in comparison.disputes
        for one in dispute.assertions
        if one.stance in ("support", "denial")
    }
    assert found == SIDES
