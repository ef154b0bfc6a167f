"""Who is said to say what, sentence by sentence."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from claimcompare.evaluation.gold import AttributionItem
from claimcompare.evaluation.metrics.rates import counted, share, together
from claimcompare.evaluation.metrics.sentences import Offsets, holding, sentence_offsets
from claimcompare.evaluation.metrics.speakers import same_speaker
from claimcompare.evaluation.outcomes import AttributionOutcome, Counts, Part
from claimcompare.evaluation.statistics import Metrics, Scorer
from claimcompare.schema import Span

Speakers = dict[int, list[str | None]]


class Attributed(Protocol):
    """A claim, or gold."""

    @property
    def speaker(self) -> str | None:
        """Who says it."""

    @property
    def evidence(self) -> tuple[Span, ...]:
        """On which words."""


def attribution_outcome(
    item: AttributionItem,
    predicted: Sequence[Attributed],
    *,
    failed: int = 0,
    reason: str | None = None,
) -> AttributionOutcome:
    """How the sentences of an article, and who is quoted in them, stand to gold.

    An attribution counts in every sentence that holds most of one of its spans, once for each
    speaker. What is predicted in the article's own voice is no attribution. In a sentence the
    gold speakers, in their order, each take the first predicted one left that may be the same.
    Of gold speakers in sentences that were found, those so matched are right. An item of which
    a call failed has failed, and what was found without it counts; where gold has nothing to be
    missed, one sentence and one speaker are, so that failing never pays.
    """
    sentences = sentence_offsets(item.article.text)
    gold = _speakers(item.attributions, sentences)
    found = _speakers((one for one in predicted if one.speaker is not None), sentences)
    pairs = _pairs(gold, found)
    missed = 1 if failed and not gold else 0
    return AttributionOutcome(
        id=item.id,
        document=item.document,
        status="failed" if failed else "answered",
        reason=reason,
        sentences=Counts.of(
            gold=len(gold) + missed, found=len(found), right=len(gold.keys() & found.keys())
        ),
        pairs=pairs.model_copy(update={"missed": pairs.missed + missed}),
        speakers_right=pairs.right,
        speakers_asked=sum(len(gold[at]) for at in gold.keys() & found.keys()),
        failed=failed,
        parts=tuple(_differing(item.article.text, sentences, gold, found)),
    )


def _differing(
    text: str, sentences: Sequence[Offsets], gold: Speakers, found: Speakers
) -> Iterator[Part]:
    """The sentences whose speakers are not those of gold."""
    for at in sorted(gold.keys() | found.keys()):
        wanted, named = gold.get(at, []), found.get(at, [])
        if not len(wanted) == len(named) == _matched(wanted, named):
            start, end = sentences[at]
            yield Part(
                kind="sentence", text=text[start:end], gold=_named(wanted), found=_named(named)
            )


def _named(speakers: Sequence[str | None]) -> str | None:
    """The speakers in a line; gold may leave open who it is."""
    return "; ".join(one or "somebody" for one in speakers) or None


def _speakers(attributions: Iterable[Attributed], sentences: Sequence[Offsets]) -> Speakers:
    """The different speakers of each sentence that has any, in their order."""
    speakers: Speakers = {}
    held = (
        (holding(sentences, span), one.speaker) for one in attributions for span in one.evidence
    )
    for at, speaker in dict.fromkeys(held):
        if at is not None:
            speakers.setdefault(at, []).append(speaker)
    return speakers


def _pairs(gold: Speakers, found: Speakers) -> Counts:
    return Counts.of(
        gold=sum(map(len, gold.values())),
        found=sum(map(len, found.values())),
        right=sum(_matched(gold[at], found[at]) for at in gold.keys() & found.keys()),
    )


def _matched(gold: list[str | None], found: list[str | None]) -> int:
    """How many gold speakers find one among those left by the speakers before them."""
    left = list(found)
    for speaker in gold:
        match = next((at for at, one in enumerate(left) if same_speaker(speaker, one)), None)
        if match is not None:
            left.pop(match)
    return len(found) - len(left)


def _scorer(outcomes: Sequence[AttributionOutcome]) -> Scorer:
    return together(
        counted("sentence_", [one.sentences for one in outcomes]),
        counted("speaker_", [one.pairs for one in outcomes]),
        share(
            "speaker_accuracy",
            (one.speakers_right for one in outcomes),
            (one.speakers_asked for one in outcomes),
        ),
    )


ATTRIBUTION = Metrics(headline="speaker_f1", scorer=_scorer)
