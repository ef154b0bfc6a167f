"""Articles in, claims out: the model cites sentence numbers, the code computes offsets."""

from collections.abc import (
    AsyncGenerator,
    Callable,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import aclosing
from functools import partial
from typing import NamedTuple

from pydantic import Field

from claimcompare.errors import LLMError
from claimcompare.llm import LLM
from claimcompare.prompts import load_prompt
from claimcompare.schema import Article, Claim, Record
from claimcompare.stages.chunks import Chunk, chunks
from claimcompare.stages.copies import Repeats
from claimcompare.stages.flow import Count, Progress, each, in_order
from claimcompare.stages.gathering import Finding, gathered
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.reading import Reader, Reading, read_chunk
from claimcompare.stages.settings import CompareSettings
from claimcompare.usage import Usage

# Articles without any answer, one after the other from the first on, before the run is given up.
_HOPELESS = 20


class Extraction(Record):
    """The claims of some articles, and what became of every sentence and claim."""

    claims: tuple[Claim, ...]
    log: StageLog
    usage_by_article: Mapping[str, Usage] = Field(default_factory=dict)


class _ArticleReading(NamedTuple):
    """What came of one article, whether any call about it was answered, and if not, why."""

    extraction: Extraction
    answered: bool
    error: LLMError | None


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
    return await aextract_new(articles, Repeats(), llm=llm, settings=settings, progress=progress)


async def aextract_new(
    articles: Iterable[Article],
    repeats: Repeats,
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Extraction:
    """Like `aextract`, but what an article only repeats is not asked about."""
    stream = _each_new(articles, repeats, llm=llm, settings=settings, progress=progress)
    async with aclosing(stream) as extractions:
        return _together([extraction async for extraction in extractions])


def aextract_each(
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
    return _each_new(articles, Repeats(), llm=llm, settings=settings, progress=progress)


async def _each_new(
    articles: Iterable[Article],
    repeats: Repeats,
    *,
    llm: LLM,
    settings: CompareSettings | None,
    progress: Progress | None,
) -> AsyncGenerator[Extraction]:
    settings = settings or CompareSettings()
    small = await llm.ais_small()
    reader = Reader(
        llm,
        load_prompt("extract", settings.prompts),
        lean=settings.is_lean(small=small),
        twice=settings.second_pass,
    )
    size, segmenter = settings.sentences_at_once(small=small), settings.segmenter

    def parts(article: Article) -> Iterator[Chunk]:
        return chunks(article, size, segmenter, repeats.known_in(article))

    read = partial(_article, reader, parts, Count("extract", progress))
    held: list[_ArticleReading] = []
    answered = False
    async with aclosing(in_order(read, articles)) as readings:
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


async def _article(
    reader: Reader,
    parts: Callable[[Article], Iterable[Chunk]],
    calls: Count,
    article: Article,
) -> _ArticleReading:
    readings = await each(partial(read_chunk, reader), list(parts(article)), calls)
    errors = [reading.error for reading in readings if reading.error is not None]
    return _ArticleReading(
        _extraction(article, readings),
        answered=any(reading.answered for reading in readings),
        error=errors[0] if errors else None,
    )


def _extraction(article: Article, readings: Sequence[Reading]) -> Extraction:
    log = joined(reading.log for reading in readings)
    claims = gathered(article, (Finding(reading.found, reading.apart) for reading in readings))
    return Extraction(claims=claims, log=log, usage_by_article={article.id: log.usage})


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
