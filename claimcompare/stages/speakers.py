"""Each speaker known once for all articles: names that may be one are put to the model."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from claimcompare.errors import LLMError
from claimcompare.llm import LLM
from claimcompare.prompts import as_data, load_prompt
from claimcompare.schema import Claim, LedgerRow, Outcome, Speaker
from claimcompare.stages.flow import Count
from claimcompare.stages.log import StageLog
from claimcompare.stages.occurrence import tokens
from claimcompare.stages.protocols import Event, Resolution
from claimcompare.stages.settings import CompareSettings
from claimcompare.stages.wire import Wire

# Around a name; more of the sentence tells little more of whose it is.
_SHOWN = 160


class WireSpeakers(Wire):
    """The numbers of the names that are one speaker's, the fullest first, for each of several."""

    same: list[list[int]]


class Name(NamedTuple):
    """A name as articles have it; a description, such as "two officials", is one article's."""

    text: str
    article_id: str | None


Names = tuple[Name, ...]


class CodeResolver:
    """Names are one speaker's where one holds the other and nothing speaks against it."""

    async def resolve(self, event: Event) -> Resolution:
        """The event's claims with their speakers; asks nobody."""
        return _resolution(event, held_together(_by_words(event.claims)), StageLog())


class ModelResolver:
    """A model tells which names are one speaker's, in one call."""

    def __init__(self, llm: LLM, settings: CompareSettings, calls: Count) -> None:
        self._llm = llm
        self._prompt = load_prompt("speakers", settings.prompts)
        self._calls = calls

    async def resolve(self, event: Event) -> Resolution:
        """The event's claims with their speakers; names stay apart where the call fails."""
        known = _by_words(event.claims)
        if len(known) <= 1:
            return _resolution(event, known, StageLog())
        rows = [_shown(names[0], event) for names in known]
        filled = self._prompt.fill(
            names=[(at, *map(as_data, row)) for at, row in enumerate(rows, start=1)]
        )
        self._calls.more(1)
        try:
            answer = await self._calls.one(
                lambda prompt: self._llm.aask(prompt, WireSpeakers), filled
            )
        except LLMError as error:
            log = StageLog(usage=error.usage, prompts=(filled.use,))
            return _resolution(event, known, log + _row("failed", "the names", str(error)))
        joined, log = _joined(known, answer.value.same)
        return _resolution(event, joined, StageLog(usage=answer.usage, prompts=(filled.use,)) + log)


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
            name = _name(text, claim.article_id)
            found.setdefault((name.article_id, *tokens(text)), {})[name] = None
    return [tuple(names) for names in found.values()]


def _name(text: str, article_id: str) -> Name:
    """Proper names end in a capital, or are in a script that has none."""
    last = text.rsplit(maxsplit=1)[-1]
    is_proper = last[:1].isupper() or text.upper() == text.lower()
    return Name(text, None if is_proper else article_id)


def _shown(name: Name, event: Event) -> tuple[str, str, str]:
    """A name with its outlet, and the words around it where it first stands."""
    claim = next(
        one
        for one in event.claims
        if name.text in (one.speaker, *one.via) and name.article_id in (None, one.article_id)
    )
    article = next((one for one in event.articles if one.id == claim.article_id), None)
    text = claim.evidence[0].text
    called = claim.mention.text if claim.mention and claim.speaker == name.text else name.text
    start = max(0, text.find(called) - _SHOWN // 2)
    return name.text, (article and article.publisher) or "", text[start : start + _SHOWN]


def _joined(known: Sequence[Names], same: Sequence[Sequence[int]]) -> tuple[list[Names], StageLog]:
    """The groups as the model puts them together, each name in one of them."""
    rest = dict(enumerate(known, start=1))
    joined: list[Names] = []
    log = StageLog()
    for numbers in same:
        here = [rest.pop(number) for number in dict.fromkeys(numbers) if number in rest]
        if here:
            joined.append(tuple(name for names in here for name in names))
        if len(here) > 1:
            first, *others = (names[0].text for names in here)
            log += _row("kept", first, f"is also {', '.join(others)}")
        if len(here) < len(numbers):
            log += _row("refused", f"{list(numbers)}", "has a number of no name, or of one taken")
    return joined + list(rest.values()), log


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
    return ids[_name(claim.speaker, claim.article_id)] if claim.speaker else None


def _row(outcome: Outcome, item: str, reason: str) -> StageLog:
    row = LedgerRow(stage="speakers", outcome=outcome, item=item, reason=reason)
    return StageLog(ledger=(row,))
