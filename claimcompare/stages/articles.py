"""Articles in, an extraction for each: whoever reads them."""

from collections.abc import AsyncGenerator, Iterable, Iterator, Sequence
from contextlib import aclosing

from claimcompare.errors import LLMError
from claimcompare.schema import Article, LedgerRow
from claimcompare.stages.copies import Repeats
from claimcompare.stages.flow import in_order
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.protocols import Extraction, Reader, Reading

# Articles without any answer, one after the other from the first on, before the run is given up.
_HOPELESS = 20


async def read_all(reader: Reader, articles: Iterable[Article], repeats: Repeats) -> Extraction:
    """The claims of all articles, in the order of the text.

    Raises the first LLMError where no call at all is answered.
    """
    async with aclosing(read_each(reader, articles, repeats)) as extractions:
        return _together([extraction async for extraction in extractions])


async def read_each(
    reader: Reader, articles: Iterable[Article], repeats: Repeats
) -> AsyncGenerator[Extraction]:
    """An extraction for each article, in their order, while those after it are being read.

    Only a few hundred are held at a time. Raises the first LLMError where no call is answered, at
    the latest when the first twenty articles are without any answer.
    """

    async def read(article: Article) -> tuple[Article, Reading]:
        return article, await reader.read(article, repeats.known_in(article))

    held: list[tuple[Article, Reading]] = []
    answered = False
    async with aclosing(in_order(read, articles)) as readings:
        async for article, reading in readings:
            held.append((article, reading))
            answered = answered or (reading.answered and bool(reading.log.prompts))
            if answered or len(held) >= _HOPELESS:
                for extraction in _unless_hopeless(held, answered=answered):
                    yield extraction
                held = []
    for extraction in _unless_hopeless(held, answered=answered):
        yield extraction


def _unless_hopeless(
    held: Sequence[tuple[Article, Reading]], *, answered: bool
) -> Iterator[Extraction]:
    """The extractions; raises the first error where nothing was ever answered."""
    for article, reading in held:
        if isinstance(reading.error, LLMError) and not answered:
            raise reading.error
        yield Extraction(
            claims=reading.claims,
            log=_doubted(article) + reading.log,
            usage_by_article={article.id: reading.log.usage},
        )


def _doubted(article: Article) -> StageLog:
    """That an article may not be whole, as whoever made its text says."""
    rows = tuple(
        LedgerRow(
            stage="extract",
            outcome="doubted",
            item="the article",
            reason=doubt,
            article_id=article.id,
        )
        for doubt in article.doubts
    )
    return StageLog(ledger=rows)


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
