"""Who claims what in the news, who denies it, and on what words."""

from claimcompare.articles import ReadSettings
from claimcompare.dry_run import Estimate, estimate
from claimcompare.errors import (
    ArticleError,
    BudgetExceeded,
    ClaimCompareError,
    GoldError,
    LLMError,
    LLMOutputError,
    LLMUnavailable,
    PromptError,
    RecordingError,
)
from claimcompare.llm import LLM, CallEvent, LLMSettings, Prices
from claimcompare.pipeline import acompare, compare
from claimcompare.schema import (
    Article,
    Assertion,
    Claim,
    Comparison,
    Copy,
    Dispute,
    LedgerRow,
    OpposingPair,
    Proposition,
    Sentence,
    Span,
    Stance,
)
from claimcompare.sources import read_articles
from claimcompare.stages import (
    CompareSettings,
    aclassify,
    aextract,
    aextract_each,
    apair,
    classify,
    extract,
    extract_each,
    pair,
)
from claimcompare.usage import RunUsage, Usage

__all__ = [
    "LLM",
    "Article",
    "ArticleError",
    "Assertion",
    "BudgetExceeded",
    "CallEvent",
    "Claim",
    "ClaimCompareError",
    "CompareSettings",
    "Comparison",
    "Copy",
    "Dispute",
    "Estimate",
    "GoldError",
    "LLMError",
    "LLMOutputError",
    "LLMSettings",
    "LLMUnavailable",
    "LedgerRow",
    "OpposingPair",
    "Prices",
    "PromptError",
    "Proposition",
    "ReadSettings",
    "RecordingError",
    "RunUsage",
    "Sentence",
    "Span",
    "Stance",
    "Usage",
    "aclassify",
    "acompare",
    "aextract",
    "aextract_each",
    "apair",
    "classify",
    "compare",
    "estimate",
    "extract",
    "extract_each",
    "pair",
    "read_articles",
]
