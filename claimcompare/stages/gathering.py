"""What was found in the chunks of an article becomes its claims."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from claimcompare.schema import Article, Claim, Span
from claimcompare.stages.names import fullest
from claimcompare.stages.statements import Checked


class Finding(NamedTuple):
    """What was found in one chunk; of one that is apart, nothing may change other claims."""

    found: Sequence[Checked]
    apart: bool


def gathered(article: Article, findings: Iterable[Finding]) -> tuple[Claim, ...]:
    """The claims in their order, under their speakers' fullest names.

    What one speaker says several times in the same words is one claim with several spans.
    """
    findings = tuple(findings)
    speakers = frozenset(
        checked.speaker
        for finding in findings
        for checked in finding.found
        if checked.speaker and not finding.apart
    )
    claims: dict[tuple[object, ...], Claim] = {}
    found = ((checked, finding.apart) for finding in findings for checked in finding.found)
    for checked, apart in sorted(found, key=lambda one: one[0].evidence.start):
        claim = _claim(article, checked, frozenset() if apart else speakers)
        key = (claim.speaker, claim.via, claim.text, apart)
        known = claims.get(key)
        claims[key] = _with_evidence(known, claim) if known else claim
    return tuple(
        claim.model_copy(update={"id": f"{article.id}:{number}"})
        for number, claim in enumerate(claims.values(), start=1)
    )


def _with_evidence(known: Claim, again: Claim) -> Claim:
    more = tuple(span for span in again.evidence if span not in known.evidence)
    return known.model_copy(update={"evidence": known.evidence + more})


def _claim(article: Article, checked: Checked, speakers: frozenset[str]) -> Claim:
    start, end = checked.evidence.start, checked.evidence.end
    return Claim(
        id=article.id,
        article_id=article.id,
        speaker=fullest(checked.speaker, speakers) if checked.speaker else None,
        mention=checked.mention,
        via=checked.via,
        cue=checked.cue,
        text=checked.text,
        evidence=(Span(start=start, end=end, text=article.text[start:end]),),
    )
