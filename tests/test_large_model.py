"""The whole way of a model that reads, on answers written by hand: five calls for two articles."""

from collections.abc import Iterator

import pytest

from claimcompare import Agreement, Article, CompareSettings, Comparison, compare
from tests.llm.server import Seen
from tests.stages.events import asking

MORNING = Article(
    id="morning",
    publisher="Morning Post",
    text=(
        "Ferry line to close, union told\n\n"
        "The ferry company Nordlys will end its Skarvoy line in June, the shipping minister, "
        "Dagny Holt, told parliament. She said the director, Emil Krag, had told her on Sunday. "
        "“The ships are too old. And the sea off Skarvoy is too rough for them,” Krag had said, "
        "according to Holt.\n\n"
        "Forty-two sailors will lose their jobs, the seamen's union said."
    ),
)
EVENING = Article(
    id="evening",
    publisher="Evening Echo",
    text=(
        "Krag denied on Monday that Nordlys would give up the Skarvoy line. "
        "No sailor would lose a job, he said. The line is 80 years old."
    ),
)
# Sentences, speaker, mention, via, kind, text.
Row = tuple[list[int], str, str, list[str], str, str]
CLAIMS: dict[str, list[Row]] = {
    "morning": [
        ([1, 2], "Dagny Holt", "", [], "assertion", "Nordlys will end its Skarvoy line in June."),
        ([4, 5], "Emil Krag", "Krag", ["Dagny Holt"], "opinion", "The ships are too old."),
        ([6], "the seamen's union", "", [], "figure", "Forty-two sailors will lose their jobs."),
        ([3], "Emil Zell", "", [], "assertion", "The director informed the minister."),
        ([60], "Dagny Holt", "", [], "assertion", "Nordlys is poor."),
    ],
    "evening": [
        ([1], "Krag", "Krag", [], "denial", "Nordlys will not give up the Skarvoy line."),
        ([2], "Krag", "he", [], "denial", "No sailor of Nordlys will lose a job."),
        ([3], "", "", [], "assertion", "The Skarvoy line is 90 years old."),
    ],
}
LINE = "Nordlys will end the Skarvoy line."
JOBS = "Sailors of Nordlys will lose their jobs."
# Where the model puts each claim by itself, and beside the others: morning:2 here and there.
STANCES = {
    LINE: {"morning:1": "support", "evening:1": "denial", "morning:2": "support"},
    JOBS: {"morning:3": "support", "evening:2": "denial"},
}
PAIRED = {
    LINE: (["morning:1"], ["evening:1", "morning:2"]),
    JOBS: (["morning:3"], ["evening:2"]),
}
TEXTS = {f"{name}:{at}": row[5] for name in CLAIMS for at, row in enumerate(CLAIMS[name], 1)}


def answer(seen: Seen) -> object:
    """What a large model might say to each of the prompts."""
    user = seen.user
    name = seen.body["response_format"]["json_schema"]["name"]
    if name == "WireClaims":
        fields = ("passages", "speaker", "mention", "via", "kind", "text")
        rows = CLAIMS["morning" if "Morning Post" in user else "evening"]
        return {"claims": [dict(zip(fields, row, strict=True)) for row in rows]}
    if name == "WireSpeakers":
        return {"same": [[number(user, "Emil Krag ("), number(user, "Krag (Evening")]]}
    if name == "WireDisputes":
        return {"disputes": [dispute(user, proposition) for proposition in PAIRED]}
    return {"judged": [judged(user, at, one) for at, one in enumerate((LINE, JOBS), start=1)]}


def number(user: str, words: str) -> int:
    """The number of the line with those words: of a claim, or of a name at its beginning."""
    lines = [line.partition("] ") for line in user.splitlines() if line.startswith("[")]
    (found,) = [head for head, _, rest in lines if rest.startswith(words) or rest.endswith(words)]
    return int(found.removeprefix("["))


def dispute(user: str, proposition: str) -> dict[str, object]:
    support, deny = ([number(user, TEXTS[one]) for one in side] for side in PAIRED[proposition])
    sides = {"support": support, "deny": deny, "withdrawn": []}
    return {"proposition": proposition, "form": "plain", **sides}


def judged(user: str, at: int, proposition: str) -> dict[str, object]:
    assert f"Proposition {at}, claims " in user
    sides: dict[str, list[int]] = {"support": [], "denial": [], "context": []}
    for claim_id, stance in STANCES[proposition].items():
        sides[stance].append(number(user, TEXTS[claim_id]))
    return {"proposition": at, **sides}


@pytest.fixture(scope="module")
def run() -> Iterator[tuple[Comparison, list[Seen], list[tuple[str, int, int]]]]:
    told: list[tuple[str, int, int]] = []
    settings = CompareSettings(nearest=0)
    with asking(answer) as (llm, seen):
        made = compare(
            [MORNING, EVENING], llm=llm, settings=settings, progress=lambda *one: told.append(one)
        )
        yield made, seen, told


@pytest.fixture
def comparison(run: tuple[Comparison, list[Seen], object]) -> Comparison:
    return run[0]


def test_one_call_reads_an_article_one_knows_speakers_one_pairs_and_one_judges(
    run: tuple[Comparison, list[Seen], object],
) -> None:
    comparison, seen, _ = run
    asked = [one.body["response_format"]["json_schema"]["name"] for one in seen]
    later = ["WireSpeakers", "WireDisputes", "WireStances"]
    assert asked == ["WireClaims", "WireClaims", *later]
    usage = comparison.usage
    stages = (usage.extract, usage.speakers, usage.pair, usage.classify)
    assert [one.calls for one in stages] == [2, 1, 1, 1]
    assert {name: one.calls for name, one in usage.extract_by_article.items()} == {
        "morning": 1,
        "evening": 1,
    }


def test_progress_is_told_in_the_order_of_the_stages(
    run: tuple[Comparison, list[Seen], list[tuple[str, int, int]]],
) -> None:
    _, _, told = run
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages == ["extract", "speakers", "pair", "classify"]
    last = {stage: (done, known) for stage, done, known in told}
    assert last == {"extract": (2, 2), "speakers": (1, 1), "pair": (1, 1), "classify": (1, 1)}


def test_claims_are_kept_as_they_were_given(comparison: Comparison) -> None:
    given = [(row[1] or None, *row[2:]) for row in CLAIMS["morning"][:3] + CLAIMS["evening"]]
    kept = [
        (one.speaker, one.mention.text if one.mention else "", list(one.via), one.kind, one.text)
        for one in comparison.claims
    ]
    assert kept == given
    ids = [one.id for one in comparison.claims]
    assert ids == [f"{name}:{at}" for name in CLAIMS for at in (1, 2, 3)]


def test_evidence_and_mentions_are_stretches_of_the_article(comparison: Comparison) -> None:
    texts = {article.id: article.text for article in comparison.articles}
    for claim in comparison.claims:
        for span in (*claim.evidence, *filter(None, [claim.mention])):
            assert texts[claim.article_id][span.start : span.end] == span.text
    quoted = [one.text for one in comparison.claim("morning:2").evidence]
    assert quoted[0].startswith("“The ships are too old.")
    assert quoted[-1].endswith("according to Holt.")


def test_a_speaker_of_two_names_is_known_once_and_claims_keep_theirs(
    comparison: Comparison,
) -> None:
    named = [comparison.claim(one) for one in ("morning:2", "evening:1", "evening:2")]
    assert [one.speaker for one in named] == ["Emil Krag", "Krag", "Krag"]
    (speaker,) = {comparison.speaker(one) for one in named}
    assert speaker is not None
    assert speaker.names == ("Emil Krag", "Krag")
    assert comparison.speaker(comparison.claim("evening:3")) is None
    assert len(comparison.speakers) == 3


def test_what_cannot_be_shown_is_refused_and_an_unproved_number_is_a_doubt(
    comparison: Comparison,
) -> None:
    rows = [row for row in comparison.ledger if row.stage == "extract"]
    refused = [(row.item, row.reason) for row in rows if row.outcome == "refused"]
    assert refused == [
        (
            "Emil Zell: The director informed the minister.",
            "speaker 'Emil Zell' does not occur in the article",
        ),
        ("Dagny Holt: Nordlys is poor.", "cites no sentence that it was given"),
    ]
    (doubted,) = [row for row in rows if row.outcome == "doubted"]
    (doubt,) = comparison.claim("evening:3").doubts
    assert (doubt.kind, doubt.says) == ("number", doubted.reason)
    assert "90" in doubt.says
    assert not any(one.doubts for one in comparison.claims if one.id != "evening:3")


def test_both_disputes_have_the_right_sides(comparison: Comparison) -> None:
    sides = {
        one.proposition: (
            [each.claim_id for each in one.supporting],
            [each.claim_id for each in one.denying],
        )
        for one in comparison.disputes
    }
    assert sides == {LINE: (["morning:1"], ["evening:1"]), JOBS: (["morning:3"], ["evening:2"])}


def test_where_the_readings_differ_nothing_is_said(comparison: Comparison) -> None:
    (line,) = [one for one in comparison.disputes if one.proposition == LINE]
    (open_one,) = [one for one in line.assertions if one.stance is None]
    assert open_one.claim_id == "morning:2"
    assert open_one.agreement == Agreement(agreeing=1, readings=2)
    rows = [row for row in comparison.ledger if row.outcome == "abstained"]
    assert [(row.stage, row.item) for row in rows] == [("classify", "morning:2")]


def test_who_made_it_with_which_prompts_is_in_the_result(comparison: Comparison) -> None:
    made = comparison.provenance
    assert (made.model, made.small, made.judge) == ("large", False, None)
    assert [(one.name, len(one.filled)) for one in made.prompts] == [
        ("extract", 2),
        ("speakers", 1),
        ("pair", 1),
        ("classify", 1),
    ]
