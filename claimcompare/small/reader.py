"""An article in, its claims out, by a small model: it is asked only who speaks."""

from collections.abc import Iterable
from typing import NamedTuple

from claimcompare.errors import LLMError, LLMOutputError, is_cut_off
from claimcompare.llm import LLM
from claimcompare.prompts import load_prompt
from claimcompare.schema import Article, Claim, LedgerRow, Outcome
from claimcompare.small.checks import check
from claimcompare.small.chunks import Chunk, chunks
from claimcompare.small.speakers import Said
from claimcompare.small.wire import claims_of
from claimcompare.stages.flow import Count, aside, each
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.parts import in_parts
from claimcompare.stages.proofs import Refused
from claimcompare.stages.protocols import Reading
from claimcompare.stages.settings import CompareSettings


class _Read(NamedTuple):
    """What came of one chunk; no answer at all leaves an error."""

    claims: tuple[Claim, ...]
    log: StageLog
    answered: bool = False
    error: LLMError | None = None
    cut_off: bool = False


class SmallReader:
    """A reader whose claims are whole passages: it asks a small model who speaks in them.

    It asks nothing where a passage itself names its speaker.
    """

    def __init__(self, llm: LLM, settings: CompareSettings, calls: Count) -> None:
        self._llm = llm
        self._settings = settings
        self._calls = calls
        self._prompt = load_prompt("small/extract", settings.prompts)

    async def read(self, article: Article, known: frozenset[int] = frozenset()) -> Reading:
        """The article's claims, in the order of its text, and what became of its passages."""
        parts = await aside(_parts, article, self._settings, known)
        answers = await each(
            lambda part: in_parts(self._chunk, part, Chunk.halves), parts, self._calls
        )
        read = [one for found, _ in answers for one in found]
        errors = [one.error for one in read if one.error]
        log = joined(log for found, cost in answers for log in (cost, *(one.log for one in found)))
        return Reading(
            _gathered(article, (claim for one in read for claim in one.claims)),
            log,
            answered=any(one.answered for one in read) or not log.prompts,
            error=errors[0] if errors else None,
        )

    async def _chunk(self, chunk: Chunk) -> _Read:
        """The claims of one chunk."""
        asked = chunk.asked()
        told = [Said(marked, claim.who, claim.speaker) for claim, marked in chunk.told()]
        if not asked:
            return _checked(told, chunk, StageLog())
        filled = self._prompt.fill(**chunk.values())
        try:
            answer = await self._llm.aask(filled, claims_of(asked))
        except LLMOutputError as error:
            log = StageLog(usage=error.usage, prompts=(filled.use,))
            log += _row(chunk, "failed", str(chunk), str(error))
            return _Read((), log, cut_off=is_cut_off(error))
        except LLMError as error:
            log = StageLog(usage=error.usage, prompts=(filled.use,))
            return _Read((), log + _row(chunk, "failed", str(chunk), str(error)), error=error)
        found = answer.value.by_key().items()
        said = [Said(asked[key], claim.who, claim.speaker) for key, claim in found]
        log = StageLog(usage=answer.usage, prompts=(filled.use,))
        return _checked(told + said, chunk, log)


def _parts(article: Article, settings: CompareSettings, known: frozenset[int]) -> list[Chunk]:
    return list(chunks(article, settings, known))


def _checked(said: Iterable[Said], chunk: Chunk, log: StageLog) -> _Read:
    """What is believed of who is said to speak in a chunk."""
    found: list[Claim] = []
    rows = StageLog()
    in_order = sorted(said, key=lambda one: one.marked.passage.start)
    for one in in_order:
        try:
            found.append(check(one, chunk, found))
        except Refused as reason:
            item = f"{chunk}: {one.speaker}: {one.marked.text}"
            rows += _row(chunk, "refused", item, str(reason))
    kept = f"{len(found)} of {len(in_order)} claims kept" if in_order else "nobody claims anything"
    called = bool(log.prompts)
    rows += _row(chunk, "kept", str(chunk), kept if called else f"{kept}, without a call")
    return _Read(tuple(found), log + rows, answered=called)


def _gathered(article: Article, found: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims in order, each once with all its spans."""
    once: dict[tuple[str | None, str], Claim] = {}
    for claim in found:
        key = (claim.speaker, claim.text)
        first = once.get(key)
        evidence = (*first.evidence, *claim.evidence) if first else claim.evidence
        once[key] = (first or claim).model_copy(update={"evidence": evidence})
    return tuple(
        claim.model_copy(update={"id": f"{article.id}:{number}"})
        for number, claim in enumerate(once.values(), start=1)
    )


def _row(chunk: Chunk, outcome: Outcome, item: str, reason: str) -> StageLog:
    row = LedgerRow(
        stage="extract", outcome=outcome, item=item, reason=reason, article_id=chunk.article.id
    )
    return StageLog(ledger=(row,))
