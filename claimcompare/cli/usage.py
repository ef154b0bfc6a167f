"""What a run took, in lines."""

from collections.abc import Iterator

from claimcompare import LLM, RunUsage, Usage
from claimcompare.dry_run import Estimate
from claimcompare.stages import Extraction

_STAGES = ("extract", "speakers", "pair", "classify")


def usage_lines(used: RunUsage, now: Usage, *, in_detail: bool) -> Iterator[str]:
    """The total and what of it was paid now; in detail by stage and by article."""
    yield from total_lines(used.total, now)
    if in_detail:
        yield from stage_lines(used)
        for article_id, usage in used.extract_by_article.items():
            yield f"  extract, {article_id}: {in_words(usage)}"


def stage_lines(used: RunUsage) -> Iterator[str]:
    """What each stage took."""
    for stage in _STAGES:
        yield f"  {stage}: {in_words(getattr(used, stage))}"


def spent(llm: LLM, judge: LLM | None) -> Usage:
    """What both models were paid for."""
    return llm.spent + judge.spent if judge else llm.spent


def total_lines(total: Usage, now: Usage) -> Iterator[str]:
    """The total, and what of it was paid now."""
    yield f"used: {in_words(total)}"
    if now.calls < total.calls:
        kept = total.calls - now.calls
        yield f"of these, {kept:,} answers were known; paid now: {in_words(now)}"


def used_also(used: RunUsage, extraction: Extraction, *, by_article: bool) -> RunUsage:
    """The usage with that of one more extraction; by article only if that is asked for."""
    more = extraction.usage_by_article if by_article else {}
    return RunUsage(
        extract=used.extract + extraction.log.usage,
        extract_by_article={**used.extract_by_article, **more},
    )


def estimate_lines(estimate: Estimate) -> Iterator[str]:
    """An estimate by stage."""
    copies = f" ({estimate.copies:,} repeating others)" if estimate.copies else ""
    yield f"articles: {estimate.articles:,}{copies}; sentences: {estimate.sentences:,}"
    for stage in _STAGES:
        used = getattr(estimate.usage, stage)
        if used.calls or stage == "extract":
            yield f"  {stage}: about {in_words(used)}"
    yield f"about {in_words(estimate.usage.total)}, if no answer is known yet"


def in_words(usage: Usage) -> str:
    """Calls, tokens and cost."""
    cached = f" ({usage.cached_tokens:,} cached)" if usage.cached_tokens else ""
    cost = "no price known" if usage.cost is None else f"${usage.cost:.4f}"
    return (
        f"{usage.calls:,} calls, {usage.prompt_tokens:,} prompt tokens{cached}, "
        f"{usage.completion_tokens:,} completion tokens, {cost}"
    )
