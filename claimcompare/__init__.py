"""Who claims what in the news, who denies it, and on what words."""

from claimcompare.errors import (
    ArticleError,
    ClaimCompareError,
    LLMError,
    LLMOutputError,
    LLMUnavailable,
    PromptError,
    RecordingError,
)
from claimcompare.llm import LLM, LLMSettings
from claimcompare.pipeline import acompare, compare
from claimcompare.schema import (
    Article,
    Assertion,
    Claim,
    Comparison,
    Dispute,
    LedgerRow,
    OpposingPair,
    Proposition,
    Sentence,
    Span,
    Stance,
)
from claimcompare.stages import (
    CompareSettings,
    aclassify,
    aextract,
    apair,
    classify,
    extract,
    pair,
)
from claimcompare.usage import Usage

__all__ = [
    "LLM",
    "Article",
    "ArticleError",
    "Assertion",
    "Claim",
    "ClaimCompareError",
    "CompareSettings",
    "Comparison",
    "Dispute",
    "LLMError",
    "LLMOutputError",
    "LLMSettings",
    "LLMUnavailable",
    "LedgerRow",
    "OpposingPair",
    "PromptError",
    "Proposition",
    "RecordingError",
    "Sentence",
    "Span",
    "Stance",
    "Usage",
    "aclassify",
    "acompare",
    "aextract",
    "apair",
    "classify",
    "compare",
    "extract",
    "pair",
]
