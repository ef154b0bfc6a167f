"""A comparison as its readers corrected it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from claimcompare.schema import (
    Assertion,
    Claim,
    Comparison,
    Dispute,
    Doubt,
    LedgerRow,
    Proposition,
    Speaker,
    Withdrawal,
)
from claimcompare.schema.review import Mark, Review
from claimcompare.stages.disputes import disputes
from claimcompare.stages.marks import Matched, is_by, matched, plain
from claimcompare.stages.protocols import Event

# Doubts about who speaks, which a reader has settled.
_OF_SPEAKERS = ("speaker", "mention")
_UNREAD: Mapping[str, Any] = {"probabilities": None, "agreement": None}
_OWN_VOICE = "the article itself"
_TAKES_SIDES = ("support", "denial")


class _Left(NamedTuple):
    """A dispute as it is left, None where nothing is disputed any more, and ledger rows."""

    dispute: Dispute | None
    rows: tuple[LedgerRow, ...]


def reviewed(comparison: Comparison, review: Review) -> Comparison:
    """The comparison with the marks of a review applied, each with a row of the ledger.

    A claim that is marked wrong leaves its sides, or goes to the right speaker where the mark says
    who that is. A wrong stance becomes the right one where the mark says that, else it is left
    open; what was found right stands, whatever the model says this time. What a reader has still
    to check is a doubt. A proposition that is left without two sides is no dispute any more.
    What was marked and is not here has a row that says why.
    """
    marks = matched(review, comparison)
    speakers = _speakers(comparison, marks)
    claims = {one.id: _claim(one, comparison, marks, speakers) for one in comparison.claims}
    event = Event(articles=comparison.articles, speakers=speakers, claims=tuple(claims.values()))
    left = [_left(one, event, marks) for one in comparison.disputes]
    rows = (
        *(_claim_row(claims[one], mark) for one, mark in sorted(marks.claims.items())),
        *(row for one in left for row in one.rows),
        *_stray_rows(marks),
    )
    # A new record, which has looked up nothing yet.
    values = {name: getattr(comparison, name) for name in Comparison.model_fields} | {
        "speakers": speakers,
        "claims": event.claims,
        "disputes": tuple(one.dispute for one in left if one.dispute),
        "ledger": tuple(dict.fromkeys((*comparison.ledger, *rows))),
    }
    return Comparison(**values)


def _speakers(comparison: Comparison, marks: Matched) -> tuple[Speaker, ...]:
    """All speakers, with those who are known from corrections alone."""
    known = {plain(name) for one in comparison.speakers for name in one.names}
    ids = {one.id for one in comparison.speakers}
    right = (one.right_speaker.name for one in marks.claims.values() if one.right_speaker)
    new = {plain(name): name for name in right if name and plain(name) not in known}
    numbers = range(1, len(new) + len(ids) + 1)
    free = (one for one in map("review:{}".format, numbers) if one not in ids)
    named = zip(new.values(), free, strict=False)
    return (*comparison.speakers, *(Speaker(id=one, name=n, names=(n,)) for n, one in named))


def _claim(
    claim: Claim, comparison: Comparison, marks: Matched, speakers: Sequence[Speaker]
) -> Claim:
    """The claim with what readers doubt of it, and the speaker whom they named."""
    mark, doubts = marks.claims.get(claim.id), claim.doubts
    right = mark.right_speaker if mark else None
    is_moved = right is not None and not is_by(claim, (right.name,), comparison)
    if right and is_moved:
        name = right.name
        whose = (one.id for one in speakers if name and plain(name) in map(plain, one.names))
        update = {"speaker": name, "speaker_id": next(whose, None), "mention": None}
        claim = claim.model_copy(update=update)
        doubts = tuple(one for one in doubts if one.kind not in _OF_SPEAKERS)
    more = [_doubt(claim, mark)] if mark and mark.verdict != "right" else []
    # Where the model names the right speaker by now, nothing is left to doubt.
    more = more if is_moved or not right else []
    more += _stances_to_check(claim, marks)
    return claim.model_copy(update={"doubts": tuple(dict.fromkeys((*doubts, *more)))})


def _stances_to_check(claim: Claim, marks: Matched) -> Iterator[Doubt]:
    for (_, claim_id), one in marks.stances.items():
        if claim_id == claim.id and one.verdict == "check":
            yield Doubt(kind="review", says=_stance_words(one))


def _doubt(claim: Claim, mark: Mark) -> Doubt:
    return Doubt(kind="review", says=_claim_words(claim, mark))


def _claim_words(claim: Claim, mark: Mark) -> str:
    """The verdict on a claim, with the words that it was on where these are others."""
    words = mark.says
    if mark.right_speaker:
        right, was = mark.right_speaker.name or _OWN_VOICE, mark.of.speaker or _OWN_VOICE
        words = _noted(f"the claim of {right} by review, not of {was}", mark)
    same = plain(mark.of.claim) == plain(claim.text)
    return words if same else f"{words} (it was worded “{mark.of.claim}”)"


def _stance_words(mark: Mark) -> str:
    shown = mark.stance or "no stance"
    right = mark.right_stance
    words = _noted(f"{right} by review, not {shown}", mark) if right else f"{shown} {mark.says}"
    return f"{words} (on “{mark.proposition}”)"


def _noted(words: str, mark: Mark) -> str:
    return f"{words}: {mark.note}" if mark.note.strip() else words


def _left(dispute: Dispute, event: Event, marks: Matched) -> _Left:
    """A dispute whose claims stand as readers say."""
    claims = {one.id: one for one in event.claims}
    placed, rows = [], []
    for one in dispute.assertions:
        mark = marks.stance(dispute.proposition, one.claim_id)
        placed.append(_placed(one, marks.claims.get(one.claim_id), mark))
        if mark:
            rows.append(_stance_row(claims[one.claim_id], mark, placed[-1]))
    taken = tuple(_withdrawn(placed, marks))
    if not _is_touched(dispute, placed, taken, marks):
        return _Left(dispute, tuple(rows))
    proposition = Proposition(text=dispute.proposition, withdrawn=taken)
    made = disputes(event, [proposition], [placed])
    lacking = (one.model_copy(update={"stage": "review"}) for one in made.log.ledger)
    return _Left(next(iter(made.found), None), (*rows, *lacking))


def _placed(one: Assertion, of_claim: Mark | None, mark: Mark | None) -> Assertion:
    """Where a claim stands now."""
    if of_claim and _is_out(of_claim):
        return Assertion(claim_id=one.claim_id, stance=None, reason=of_claim.says)
    if mark is None or mark.verdict == "check":
        return one
    certain = mark.certain_stance
    if certain:
        by = {"stance": certain, "reason": _noted("by review", mark)}
        return one if certain == one.stance else one.model_copy(update={**by, **_UNREAD})
    if mark.verdict == "wrong" and one.stance in (mark.stance, None):
        return one.model_copy(update={"stance": None, "reason": mark.says, **_UNREAD})
    return one


def _is_out(mark: Mark) -> bool:
    """Whether nobody is known who makes that claim."""
    return mark.verdict == "wrong" and mark.right_speaker is None


def _withdrawn(placed: Sequence[Assertion], marks: Matched) -> Iterator[Withdrawal]:
    """What is still taken back: by a claim that is made, and not on the side of the other."""
    stances = {one.claim_id: one.stance for one in placed}
    for one in placed:
        by = one.withdrawn_by
        if by is None or (by in marks.claims and _is_out(marks.claims[by])):
            continue
        if one.stance not in _TAKES_SIDES or one.stance != stances.get(by):
            yield Withdrawal(claim_id=one.claim_id, withdrawn_by=by)


def _is_touched(
    dispute: Dispute, placed: Sequence[Assertion], taken: Sequence[Withdrawal], marks: Matched
) -> bool:
    """Whether any claim of it has moved."""
    claims = (marks.claims.get(one.claim_id) for one in placed)
    withdrawn = [one for one in dispute.assertions if one.withdrawn_by]
    return (
        tuple(placed) != dispute.assertions
        or len(taken) != len(withdrawn)
        or any(one.right_speaker for one in claims if one)
    )


def _claim_row(claim: Claim, mark: Mark) -> LedgerRow:
    return LedgerRow(
        stage="review",
        outcome="doubted" if _doubt(claim, mark) in claim.doubts else "kept",
        item=claim.id,
        reason=_claim_words(claim, mark),
        article_id=claim.article_id,
    )


def _stance_row(claim: Claim, mark: Mark, placed: Assertion) -> LedgerRow:
    is_kept = placed.reason is None and mark.verdict != "check"
    return LedgerRow(
        stage="review",
        outcome="kept" if is_kept else "doubted",
        item=claim.id,
        reason=_stance_words(mark),
        article_id=claim.article_id,
    )


def _stray_rows(marks: Matched) -> Iterator[LedgerRow]:
    for mark, reason in marks.strays:
        yield LedgerRow(
            stage="review", outcome="abstained", item=mark.of.claim, reason=f"{mark.says}; {reason}"
        )
