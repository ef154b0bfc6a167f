"""The unit of work of a corpus: a story in, what came of it out."""

from claimcompare.corpus.models import Model
from claimcompare.corpus.opening import open_here
from claimcompare.corpus.records import Story, StoryResult
from claimcompare.errors import ArticleError, LLMError
from claimcompare.llm import LLM
from claimcompare.pipeline import acompare
from claimcompare.schema import Comparison, LedgerRow
from claimcompare.stages import CompareSettings
from claimcompare.stages.log import failed_rows
from claimcompare.usage import Usage


async def acompare_story(
    story: Story,
    *,
    llm: LLM,
    judge: LLM | None = None,
    settings: CompareSettings | None = None,
) -> StoryResult:
    """Like `compare_story`, to be awaited."""
    try:
        made = await acompare(story.articles, llm=llm, judge=judge, settings=settings)
    except LLMError as error:
        return _result(story, failures=(str(error),), usage=error.usage)
    except ArticleError as error:
        return _result(story, failures=(str(error),))
    failures = tuple(_in_words(row) for row in failed_rows(made.ledger))
    return _result(story, made, failures=failures, usage=made.usage.total)


def compare_story(
    story: Story,
    *,
    llm: LLM | Model,
    judge: LLM | Model | None = None,
    settings: CompareSettings | None = None,
) -> StoryResult:
    """The comparison of a story's articles, and what of it failed, as a value.

    For engines that call a function for each item, in threads or in processes: a `Model` is opened
    once in each process, so that its budget and its limits hold for all calls made there.

    Raises what would fail every story alike: PromptError, PluginError, RecordingError, and
    ClaimCompareError where a `Model` has no key there.
    """
    reader, judging = _opened(llm), _opened(judge) if judge else None
    return reader.run(acompare_story(story, llm=reader, judge=judging, settings=settings))


def _opened(llm: LLM | Model) -> LLM:
    return open_here(llm) if isinstance(llm, Model) else llm


def _result(
    story: Story,
    comparison: Comparison | None = None,
    *,
    failures: tuple[str, ...],
    usage: Usage | None = None,
) -> StoryResult:
    return StoryResult(
        story_id=story.id,
        continues=story.continues,
        articles=tuple(article.id for article in story.articles),
        comparison=comparison,
        usage=usage or Usage(),
        failures=failures,
    )


def _in_words(row: LedgerRow) -> str:
    """What failed where, and why, as the command line tells it."""
    where = f"{row.stage}, {row.article_id}" if row.article_id else row.stage
    return f"{where}: {row.item}: {row.reason}"
