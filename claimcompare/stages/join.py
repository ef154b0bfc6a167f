"""Propositions that were found in several windows become one where a model says that they are."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pydantic import Field

from claimcompare.errors import LLMError, is_cut_off
from claimcompare.llm import LLM
from claimcompare.prompts import as_data, load_prompt
from claimcompare.schema import LedgerRow, Outcome, Proposition
from claimcompare.stages.flow import Count, aside, each
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.nearness import Nearness, shared_windows
from claimcompare.stages.parts import in_parts, smaller_windows
from claimcompare.stages.settings import CompareSettings
from claimcompare.stages.wire import Wire

_NEIGHBOURS = 20
# Where an answer is cut off fewer must do: with more, each part would hold most of the whole.
_NEAREST = 4
_MOST_AT_ONCE = 200
# A row of the ledger has the words of so many.
_NAMED = 2


class WireSame(Wire):
    """The numbers of propositions that state one point, or its opposite."""

    best: int = Field(alias="as")
    equal: list[int]
    opposite: list[int]


class WirePoints(Wire):
    """The answer for some propositions."""

    same: list[WireSame]


class _Same(NamedTuple):
    """The places of two propositions that are one, and whether the other way round."""

    same: tuple[tuple[int, int, bool], ...]
    log: StageLog
    cut_off: bool = False


def once(found: Iterable[Proposition]) -> list[Proposition]:
    """The propositions, those in the same words as one: a point that two windows show is one."""
    made: dict[str, Proposition] = {}
    for one in found:
        words = one.text.casefold()
        made[words] = united(made[words], one) if words in made else one
    return list(made.values())


class Joiner:
    """Asks a model which of many propositions are the same point."""

    def __init__(self, llm: LLM, settings: CompareSettings, calls: Count) -> None:
        self._llm = llm
        self._calls = calls
        self._prompt = load_prompt("join", settings.prompts)

    async def join(
        self, found: Sequence[Proposition], known: Sequence[Proposition] = ()
    ) -> tuple[list[Proposition], StageLog]:
        """The propositions with those that are one joined; all as they were where a call fails.

        Those `known` before are among them, each in its own words and never joined with another.
        """
        found = [*known, *found]
        texts = [one.text for one in found]
        windows = await aside(list, shared_windows(texts, _MOST_AT_ONCE, _NEIGHBOURS))
        read = await each(lambda window: self._read(window, texts), windows, self._calls)
        answers = [answer for parts, _ in read for answer in parts]
        points = dict(enumerate(found))
        fixed = {one.text for one in known}
        log = joined([*(one.log for one in answers), *(cost for _, cost in read)])
        for answer in answers:
            for best, other, opposite in answer.same:
                both = (other, best) if points[other].text in fixed else (best, other)
                if points[both[1]].text not in fixed:
                    log += _merge(points, *both, opposite=opposite)
        distinct = {id(one): one for one in points.values()}
        return list(distinct.values()), log

    async def _read(
        self, window: Sequence[int], texts: Sequence[str]
    ) -> tuple[list[_Same], StageLog]:
        """What is the same in a window, in no more calls than it has propositions."""

        def near(places: Sequence[int], count: int) -> list[list[int]]:
            return Nearness([texts[at] for at in places]).neighbours(min(count, _NEAREST))

        return await in_parts(
            lambda places: self._window(places, texts),
            window,
            lambda places: smaller_windows(places, near),
            most=len(window),
        )

    async def _window(self, window: Sequence[int], texts: Sequence[str]) -> _Same:
        """Which of the propositions at these places are one, and whether the other way round."""
        numbered = dict(enumerate(window, start=1))
        shown = [(number, as_data(texts[at])) for number, at in numbered.items()]
        filled = self._prompt.fill(propositions=shown)
        try:
            answer = await self._llm.aask(filled, WirePoints)
        except LLMError as error:
            log = StageLog(usage=error.usage, prompts=(filled.use,))
            few = "; ".join(texts[at] for at in window[:_NAMED])
            item = few if len(window) <= _NAMED else f"{len(window)} propositions"
            return _Same((), log + _row("failed", item, str(error)), is_cut_off(error))
        pairs = tuple(
            (numbered[point.best], numbered[number], opposite)
            for point in answer.value.same
            for numbers, opposite in ((point.equal, False), (point.opposite, True))
            for number in numbers
            if point.best in numbered and number in numbered
        )
        return _Same(pairs, StageLog(usage=answer.usage, prompts=(filled.use,)))


def _merge(points: dict[int, Proposition], best: int, other: int, *, opposite: bool) -> StageLog:
    """One proposition in the place of two, at all places where either stands."""
    kept, gone = points[best], points[other]
    if kept is gone:
        return StageLog()
    made = united(kept, turned(gone) if opposite else gone)
    for at, one in points.items():
        if one is kept or one is gone:
            points[at] = made
    return _row("kept", gone.text, f"is the same point as: {kept.text}")


def turned(one: Proposition) -> Proposition:
    """With the sides of its negation."""
    sides = {"supported_by": one.denied_by, "denied_by": one.supported_by}
    return one.model_copy(update=sides)


def united(one: Proposition, other: Proposition) -> Proposition:
    """In the words of the one, with the claims of both."""
    fields: Mapping[str, tuple[object, ...]] = {
        name: tuple(dict.fromkeys((*getattr(one, name), *getattr(other, name))))
        for name in ("supported_by", "denied_by", "withdrawn", "nearest")
    }
    return one.model_copy(update=dict(fields))


def _row(outcome: Outcome, item: str, reason: str) -> StageLog:
    row = LedgerRow(stage="pair", outcome=outcome, item=item, reason=reason)
    return StageLog(ledger=(row,))
