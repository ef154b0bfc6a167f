"""`compare()`: articles in, a comparison out."""

from collections import Counter
from collections.abc import Iterable
from importlib.metadata import version

from claimcompare.errors import ArticleError
from claimcompare.llm import LLM
from claimcompare.schema import Article, Comparison, PromptUse, Provenance
from claimcompare.stages import (
    CompareSettings,
    Progress,
    StageLog,
    aclassify,
    aextract_new,
    apair,
    find_repeats,
)
from claimcompare.usage import RunUsage


async def acompare(
    articles: Iterable[Article],
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Who claims what in some articles about one event, and who denies it.

    `progress` is called with a stage, the number of its calls that are done, and their total.
    What one article repeats of another counts once, as said in that one.
    What gets no usable answer becomes a failed row of the ledger. Raises ArticleError (no
    articles, or two with one id), PromptError, RecordingError, and LLMError where no call about
    any article is answered.
    """
    read = _distinct(articles)
    repeats = find_repeats(read, settings.segmenter if settings else None)
    extraction = await aextract_new(read, repeats, llm=llm, settings=settings, progress=progress)
    claims = extraction.claims
    pairing = await apair(claims, llm=llm, settings=settings, progress=progress)
    classification = await aclassify(
        pairing.propositions, claims, llm=llm, settings=settings, progress=progress
    )
    logs = (extraction.log, pairing.log, classification.log)
    return Comparison(
        articles=read,
        claims=claims,
        disputes=classification.disputes,
        ledger=repeats.ledger + tuple(row for log in logs for row in log.ledger),
        usage=RunUsage(
            extract=logs[0].usage,
            pair=logs[1].usage,
            classify=logs[2].usage,
            extract_by_article=extraction.usage_by_article,
        ),
        provenance=_provenance(llm, logs),
        copies=repeats.copies,
    )


def compare(
    articles: Iterable[Article],
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """Like `acompare`, from code that is not async; works in notebooks, too."""
    return llm.run(acompare(articles, llm=llm, settings=settings, progress=progress))


def _distinct(articles: Iterable[Article]) -> tuple[Article, ...]:
    read = tuple(articles)
    if not read:
        raise ArticleError("no articles to compare")
    twice = [name for name, count in Counter(one.id for one in read).items() if count > 1]
    if twice:
        raise ArticleError(f"two articles have the id {twice[0]!r}; give each its own")
    return read


def _provenance(llm: LLM, logs: Iterable[StageLog]) -> Provenance:
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
    )
