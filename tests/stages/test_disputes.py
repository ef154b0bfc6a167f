"""A dispute has both sides by different speakers, or something that was taken back."""

from collections.abc import Sequence

from claimcompare.schema import Assertion, Claim, Dispute, Proposition, Stance, Withdrawal
from claimcompare.stages.disputes import Disputes, disputes
from claimcompare.stages.protocols import Event
from tests.stages.events import COURIER, POST, claim, event

SAFE = claim(1, "Ines Vale", "The dam at Corrow is safe.")
UNSAFE = claim(2, "Tom Beck", "The dam at Corrow is not safe.", kind="denial")
TURNED = claim(1, "Ines Vale", "The dam at Corrow is not safe.", article=COURIER)
DAM = Proposition(text="The dam at Corrow is safe.")


def made(
    *stances: tuple[Claim, Stance | None], proposition: Proposition = DAM, of: Event | None = None
) -> Disputes:
    placed = [Assertion(claim_id=one.id, stance=stance) for one, stance in stances]
    return disputes(of or event(*(one for one, _ in stances)), [proposition], [placed])


def only(found: Disputes) -> Dispute:
    (one,) = found.found
    return one


def reasons(found: Disputes) -> Sequence[str]:
    return [row.reason for row in found.log.ledger]


def test_both_sides_make_a_dispute() -> None:
    one = only(made((SAFE, "support"), (UNSAFE, "denial")))
    assert [each.claim_id for each in one.supporting] == [SAFE.id]
    assert [each.claim_id for each in one.denying] == [UNSAFE.id]
    assert [(pair.support, pair.denial, pair.kind) for pair in one.pairs] == [
        (SAFE.id, UNSAFE.id, "denied")
    ]


def test_a_missing_side_is_told() -> None:
    assert reasons(made((SAFE, "support"), (UNSAFE, None))) == [
        "no claim is sure to be a denial of it"
    ]
    assert reasons(made((SAFE, "context"))) == [
        "no claim is sure to be a support or a denial of it"
    ]


def test_one_speaker_alone_is_no_dispute_where_nothing_tells_which_came_later() -> None:
    undated = event(SAFE, TURNED).model_copy(
        update={"articles": (POST.model_copy(update={"published": None}), COURIER)}
    )
    found = made((SAFE, "support"), (TURNED, "denial"), of=undated)
    assert reasons(found) == ["one speaker alone is on both sides of it"]


def test_what_a_speaker_turns_round_on_a_later_day_is_taken_back() -> None:
    one = only(made((SAFE, "support"), (TURNED, "denial")))
    assert [each.withdrawn_by for each in one.assertions] == [TURNED.id, None]
    assert one.pairs[0].kind == "withdrawn"
    assert one.pairs[0].same_speaker


def test_what_he_relays_he_does_not_take_back() -> None:
    relayed = SAFE.model_copy(update={"via": ("Tom Beck",)})
    one = only(made((relayed, "support"), (TURNED, "denial")))
    assert all(each.withdrawn_by is None for each in one.assertions)
    assert not one.pairs[0].same_speaker


def test_what_was_read_as_taken_back_makes_a_dispute_of_its_own() -> None:
    taken = DAM.model_copy(
        update={"withdrawn": (Withdrawal(claim_id=SAFE.id, withdrawn_by=TURNED.id),)}
    )
    one = only(made((SAFE, "support"), (TURNED, "context"), proposition=taken))
    assert one.assertions[0].withdrawn_by == TURNED.id


def test_two_figures_oppose_each_other_by_their_value() -> None:
    some = claim(1, "Ines Vale", "The dam has 12 gates.", kind="figure")
    others = claim(2, "Tom Beck", "The dam has 14 gates.", kind="figure")
    assert only(made((some, "support"), (others, "denial"))).pairs[0].kind == "value"


def test_the_voices_of_two_articles_are_two() -> None:
    one = claim(1, None, "The dam is safe.")
    other = claim(1, None, "The dam is not safe.", article=COURIER)
    assert not only(made((one, "support"), (other, "denial"))).pairs[0].same_speaker
