"""An article in, its claims out: the model says who claims what, the code proves what it can."""

from collections.abc import Sequence
from typing import NamedTuple

from claimcompare.errors import LLMError, LLMOutputError, is_cut_off
from claimcompare.llm import LLM
from claimcompare.prompts import load_prompt
from claimcompare.schema import Article, Claim, ClaimKind, LedgerRow, Outcome
from claimcompare.stages.flow import Count, aside, each
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.parts import in_parts
from claimcompare.stages.proofs import Given, Proofs, Refused
from claimcompare.stages.protocols import Reading
from claimcompare.stages.settings import CompareSettings
from claimcompare.stages.windows import Window, windows
from claimcompare.stages.wire import Wire


class WireClaim(Wire):
    """A claim as a model writes it."""

    passages: list[int]
    speaker: str
    mention: str
    via: list[str]
    kind: ClaimKind
    text: str


class WireClaims(Wire):
    """The answer for a window of an article, whatever its length."""

    claims: list[WireClaim]


class _Answered(NamedTuple):
    """What a model gave for one window, or the error that it ended in."""

    given: tuple[Given, ...]
    log: StageLog
    answered: bool = False
    error: LLMError | None = None
    cut_off: bool = False


class ModelReader:
    """A reader that asks a model which claims an article has: in one call, where it fits."""

    def __init__(self, llm: LLM, settings: CompareSettings, calls: Count) -> None:
        self._llm = llm
        self._settings = settings
        self._calls = calls
        self._prompt = load_prompt("extract", settings.prompts)

    async def read(self, article: Article, known: frozenset[int] = frozenset()) -> Reading:
        """The article's claims, in the order of its text, and what became of all that was given."""
        settings = self._settings
        parts = await aside(_parts, article, settings, known)
        read = await each(
            lambda part: in_parts(self._window, part, Window.halves), parts, self._calls
        )
        answers = [answer for answered, _ in read for answer in answered]
        given = [one for answer in answers for one in answer.given]
        claims, proved = await aside(_proved, article, self._prompt.example, given)
        errors = [answer.error for answer in answers if answer.error]
        return Reading(
            claims,
            joined([*(one.log for one in answers), *(cost for _, cost in read), proved]),
            answered=any(answer.answered for answer in answers) or not parts,
            error=errors[0] if errors else None,
        )

    async def _window(self, window: Window) -> _Answered:
        """The claims of one window."""
        filled = self._prompt.fill(**window.values())
        try:
            answer = await self._llm.aask(filled, WireClaims)
        except LLMError as error:
            log = StageLog(usage=error.usage, prompts=(filled.use,))
            log += _row(window, "failed", str(error))
            if isinstance(error, LLMOutputError):
                return _Answered((), log, cut_off=is_cut_off(error))
            return _Answered((), log, error=error)
        given = tuple(_given(window, claim) for claim in answer.value.claims)
        found = f"{len(given)} claims given" if given else "nobody claims anything"
        log = StageLog(usage=answer.usage, prompts=(filled.use,)) + _row(window, "kept", found)
        return _Answered(given, log, answered=True)


def _parts(article: Article, settings: CompareSettings, known: frozenset[int]) -> list[Window]:
    return list(windows(article, settings.characters_per_call, settings.segmenter, known))


def _given(window: Window, claim: WireClaim) -> Given:
    """A claim as it was given, with the sentences that its numbers stand for."""
    citable = window.citable
    numbers = sorted(set(claim.passages))
    return Given(
        cited=tuple(citable[number] for number in numbers if number in citable),
        missing=tuple(number for number in numbers if number not in citable),
        speaker=" ".join(claim.speaker.split()) or None,
        mention=" ".join(claim.mention.split()),
        via=tuple(filter(None, (" ".join(name.split()) for name in claim.via))),
        kind=claim.kind,
        text=" ".join(claim.text.split()),
    )


def _proved(
    article: Article, example: str, given: Sequence[Given]
) -> tuple[tuple[Claim, ...], StageLog]:
    """The claims that can be shown, each once, and what became of each that was given."""
    proofs = Proofs(article, example)
    found: dict[tuple[object, ...], Claim] = {}
    rows: list[LedgerRow] = []
    for one in given:
        try:
            claim = proofs.claim(one)
        except Refused as reason:
            rows.append(_of_claim(article, one, "refused", str(reason)))
            continue
        key = (claim.speaker, claim.via, claim.text)
        found[key] = _with_evidence(found[key], claim) if key in found else claim
        doubts = "; ".join(doubt.says for doubt in claim.doubts)
        rows.append(_of_claim(article, one, "doubted" if doubts else "kept", doubts or "proved"))
    ordered = sorted(found.values(), key=lambda claim: claim.evidence[0].start)
    numbered = (
        claim.model_copy(update={"id": f"{article.id}:{number}"})
        for number, claim in enumerate(ordered, start=1)
    )
    return tuple(numbered), StageLog(ledger=tuple(rows))


def _with_evidence(known: Claim, again: Claim) -> Claim:
    more = tuple(span for span in again.evidence if span not in known.evidence)
    return known.model_copy(update={"evidence": known.evidence + more})


def _row(window: Window, outcome: Outcome, reason: str) -> StageLog:
    row = LedgerRow(
        stage="extract",
        outcome=outcome,
        item=str(window),
        reason=reason,
        article_id=window.article.id,
    )
    return StageLog(ledger=(row,))


def _of_claim(article: Article, given: Given, outcome: Outcome, reason: str) -> LedgerRow:
    return LedgerRow(
        stage="extract",
        outcome=outcome,
        item=f"{given.speaker or 'the article'}: {given.text}",
        reason=reason,
        article_id=article.id,
    )
