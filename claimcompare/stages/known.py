"""Who speaks in new articles on an event: somebody known from before, or somebody new."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count
from types import MappingProxyType
from typing import NamedTuple

from claimcompare.schema import Claim, Speaker
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.names import name_log
from claimcompare.stages.occurrence import tokens
from claimcompare.stages.protocols import Event, Resolution, Resolver
from claimcompare.stages.speakers import name_of

_TWO = "they were two before"


class Former(NamedTuple):
    """Speakers of before: whom only articles read again name, and whose ids nobody else gets.

    `ids` are by the words of the fullest name of each, and by the article of a description.
    """

    ids: Mapping[tuple[str | None, ...], str] = MappingProxyType({})
    order: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()


async def resolve_new(resolver: Resolver, event: Event, former: Former | None = None) -> Resolution:
    """The event's claims with their speakers; those it has already keep their ids and names.

    The names of new claims are put to the resolver beside one claim of each known name, unless all
    of them are known in the same words. Such a name is its speaker's, whatever the resolver says.
    """
    new = [claim for claim in event.claims if event.is_new(claim.id)]
    exact = _Exact(event.speakers)
    if (ids := exact.ids_of(new)) is not None:
        return _resolved(event, event.speakers, ids)
    shown = list(_shown(event))
    asked = (*(claim for claim, _ in shown), *new)
    found = await resolver.resolve(Event(articles=event.articles, claims=asked))
    known = _known(found, {claim.id: whose for claim, whose in shown}, event.speakers)
    groups = {one.id: one.speaker_id for one in found.claims if one.speaker_id}
    speakers, renamed = _Joined(event.speakers, exact, new, groups).with_new(
        found, known, former or Former()
    )
    whose = {one.id: exact.id_of(one.speaker) or renamed.get(groups.get(one.id, "")) for one in new}
    ids = {claim_id: one for claim_id, one in whose.items() if one}
    return _resolved(event, speakers, ids, found.log + known.log)


def former(
    before: Sequence[Speaker],
    claims: Iterable[Claim],
    left: Sequence[Speaker],
    retired: tuple[str, ...],
) -> Former:
    """What is known of speakers of before, of whom some are left."""
    there = {one.id for one in left}
    gone = {one.id: one.name for one in before if one.id not in there}
    by_name = {name: key for key, name in gone.items()}
    ids: dict[tuple[str | None, ...], set[str]] = defaultdict(set)
    for claim in claims:
        if claim.speaker and gone.get(claim.speaker_id or "") == claim.speaker:
            ids[_key(claim.speaker, claim)].add(claim.speaker_id or "")
        for text in claim.via:
            if text in by_name:
                ids[_key(text, claim)].add(by_name[text])
    only = {key: next(iter(whose)) for key, whose in ids.items() if len(whose) == 1}
    return Former(only, tuple(one.id for one in before), retired)


class _Known(NamedTuple):
    """For ids that a resolver gave those of before, and which speakers it would have joined."""

    ids: Mapping[str, str]
    log: StageLog


class _Exact:
    """Who is called by a proper name, where that is one speaker alone."""

    def __init__(self, speakers: Sequence[Speaker]) -> None:
        self._ids: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for one in speakers:
            for text in one.names:
                if words := _words(text):
                    self._ids[words].add(one.id)

    def id_of(self, text: str | None) -> str | None:
        """The speaker of that name, None for a description and for namesakes."""
        ids = self._ids.get(_words(text), ()) if text else ()
        return next(iter(ids)) if len(ids) == 1 else None

    def ids_of(self, new: Sequence[Claim]) -> dict[str, str] | None:
        """The speakers of new claims, if all of them and who relays these are known."""
        texts = {text for claim in new for text in (claim.speaker, *claim.via) if text}
        ids = {text: whose for text in texts if (whose := self.id_of(text))}
        if len(ids) < len(texts):
            return None
        return {claim.id: ids[claim.speaker] for claim in new if claim.speaker}


def _words(text: str) -> tuple[str, ...]:
    """The words of a proper name; none of a description, which is one article's."""
    return tuple(tokens(text)) if name_of(text, "").article_id is None else ()


def _key(text: str, claim: Claim) -> tuple[str | None, ...]:
    return (name_of(text, claim.article_id).article_id, *tokens(text))


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
    """Whose each group is; with two of before in it, it is nobody's who is known."""
    names = {one.id: one.name for one in speakers}
    whose: dict[str, dict[str, None]] = defaultdict(dict)
    for claim in found.claims:
        if claim.id in shown and claim.speaker_id is not None:
            whose[claim.speaker_id][shown[claim.id]] = None
    logs = [
        name_log(
            "abstained", names[one], f"is not joined with {names[first]}: they were two before"
        )
        for first, *others in whose.values()
        for one in others
    ]
    return _Known(
        {key: next(iter(ids)) for key, ids in whose.items() if len(ids) == 1}, joined(logs)
    )


class _Joined:
    """Speakers with the names of new claims; what is another's in the same words is left out."""

    def __init__(
        self,
        speakers: Sequence[Speaker],
        exact: _Exact,
        new: Sequence[Claim],
        groups: Mapping[str, str],
    ) -> None:
        self._speakers = speakers
        self._exact = exact
        self._new = [one for one in new if one.speaker or one.via]
        self._groups = groups
        self._used = {name for one in speakers for name in one.names}
        self._spoken: dict[str, dict[str, None]] = defaultdict(dict)
        for one in new:
            if one.speaker and exact.id_of(one.speaker) is None:
                self._spoken[groups.get(one.id, "")].setdefault(one.speaker)
        self._relaying = {text for one in new for text in one.via} - self._used

    def with_new(
        self, found: Resolution, known: _Known, former: Former
    ) -> tuple[tuple[Speaker, ...], dict[str, str]]:
        """The known speakers with their new names, those who are new, and what each id becomes."""
        made = {one.id: one for one in self._speakers}
        free = _free({*former.order, *former.retired, *made})
        renamed = dict(known.ids)
        for one in found.speakers:
            names = self._names(one)
            if not names:
                continue
            if (whose := known.ids.get(one.id)) is None:
                again = self._again(one.id, names, former)
                whose = again if again and again not in made else next(free)
                name = one.name if one.name in names else names[0]
                made[whose] = Speaker(id=whose, name=name, names=names)
            else:
                every = tuple(dict.fromkeys((*made[whose].names, *names)))
                made[whose] = made[whose].model_copy(update={"names": every})
            renamed[one.id] = whose
        place = {key: at for at, key in enumerate(former.order)}
        ordered = sorted(made.values(), key=lambda one: place.get(one.id, len(place)))
        return tuple(ordered), renamed

    def _names(self, one: Speaker) -> tuple[str, ...]:
        """Those of its names that new claims have, and that are nobody else's."""
        spoken = self._spoken[one.id]
        here = (
            name
            for name in one.names
            if name in spoken or (name in self._relaying and self._exact.id_of(name) is None)
        )
        return tuple(dict.fromkeys((*here, *spoken)))

    def _again(self, group: str, names: Collection[str], former: Former) -> str | None:
        """The speaker of before of whom the same articles have the fullest name again."""
        own = (
            (text, one)
            for one in self._new
            for text in (one.speaker if self._groups.get(one.id) == group else None, *one.via)
            if text in names
        )
        ids = (former.ids.get(_key(text, one)) for text, one in own if text)
        return next(filter(None, ids), None)


def _free(taken: Collection[str]) -> Iterator[str]:
    return (one for one in map("s{}".format, count(1)) if one not in taken)


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
