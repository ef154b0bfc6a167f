"""Each speaker known once for all articles: names that may be one are put to the model."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from claimcompare.errors import LLMError, is_cut_off
from claimcompare.llm import LLM
from claimcompare.prompts import as_data, load_prompt
from claimcompare.schema import Claim, Speaker
from claimcompare.stages.flow import Count, aside, each
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.names import (
    NameRow,
    SaidSame,
    name_log,
    near_names,
    said_same,
    same_speakers,
)
from claimcompare.stages.nearness import windows_near
from claimcompare.stages.occurrence import tokens
from claimcompare.stages.parts import in_parts, smaller_windows
from claimcompare.stages.protocols import Event, Resolution
from claimcompare.stages.settings import CompareSettings
from claimcompare.stages.wire import Wire

# Around a name; more of the sentence tells little more of whose it is.
_SHOWN = 160
# Names in one call; where there are more, each meets so many others in some window.
_MOST_AT_ONCE = 200
_NEIGHBOURS = 12
# Where an answer is cut off fewer must do: with more, each part would hold most of the whole.
_NEAREST = 4
# A row of the ledger has the words of so many.
_NAMED = 2


class WireSpeakers(Wire):
    """The numbers of the names that are one speaker's, the fullest first, for each of several."""

    same: list[list[int]]


class Name(NamedTuple):
    """A name as articles have it; a description, such as "two officials", is one article's."""

    text: str
    article_id: str | None


Names = tuple[Name, ...]


class _Contexts:
    """Where names first stand."""

    def __init__(self, event: Event) -> None:
        self._articles = {article.id: article for article in event.articles}
        self._claims: dict[Name, Claim] = {}
        for claim in event.claims:
            for text in filter(None, (claim.speaker, *claim.via)):
                self._claims.setdefault(Name(text, None), claim)
                self._claims.setdefault(Name(text, claim.article_id), claim)

    def of(self, name: Name) -> NameRow:
        """A name with its outlet, and the words around it where it first stands."""
        claim = self._claims[name]
        article = self._articles.get(claim.article_id)
        text = claim.evidence[0].text
        called = claim.mention.text if claim.mention and claim.speaker == name.text else name.text
        start = max(0, text.find(called) - _SHOWN // 2)
        outlet = (article and article.publisher) or ""
        return NameRow(name.text, outlet, text[start : start + _SHOWN])


class CodeResolver:
    """Names are one speaker's where one holds the other and nothing speaks against it."""

    async def resolve(self, event: Event) -> Resolution:
        """The event's claims with their speakers; asks nobody."""
        return _resolution(event, held_together(_by_words(event.claims)), StageLog())


class ModelResolver:
    """A model tells which names are one speaker's: in one call, or in windows that share names."""

    def __init__(self, llm: LLM, settings: CompareSettings, calls: Count) -> None:
        self._llm = llm
        self._prompt = load_prompt("speakers", settings.prompts)
        self._calls = calls

    async def resolve(self, event: Event) -> Resolution:
        """The event's claims with their speakers; names stay apart where a call fails."""
        known = _by_words(event.claims)
        if len(known) <= 1:
            return _resolution(event, known, StageLog())
        rows = await aside(_rows, known, event)
        windows = await aside(_windows, rows)
        read = await each(lambda window: self._read(window, rows), windows, self._calls)
        answers = [answer for parts, _ in read for answer in parts]
        groups, log = same_speakers([names[0].text for names in known], answers)
        people = [tuple(name for at in places for name in known[at]) for places in groups]
        cost = joined([*(one.log for one in answers), *(cost for _, cost in read)])
        return _resolution(event, people, log + cost)

    async def _read(
        self, window: Sequence[int], rows: Sequence[NameRow]
    ) -> tuple[list[SaidSame], StageLog]:
        """What is one in a window, in no more calls than it has names."""

        def near(places: Sequence[int], count: int) -> list[list[int]]:
            return near_names([rows[at] for at in places], min(count, _NEAREST))

        return await in_parts(
            lambda places: self._window(places, rows),
            window,
            lambda places: smaller_windows(places, near),
            most=len(window),
        )

    async def _window(self, window: Sequence[int], rows: Sequence[NameRow]) -> SaidSame:
        filled = self._prompt.fill(
            names=[(number, *map(as_data, rows[at])) for number, at in enumerate(window, start=1)]
        )
        try:
            answer = await self._llm.aask(filled, WireSpeakers)
        except LLMError as error:
            log = StageLog(usage=error.usage, prompts=(filled.use,))
            failed = name_log("failed", _called(window, rows), str(error))
            return SaidSame(None, (), log + failed, is_cut_off(error))
        same, log = said_same(window, answer.value.same)
        return SaidSame(
            frozenset(window), same, StageLog(usage=answer.usage, prompts=(filled.use,)) + log
        )


def _rows(known: Sequence[Names], event: Event) -> list[NameRow]:
    contexts = _Contexts(event)
    return [contexts.of(names[0]) for names in known]


def _windows(rows: Sequence[NameRow]) -> list[list[int]]:
    """The places of the names, all in one call where it can hold them."""
    if len(rows) <= _MOST_AT_ONCE:
        return [list(range(len(rows)))]
    return list(windows_near(near_names(rows, _NEIGHBOURS), _MOST_AT_ONCE))


def _called(window: Sequence[int], rows: Sequence[NameRow]) -> str:
    """What a row of the ledger calls the names of a window."""
    if len(window) == len(rows):
        return "the names"
    return (
        ", ".join(rows[at].name for at in window)
        if len(window) <= _NAMED
        else f"{len(window)} names"
    )


def held_together(groups: Sequence[Names]) -> list[Names]:
    """The groups with those joined whose name is the end of exactly one longer name.

    "Durbin" is "Dick Durbin", unless there is a "Mary Durbin", too.
    """
    heads: list[tuple[list[str], list[Name]]] = []
    for names in sorted(groups, key=lambda group: -len(tokens(group[0].text))):
        words = tokens(names[0].text)
        longer = [found for other, found in heads if other[-len(words) :] == words]
        if len(longer) == 1 and names[0].article_id is None:
            longer[0].extend(names)
        else:
            heads.append((words, list(names)))
    return [tuple(found) for _, found in heads]


def _by_words(claims: Iterable[Claim]) -> list[Names]:
    """The names of all speakers and relayers, those of the same words together."""
    found: dict[tuple[object, ...], dict[Name, None]] = {}
    for claim in claims:
        for text in filter(None, (claim.speaker, *claim.via)):
            name = name_of(text, claim.article_id)
            found.setdefault((name.article_id, *tokens(text)), {})[name] = None
    return [tuple(names) for names in found.values()]


def name_of(text: str, article_id: str) -> Name:
    """Proper names end in a capital, or are in a script that has none."""
    last = text.rsplit(maxsplit=1)[-1]
    is_proper = last[:1].isupper() or text.upper() == text.lower()
    return Name(text, None if is_proper else article_id)


def _resolution(event: Event, groups: Sequence[Names], log: StageLog) -> Resolution:
    """Speakers in the order in which the articles name them, and claims that know theirs."""
    of = {name: names for names in groups for name in names}
    ordered = dict.fromkeys(of[name] for names in _by_words(event.claims) for name in names)
    ids = {name: f"s{at}" for at, names in enumerate(ordered, start=1) for name in names}
    speakers = tuple(
        Speaker(
            id=ids[names[0]],
            name=names[0].text,
            names=tuple(dict.fromkeys(name.text for name in names)),
        )
        for names in ordered
    )
    claims = tuple(
        claim.model_copy(update={"speaker_id": _id(claim, ids)}) for claim in event.claims
    )
    return Resolution(claims, speakers, log)


def _id(claim: Claim, ids: Mapping[Name, str]) -> str | None:
    return ids[name_of(claim.speaker, claim.article_id)] if claim.speaker else None
