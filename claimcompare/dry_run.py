"""What a comparison will take, before anything is sent."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from claimcompare.llm import LLM
from claimcompare.llm.tokens import estimated_tokens
from claimcompare.prompts import PromptName, load_prompt
from claimcompare.schema import Article, Record
from claimcompare.stages import CompareSettings, Repeats, find_repeats
from claimcompare.stages.chunks import chunks
from claimcompare.stages.judging_together import BALLOTS
from claimcompare.stages.pair import CLAIMS_FOR_MANY, CLAIMS_FOR_ONE
from claimcompare.usage import RunUsage, Usage

# As found in 105 sentences of news, read by the embedded model.
_CLAIMS_PER_SENTENCE = 0.8
_OBJECTIONS_PER_CLAIM = 0.25
_PROPOSITIONS_PER_CLAIM = 0.1
_TOKENS_TO_READ_A_CLAIM = 35
_TOKENS_TO_WRITE_A_CLAIM = 65
_TOKENS_TO_WRITE_A_LEAN_CLAIM = 25
_TOKENS_TO_WRITE_A_DISPUTE = 40
_TOKENS_TO_WRITE_A_STANCE = 5


class Estimate(Record):
    """What is to be read, and the calls, tokens and cost that it is expected to take.

    Articles, sentences and the calls of extraction are counted; its prompt tokens are a third of
    their bytes. All else follows from how many claims and disputes there are in news on average,
    but that a small model writes only of the passages that it is asked about. Of the articles,
    `copies` repeat another; what they repeat takes no call and is not counted.
    """

    articles: int
    sentences: int
    usage: RunUsage
    copies: int = 0


class _Counted(NamedTuple):
    articles: int
    sentences: int
    calls: int
    tokens: int
    asked: int


def estimate(
    articles: Iterable[Article], *, llm: LLM, settings: CompareSettings | None = None
) -> Estimate:
    """What `compare` would take with these articles; contacts nobody. Raises PromptError."""
    settings = settings or CompareSettings()
    given, small = tuple(articles), llm.seems_small
    repeats = find_repeats(given, settings.segmenter)
    read = _counted(given, repeats, settings, small=small)
    claims = math.ceil(_CLAIMS_PER_SENTENCE * read.sentences)
    usage = RunUsage(
        extract=_priced(_extracting(read, settings, small=small), llm),
        pair=_priced(_pairing(claims, settings, small=small), llm),
        classify=_priced(_classifying(claims, settings, small=small), llm),
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
    settings = settings or CompareSettings()
    read = _counted(articles, Repeats(), settings, small=llm.seems_small)
    extracting = _priced(_extracting(read, settings, small=llm.seems_small), llm)
    return Estimate(
        articles=read.articles, sentences=read.sentences, usage=RunUsage(extract=extracting)
    )


def _counted(
    articles: Iterable[Article], repeats: Repeats, settings: CompareSettings, *, small: bool
) -> _Counted:
    prompt = load_prompt("extract", settings.prompts)
    lean, size = settings.is_lean(small=small), settings.sentences_at_once(small=small)
    total = _Counted(0, 0, 0, 0, 0)
    for article in articles:
        known = repeats.known_in(article)
        every = list(chunks(article, size, settings.segmenter, known))
        parts = [(part, asked) for part in every if (asked := len(part.asked(lean=lean)))]
        filled = [prompt.fill(**part.values(), worded=not lean) for part, _ in parts]
        total = _Counted(
            total.articles + 1,
            total.sentences + sum(len(part.sentences) for part in every) - len(known),
            total.calls + len(parts),
            total.tokens + sum(estimated_tokens(one.system + one.user) for one in filled),
            total.asked + sum(asked for _, asked in parts),
        )
    return total


def _priced(usage: Usage, llm: LLM) -> Usage:
    return usage.model_copy(update={"cost": llm.cost(usage)})


def _extracting(read: _Counted, settings: CompareSettings, *, small: bool) -> Usage:
    written = math.ceil(_CLAIMS_PER_SENTENCE * read.sentences) * _TOKENS_TO_WRITE_A_CLAIM
    if settings.is_lean(small=small):
        written = read.asked * _TOKENS_TO_WRITE_A_LEAN_CLAIM
    return Usage(calls=read.calls, prompt_tokens=read.tokens, completion_tokens=written)


def _pairing(claims: int, settings: CompareSettings, *, small: bool) -> Usage:
    at_once = settings.statements_at_once(small=small)
    objections = math.ceil(_OBJECTIONS_PER_CLAIM * claims)
    calls = objections if at_once == 1 else math.ceil(claims / at_once)
    others = CLAIMS_FOR_ONE if at_once == 1 else CLAIMS_FOR_MANY
    rows = min(claims, at_once + others) * _TOKENS_TO_READ_A_CLAIM
    return Usage(
        calls=calls,
        prompt_tokens=calls * (_static_tokens("pair", settings) + rows),
        completion_tokens=objections * _TOKENS_TO_WRITE_A_DISPUTE,
    )


def _classifying(claims: int, settings: CompareSettings, *, small: bool) -> Usage:
    propositions = math.ceil(_PROPOSITIONS_PER_CLAIM * claims)
    placed = min(claims, settings.claims_placed(small=small))
    if settings.judges_each(small=small):
        calls = propositions * placed
        read = _static_tokens("classify", settings) + 2 * _TOKENS_TO_READ_A_CLAIM
        return Usage(calls=calls, prompt_tokens=calls * read, completion_tokens=calls)
    calls = BALLOTS * propositions
    read = _static_tokens("classify_together", settings) + (1 + placed) * _TOKENS_TO_READ_A_CLAIM
    written = calls * placed * _TOKENS_TO_WRITE_A_STANCE
    return Usage(calls=calls, prompt_tokens=calls * read, completion_tokens=written)


def _static_tokens(name: PromptName, settings: CompareSettings) -> int:
    return estimated_tokens(load_prompt(name, settings.prompts).system)
