"""A comparison as rows: one a claim, one an assertion, one an item of the ledger."""

from collections.abc import Iterator
from typing import Any

from claimcompare.report.outlets import printed_also
from claimcompare.report.voices import full_name
from claimcompare.schema import Agreement, Assertion, Claim, Comparison, Dispute, Probabilities

Row = dict[str, Any]
_CLAIM = (
    *("claim_id", "speaker", "speaker_id", "speaker_name", "mention", "via", "kind", "text"),
    *("doubts", "evidence", "start", "end"),
    *("article_id", "title", "publisher", "published", "url", "printed_also"),
)
CLAIM_COLUMNS = (*_CLAIM, "disputes")
ASSERTION_COLUMNS = (
    *("dispute", "proposition", "stance", "confidence", "support", "denial", "context"),
    *("agreeing", "readings", "withdrawn_by", "reason", "opposes", "opposition", "same_speaker"),
    *_CLAIM,
)
LEDGER_COLUMNS = ("stage", "outcome", "item", "reason", "article_id")


def claim_rows(comparison: Comparison) -> Iterator[Row]:
    """What is known of each claim, of its article, and in which disputes it stands (from 1)."""
    told = _claims_told(comparison)
    places: dict[str, list[int]] = {}
    for number, dispute in enumerate(comparison.disputes, start=1):
        for one in dispute.assertions:
            places.setdefault(one.claim_id, []).append(number)
    for claim in comparison.claims:
        yield told[claim.id] | {"disputes": tuple(places.get(claim.id, ()))}


def assertion_rows(comparison: Comparison) -> Iterator[Row]:
    """Each claim's place in each dispute (numbered from 1), and the ids of what it opposes.

    `opposition` and `same_speaker` say for each of these how, and whether one speaker said both.
    """
    told = _claims_told(comparison)
    for number, dispute in enumerate(comparison.disputes, start=1):
        for one in dispute.assertions:
            place = {"dispute": number, "proposition": dispute.proposition}
            yield place | _placed(one, dispute) | told[one.claim_id]


def ledger_rows(comparison: Comparison) -> Iterator[Row]:
    """What became of each item, and why."""
    for row in comparison.ledger:
        yield row.model_dump()


def _placed(one: Assertion, dispute: Dispute) -> Row:
    opposed = [
        (other, pair.kind, pair.same_speaker)
        for pair in dispute.pairs
        for mine, other in ((pair.support, pair.denial), (pair.denial, pair.support))
        if mine == one.claim_id
    ]
    return {
        "stance": one.stance,
        "confidence": one.confidence,
        **_sureness(one),
        "withdrawn_by": one.withdrawn_by,
        "reason": one.reason,
        "opposes": tuple(other for other, _, _ in opposed),
        "opposition": tuple(kind for _, kind, _ in opposed),
        "same_speaker": tuple(same for _, _, same in opposed),
    }


def _sureness(one: Assertion) -> Row:
    """What was measured or counted of it; a cell is empty where nothing was."""
    unknown = dict.fromkeys((*Probabilities.model_fields, *Agreement.model_fields))
    found = [part.model_dump() for part in (one.probabilities, one.agreement) if part]
    return unknown | {name: value for part in found for name, value in part.items()}


def _claims_told(comparison: Comparison) -> dict[str, Row]:
    articles = {
        one.id: one.model_dump(include={"title", "publisher", "published", "url"})
        for one in comparison.articles
    }
    also = printed_also(comparison)
    return {
        claim.id: {
            **_told(claim),
            "speaker_name": full_name(claim, comparison) or None,
            **articles[claim.article_id],
            "printed_also": also[claim.id],
        }
        for claim in comparison.claims
    }


def _told(claim: Claim) -> Row:
    return {
        "claim_id": claim.id,
        "speaker": claim.speaker,
        "speaker_id": claim.speaker_id,
        "mention": claim.mention and claim.mention.text,
        "via": claim.via,
        "kind": claim.kind,
        "text": claim.text,
        "doubts": tuple(doubt.says for doubt in claim.doubts),
        "evidence": tuple(span.text for span in claim.evidence),
        "start": tuple(span.start for span in claim.evidence),
        "end": tuple(span.end for span in claim.evidence),
        "article_id": claim.article_id,
    }
