"""Articles in, claims out: the model cites sentence numbers, the code computes offsets."""

from collections.abc import AsyncGenerator, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing
from functools import partial
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from claimcompare.errors import LLMError, LLMOutputError
from claimcompare.llm import LLM
from claimcompare.prompts import PromptFile, load_prompt
from claimcompare.schema import Article, Claim, LedgerRow, Outcome, Record, Span
from claimcompare.stages.checks import Checked, Given, Refused, WireClaim, check
from claimcompare.stages.chunks import Chunk, chunks
from claimcompare.stages.flow import Count, Progress, each, in_order
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.names import fullest
from claimcompare.stages.settings import CompareSettings
from claimcompare.stages.wire import at_most
from claimcompare.usage import Usage

CLAIMS_PER_SENTENCE = 4
# Articles without any answer, one after the other from the first on, before the run is given up.
_HOPELESS = 20


class WireClaims(BaseModel):
    """The model's answer."""

    model_config = ConfigDict(extra="forbid")

    claims: list[WireClaim]


class Extraction(Record):
    """The claims of some articles, and what became of every sentence and claim."""

    claims: tuple[Claim, ...]
    log: StageLog
    usage_by_article: Mapping[str, Usage] = Field(default_factory=dict)


class _Reading(NamedTuple):
    """What came of one chunk; the claims have no ids yet. No answer at all leaves an error."""

    found: tuple[Checked, ...]
    log: StageLog
    error: LLMError | None = None


class _ArticleReading(NamedTuple):
    """What came of one article, whether any call about it was answered, and if not, why."""

    extraction: Extraction
    answered: bool
    error: LLMError | None


class _Reader(NamedTuple):
    """What all articles are read with."""

    llm: LLM
    prompt: PromptFile
    size: int
    calls: Count


async def aextract(
    articles: Iterable[Article],
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Extraction:
    """The claims of each article, in the order of the text.

    A chunk that gets no usable answer becomes a failed row of the ledger.
    Raises PromptError, RecordingError, and the first LLMError where no call at all is answered.
    """
    stream = aextract_each(articles, llm=llm, settings=settings, progress=progress)
    async with aclosing(stream) as extractions:
        return _together([extraction async for extraction in extractions])


async def aextract_each(
    articles: Iterable[Article],
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> AsyncGenerator[Extraction]:
    """An extraction for each article, in their order, while those after it are being read.

    For any number of articles: only a few hundred are held at a time. Raises as `aextract` does,
    at the latest when the first twenty articles are without any answer.
    """
    settings = settings or CompareSettings()
    reader = _Reader(
        llm,
        load_prompt("extract", settings.prompts),
        settings.sentences_at_once(local=llm.is_local),
        Count("extract", progress),
    )
    held: list[_ArticleReading] = []
    answered = False
    async with aclosing(in_order(partial(_article, reader), articles)) as readings:
        async for reading in readings:
            held.append(reading)
            answered = answered or reading.answered
            if answered or len(held) >= _HOPELESS:
                for extraction in _unless_hopeless(held, answered=answered):
                    yield extraction
                held = []
    for extraction in _unless_hopeless(held, answered=answered):
        yield extraction


def _unless_hopeless(held: Sequence[_ArticleReading], *, answered: bool) -> Iterator[Extraction]:
    """The extractions; raises the first error where nothing was ever answered."""
    for reading in held:
        if reading.error is not None and not answered:
            raise reading.error
        yield reading.extraction


async def _article(reader: _Reader, article: Article) -> _ArticleReading:
    readings = await each(
        lambda chunk: _read(chunk, reader.prompt, reader.llm),
        list(chunks(article, reader.size)),
        reader.calls,
    )
    errors = [reading.error for reading in readings if reading.error is not None]
    return _ArticleReading(
        _extraction(article.id, readings),
        answered=len(errors) < len(readings),
        error=errors[0] if errors else None,
    )


async def _read(chunk: Chunk, prompt: PromptFile, llm: LLM) -> _Reading:
    """The claims of one chunk; one whose answer is cut off is read in two halves."""
    filled = prompt.fill(**chunk.values())
    bounded = at_most(WireClaims, "claims", CLAIMS_PER_SENTENCE * len(chunk.read))
    try:
        answer = await llm.aask(filled, bounded)
    except LLMOutputError as error:
        log = StageLog(usage=error.usage, prompts=(filled.use,))
        if error.fault == "truncated" and len(chunk.read) > 1:
            return await _read_halves(chunk, prompt, llm, log)
        return _Reading((), log + _row(chunk, "failed", str(chunk), str(error)))
    except LLMError as error:
        log = StageLog(usage=error.usage, prompts=(filled.use,))
        return _Reading((), log + _row(chunk, "failed", str(chunk), str(error)), error)
    log = StageLog(usage=answer.usage, prompts=(filled.use,))
    return _checked(answer.value.claims, chunk, prompt.system, log)


async def _read_halves(chunk: Chunk, prompt: PromptFile, llm: LLM, log: StageLog) -> _Reading:
    left, right = chunk.halves()
    one = await _read(left, prompt, llm)
    other = await _read(right, prompt, llm)
    return _Reading(one.found + other.found, log + one.log + other.log)


def _checked(claims: Sequence[WireClaim], chunk: Chunk, examples: str, log: StageLog) -> _Reading:
    given = Given(chunk.read, chunk.before, chunk.names, examples)
    found: list[Checked] = []
    for claim in claims:
        item = f"{chunk}: {claim.speaker or 'the article'}: {claim.text}"
        try:
            checked = check(claim, given, found)
        except Refused as reason:
            log += _row(chunk, "rejected", item, str(reason))
            continue
        found.append(checked)
        if checked.note:
            log += _row(chunk, "kept", f"{chunk}: {checked.text}", checked.note)
    kept = f"{len(found)} of {len(claims)} claims kept" if claims else "nobody claims anything"
    return _Reading(tuple(found), log + _row(chunk, "kept", str(chunk), kept))


def _row(chunk: Chunk, outcome: Outcome, item: str, reason: str) -> StageLog:
    row = LedgerRow(
        stage="extract", outcome=outcome, item=item, reason=reason, article_id=chunk.article.id
    )
    return StageLog(ledger=(row,))


def _extraction(article_id: str, readings: Sequence[_Reading]) -> Extraction:
    found = [checked for reading in readings for checked in reading.found]
    speakers = frozenset(checked.speaker for checked in found if checked.speaker)
    claims = tuple(
        Claim(
            id=f"{article_id}:{number}",
            article_id=article_id,
            speaker=fullest(checked.speaker, speakers) if checked.speaker else None,
            via=checked.via,
            cue=checked.cue,
            text=checked.text,
            evidence=tuple(
                Span(start=sentence.start, end=sentence.end, text=sentence.text)
                for sentence in checked.evidence
            ),
        )
        for number, checked in enumerate(found, start=1)
    )
    log = joined(reading.log for reading in readings)
    return Extraction(claims=claims, log=log, usage_by_article={article_id: log.usage})


def _together(extractions: Sequence[Extraction]) -> Extraction:
    return Extraction(
        claims=tuple(claim for extraction in extractions for claim in extraction.claims),
        log=joined(extraction.log for extraction in extractions),
        usage_by_article={
            article_id: usage
            for extraction in extractions
            for article_id, usage in extraction.usage_by_article.items()
        },
    )


def extract(
    articles: Iterable[Article],
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Extraction:
    """Like `aextract`, from code that is not async."""
    return llm.run(aextract(articles, llm=llm, settings=settings, progress=progress))


def extract_each(
    articles: Iterable[Article],
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Generator[Extraction]:
    """Like `aextract_each`, from code that is not async."""
    return llm.stream(aextract_each(articles, llm=llm, settings=settings, progress=progress))
