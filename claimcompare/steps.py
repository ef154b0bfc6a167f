"""The later steps of a comparison by themselves: claims become propositions, these disputes."""

from collections.abc import Sequence

from claimcompare.choice import model, parts_for
from claimcompare.llm import LLM
from claimcompare.schema import Dispute, Proposition
from claimcompare.stages import (
    CompareSettings,
    Event,
    Pairing,
    Placements,
    Progress,
    aside,
    check_event,
    disputes,
    shown,
)


async def apair(
    event: Event,
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | bool | None = None,
) -> Pairing:
    """Like `pair`, to be awaited."""
    check_event(event)
    with shown(progress) as told:
        return await (await parts_for(llm, settings, told)).pairer.pair(event)


def pair(
    event: Event,
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | bool | None = None,
) -> Pairing:
    """The propositions on which an event's claims oppose each other, the most contested first.

    An answer that cannot be used becomes a failed row of the log's ledger.

    Args:
        event: Claims, and as far as known their articles and speakers; ids differ.
        llm: The model that pairs.
        settings: How the stages work, such as `claims_per_call`.
        progress: True for a bar, or a function, as for `compare`.

    Raises PromptError, RecordingError, and ClaimCompareError where ids of the event repeat.
    """
    with shown(progress) as told:
        return model(llm).run(apair(event, llm=llm, settings=settings, progress=told))


async def aplace(
    propositions: Sequence[Proposition],
    event: Event,
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | bool | None = None,
) -> Placements:
    """Where the claims of each proposition stand on it, whether or not that makes a dispute.

    A claim that gets no usable answer becomes a failed row of the ledger. Parameters and errors
    are those of `classify`.
    """
    propositions = tuple(propositions)
    check_event(event, propositions)
    with shown(progress) as told:
        parts = await parts_for(llm, settings, told)
        return await parts.judge.judge(event, propositions)


async def aclassify(
    propositions: Sequence[Proposition],
    event: Event,
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | bool | None = None,
) -> tuple[Dispute, ...]:
    """Like `classify`, to be awaited."""
    propositions = tuple(propositions)
    placed = await aplace(propositions, event, llm=llm, settings=settings, progress=progress)
    return (await aside(disputes, event, propositions, placed.assertions)).found


def classify(
    propositions: Sequence[Proposition],
    event: Event,
    *,
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | bool | None = None,
) -> tuple[Dispute, ...]:
    """A dispute for each proposition that has both sides, or that somebody took back.

    Args:
        propositions: Each with the ids of the claims to hold against it, as `pair` gives them.
        event: Those claims, and as far as known their articles and speakers.
        llm: The model that says where claims stand, without knowing what `pair` made of them.
        settings: How the stages work, such as `abstain_below`, a probability from 0 to 1.
        progress: True for a bar, or a function, as for `compare`.

    Raises PromptError, RecordingError, and ClaimCompareError where a proposition is about a claim
    that is not the event's, or ids of that repeat.
    """
    with shown(progress) as told:
        work = aclassify(propositions, event, llm=llm, settings=settings, progress=told)
        return model(llm).run(work)
