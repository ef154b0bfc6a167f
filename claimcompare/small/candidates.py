"""Which claims a statement may contradict: the nearest to it, cheap and without a model."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from claimcompare.schema import Claim
from claimcompare.small.counts import Counted, counted, differ
from claimcompare.small.judging import Question
from claimcompare.small.lexicon import is_english
from claimcompare.small.objections import rejects, withdraws
from claimcompare.small.words import stems
from claimcompare.stages.disputes import voice_of
from claimcompare.stages.nearness import Nearness
from claimcompare.stages.protocols import Event

# Where no words tell, each claim is held against so many.
TARGETS = 2
# Nearer ones are looked through for claims that it may contradict.
_WITHIN = 40


class Read(NamedTuple):
    """A claim, and what its words alone tell where they are English."""

    claim: Claim
    english: bool
    rejects: bool
    withdraws: bool
    counted: Counted | None


class Candidate(NamedTuple):
    """A claim that may contradict another, and whether its words bear that out."""

    claim: Claim
    against: Claim
    english: bool
    borne_out: bool
    withdrawn: bool


def candidates(event: Event) -> list[Candidate]:
    """What English words tell to contradict another claim, and in other languages what is near.

    Who rejects a statement need not repeat it: nearness counts for that, and how early an article
    has a claim, as news puts the main matter first. A model of a billion parameters, asked which
    of two claims is rejected, was right less often.
    """
    read = list(_read(event))
    nearness = Nearness([one.claim.text for one in read])
    early = _early(event.claims)
    first = sorted(read, key=lambda one: -early[one.claim.id])[:_WITHIN]
    found: list[Candidate] = []
    for at, one in enumerate(read):
        others = [read[other] for other in nearness.nearest(one.claim.text, _WITHIN) if other != at]
        if one.rejects or one.withdraws:
            others = _ranked(one.claim, [*others, *first], early)
        found += islice(_opposed(one, others), 1 if one.english else TARGETS)
    return found


def _ranked(claim: Claim, others: Sequence[Read], early: Mapping[str, float]) -> list[Read]:
    """The others, those first of which a claim repeats much, and those that come early."""
    said = stems(claim.text)
    repeated = {}
    for one in others:
        its = stems(one.claim.text)
        repeated[one.claim.id] = len(said & its) / max(1, len(its))
    return sorted(others, key=lambda one: -repeated[one.claim.id] - early[one.claim.id])


def _early(claims: Sequence[Claim]) -> dict[str, float]:
    """From one for the first claim of an article downwards."""
    seen: Counter[str] = Counter()
    weights = {}
    for claim in claims:
        seen[claim.article_id] += 1
        weights[claim.id] = 1 / seen[claim.article_id]
    return weights


def _read(event: Event) -> Iterator[Read]:
    english = {article.id for article in event.articles if is_english(article)}
    for claim in event.claims:
        told = claim.text if claim.article_id in english else ""
        yield Read(claim, bool(told), rejects(told), withdraws(told), counted(told))


def _opposed(one: Read, others: Sequence[Read]) -> Iterator[Candidate]:
    """Those of some claims that a claim may contradict."""
    for other in others:
        same_voice = voice_of(one.claim) == voice_of(other.claim)
        counters = _counters(one, other)
        objects = one.withdraws if same_voice else one.rejects or one.withdraws
        told = one.english and (counters or (objects and not other.rejects))
        may = told if one.english else not same_voice
        if may and one.claim.text != other.claim.text:
            yield Candidate(one.claim, other.claim, one.english, told, same_voice and one.withdraws)


def _counters(one: Read, other: Read) -> bool:
    """Whether a claim gives another number for the same thing, or negates the other's words."""
    if not (one.english and other.english):
        return False
    negates = Question(one.claim, other.claim.text, english=True).own == "denial"
    same_voice = voice_of(one.claim) == voice_of(other.claim)
    return differ(one.counted, other.counted) or (negates and not same_voice)
