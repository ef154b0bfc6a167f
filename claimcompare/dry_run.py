"""What a comparison will take, before anything is sent."""

import json
import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from pydantic import BaseModel

from claimcompare.articles import Articles, articles_of, sentences
from claimcompare.errors import PluginError
from claimcompare.llm import LLM
from claimcompare.llm.tokens import estimated_tokens
from claimcompare.llm.values import schema_of
from claimcompare.plugins import called
from claimcompare.prompts import PromptName, load_prompt
from claimcompare.schema import Article, Record
from claimcompare.stages import CompareSettings, Repeats, find_repeats
from claimcompare.stages.classify import WireStances
from claimcompare.stages.extract import WireClaims
from claimcompare.stages.join import WirePoints
from claimcompare.stages.pair import WireDisputes
from claimcompare.stages.speakers import WireSpeakers
from claimcompare.stages.windows import windows
from claimcompare.usage import RunUsage, Usage

# As found in seven articles of 105 sentences and 113 claims, read by a large model.
_NAMES_PER_CLAIM = 0.25
_DISPUTES_PER_CLAIM = 0.08
_CLAIMS_PER_DISPUTE = 6
_TOKENS_TO_WRITE_A_CLAIM = 65
_TOKENS_TO_READ_A_CLAIM = 40
_TOKENS_TO_READ_ITS_SENTENCE = 53
_TOKENS_TO_READ_A_NAME = 65
_TOKENS_TO_WRITE_A_NAME = 2
_TOKENS_TO_WRITE_A_DISPUTE = 65
_TOKENS_TO_WRITE_ITS_STANCES = 25
_TOKENS_TO_WRITE_A_STANCE = 3
_JUDGED_IN_A_CALL = 60
# As found in made-up stories of 300 to 2,000 claims: how often each is shown, and which part of a
# window is in no other.
_TIMES_SHOWN = 3
_OWN_PART = 0.3


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

    def judging(self, claims: int) -> Usage:
        """To tell where claims stand."""


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
    settings = _with_our_parts(settings)
    given, judge = tuple(articles_of(articles)), judge or llm
    repeats = find_repeats(given, settings.segmenter)
    stages = _stages_of(llm, settings)
    read = _counted(given, repeats, stages, settings)
    claims = math.ceil(stages.claims_per_sentence * read.sentences)
    usage = RunUsage(
        extract=_priced(read.usage, llm),
        speakers=_priced(stages.naming(claims), llm),
        pair=_priced(stages.pairing(claims, given), llm),
        classify=_priced(_stages_of(judge, settings).judging(claims), judge),
    )
    return Estimate(
        articles=read.articles,
        sentences=read.sentences,
        usage=usage,
        copies=len(repeats.copies),
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
    return _ReadingStages(settings)


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


class _ReadingStages:
    """Of models that read: a call for a window of an article or of claims, or for some disputes."""

    claims_per_sentence = 1.1

    def __init__(self, settings: CompareSettings) -> None:
        self._settings = settings

    def reading(self, article: Article, known: frozenset[int]) -> Usage:
        """A call for each window."""
        settings = self._settings
        prompt = load_prompt("extract", settings.prompts)
        total = Usage()
        for window in windows(article, settings.characters_per_call, settings.segmenter, known):
            filled = prompt.fill(**window.values())
            claims = math.ceil(self.claims_per_sentence * len(window.citable))
            total += Usage(
                calls=1,
                prompt_tokens=estimated_tokens(filled.system + filled.user) + _schema(WireClaims),
                completion_tokens=claims * _TOKENS_TO_WRITE_A_CLAIM,
            )
        return total

    def naming(self, claims: int) -> Usage:
        """One call where there are two names."""
        names = math.ceil(_NAMES_PER_CLAIM * claims)
        if names <= 1:
            return Usage()
        return Usage(
            calls=1,
            prompt_tokens=self._static("speakers", WireSpeakers) + names * _TOKENS_TO_READ_A_NAME,
            completion_tokens=names * _TOKENS_TO_WRITE_A_NAME,
        )

    def pairing(self, claims: int, _articles: Sequence[Article]) -> Usage:
        """A call where all claims fit, else one for each window and one to join their disputes."""
        size, disputes = self._settings.claims_per_call, math.ceil(_DISPUTES_PER_CLAIM * claims)
        if claims <= 1:
            return Usage()
        if claims <= size:
            return self._windows(1, claims, disputes)
        calls = math.ceil(claims / (size * _OWN_PART))
        return self._windows(calls, claims * _TIMES_SHOWN, disputes) + Usage(
            calls=1,
            prompt_tokens=self._static("join", WirePoints) + disputes * _TOKENS_TO_READ_A_CLAIM,
            completion_tokens=disputes * _TOKENS_TO_WRITE_A_STANCE,
        )

    def _windows(self, calls: int, shown: int, disputes: int) -> Usage:
        static = self._static("pair", WireDisputes)
        return Usage(
            calls=calls,
            prompt_tokens=calls * static + shown * _TOKENS_TO_READ_A_CLAIM,
            completion_tokens=disputes * _TOKENS_TO_WRITE_A_DISPUTE,
        )

    def judging(self, claims: int) -> Usage:
        """A call for a few disputes, each with the claims that are nearest to it."""
        disputes = math.ceil(_DISPUTES_PER_CLAIM * claims) if claims > 1 else 0
        judged = disputes * min(claims, _CLAIMS_PER_DISPUTE + self._settings.nearest)
        calls = math.ceil(judged / _JUDGED_IN_A_CALL)
        shown = _TOKENS_TO_READ_A_CLAIM + _TOKENS_TO_READ_ITS_SENTENCE
        stances, lists = judged * _TOKENS_TO_WRITE_A_STANCE, disputes * _TOKENS_TO_WRITE_ITS_STANCES
        return Usage(
            calls=calls,
            prompt_tokens=calls * self._static("classify", WireStances) + judged * shown,
            completion_tokens=stances + lists,
        )

    def _static(self, name: PromptName, wire: type[BaseModel]) -> int:
        prompt = load_prompt(name, self._settings.prompts)
        return estimated_tokens(prompt.system) + _schema(wire)


def _schema(wire: type[BaseModel]) -> int:
    """Servers show the schema to the model, and charge for it."""
    return estimated_tokens(json.dumps(schema_of(wire).value))
