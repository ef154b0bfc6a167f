"""`changes()`: what one comparison of a story has that an earlier one has not."""

import hashlib
from collections.abc import Iterator

from claimcompare.schema import (
    Assertion,
    ChangedPosition,
    Changes,
    Claim,
    Comparison,
    Dispute,
    Gone,
    NewVoice,
    Speaker,
    Stance,
)
from claimcompare.stages.disputes import voice_of
from claimcompare.stages.speakers import name_of

_SIDES: tuple[Stance, ...] = ("support", "denial")
_READ_AGAIN = "its article was read again, and no longer has it in these words"
_OTHER = "was read again as said by somebody else"
_NO_ARTICLE = "its article is not in the comparison any more"
_NOT_FOUND = "it was not found again"


def changes(before: Comparison, after: Comparison) -> Changes:
    """What is new in a comparison since another one of the same story, and what is gone.

    Articles are known by their ids, claims by their ids and words, propositions by their words,
    speakers by the fullest name of either, a description only in the same article.
    """
    return _Between(before, after).changes()


class _Between:
    """Two comparisons of one story."""

    def __init__(self, before: Comparison, after: Comparison) -> None:
        self._before = before
        self._after = after
        self._articles = {one.id: one for one in before.articles}
        self._claims = {(one.id, one.text) for one in before.claims}
        self._disputes = {one.proposition: one for one in before.disputes}
        self._outlets = {one.id: one.publisher or one.id for one in after.articles}
        self._speakers = {one.id for one in after.speakers}
        self._known = _known_speakers(before, after)

    def changes(self) -> Changes:
        """All that has changed."""
        before, after = self._before, self._after
        outlets = {one.publisher for one in before.articles}
        publishers = dict.fromkeys(one.publisher for one in after.articles if one.publisher)
        moved = [one for dispute in after.disputes for one in self._moved(dispute)]
        turned = [one for one in moved if {one.was, one.now} == {*_SIDES}]
        return Changes(
            since=before.provenance.made,
            before=hashlib.sha256(before.model_dump_json().encode()).hexdigest(),
            articles=tuple(one.id for one in after.articles if one.id not in self._articles),
            corrected=tuple(self._corrected()),
            outlets=tuple(one for one in publishers if one not in outlets),
            speakers=tuple(one.id for one in after.speakers if one.id not in self._known),
            claims=tuple(one.id for one in after.claims if self._is_new(one)),
            disputes=tuple(
                one.proposition for one in after.disputes if one.proposition not in self._disputes
            ),
            voices=tuple(one for each in after.disputes for one in self._voices(each, turned)),
            reversed=tuple(turned),
            withdrawn=tuple(one for one in moved if one not in turned),
            gone=(*self._gone_claims(), *self._gone_disputes(), *self._gone_assertions()),
        )

    def _is_new(self, claim: Claim) -> bool:
        return (claim.id, claim.text) not in self._claims

    def _corrected(self) -> Iterator[str]:
        for one in self._after.articles:
            known = self._articles.get(one.id)
            if known is not None and known.text != one.text:
                yield one.id

    def _moved(self, dispute: Dispute) -> Iterator[ChangedPosition]:
        """What was taken back since, each speaker once for each side."""
        before = self._disputes.get(dispute.proposition)
        known = {(one.claim_id, one.withdrawn_by) for one in before.assertions} if before else set()
        stances = {one.claim_id: one.stance for one in dispute.assertions}
        told: dict[tuple[object, ...], ChangedPosition] = {}
        for one in dispute.assertions:
            by = one.withdrawn_by
            if by is None or (one.claim_id, by) in known:
                continue
            claim, taking = self._after.claim(one.claim_id), self._after.claim(by)
            # Whoever relays what another said takes back that, and moves nobody else.
            is_own = self._stands_for(taking, claim)
            speaker_id = (taking if is_own else claim).speaker_id
            now = stances.get(by) if is_own else None
            key = (speaker_id or one.claim_id, one.stance, now)
            told.setdefault(
                key,
                ChangedPosition(
                    proposition=dispute.proposition,
                    speaker_id=speaker_id,
                    was=one.stance,
                    now=now,
                    claim=one.claim_id,
                    by=by,
                ),
            )
        yield from told.values()

    def _stands_for(self, taking: Claim, claim: Claim) -> bool:
        """Whether the speaker of a claim had said, or relayed, another one."""
        if taking.speaker_id is None:
            one, other = self._outlets[taking.article_id], self._outlets[claim.article_id]
            return claim.speaker_id is None and one == other
        speaker = self._after.speaker(taking)
        names = _names(speaker) if speaker else frozenset()
        is_relayed = any(one.casefold() in names for one in claim.via)
        return taking.speaker_id == claim.speaker_id or is_relayed

    def _voices(self, dispute: Dispute, turned: list[ChangedPosition]) -> Iterator[NewVoice]:
        """Who is new on a side of a dispute that was there before."""
        before = self._disputes.get(dispute.proposition)
        if before is None:
            return
        told = {one.by for one in turned if one.proposition == dispute.proposition}
        for side in _SIDES:
            heard = {self._voice_before(one) for one in _on(before, side)}
            found: dict[tuple[str, ...], list[Claim]] = {}
            for one in _on(dispute, side):
                claim = self._after.claim(one.claim_id)
                found.setdefault(self._voice(claim), []).append(claim)
            for voice, claims in found.items():
                ids = tuple(one.id for one in claims)
                if voice not in heard and told.isdisjoint(ids):
                    yield NewVoice(
                        proposition=dispute.proposition,
                        stance=side,
                        speaker_id=claims[0].speaker_id,
                        claims=ids,
                    )

    def _voice(self, claim: Claim) -> tuple[str, ...]:
        """Whoever stands for a claim, under the id of before where there is one."""
        first, *via = voice_of(claim)
        return (self._who(first), *via)

    def _who(self, speaker_id: str | None) -> str:
        """A speaker's id of before; of who is new one that nobody had."""
        is_new = speaker_id in self._speakers and speaker_id not in self._known
        return (
            f"new\n{speaker_id}" if is_new else self._known.get(speaker_id or "", speaker_id or "")
        )

    def _voice_before(self, one: Assertion) -> tuple[str, ...]:
        return voice_of(self._before.claim(one.claim_id))

    def _gone_claims(self) -> Iterator[Gone]:
        said = {(one.article_id, one.speaker, one.text) for one in self._after.claims}
        whose = {
            (one.article_id, self._who(one.speaker_id), one.text) for one in self._after.claims
        }
        articles = {one.id for one in self._after.articles}
        for one in self._before.claims:
            if (one.article_id, one.speaker_id or "", one.text) not in whose:
                is_there = (one.article_id, one.speaker, one.text) in said
                read = _OTHER if is_there else _READ_AGAIN
                reason = read if one.article_id in articles else _NO_ARTICLE
                item = f"{one.speaker or 'the article itself'}: {one.text}"
                yield Gone(kind="claim", item=item, reason=reason, article_id=one.article_id)

    def _gone_disputes(self) -> Iterator[Gone]:
        there = {one.proposition for one in self._after.disputes}
        why = {row.item: row.reason for row in self._after.ledger if row.stage == "classify"}
        for one in self._before.disputes:
            if one.proposition not in there:
                reason = why.get(one.proposition, _NOT_FOUND)
                yield Gone(kind="dispute", item=one.proposition, reason=reason)

    def _gone_assertions(self) -> Iterator[Gone]:
        """Sides that a claim which is still there had, and has no more."""
        now = {one.proposition: one for one in self._after.disputes}
        texts = {one.id: one.text for one in self._after.claims}
        for dispute in self._before.disputes:
            if (after := now.get(dispute.proposition)) is None:
                continue
            stances = {one.claim_id: one.stance for one in after.assertions}
            for one in dispute.assertions:
                claim = self._before.claim(one.claim_id)
                is_there = texts.get(claim.id) == claim.text
                if is_there and one.stance in _SIDES and stances.get(claim.id) != one.stance:
                    now_is = stances.get(claim.id) or "no side"
                    reason = f"{one.stance} before, {now_is} now: {dispute.proposition}"
                    yield Gone(
                        kind="assertion",
                        item=claim.text,
                        reason=reason,
                        article_id=claim.article_id,
                    )


def _on(dispute: Dispute, side: Stance) -> tuple[Assertion, ...]:
    return dispute.supporting if side == "support" else dispute.denying


def _known_speakers(before: Comparison, after: Comparison) -> dict[str, str]:
    """For the speakers who were known the ids that they had: same ids first, then others."""
    was, now = _where(before), _where(after)
    by_id = {one.id: one for one in before.speakers}
    by_name: dict[str, list[Speaker]] = {}
    for one in before.speakers:
        for name in _names(one):
            by_name.setdefault(name, []).append(one)

    def is_same(other: Speaker, one: Speaker) -> bool:
        fullest = {other.name, one.name}
        shared = [it for it in fullest if it.casefold() in _names(other) & _names(one)]
        is_near = not was[other.id].isdisjoint(now[one.id])
        return any(is_near or name_of(it, "").article_id is None for it in shared)

    known = {
        one.id: one.id for one in after.speakers if one.id in by_id and is_same(by_id[one.id], one)
    }
    left = by_id.keys() - known.keys()
    for one in after.speakers:
        others = (it for name in _names(one) for it in by_name.get(name, ()) if it.id in left)
        same = next((it.id for it in others if is_same(it, one)), None)
        if one.id not in known and same is not None:
            known[one.id] = same
    return known


def _where(comparison: Comparison) -> dict[str, set[str]]:
    """The articles in which each speaker says something."""
    found: dict[str, set[str]] = {one.id: set() for one in comparison.speakers}
    for claim in comparison.claims:
        if claim.speaker_id in found:
            found[claim.speaker_id].add(claim.article_id)
    return found


def _names(one: Speaker) -> frozenset[str]:
    return frozenset(name.casefold() for name in one.names)
