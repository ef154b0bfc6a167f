"""The records that travel between the stages."""

from claimcompare.schema.articles import Article, Copy, Passage, Sentence
from claimcompare.schema.changes import ChangedPosition, Changes, Gone, NewVoice
from claimcompare.schema.claims import Claim, ClaimKind, Doubt, DoubtKind, Speaker
from claimcompare.schema.comparison import (
    Comparison,
    LedgerRow,
    Outcome,
    Prompt,
    PromptUse,
    Provenance,
    StageName,
    prompt_hash,
)
from claimcompare.schema.disputes import (
    Agreement,
    Assertion,
    Dispute,
    OpposingPair,
    OppositionKind,
    Probabilities,
    Proposition,
    Stance,
    Withdrawal,
)
from claimcompare.schema.records import Record, Span, stretches
from claimcompare.schema.review import Mark, Review

__all__ = [
    "Agreement",
    "Article",
    "Assertion",
    "ChangedPosition",
    "Changes",
    "Claim",
    "ClaimKind",
    "Comparison",
    "Copy",
    "Dispute",
    "Doubt",
    "DoubtKind",
    "Gone",
    "LedgerRow",
    "Mark",
    "NewVoice",
    "OpposingPair",
    "OppositionKind",
    "Outcome",
    "Passage",
    "Probabilities",
    "Prompt",
    "PromptUse",
    "Proposition",
    "Provenance",
    "Record",
    "Review",
    "Sentence",
    "Span",
    "Speaker",
    "StageName",
    "Stance",
    "Withdrawal",
    "prompt_hash",
    "stretches",
]
