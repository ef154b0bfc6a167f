"""What a model makes of the items of a task."""

from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import aclosing
from functools import partial
from typing import Any, NamedTuple, TypeVar

from claimcompare.errors import LLMError
from claimcompare.evaluation.gold import (
    AttributionItem,
    ComparisonItem,
    GoldItem,
    PairItem,
    RelationItem,
)
from claimcompare.evaluation.metrics import attribution_outcome, comparison_outcome
from claimcompare.evaluation.outcomes import Outcome, PairOutcome, StanceOutcome, Status
from claimcompare.llm import LLM
from claimcompare.pipeline import acompare, aextract_each
from claimcompare.schema import (
    Article,
    Assertion,
    Claim,
    LedgerRow,
    Proposition,
    Span,
    StageName,
    Stance,
)
from claimcompare.stages import CompareSettings, Event, Placements, Progress
from claimcompare.stages.flow import AHEAD, in_order
from claimcompare.stages.log import failed_rows, joined
from claimcompare.steps import apair, aplace
from claimcompare.usage import Usage

ItemT = TypeVar("ItemT", bound=GoldItem)
# How many items are done, and of how many.
OnItems = Callable[[int, int], None]
_EVENTS_AT_ONCE = 4
# Prompts show an article's outlet, else its id, and the ids of items may tell too much.
_OUTLET = "an article"


class Means(NamedTuple):
    """What items are put to, and who hears of each that is done."""

    llm: LLM
    settings: CompareSettings
    on_items: OnItems


class Ran(NamedTuple):
    """The outcome of each item, in their order, and what they cost together."""

    outcomes: tuple[Outcome, ...]
    usage: Usage


Run = Callable[[Sequence[Any], Means], Coroutine[Any, Any, Ran]]


async def run_attribution(items: Sequence[AttributionItem], means: Means) -> Ran:
    """Who says what in each article, as the extract stage finds it."""
    outcomes: list[Outcome] = []
    usage = Usage()
    articles = (_article(item) for item in items)
    stream = aextract_each(articles, llm=means.llm, settings=means.settings)
    async with aclosing(stream) as extractions:
        async for extraction in extractions:
            item = items[len(outcomes)]
            failed = _failures(extraction.log.ledger)
            outcome = attribution_outcome(
                item, extraction.claims, failed=len(failed), reason=next(iter(failed), None)
            )
            outcomes.append(outcome)
            usage += extraction.log.usage
            means.on_items(len(outcomes), len(items))
    return Ran(tuple(outcomes), usage)


async def run_stance(items: Sequence[RelationItem], means: Means) -> Ran:
    """Where each claim stands, as the classify stage reads it, which no pairing has placed before.

    A model that reads is asked about the items of a document together. A small one is asked about
    each, and corrected by what it answers on average over all, so that there a stance depends a
    little on which others were drawn.
    """
    if await means.llm.ais_small():
        tell = _by_item(len(items), means.on_items)
        return _stances(items, [await _placed(means, items, tell)])
    documents = _by_document(items)
    placed: list[Placements] = []
    done = 0
    async with aclosing(in_order(partial(_placed, means), documents)) as results:
        async for result in results:
            done += len(documents[len(placed)])
            placed.append(result)
            means.on_items(done, len(items))
    return _stances(items, placed)


async def _placed(
    means: Means, items: Sequence[RelationItem], progress: Progress | None = None
) -> Placements:
    """Where some claims stand; those about one proposition are judged beside each other."""
    about: dict[str, list[str]] = {}
    for item in items:
        about.setdefault(item.proposition, []).append(item.id)
    return await aplace(
        [Proposition(text=text, nearest=tuple(ids)) for text, ids in about.items()],
        _event((item.id, item.claim, item.speaker) for item in items),
        llm=means.llm,
        settings=means.settings,
        progress=progress,
    )


def _by_document(items: Sequence[RelationItem]) -> list[list[RelationItem]]:
    documents: dict[str, list[RelationItem]] = {}
    for item in items:
        documents.setdefault(item.document, []).append(item)
    return list(documents.values())


def _stances(items: Sequence[RelationItem], placed: Sequence[Placements]) -> Ran:
    found = {one.claim_id: one for each in placed for some in each.assertions for one in some}
    log = joined(each.log for each in placed)
    reasons = {row.item: row.reason for row in failed_rows(log.ledger)}
    outcomes = (_stance_outcome(item, found.get(item.id), reasons.get(item.id)) for item in items)
    return Ran(tuple(outcomes), log.usage)


def _by_item(count: int, on_items: OnItems) -> Progress:
    """Tells of items while calls are counted: one call may be about half an item, or about many."""

    def tell(_: StageName, done: int, known: int) -> None:
        items = count * done // max(1, known)
        if not done or items > count * (done - 1) // known:
            on_items(items, count)

    return tell


async def run_pairs(items: Sequence[PairItem], means: Means) -> Ran:
    """Whether two statements oppose each other, as the pair stage finds it for just these two."""
    return await _one_by_one(partial(_pair, means), items, means)


async def run_comparisons(items: Sequence[ComparisonItem], means: Means) -> Ran:
    """The comparison of each event's articles."""
    # The embedded model reads what it has just read much faster than what it has not.
    at_once = 1 if means.llm.is_local else _EVENTS_AT_ONCE
    return await _one_by_one(partial(_compare, means), items, means, at_once)


async def _one_by_one(
    work: Callable[[ItemT], Coroutine[Any, Any, tuple[Outcome, Usage]]],
    items: Sequence[ItemT],
    means: Means,
    ahead: int = AHEAD,
) -> Ran:
    done: list[tuple[Outcome, Usage]] = []
    async with aclosing(in_order(work, items, ahead)) as results:
        async for result in results:
            done.append(result)
            means.on_items(len(done), len(items))
    usage = sum((used for _, used in done), Usage())
    return Ran(tuple(outcome for outcome, _ in done), usage)


async def _pair(means: Means, item: PairItem) -> tuple[PairOutcome, Usage]:
    event = _event([("1", item.one, None), ("2", item.other, None)])
    pairing = await apair(event, llm=means.llm, settings=means.settings)
    failed = _failures(pairing.log.ledger)
    outcome = PairOutcome(
        id=item.id,
        document=item.document,
        status="failed" if failed else "answered",
        reason=next(iter(failed), None),
        gold=item.opposed,
        opposed=bool(pairing.propositions),
        candidate=bool(pairing.log.prompts),
        one=item.one,
        other=item.other,
    )
    return outcome, pairing.log.usage


async def _compare(means: Means, item: ComparisonItem) -> tuple[Outcome, Usage]:
    try:
        comparison = await acompare(item.articles, llm=means.llm, settings=means.settings)
    except LLMError as error:
        return comparison_outcome(item, None, reason=str(error)), error.usage
    return comparison_outcome(item, comparison), comparison.usage.total


def _stance_outcome(
    item: RelationItem, assertion: Assertion | None, reason: str | None
) -> StanceOutcome:
    return StanceOutcome(
        id=item.id,
        document=item.document,
        status=_status(assertion),
        reason=reason or (assertion and assertion.reason),
        gold=_stance_of(item),
        stance=assertion and assertion.stance,
        probabilities=assertion and assertion.probabilities,
        proposition=item.proposition,
        speaker=item.speaker,
        claim=item.claim,
    )


def _stance_of(item: RelationItem) -> Stance:
    if item.relation == "unrelated":
        raise ValueError(f"{item.id}: what is unrelated has no stance")
    return item.relation


def _status(assertion: Assertion | None) -> Status:
    if assertion is None:
        return "failed"
    return "answered" if assertion.stance else "abstained"


def _article(item: AttributionItem) -> Article:
    """The article under the item's id, which no other has."""
    return item.article.model_copy(update={"id": item.id})


def _event(statements: Iterable[tuple[str, str, str | None]]) -> Event:
    """Ids, texts and speakers as claims, each of which is all that an article says."""
    claims = tuple(
        Claim(
            id=name,
            article_id=name,
            speaker=speaker,
            text=text,
            evidence=(Span(start=0, end=len(text), text=text),),
        )
        for name, text, speaker in statements
    )
    articles = (Article(id=one.id, text=one.text, publisher=_OUTLET) for one in claims)
    return Event(articles=tuple(articles), claims=claims)


def _failures(ledger: Iterable[LedgerRow]) -> list[str]:
    return [row.reason for row in failed_rows(ledger)]
