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
    aextract,
    apair,
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
    Raises ArticleError (no articles, or two with one id), PromptError, RecordingError, LLMError.
    """
    read = _distinct(articles)
    extraction = await aextract(read, llm=llm, settings=settings, progress=progress)
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
        ledger=tuple(row for log in logs for row in log.ledger),
        usage=RunUsage(extract=logs[0].usage, pair=logs[1].usage, classify=logs[2].usage),
        provenance=_provenance(llm, logs),
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
    prompts = tuple(prompt for log in logs for prompt in log.prompts)
    names = dict.fromkeys((prompt.name, prompt.version) for prompt in prompts)
    return Provenance(
        claimcompare=version("claimcompare"),
        model=llm.model,
        endpoint=llm.base_url or ("embedded" if llm.is_local else "default"),
        prompts=tuple(
            PromptUse(
                name=name,
                version=edition,
                filled=tuple(prompt.sha256 for prompt in prompts if prompt.name == name),
            )
            for name, edition in names
        ),
    )
