"""Who speaks in new articles on an event: somebody known from before, or somebody new."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import NamedTuple

from claimcompare.schema import Claim, Speaker
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.names import name_log
from claimcompare.stages.occurrence import tokens
from claimcompare.stages.protocols import Event, Resolution, Resolver
from claimcompare.stages.speakers import name_of


async def resolve_new(resolver: Resolver, event: Event) -> Resolution:
    """The event's claims with their speakers; those it has already keep their ids and names.

    The names of new claims are put to the resolver beside one claim of each known name, unless all
    of them are known in the same words.
    """
    new = [claim for claim in event.claims if event.is_new(claim.id)]
    if (ids := _told(new, event)) is not None:
        return _resolved(event, event.speakers, ids)
    shown = list(_shown(event))
    asked = (*(claim for claim, _ in shown), *new)
    found = await resolver.resolve(Event(articles=event.articles, claims=asked))
    known = _known(found, {claim.id: whose for claim, whose in shown}, event.speakers)
    speakers, renamed = _joined(found, known.ids, event.speakers)
    ids = {one.id: renamed[one.speaker_id] for one in found.claims if one.speaker_id}
    return _resolved(event, speakers, ids, found.log + known.log)


class _Known(NamedTuple):
    """For ids that a resolver gave those of before, and which speakers it would have joined."""

    ids: Mapping[str, str]
    log: StageLog


def _told(new: Sequence[Claim], event: Event) -> dict[str, str] | None:
    """The speakers of new claims, if all of them are known by the same proper names."""
    known: dict[tuple[str, ...], str] = {}
    for one in event.speakers:
        for text in one.names:
            if words := _words(text):
                known.setdefault(words, one.id)
    ids: dict[str, str] = {}
    for claim in new:
        for text in filter(None, (claim.speaker, *claim.via)):
            if _words(text) not in known:
                return None
        if claim.speaker:
            ids[claim.id] = known[_words(claim.speaker)]
    return ids


def _words(text: str) -> tuple[str, ...]:
    """The words of a proper name; none of a description, which is one article's."""
    return tuple(tokens(text)) if name_of(text, "").article_id is None else ()


def _shown(event: Event) -> Iterator[tuple[Claim, str]]:
    """For each name of those who are known one claim under it, where it first stands."""
    before = [claim for claim in event.claims if not event.is_new(claim.id)]
    for one in event.speakers:
        for text in one.names:
            own = (it for it in before if it.speaker_id == one.id and it.speaker == text)
            claim = next(own, None) or next((it for it in before if text in it.via), None)
            if claim is None:
                continue
            mention = claim.mention if claim.speaker == text else None
            says = {"id": f"{one.id}\n{text}", "speaker": text, "via": (), "mention": mention}
            yield claim.model_copy(update=says), one.id


def _known(found: Resolution, shown: Mapping[str, str], speakers: Sequence[Speaker]) -> _Known:
    names = {one.id: one.name for one in speakers}
    ids: dict[str, str] = {}
    logs: dict[tuple[str, str], StageLog] = {}
    for claim in found.claims:
        whose = shown.get(claim.id)
        if whose is None or claim.speaker_id is None:
            continue
        first = ids.setdefault(claim.speaker_id, whose)
        if first != whose:
            reason = f"is not joined with {names[first]}: they were two before"
            logs[first, whose] = name_log("abstained", names[whose], reason)
    return _Known(ids, joined(logs.values()))


def _joined(
    found: Resolution, known: Mapping[str, str], speakers: Sequence[Speaker]
) -> tuple[tuple[Speaker, ...], dict[str, str]]:
    """The known speakers with their new names, those who are new, and what each id becomes."""
    taken = {one.id for one in speakers}
    free = (one for one in map("s{}".format, count(len(speakers) + 1)) if one not in taken)
    names = {one.id: one.names for one in speakers}
    used = {name for one in speakers for name in one.names}
    renamed = dict(known)
    more: list[Speaker] = []
    for one in found.speakers:
        if whose := known.get(one.id):
            here = (name for name in one.names if name not in used)
            names[whose] = tuple(dict.fromkeys((*names[whose], *here)))
        else:
            renamed[one.id] = next(free)
            more.append(one.model_copy(update={"id": renamed[one.id]}))
    kept = [one.model_copy(update={"names": names[one.id]}) for one in speakers]
    return (*kept, *more), renamed


def _resolved(
    event: Event,
    speakers: Sequence[Speaker],
    ids: Mapping[str, str],
    log: StageLog | None = None,
) -> Resolution:
    claims = tuple(
        claim.model_copy(update={"speaker_id": ids.get(claim.id)})
        if event.is_new(claim.id)
        else claim
        for claim in event.claims
    )
    return Resolution(claims, tuple(speakers), log or StageLog())
