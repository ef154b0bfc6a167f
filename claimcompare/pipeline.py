"""`compare()`: articles in, a comparison out; and its stages one by one."""

from collections.abc import AsyncGenerator, Generator, Iterable, Sequence
from contextlib import aclosing
from importlib.metadata import version

from claimcompare.choice import parts_for
from claimcompare.llm import LLM
from claimcompare.schema import Article, Comparison, Dispute, PromptUse, Proposition, Provenance
from claimcompare.stages import (
    CompareSettings,
    Event,
    Extraction,
    Pairing,
    Placements,
    Progress,
    Repeats,
    StageLog,
    aside,
    check_event,
    disputes,
    distinct,
    find_repeats,
    read_all,
    read_each,
)
from claimcompare.usage import RunUsage


async def acompare(
    articles: Iterable[Article],
    *,
    llm: LLM,
    judge: LLM | None = None,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Who claims what in some articles about one event, and who denies it.

    `llm` reads; `judge`, the same model unless another is given, says where claims stand.
    `progress` is called with a stage, the number of its calls that are done, and their total.
    What one article repeats of another counts once, as said in that one.
    What gets no usable answer becomes a failed row of the ledger. Raises ArticleError (no
    articles, or two with one id), PromptError, RecordingError, and LLMError where no call about
    any article is answered.
    """
    read = await aside(tuple, distinct(articles))
    repeats = await aside(find_repeats, read, settings.segmenter if settings else None)
    parts = await parts_for(llm, settings, progress, judge)
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
        usage=_usage(extraction, logs),
        provenance=_provenance(llm, judge, logs, small=parts.small),
        copies=repeats.copies,
    )


def compare(
    articles: Iterable[Article],
    *,
    llm: LLM,
    judge: LLM | None = None,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Like `acompare`, from code that is not async; works in notebooks, too."""
    work = acompare(articles, llm=llm, judge=judge, settings=settings, progress=progress)
    return llm.run(work)


async def aextract(
    articles: Iterable[Article],
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Extraction:
    """The claims of each article, in the order of the text.

    A call that gets no usable answer becomes a failed row of the ledger.
    Raises ArticleError (no articles, or two with one id), PromptError, RecordingError, and the
    first LLMError where no call at all is answered.
    """
    parts = await parts_for(llm, settings, progress)
    return await read_all(parts.reader, distinct(articles), Repeats())


def extract(
    articles: Iterable[Article],
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Extraction:
    """Like `aextract`, from code that is not async."""
    return llm.run(aextract(articles, llm=llm, settings=settings, progress=progress))


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
    parts = await parts_for(llm, settings, progress)
    async with aclosing(read_each(parts.reader, distinct(articles), Repeats())) as extractions:
        async for extraction in extractions:
            yield extraction


def extract_each(
    articles: Iterable[Article],
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Generator[Extraction]:
    """Like `aextract_each`, from code that is not async."""
    return llm.stream(aextract_each(articles, llm=llm, settings=settings, progress=progress))


async def apair(
    event: Event,
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Pairing:
    """The propositions on which an event's claims oppose each other, the most contested first.

    An answer that cannot be used becomes a failed row of the ledger.
    Raises PromptError, RecordingError, and ClaimCompareError where ids of the event repeat.
    """
    check_event(event)
    return await (await parts_for(llm, settings, progress)).pairer.pair(event)


def pair(
    event: Event,
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Pairing:
    """Like `apair`, from code that is not async."""
    return llm.run(apair(event, llm=llm, settings=settings, progress=progress))


async def aplace(
    propositions: Sequence[Proposition],
    event: Event,
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Placements:
    """Where the claims of each proposition stand on it, whether or not that makes a dispute.

    A claim that gets no usable answer becomes a failed row of the ledger.
    Raises PromptError, RecordingError, and ClaimCompareError where a proposition is about a claim
    that is not the event's, or ids of that repeat.
    """
    propositions = tuple(propositions)
    check_event(event, propositions)
    parts = await parts_for(llm, settings, progress)
    return await parts.judge.judge(event, propositions)


async def aclassify(
    propositions: Sequence[Proposition],
    event: Event,
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> tuple[Dispute, ...]:
    """A dispute for each proposition that has both sides, or that somebody took back.

    Raises as `aplace` does.
    """
    propositions = tuple(propositions)
    placed = await aplace(propositions, event, llm=llm, settings=settings, progress=progress)
    return (await aside(disputes, event, propositions, placed.assertions)).found


def classify(
    propositions: Sequence[Proposition],
    event: Event,
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> tuple[Dispute, ...]:
    """Like `aclassify`, from code that is not async."""
    work = aclassify(propositions, event, llm=llm, settings=settings, progress=progress)
    return llm.run(work)


def _usage(extraction: Extraction, logs: Sequence[StageLog]) -> RunUsage:
    extract_log, speakers_log, pair_log, classify_log = logs
    return RunUsage(
        extract=extract_log.usage,
        speakers=speakers_log.usage,
        pair=pair_log.usage,
        classify=classify_log.usage,
        extract_by_article=extraction.usage_by_article,
    )


def _provenance(
    llm: LLM, judge: LLM | None, logs: Iterable[StageLog], *, small: bool
) -> Provenance:
    uses = tuple(use for log in logs for use in log.prompts)
    names = dict.fromkeys((use.name, use.version) for use in uses)
    return Provenance(
        claimcompare=version("claimcompare"),
        model=llm.identity,
        endpoint=llm.base_url or ("embedded" if llm.is_local else "default"),
        prompts=tuple(
            PromptUse(
                name=name,
                version=edition,
                filled=tuple(one for use in uses if use.name == name for one in use.filled),
            )
            for name, edition in names
        ),
        small=small,
        judge=judge.identity if judge else None,
    )
