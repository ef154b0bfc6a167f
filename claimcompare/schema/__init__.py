"""The records that travel between the stages."""

from claimcompare.schema.articles import Article, Copy, Sentence
from claimcompare.schema.comparison import (
    Comparison,
    LedgerRow,
    Outcome,
    Prompt,
    PromptUse,
    Provenance,
    StageName,
)
from claimcompare.schema.disputes import (
    Assertion,
    Claim,
    Dispute,
    OpposingPair,
    OppositionKind,
    Probabilities,
    Proposition,
    Stance,
)
from claimcompare.schema.records import Record, Span

__all__ = [
    "Article",
    "Assertion",
    "Claim",
    "Comparison",
    "Copy",
    "Dispute",
    "LedgerRow",
    "OpposingPair",
    "OppositionKind",
    "Outcome",
    "Probabilities",
    "Prompt",
    "PromptUse",
    "Proposition",
    "Provenance",
    "Record",
    "Sentence",
    "Span",
    "StageName",
    "Stance",
]
