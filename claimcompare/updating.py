"""`update()`: more articles on an event that was compared before; nothing is asked twice."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from claimcompare.articles import Articles, articles_of
from claimcompare.choice import model, parts_for
from claimcompare.llm import LLM
from claimcompare.provenance import provenance_of, usage_of
from claimcompare.schema import (
    Article,
    Claim,
    Comparison,
    Copy,
    Dispute,
    LedgerRow,
    Provenance,
)
from claimcompare.stages import (
    CompareSettings,
    Event,
    Pairing,
    Parts,
    Placements,
    Progress,
    StageLog,
    aside,
    changes,
    distinct,
    find_repeats,
    read_all,
    shown,
)
from claimcompare.stages.arrivals import arrivals, is_unread, numbered_on
from claimcompare.stages.known import Former, former, resolve_new
from claimcompare.stages.rereading import Read, settled
from claimcompare.stages.standing import Standing, rows_kept, still_named, unanswered
from claimcompare.usage import RunUsage


async def aupdate(  # noqa: PLR0913 - those of acompare(), and what that gave
    comparison: Comparison,
    articles: Articles,
    *,
    llm: LLM,
    judge: LLM | None = None,
    settings: CompareSettings | None = None,
    progress: Progress | bool | None = None,
) -> Comparison:
    """Like `update`, to be awaited: files and pages are read in a thread meanwhile."""
    segmenter = settings.segmenter if settings else None
    given = await aside(lambda: arrivals(comparison, _distinct(articles)))
    if not given.articles and not unanswered(comparison.ledger):
        nothing = {"changes": changes(comparison, comparison), "usage": RunUsage()}
        return comparison.model_copy(update=nothing)
    with shown(progress) as told:
        parts = await parts_for(llm, settings, told, judge)
        before = [one for one in comparison.articles if one.id not in given.again]
        repeats = await aside(lambda: find_repeats(given.articles, segmenter, before=before))
        extraction = await read_all(parts.reader, given.articles, repeats)
        read = await aside(settled, comparison, given, repeats, extraction)
        event = await aside(_event, comparison, read)
        found = await _found(comparison, event, parts)
    logs = (extraction.log, *found.logs)
    made = provenance_of(llm, judge, settings, logs, small=parts.small)
    after = Comparison(
        articles=event.articles,
        speakers=found.event.speakers,
        claims=found.event.claims,
        disputes=found.disputes,
        ledger=_ledger(comparison, read, found),
        usage=usage_of(extraction, logs),
        provenance=_together(comparison.provenance, made),
        copies=_copies(comparison, read),
        retired=_retired(comparison, found.event),
    )
    return after.model_copy(update={"changes": await aside(changes, comparison, after)})


def update(  # noqa: PLR0913 - those of compare(), and what that gave
    comparison: Comparison,
    articles: Articles,
    *,
    llm: LLM,
    judge: LLM | None = None,
    settings: CompareSettings | None = None,
    progress: Progress | bool | None = None,
) -> Comparison:
    """A comparison with more articles, of which only what is new is read, paired and judged.

    What it had stays as it was, also where another model reads now: claims, speakers, propositions
    and where claims stand. An article that it has already is skipped. One of the same address, or
    of the same id and publisher, takes the place of its former version once it is read, unless
    under the id hardly any words are the same, or not most and the date is another: that is another
    article, under an id of its own.
    Who speaks in a changed article is told anew, and what repeats it is read again.

    Claims that got no answer before are asked about again. `changes` of the result tells what is
    new, and what is gone for which reason; `usage` counts this update alone, and
    `provenance.earlier` tells what made the rest. Without any new article, and where all had an
    answer, nothing is asked, and nothing but `changes` and `usage` differs.

    Args:
        comparison: What `compare` or `update` gave.
        articles: The new articles, as `compare` takes them; those it has may be among them.
        llm: The model that reads them, as for `compare`.
        judge: The model that says where claims stand; else `llm`.
        settings: How the stages work, as for `compare`.
        progress: True for a bar, or a function, as for `compare`.

    Raises what `compare` raises, but for no articles at all.
    """
    with shown(progress) as told:
        return model(llm).run(
            aupdate(comparison, articles, llm=llm, judge=judge, settings=settings, progress=told)
        )


class _Found(NamedTuple):
    """The event with its speakers, its disputes, and the logs of the stages after reading."""

    event: Event
    disputes: tuple[Dispute, ...]
    logs: tuple[StageLog, ...]
    rows: tuple[LedgerRow, ...]


async def _found(comparison: Comparison, event: Event, parts: Parts) -> _Found:
    """What comes of the new claims of an event."""
    known = await resolve_new(parts.resolver, event, _former(comparison, event))
    claims = _numbered(comparison, known.claims, event)
    stands = Standing(comparison, claims)
    there, before = {one.id for one in claims}, {one.id for one in comparison.claims}
    new = frozenset(there & unanswered(comparison.ledger) | there - before)
    event = Event(
        articles=event.articles, speakers=known.speakers, claims=claims, known=stands.known, new=new
    )
    pairing = await parts.pairer.pair(event) if new else Pairing(propositions=(), log=StageLog())
    propositions = await aside(stands.propositions, event, pairing)
    asked = stands.to_ask(propositions)
    placed = Placements(assertions=(), log=StageLog())
    if asked:
        placed = await parts.judge.judge(event, asked)
    by_text = {one.text: it for one, it in zip(asked, placed.assertions, strict=True)}
    found = await aside(stands.disputes, event, propositions, by_text)
    return _Found(event, found.found, (known.log, pairing.log, placed.log), found.log.ledger)


def _distinct(articles: Articles) -> Iterable[Article]:
    """The articles, read where they are named; there may be none."""
    given = list(articles_of(articles))
    return distinct(given) if given else ()


def _event(comparison: Comparison, read: Read) -> Event:
    """The event of all articles, with the claims of before in their order and those of now."""
    now = {article.id: article for article in read.given.articles}
    articles = [now.pop(one.id, one) for one in comparison.articles]
    articles += now.values()
    claims: dict[str, list[Claim]] = {article.id: [] for article in articles}
    for claim in comparison.claims:
        if claim.article_id not in read.given.again:
            claims[claim.article_id].append(claim)
    left = [claim for each in claims.values() for claim in each]
    for claim in read.claims:
        claims[claim.article_id].append(claim)
    return Event(
        articles=tuple(articles),
        speakers=still_named(comparison.speakers, comparison.claims, left),
        claims=tuple(claim for each in claims.values() for claim in each),
        new=frozenset(claim.id for claim in read.claims),
    )


def _former(comparison: Comparison, event: Event) -> Former:
    return former(comparison.speakers, comparison.claims, event.speakers, comparison.retired)


def _numbered(comparison: Comparison, claims: Sequence[Claim], event: Event) -> tuple[Claim, ...]:
    """The claims of the event, those that were read now with ids that are theirs alone."""
    read = [claim for claim in claims if event.is_new(claim.id)]
    own = iter(numbered_on(read, comparison.claims, comparison.retired))
    return tuple(next(own) if event.is_new(claim.id) else claim for claim in claims)


def _retired(comparison: Comparison, found: Event) -> tuple[str, ...]:
    """The ids that claims and speakers had, and that are nobody's any more."""
    had = (
        *comparison.retired,
        *(claim.id for claim in comparison.claims),
        *(speaker.id for speaker in comparison.speakers),
    )
    there = {claim.id for claim in found.claims} | {speaker.id for speaker in found.speakers}
    return tuple(dict.fromkeys(one for one in had if one not in there))


def _ledger(comparison: Comparison, read: Read, found: _Found) -> tuple[LedgerRow, ...]:
    """The rows of before that still hold, and those of now."""
    asked = found.event.new or frozenset()
    held = rows_kept(comparison, read.given.again, asked, found.disputes)
    before = [row for row in held if row.article_id not in read.held or not is_unread(row)]
    known = {row for row in before if row.outcome == "kept"}
    rows = (*read.rows, *(row for log in found.logs for row in log.ledger), *found.rows)
    return (*before, *(row for row in rows if row not in known))


def _together(before: Provenance, now: Provenance) -> Provenance:
    """What made the update, and what made the rest."""
    earlier = (*before.earlier, before.model_copy(update={"earlier": ()}))
    return now.model_copy(update={"earlier": earlier, "small": now.small or before.small})


def _copies(comparison: Comparison, read: Read) -> tuple[Copy, ...]:
    kept = (one for one in comparison.copies if one.article_id not in read.given.again)
    return (*kept, *read.copies)
