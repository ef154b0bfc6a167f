"""What stands of a comparison once more articles are in it, and what is still to be asked."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from claimcompare.schema import (
    Assertion,
    Claim,
    Comparison,
    Dispute,
    LedgerRow,
    Proposition,
    Speaker,
    Withdrawal,
)
from claimcompare.stages.disputes import Disputes, disputes
from claimcompare.stages.join import once
from claimcompare.stages.protocols import Event, Pairing

# Stages after reading: a claim that got no answer there is asked about again.
_OF_CLAIMS = ("pair", "classify")


class Standing:
    """The disputes of a comparison as far as their claims are still there."""

    def __init__(self, comparison: Comparison, claims: Sequence[Claim]) -> None:
        self._ids = frozenset(claim.id for claim in claims)
        self._before = {one.proposition: one for one in comparison.disputes}
        self.known = tuple(_proposition(one, self._ids) for one in comparison.disputes)
        self._known = {one.text: one for one in self.known}

    def propositions(self, event: Event, pairing: Pairing) -> tuple[Proposition, ...]:
        """The known propositions and those that are about new claims, the most contested first."""
        found = (
            one
            for one in pairing.propositions
            if one.text in self._known or event.is_new(*one.claim_ids)
        )
        every = once([*self.known, *found])
        return tuple(sorted(every, key=lambda one: -len({*one.supported_by, *one.denied_by})))

    def to_ask(self, propositions: Sequence[Proposition]) -> list[Proposition]:
        """The propositions with the claims that were not judged on them before, if any."""
        asked = (_without(one, self._judged(one)) for one in propositions)
        return [one for one in asked if one.claim_ids]

    def disputes(
        self,
        event: Event,
        propositions: Sequence[Proposition],
        placed: Mapping[str, Sequence[Assertion]],
    ) -> Disputes:
        """The disputes, with what is placed now by proposition; others are as they were."""
        changed = [one for one in propositions if self._is_changed(one, placed)]
        assertions = [self._together(one, placed.get(one.text, ()), event) for one in changed]
        made = disputes(event, changed, assertions)
        now = self._before | {one.text: None for one in changed}
        now |= {one.proposition: one for one in made.found}
        found = (now.get(one.text) for one in propositions)
        return Disputes(tuple(one for one in found if one), made.log)

    def _judged(self, one: Proposition) -> set[str]:
        before = self._before.get(one.text)
        return {it.claim_id for it in before.assertions} if before else set()

    def _is_changed(self, one: Proposition, placed: Mapping[str, Sequence[Assertion]]) -> bool:
        known = self._known.get(one.text)
        is_cut = not self._judged(one) <= self._ids
        return (
            known is None
            or is_cut
            or bool(placed.get(one.text))
            or (one.withdrawn != known.withdrawn)
        )

    def _together(
        self, one: Proposition, placed: Sequence[Assertion], event: Event
    ) -> tuple[Assertion, ...]:
        """The assertions of before and those made now, in the order of the claims."""
        before = self._before.get(one.text)
        made = {it.claim_id: it for it in (*placed, *(before.assertions if before else ()))}
        return tuple(made[claim.id] for claim in event.claims if claim.id in made)


def unanswered(ledger: Sequence[LedgerRow]) -> frozenset[str]:
    """The ids of claims about which a stage after reading got no answer."""
    return frozenset(
        row.item for row in ledger if row.stage in _OF_CLAIMS and row.outcome == "failed"
    )


def rows_kept(
    comparison: Comparison, again: Collection[str], asked: Collection[str], now: Sequence[Dispute]
) -> Iterator[LedgerRow]:
    """The rows that still hold: not of articles read again, failures asked again, or now settled.

    Settled are claims that are in a dispute only now, and propositions that are one only now.
    """
    placed = _placed(now) - _placed(comparison.disputes)
    settled = {("classify", "abstained", one.proposition) for one in now}
    settled |= {("pair", "kept", one) for one in placed}
    settled |= {(stage, "failed", one) for stage in _OF_CLAIMS for one in asked}
    for row in comparison.ledger:
        if row.article_id not in again and (row.stage, row.outcome, row.item) not in settled:
            yield row


def _placed(disputes: Sequence[Dispute]) -> set[str]:
    """The claims that are on a side of any dispute."""
    return {one.claim_id for each in disputes for one in (*each.supporting, *each.denying)}


def still_named(
    speakers: Sequence[Speaker], claims: Sequence[Claim], left: Sequence[Claim]
) -> tuple[Speaker, ...]:
    """The speakers of the claims that are left and who relays these, without names of others."""
    there, gone = _named(left), _named(claims) - _named(left)
    ids = {claim.speaker_id for claim in left}
    found: list[Speaker] = []
    for one in speakers:
        if one.id in ids or any((None, name) in there for name in one.names):
            keys = {name: {(one.id, name), (None, name)} for name in one.names}
            names = [name for name, its in keys.items() if its & there or not its & gone]
            names = names or list(one.names)
            name = one.name if one.name in names else names[0]
            found.append(one.model_copy(update={"name": name, "names": tuple(names)}))
    return tuple(found)


def _named(claims: Sequence[Claim]) -> set[tuple[str | None, str | None]]:
    """Speakers with the names that claims give them, and without any id those who relay."""
    relaying = {(None, name) for claim in claims for name in claim.via}
    return relaying | {(claim.speaker_id, claim.speaker) for claim in claims}


def _proposition(dispute: Dispute, claim_ids: Collection[str]) -> Proposition:
    """The proposition of a dispute with those of its claims that are still there."""
    taken = ((one.claim_id, one.withdrawn_by) for one in dispute.assertions)
    return Proposition(
        text=dispute.proposition,
        supported_by=tuple(one.claim_id for one in dispute.supporting if one.claim_id in claim_ids),
        denied_by=tuple(one.claim_id for one in dispute.denying if one.claim_id in claim_ids),
        withdrawn=tuple(
            Withdrawal(claim_id=one, withdrawn_by=by)
            for one, by in taken
            if by and one in claim_ids and by in claim_ids
        ),
    )


def _without(one: Proposition, judged: Collection[str]) -> Proposition:
    """A proposition without claims that were judged on it; what was taken back has no side yet."""
    placed = {*one.supported_by, *one.denied_by}
    return Proposition(
        text=one.text,
        supported_by=tuple(it for it in one.supported_by if it not in judged),
        denied_by=tuple(it for it in one.denied_by if it not in judged),
        nearest=tuple(it for it in one.claim_ids if it not in judged and it not in placed),
    )
