"""Answers in a large model's style, written by hand: long claims, long quotations, relayers."""

import json
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
        "it on Sunday. \u201cThe ships are too old. And the sea off Skarvoy is too rough for them,"
        "\u201d Krag had told her, according to Holt.\n\n"
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
# Passage, who, speaker, via, text.
Row = tuple[int, str, str | None, list[str], str]
CLAIMS: dict[str, list[Row]] = {
    "morning": [
        (2, "", "Emil Krag", ["Dagny Holt"], "Nordlys will end its Skarvoy line in June."),
        (3, "She", "Dagny Holt", [], "Emil Krag informed Dagny Holt of the closure on Sunday."),
        (4, "Krag", "Krag", ["Holt"], "The ships are too old and the sea is too rough for them."),
        (5, "the union", "the seamen\u2019s union", [], "Forty-two sailors will lose their jobs."),
        (3, "She", "Emil Zell", [], "The director informed the minister on Sunday."),
    ],
    "evening": [
        (1, "Emil Krag", "Emil Krag", [], "Nordlys will not give up the Skarvoy line."),
        (
            2,
            "he",
            "Emil Krag",
            [],
            "Emil Krag spoke to the minister only of a two-week stop for repairs, of nothing else.",
        ),
        (3, "the company", "the company", [], "No sailor of Nordlys will lose a job."),
        (4, "", None, [], "The Skarvoy line is 80 years old."),
        (4, "", None, [], "The Skarvoy line is 90 years old."),
    ],
}
LINE = "Nordlys will end the Skarvoy line in June."
JOBS = "Sailors of Nordlys will lose their jobs."
NEGATED = "It is not true that this holds: "
SIDES = {
    (LINE, "morning:1"): "support",
    (LINE, "morning:3"): "support",
    (LINE, "evening:1"): "denial",
    (LINE, "evening:2"): "denial",
    (JOBS, "morning:4"): "support",
    (JOBS, "evening:3"): "denial",
}


def answer(seen: Seen) -> Reply:
    """What a large model might say to each of the prompts that it gets."""
    wanted = seen.body["response_format"]["json_schema"]
    if wanted["name"] == "WireStances":
        return says(json.dumps(dict(_stances(seen.user))))
    if wanted["name"] == "WireDisputes":
        return says(json.dumps({"disputes": list(_disputes(seen.user))}))
    name = "morning" if "Ferry line to close" in seen.user else "evening"
    asked = wanted["schema"]["properties"]
    return says(json.dumps({key: list(_claims(name, int(key))) for key in asked}))


def _claims(name: str, passage: int) -> Iterator[dict[str, object]]:
    for number, *claim in CLAIMS[name]:
        if number == passage:
            yield dict(zip(("who", "speaker", "via", "text"), claim, strict=True))


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


def _stances(user: str) -> Iterator[tuple[str, str]]:
    """The stance of each numbered claim to the proposition, or to its negation."""
    disputed, rows = user.split("\n\nClaims:\n")
    turned = {"support": "denial", "denial": "support"} if NEGATED in disputed else {}
    text = {f"{name}:{at}": claim[4] for name in CLAIMS for at, claim in enumerate(CLAIMS[name], 1)}
    sides = {
        text[claim_id]: stance
        for (proposition, claim_id), stance in SIDES.items()
        if disputed.endswith(proposition)
    }
    for row in rows.splitlines():
        number, _, said = row.removeprefix("[").partition("] ")
        stance = sides.get(said.partition(": ")[2], "context")
        yield number, turned.get(stance, stance)


@pytest.fixture(scope="module")
def comparison() -> Iterator[Comparison]:
    with closing(FakeServer().will_always(answer)) as server:
        llm = LLM("large", base_url=server.url, api_key="none")
        yield compare([MORNING, EVENING], llm=llm)


def test_one_call_reads_an_article_one_pairs_all_claims_and_three_judge_them(
    comparison: Comparison,
) -> None:
    assert comparison.usage.extract.calls == len(comparison.articles)
    assert comparison.usage.pair.calls == 1
    assert comparison.usage.classify.calls == 3 * len(comparison.disputes)


def test_relayed_claims_keep_speaker_and_relayer(comparison: Comparison) -> None:
    claim = comparison.claim("morning:1")
    assert (claim.speaker, claim.via) == ("Emil Krag", ("Dagny Holt",))


def test_a_quotation_over_several_sentences_is_one_span(comparison: Comparison) -> None:
    claim = comparison.claim("morning:3")
    assert (claim.speaker, claim.via) == ("Emil Krag", ("Holt",))
    (span,) = claim.evidence
    assert span.text.startswith("\u201cThe ships are too old. And the sea off Skarvoy")
    assert span.text.endswith("according to Holt.")
    assert MORNING.text[span.start : span.end] == span.text


def test_a_pronoun_is_a_mention_of_its_speaker(comparison: Comparison) -> None:
    claim = comparison.claim("evening:2")
    assert claim.mention is not None
    assert claim.mention.text.casefold() == "he"
    assert EVENING.text[claim.mention.start : claim.mention.end] == claim.mention.text
    assert comparison.claim("morning:1").mention is None


def test_the_articles_own_voice_has_no_speaker(comparison: Comparison) -> None:
    assert comparison.claim("evening:4").speaker is None


def test_the_articles_own_words_stand_for_an_invented_number(comparison: Comparison) -> None:
    (row,) = [row for row in comparison.ledger if row.reason.startswith("stands for")]
    assert (row.stage, row.outcome, row.article_id) == ("extract", "kept", "evening")
    assert "90" in row.reason
    assert comparison.claim("evening:5").text == "The line is 80 years old."


def test_an_invented_speaker_is_in_the_ledger(comparison: Comparison) -> None:
    rejected = [row for row in comparison.ledger if row.outcome == "rejected"]
    assert ["Emil Zell" in row.reason for row in rejected if row.stage == "extract"] == [True]
    assert [claim.id for claim in comparison.claims][3:5] == ["morning:4", "evening:1"]


def test_both_disputes_have_the_right_sides(comparison: Comparison) -> None:
    found = {
        (dispute.proposition, one.claim_id): one.stance
        for dispute in comparison.disputes
        for one in dispute.assertions
        if one.stance in ("support", "denial")
    }
    assert found == SIDES
