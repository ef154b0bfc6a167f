"""Who claims what in the news, who denies it, and on what words."""

from typing import TYPE_CHECKING

from claimcompare.articles import ReadSettings, iter_articles, read_article, read_articles
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
from claimcompare.pipeline import (
    acompare,
    aextract,
    aextract_each,
    compare,
    extract,
    extract_each,
)
from claimcompare.schema import (
    Agreement,
    Article,
    Assertion,
    Claim,
    Comparison,
    Copy,
    Dispute,
    Doubt,
    LedgerRow,
    Mark,
    OpposingPair,
    Probabilities,
    Proposition,
    Provenance,
    Review,
    Sentence,
    Span,
    Speaker,
    Stance,
    Withdrawal,
)
from claimcompare.stages import (
    CompareSettings,
    Event,
    Extraction,
    Judge,
    Pairer,
    Pairing,
    Reader,
    Resolver,
)
from claimcompare.stages.review import reviewed
from claimcompare.steps import aclassify, apair, classify, pair
from claimcompare.usage import RunUsage, Usage

__all__ = [
    "LLM",
    "Agreement",
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
    "Doubt",
    "Estimate",
    "Event",
    "Extraction",
    "GoldError",
    "Judge",
    "LLMError",
    "LLMOutputError",
    "LLMSettings",
    "LLMUnavailable",
    "LedgerRow",
    "Mark",
    "OpposingPair",
    "Pairer",
    "Pairing",
    "Prices",
    "Probabilities",
    "PromptError",
    "Proposition",
    "Provenance",
    "ReadSettings",
    "Reader",
    "RecordingError",
    "Resolver",
    "Review",
    "RunUsage",
    "Sentence",
    "Span",
    "Speaker",
    "Stance",
    "Usage",
    "Withdrawal",
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
    "iter_articles",
    "pair",
    "read_article",
    "read_articles",
    "reviewed",
]

if TYPE_CHECKING:
    __version__: str
else:

    def __getattr__(name: str) -> str:
        """The installed version, looked up when it is asked for."""
        if name != "__version__":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib.metadata import version

        return version(__name__)
