"""What a comparison will take, before anything is sent."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from claimcompare.articles import Articles, articles_of, sentences
from claimcompare.errors import PluginError
from claimcompare.llm import LLM
from claimcompare.plugins import called
from claimcompare.schema import Article, Comparison, Record
from claimcompare.stages import CompareSettings, Repeats, distinct, find_repeats
from claimcompare.stages.arrivals import arrivals
from claimcompare.stages.estimates import ReadingStages
from claimcompare.stages.standing import unanswered
from claimcompare.usage import RunUsage, Usage


class Estimate(Record):
    """What is to be read, and the calls, tokens and cost that it is expected to take.

    Articles, sentences and the calls of extraction are counted; its prompt tokens are a third of
    their bytes. All else follows from how many claims, names and disputes there are in news on
    average. Of the articles, `copies` repeat another; what they repeat takes no call and is not
    counted.
    """

    articles: int
    sentences: int
    usage: RunUsage
    copies: int = 0


class _Stages(Protocol):
    """What the stages of a kind of model take; claims are those of all articles."""

    claims_per_sentence: float

    def reading(self, article: Article, known: frozenset[int]) -> Usage:
        """To read an article, but for sentences that are known from another."""

    def naming(self, claims: int) -> Usage:
        """To tell which names are one speaker's."""

    def pairing(self, claims: int, articles: Sequence[Article]) -> Usage:
        """To find what is in dispute between the articles."""

    def joining(self, disputes: int) -> Usage:
        """To find which new disputes are those of before."""

    def judging(self, claims: int) -> Usage:
        """To tell where claims stand."""


class _Run(NamedTuple):
    llm: LLM
    judge: LLM
    settings: CompareSettings
    stages: _Stages
    judging: _Stages


class _Before(NamedTuple):
    """What is there of a comparison that is to be updated."""

    articles: Sequence[Article] = ()
    claims: int = 0
    disputes: int = 0


class _Counted(NamedTuple):
    articles: int = 0
    sentences: int = 0
    usage: Usage = Usage()


def estimate(
    articles: Articles,
    *,
    llm: LLM,
    judge: LLM | None = None,
    settings: CompareSettings | None = None,
) -> Estimate:
    """What `compare` would take; asks no model, and reads the articles that paths and URLs name.

    Args:
        articles: Articles, or what `read_articles` takes, as for `compare`.
        llm: The model that would read.
        judge: The model that would say where claims stand; else `llm`.
        settings: How the stages would work.

    Raises ArticleError (an article cannot be read) and PromptError.
    """
    return estimate_groups([articles_of(articles)], llm=llm, judge=judge, settings=settings)


def estimate_groups(
    groups: Iterable[Iterable[Article]],
    *,
    llm: LLM,
    judge: LLM | None = None,
    settings: CompareSettings | None = None,
) -> Estimate:
    """What `compare` would take for each of any number of groups of articles, summed up."""
    run = _run(llm, judge, settings)
    total = Estimate(articles=0, sentences=0, usage=RunUsage())
    for group in groups:
        total = _together(total, _of_group(tuple(group), run, _Before()))
    return total


def estimate_update(
    comparison: Comparison,
    articles: Iterable[Article],
    *,
    llm: LLM,
    judge: LLM | None = None,
    settings: CompareSettings | None = None,
) -> Estimate:
    """What `update` would take; like `estimate`.

    Only articles that are new, or changed, are read. What comes after that is counted as if the
    claims of before were new, too, which is more than it takes where there are many.
    """
    run, given = _run(llm, judge, settings), list(articles)
    new = arrivals(comparison, distinct(given) if given else ())
    if not new.articles and not unanswered(comparison.ledger):
        return Estimate(articles=0, sentences=0, usage=RunUsage())
    articles_left = [one for one in comparison.articles if one.id not in new.again]
    claims_left = sum(one.article_id not in new.again for one in comparison.claims)
    before = _Before(articles_left, claims_left, len(comparison.disputes))
    return _of_group(new.articles, run, before)


def _run(llm: LLM, judge: LLM | None, settings: CompareSettings | None) -> _Run:
    settings = _with_our_parts(settings)
    stages = _stages_of(llm, settings)
    return _Run(
        llm, judge or llm, settings, stages, _stages_of(judge, settings) if judge else stages
    )


def _of_group(given: Sequence[Article], run: _Run, before: _Before) -> Estimate:
    """What articles take, beside what was there before."""
    repeats = find_repeats(given, run.settings.segmenter, before=before.articles)
    read = _counted(given, repeats, run.stages, run.settings)
    claims = before.claims + math.ceil(run.stages.claims_per_sentence * read.sentences)
    pairing = run.stages.pairing(claims, (*before.articles, *given))
    if before.disputes:
        pairing += run.stages.joining(before.disputes)
    usage = RunUsage(
        extract=_priced(read.usage, run.llm),
        speakers=_priced(run.stages.naming(claims), run.llm),
        pair=_priced(pairing, run.llm),
        classify=_priced(run.judging.judging(claims), run.judge),
    )
    return Estimate(
        articles=read.articles,
        sentences=read.sentences,
        usage=usage,
        copies=len(repeats.copies),
    )


def _together(one: Estimate, other: Estimate) -> Estimate:
    return Estimate(
        articles=one.articles + other.articles,
        sentences=one.sentences + other.sentences,
        usage=one.usage + other.usage,
        copies=one.copies + other.copies,
    )


def estimate_each(
    articles: Iterable[Article], *, llm: LLM, settings: CompareSettings | None = None
) -> Estimate:
    """What `extract_each` would take, which reads each article for itself; like `estimate`."""
    settings = _with_our_parts(settings)
    read = _counted(articles, Repeats(), _stages_of(llm, settings), settings)
    usage = RunUsage(extract=_priced(read.usage, llm))
    return Estimate(articles=read.articles, sentences=read.sentences, usage=usage)


def _with_our_parts(settings: CompareSettings | None) -> CompareSettings:
    """The settings; raises PluginError where others do the stages, whose calls nobody knows."""
    parts = settings and settings.parts
    if parts:
        name = called(parts)
        raise PluginError(f"what the parts {name!r} would take is not known beforehand", name=name)
    return settings or CompareSettings()


def _stages_of(llm: LLM, settings: CompareSettings) -> _Stages:
    if llm.seems_small:
        from claimcompare.small.estimates import SmallStages

        return SmallStages(settings)
    return ReadingStages(settings)


def _counted(
    articles: Iterable[Article], repeats: Repeats, stages: _Stages, settings: CompareSettings
) -> _Counted:
    total = _Counted()
    for article in articles:
        known = repeats.known_in(article)
        total = _Counted(
            total.articles + 1,
            total.sentences + len(sentences(article, segmenter=settings.segmenter)) - len(known),
            total.usage + stages.reading(article, known),
        )
    return total


def _priced(usage: Usage, llm: LLM) -> Usage:
    return usage.model_copy(update={"cost": llm.cost(usage)})
