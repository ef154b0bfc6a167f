"""A made-up event of one article, its gold, and what may be found in it."""

from claimcompare import Article, Assertion, Claim, Comparison, Dispute, LedgerRow, OpposingPair
from claimcompare.evaluation.gold import (
    ComparisonItem,
    GoldAssertion,
    GoldClaim,
    GoldDispute,
)
from claimcompare.evaluation.metrics import comparison_outcome
from claimcompare.evaluation.outcomes import Counts
from claimcompare.schema import Provenance, Span, Stance
from claimcompare.usage import RunUsage

LINES = (
    "Quill said the weir broke.",
    "Strand denied it.",
    "Bray said it held.",
    "Quill said rain fell.",
    "The market is closed.",
)
TEXT = "\n".join(LINES)
ARTICLE = Article(id="tarn", text=TEXT)
SPEAKERS = ("Ines Quill", "Milo Strand", "Bray", "Ines Quill", None)
Stances = dict[str, Stance]
FIRST: Stances = {"0": "support", "1": "denial", "2": "denial", "3": "context"}
SECOND: Stances = {"3": "support", "4": "denial"}


def span(line: int) -> Span:
    start = TEXT.index(LINES[line])
    return Span(start=start, end=start + len(LINES[line]), text=LINES[line])


def gold(*disputes: Stances) -> ComparisonItem:
    return ComparisonItem(
        id="weir",
        document="weir",
        articles=(ARTICLE,),
        claims=tuple(
            GoldClaim(
                id=str(line),
                article_id="tarn",
                speaker=speaker,
                text=LINES[line],
                evidence=(span(line),),
            )
            for line, speaker in enumerate(SPEAKERS)
        ),
        disputes=tuple(
            GoldDispute(
                proposition="The weir broke.",
                assertions=tuple(
                    GoldAssertion(claim_id=claim, stance=stance) for claim, stance in one.items()
                ),
            )
            for one in disputes
        ),
    )


def claim(name: str, line: int, speaker: str | None, **others: str) -> Claim:
    made = {"article_id": "tarn", "text": LINES[line]} | others
    return Claim(id=name, speaker=speaker, evidence=(span(line),), **made)


ALL = tuple(claim(str(line), line, speaker) for line, speaker in enumerate(SPEAKERS))


def dispute(stances: dict[str, Stance | None]) -> Dispute:
    sides = {side: [one for one in stances if stances[one] == side] for side in stances.values()}
    return Dispute(
        proposition="The weir held.",
        assertions=tuple(
            Assertion(claim_id=name, stance=stance) for name, stance in stances.items()
        ),
        pairs=tuple(
            OpposingPair(support=one, denial=other, kind="denied")
            for one in sides.get("support", ())
            for other in sides.get("denial", ())
        ),
    )


def found(
    claims: tuple[Claim, ...], *disputes: Dispute, ledger: tuple[LedgerRow, ...] = ()
) -> Comparison:
    return Comparison(
        articles=(ARTICLE,),
        claims=claims,
        disputes=disputes,
        ledger=ledger,
        usage=RunUsage(),
        provenance=Provenance(claimcompare="0", model="m", endpoint="e", prompts=()),
    )


def claims_found(*claims: Claim) -> Counts:
    return comparison_outcome(gold(), found(claims)).claims
