"""Who claims what in the news, who denies it, and on what words."""

from typing import TYPE_CHECKING

from claimcompare.articles import ReadFile, ReadSettings, iter_articles, read_article, read_articles
from claimcompare.choice import shipped_parts
from claimcompare.dry_run import Estimate, estimate
from claimcompare.errors import (
    ArticleError,
    BudgetExceeded,
    ClaimCompareError,
    GoldError,
    LLMError,
    LLMOutputError,
    LLMUnavailable,
    PluginError,
    PromptError,
    RecordingError,
)
from claimcompare.llm import (
    LLM,
    Answer,
    CallEvent,
    Choice,
    Decision,
    Decisions,
    LLMSettings,
    MakeStore,
    OnEvent,
    Option,
    Prices,
    Question,
)
from claimcompare.llm.recording import record, replay
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
    Prompt,
    PromptUse,
    Proposition,
    Provenance,
    Record,
    Review,
    Sentence,
    Span,
    Speaker,
    Stance,
    Withdrawal,
)
from claimcompare.schema.review import (
    Place,
    RightSpeaker,
    Seen,
)
from claimcompare.stages import (
    CompareSettings,
    Event,
    Extraction,
    Judge,
    MakeParts,
    Pairer,
    Pairing,
    Parts,
    Placements,
    Progress,
    Reader,
    Reading,
    Resolution,
    Resolver,
    StageLog,
)
from claimcompare.stages.review import reviewed
from claimcompare.steps import aclassify, apair, classify, pair
from claimcompare.usage import RunUsage, Usage

__all__ = [
    "LLM",
    "Agreement",
    "Answer",
    "Article",
    "ArticleError",
    "Assertion",
    "BudgetExceeded",
    "CallEvent",
    "Choice",
    "Claim",
    "ClaimCompareError",
    "CompareSettings",
    "Comparison",
    "Copy",
    "Decision",
    "Decisions",
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
    "MakeParts",
    "MakeStore",
    "Mark",
    "OnEvent",
    "OpposingPair",
    "Option",
    "Pairer",
    "Pairing",
    "Parts",
    "Place",
    "Placements",
    "PluginError",
    "Prices",
    "Probabilities",
    "Progress",
    "Prompt",
    "PromptError",
    "PromptUse",
    "Proposition",
    "Provenance",
    "Question",
    "ReadFile",
    "ReadSettings",
    "Reader",
    "Reading",
    "Record",
    "RecordingError",
    "Resolution",
    "Resolver",
    "Review",
    "RightSpeaker",
    "RunUsage",
    "Seen",
    "Sentence",
    "Span",
    "Speaker",
    "StageLog",
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
    "record",
    "replay",
    "reviewed",
    "shipped_parts",
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
