"""A comparison under every fault, against the same without any: whichever way claims are judged."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from claimcompare import Claim, Comparison, compare
from claimcompare.errors import LLMOutputError
from claimcompare.llm import LLM, Answer, Decisions
from claimcompare.schema import Assertion, LedgerRow, StageName
from claimcompare.stages import CompareSettings
from tests.endpoint.articles import articles
from tests.endpoint.faults import FAULTS
from tests.endpoint.process import Entry
from tests.faults.runs import (
    KEY,
    PATIENCE,
    TIMEOUT,
    after_the_last_word,
    endpoint,
    failed,
    settings_of,
    too_early,
)

pytestmark = pytest.mark.long

EVENTS = 90
RATE, SEED = 0.4, 1
# So many that no call has room for a second proposition.
NEAREST = 39
# In pairs, so that no proposition is found twice, judged twice, and asked about twice at once.
SETTINGS = CompareSettings(claims_per_call=2, nearest=NEAREST)
# In these ways one answer of many is bad.
ONE_IS_BAD = {"refused", "missing", "doubled", "low-sum", "nan"}
SHOWN = re.compile(r"^\[(\d+)\] [^:]+: (.*)$", re.MULTILINE)
ASKED = re.compile(r"^Proposition \d+, claims ([\d, ]+): ", re.MULTILINE)
PROPOSITION = re.compile(r"^Proposition \d+, claims [\d, ]+: (.*)$", re.MULTILINE)
QUESTION = re.compile(r"How does claim \[(\d+)\]")


class Judged(NamedTuple):
    """What one call was about, the texts of its claims, and of those that got no answer."""

    proposition: str
    asked: list[str]
    lost: list[str]


class Listening(LLM):
    """A model that notes what it judged."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.judged: list[Judged] = []

    async def aask(self, *given: Any, **named: Any) -> Answer[Any]:
        """As ever."""
        asked = lost = list(of_stances(given[0].user))
        try:
            answer: Answer[Any] = await super().aask(*given, **named)
            lost = []
        except LLMOutputError as error:
            if is_asked_in_parts(error, asked):
                asked = []
            raise
        finally:
            if asked:
                self.judged.append(Judged(PROPOSITION.findall(given[0].user)[0], asked, lost))
        return answer

    async def adecide_at_endpoint(self, *given: Any, **named: Any) -> Decisions | None:
        """As ever."""
        state, questions = given
        # Each claim is asked about twice.
        asked = lost = list(of_questions(state.user, (one.instructions for one in questions[::2])))
        try:
            found = await super().adecide_at_endpoint(*given, **named)
            assert found is not None
            answers = zip(asked, found.answers[::2], found.answers[1::2], strict=True)
            lost = [one for one, plain, negated in answers if plain.error or negated.error]
        except LLMOutputError as error:
            if is_asked_in_parts(error, asked):
                asked = []
            raise
        finally:
            if asked:
                self.judged.append(Judged(questions[0].instructions, asked, lost))
        return found


def is_asked_in_parts(error: LLMOutputError, asked: list[str]) -> bool:
    """Whether what was asked is asked again, half of it at a time."""
    return error.fault == "truncated" and len(asked) > 1


def of_stances(user: str) -> Iterator[str]:
    """The claims that a prompt asks about with each of its propositions."""
    shown = dict(SHOWN.findall(user))
    return (shown[number] for numbers in ASKED.findall(user) for number in numbers.split(", "))


def of_questions(user: str, questions: Iterable[str]) -> Iterator[str]:
    """The claims that closed questions are about."""
    shown = dict(SHOWN.findall(user))
    return (shown[number] for one in questions for number in QUESTION.findall(one))


class Run(NamedTuple):
    """A comparison, what the model judged on the way, and what the endpoint saw."""

    result: Comparison
    judged: list[Judged]
    log: list[Entry]

    def rows(self, stage: StageName) -> list[LedgerRow]:
        """What became of the items of a stage."""
        return [row for row in self.result.ledger if row.stage == stage]

    def ids(self, texts: Iterable[str]) -> Counter[str]:
        """The claims with these texts."""
        by_text = {claim.text: claim.id for claim in self.result.claims}
        return Counter(by_text[text] for text in texts)


def compared(log: Path, judge: str, **options: float | str) -> Run:
    decisions = "openai" if judge == "decide" else "auto"
    timeout = TIMEOUT if options else PATIENCE
    settings = settings_of(decisions=decisions, timeout=timeout)
    with (
        endpoint(log, decisions="openai", **options) as server,
        Listening("m", base_url=server.url, api_key=KEY, settings=settings) as llm,
    ):
        result = compare(articles(2 * EVENTS), llm=llm, settings=SETTINGS)
    return Run(result, llm.judged, server.log())


@pytest.fixture(scope="module", params=["classify", "decide"])
def judge(request: pytest.FixtureRequest) -> str:
    """How claims are judged: by stances in one answer, or by closed questions."""
    return str(request.param)


@pytest.fixture(scope="module")
def clean(judge: str, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return compared(tmp_path_factory.mktemp("clean") / "log.jsonl", judge)


@pytest.fixture(scope="module")
def faulty(judge: str, tmp_path_factory: pytest.TempPathFactory) -> Run:
    log = tmp_path_factory.mktemp("faulty") / "log.jsonl"
    return compared(log, judge, faults=RATE, seed=SEED)


def test_without_faults_each_event_is_a_dispute(clean: Run, judge: str) -> None:
    assert len(clean.result.disputes) == EVENTS
    assert failed(clean.result.ledger) == []
    assert sum(row.task == judge for row in clean.log) == len(clean.judged) == EVENTS
    assert {len(one.asked) for one in clean.judged} == {2 + NEAREST}


def test_every_stage_meets_faults(faulty: Run, judge: str) -> None:
    met = {row.task for row in faulty.log if row.fault}
    assert met >= {"extract", "pair", judge}
    assert {row.stage for row in failed(faulty.result.ledger)} >= {"extract", "pair", "classify"}


def test_judging_meets_faults_of_every_kind(faulty: Run, judge: str) -> None:
    met = {row.fault for row in faulty.log if row.task == judge and row.fault}
    assert {fault.kind for fault in FAULTS if fault.name in met} == {"transient", "final", "answer"}
    assert {"classify", "decide", "choose", "vote"} & {row.task for row in faulty.log} == {judge}


def test_every_failed_row_says_why(faulty: Run) -> None:
    rows = failed(faulty.result.ledger)
    assert all(row.reason and row.item for row in rows)
    assert all(row.article_id for row in rows if row.stage in ("extract", "classify"))


def test_every_article_and_every_claim_has_its_rows(faulty: Run) -> None:
    read = {row.article_id for row in faulty.rows("extract")}
    assert read == {article.id for article in faulty.result.articles}
    told = {row.item for row in (*faulty.rows("pair"), *faulty.rows("classify"))}
    assert told >= {claim.id for claim in faulty.result.claims}


def test_every_claim_without_an_answer_about_its_stance_has_a_failed_row(faulty: Run) -> None:
    lost = faulty.ids(text for one in faulty.judged for text in one.lost)
    assert lost
    assert Counter(row.item for row in failed(faulty.rows("classify"))) == lost


def test_every_other_claim_is_judged(faulty: Run) -> None:
    told = Counter(
        row.item
        for row in faulty.rows("classify")
        if row.article_id and row.outcome in ("kept", "abstained")
    )
    asked = faulty.ids(text for one in faulty.judged for text in one.asked)
    assert told == asked - faulty.ids(text for one in faulty.judged for text in one.lost)
    assert told.total() > EVENTS


def test_one_answer_that_is_bad_spoils_no_other(faulty: Run, judge: str) -> None:
    in_part = [one for one in faulty.judged if 0 < len(one.lost) < len(one.asked)]
    assert bool(in_part) == (judge == "decide")
    bad = [row for row in faulty.log if row.fault in ONE_IS_BAD]
    assert sum(len(one.lost) for one in in_part) <= len(bad)


def test_what_is_lost_whole_is_no_dispute(faulty: Run) -> None:
    whole = [one for one in faulty.judged if one.lost == one.asked]
    told = [row for row in faulty.rows("classify") if row.article_id is None]
    assert all(row.outcome == "abstained" and "no claim is sure" in row.reason for row in told)
    # A call that was cut off and asked in two is about one proposition.
    about = {QUESTION.sub("", one.proposition) for one in faulty.judged}
    assert len(faulty.result.disputes) == len(about) - len(told)
    assert len(faulty.judged) > len(told) >= len(whole) > 0


def unnumbered(claim: Claim) -> Claim:
    """The claim without the number of its speaker, which depends on who else speaks."""
    return claim.model_copy(update={"speaker_id": None})


def test_surviving_claims_are_those_of_the_run_without_faults(clean: Run, faulty: Run) -> None:
    known = {claim.id: unnumbered(claim) for claim in clean.result.claims}
    assert all(known[claim.id] == unnumbered(claim) for claim in faulty.result.claims)
    assert len(faulty.result.claims) > EVENTS


def assertions(run: Run) -> Iterator[tuple[str, Assertion]]:
    for dispute in run.result.disputes:
        for one in dispute.assertions:
            yield dispute.proposition, one


def test_what_is_judged_in_both_runs_is_judged_alike(clean: Run, faulty: Run) -> None:
    known = {(proposition, one.claim_id): one for proposition, one in assertions(clean)}
    found = {(proposition, one.claim_id): one for proposition, one in assertions(faulty)}
    both = set(known) & set(found)
    assert {one: found[one] for one in both} == {one: known[one] for one in both}
    assert {known[one].stance for one in both} == {"support", "denial", "context"}
    # Others are among the nearest where claims are missing, and of the same mind.
    assert {found[one].stance for one in set(found) - both} <= {"context"}
    assert len(both) > EVENTS


def test_the_rules_hold_in_every_stage(faulty: Run) -> None:
    assert after_the_last_word(faulty.log) == []
    assert too_early(faulty.log) == []
    assert max(row.in_flight for row in faulty.log) <= 16
