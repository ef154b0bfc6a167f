"""`compare()`: articles in, a comparison out; and `extract()`, its first step."""

from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import aclosing

from claimcompare.articles import Articles, articles_of
from claimcompare.choice import model, parts_for
from claimcompare.llm import LLM
from claimcompare.provenance import provenance_of, usage_of
from claimcompare.schema import Article, Comparison
from claimcompare.stages import (
    CompareSettings,
    Event,
    Extraction,
    Progress,
    Repeats,
    aside,
    disputes,
    distinct,
    find_repeats,
    read_all,
    read_each,
    shown,
)


async def acompare(
    articles: Articles,
    *,
    llm: LLM,
    judge: LLM | None = None,
    settings: CompareSettings | None = None,
    progress: Progress | bool | None = None,
) -> Comparison:
    """Like `compare`, to be awaited: files and pages are read in a thread meanwhile."""
    read = await aside(tuple, _articles(articles))
    repeats = await aside(find_repeats, read, settings.segmenter if settings else None)
    with shown(progress) as told:
        parts = await parts_for(llm, settings, told, judge)
        extraction = await read_all(parts.reader, read, repeats)
        known = await parts.resolver.resolve(Event(articles=read, claims=extraction.claims))
        event = Event(articles=read, speakers=known.speakers, claims=known.claims)
        pairing = await parts.pairer.pair(event)
        placed = await parts.judge.judge(event, pairing.propositions)
    found = await aside(disputes, event, pairing.propositions, placed.assertions)
    logs = (extraction.log, known.log, pairing.log, placed.log)
    return Comparison(
        articles=read,
        speakers=event.speakers,
        claims=event.claims,
        disputes=found.found,
        ledger=repeats.ledger + tuple(row for log in (*logs, found.log) for row in log.ledger),
        usage=usage_of(extraction, logs),
        provenance=provenance_of(llm, judge, settings, logs, small=parts.small),
        copies=repeats.copies,
    )


def compare(
    articles: Articles,
    *,
    llm: LLM,
    judge: LLM | None = None,
    settings: CompareSettings | None = None,
    progress: Progress | bool | None = None,
) -> Comparison:
    """Who claims what in some articles about one event, and who denies it.

    What one article repeats of another counts once, as said in that one. What gets no usable
    answer becomes a failed row of the ledger. Works in running event loops and notebooks, too.

    Args:
        articles: `Article` records with ids that differ, or files, folders, patterns and URLs to
            read, as `read_articles` takes them: one or many, also mixed.
        llm: The model that reads the articles and pairs claims.
        judge: The model that says where claims stand; else `llm`.
        settings: How the stages work, such as `characters_per_call`.
        progress: True shows a bar for each stage in terminals and notebooks (these need
            ipywidgets). A function is called with a stage, the number of its calls that are done,
            and their total.

    Raises ArticleError (an article cannot be read, there is none, or two have one id), PromptError,
    RecordingError, and LLMError where no call about any article is answered.
    """
    with shown(progress) as told:
        return model(llm).run(
            acompare(articles, llm=llm, judge=judge, settings=settings, progress=told)
        )


async def aextract(
    articles: Articles,
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | bool | None = None,
) -> Extraction:
    """Like `extract`, to be awaited."""
    with shown(progress) as told:
        parts = await parts_for(llm, settings, told)
        return await read_all(parts.reader, _articles(articles), Repeats())


def extract(
    articles: Articles,
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | bool | None = None,
) -> Extraction:
    """The claims of each article, in the order of the text.

    A call that gets no usable answer becomes a failed row of the log's ledger.

    Args:
        articles: Articles, or what `read_articles` takes, as for `compare`.
        llm: The model that reads them.
        settings: How the stages work.
        progress: True for a bar, or a function, as for `compare`.

    Raises ArticleError (an article cannot be read, there is none, or two have one id), PromptError,
    RecordingError, and the first LLMError where no call at all is answered.
    """
    with shown(progress) as told:
        return model(llm).run(aextract(articles, llm=llm, settings=settings, progress=told))


async def aextract_each(
    articles: Articles,
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | bool | None = None,
) -> AsyncGenerator[Extraction]:
    """Like `extract_each`, for `async for`."""
    with shown(progress) as told:
        parts = await parts_for(llm, settings, told)
        each = read_each(parts.reader, _articles(articles), Repeats())
        async with aclosing(each) as extractions:
            async for extraction in extractions:
                yield extraction


def extract_each(
    articles: Articles,
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | bool | None = None,
) -> Generator[Extraction]:
    """An extraction for each article, in their order, while those after it are being read.

    For any number of articles: only a few hundred are held at a time.

    Args:
        articles: Articles, or what `read_articles` takes; a generator such as `iter_articles`
            gives is asked for one after the other.
        llm: The model that reads them.
        settings: How the stages work.
        progress: True for a bar, or a function, as for `compare`.

    Raises as `extract` does, at the latest when the first twenty articles are without any answer.
    """
    with shown(progress) as told:
        yield from model(llm).stream(
            aextract_each(articles, llm=llm, settings=settings, progress=told)
        )


def _articles(given: Articles) -> Iterator[Article]:
    """The articles as they come, read where they are named; raises ArticleError."""
    return distinct(articles_of(given))
