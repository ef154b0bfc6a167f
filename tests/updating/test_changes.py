"""`changes()`: two comparisons of one story, whoever made them."""

from claimcompare import Comparison, Dispute, Speaker, changes, compare
from claimcompare.report.text import news_text
from tests.report import again
from tests.updating.stories import COST, SAFE, article, reading

HERALD = article("herald", f"Ines Vale said that {SAFE}")
COURIER = article("courier", f"Tom Beck denied that {SAFE}", day=2)
GAZETTE = article("gazette", f"Una Marsh denied that {SAFE}", f"Una Marsh said that {COST}", day=3)


def compared(*articles: object) -> Comparison:
    with reading() as (llm, _):
        return compare(list(articles), llm=llm)  # type: ignore[arg-type]


def test_two_runs_over_more_and_more_articles() -> None:
    before, after = compared(HERALD, COURIER), compared(HERALD, COURIER, GAZETTE)
    found = changes(before, after)
    assert found.articles == ("gazette",)
    assert found.outlets == ("Gazette Post",)
    assert found.claims == ("gazette:1", "gazette:2")
    assert [(one.stance, one.claims) for one in found.voices] == [("denial", ("gazette:1",))]
    assert not found.gone
    assert len(found.before) == 64


def test_the_same_twice_has_no_changes() -> None:
    made = compared(HERALD, COURIER)
    assert changes(made, made).is_empty


def test_speakers_are_known_by_their_names_where_ids_differ() -> None:
    before, after = compared(HERALD, COURIER), compared(COURIER, HERALD, GAZETTE)
    names = {one.id: one.name for one in after.speakers}
    assert [names[one] for one in changes(before, after).speakers] == ["Una Marsh"]
    assert [one.stance for one in changes(before, after).voices] == ["denial"]


def test_two_who_are_called_the_same_are_told_apart_by_their_ids() -> None:
    before = compared(HERALD, COURIER)
    other = Speaker(id="s9", name="Ines Vale", names=("Ines Vale",))
    assert changes(before, again(before, speakers=(*before.speakers, other))).speakers == ("s9",)


def test_all_that_is_gone_is_told() -> None:
    before, after = compared(HERALD, COURIER, GAZETTE), compared(HERALD, COURIER)
    found = changes(before, after)
    assert [one.kind for one in found.gone] == ["claim", "claim"]
    assert {one.reason for one in found.gone} == {"its article is not in the comparison any more"}
    lost = changes(before, again(before, disputes=()))
    assert [(one.kind, one.reason) for one in lost.gone] == [("dispute", "it was not found again")]


def test_a_side_that_a_claim_had_and_has_no_more_is_told() -> None:
    before = compared(HERALD, COURIER, GAZETTE)
    (dispute,) = before.disputes
    less = tuple(one for one in dispute.assertions if one.claim_id != "gazette:1")
    after = again(before, disputes=(Dispute(proposition=dispute.proposition, assertions=less),))
    (gone,) = [one for one in changes(before, after).gone if one.article_id == "gazette"]
    assert (gone.kind, gone.reason.partition(":")[0]) == ("assertion", "denial before, no side now")


def test_who_took_something_back_without_taking_the_other_side() -> None:
    before = compared(HERALD, COURIER, GAZETTE)
    (dispute,) = before.disputes
    taken = tuple(
        one.model_copy(update={"withdrawn_by": "gazette:2"}) if one.claim_id == "gazette:1" else one
        for one in dispute.assertions
    )
    after = again(before, disputes=(dispute.model_copy(update={"assertions": taken}),))
    (one,) = changes(before, after).withdrawn
    assert (one.claim, one.by, one.was) == ("gazette:1", "gazette:2", "denial")
    assert not changes(before, after).reversed


def relayed(by: str, *, via: tuple[str, ...] = ()) -> tuple[Comparison, Comparison]:
    """Before and after a claim of Tom Beck, relayed by some, was taken back by another claim."""
    before = compared(HERALD, COURIER, GAZETTE)
    (dispute,) = before.disputes
    claims = tuple(
        one.model_copy(update={"via": via}) if one.id == "courier:1" else one
        for one in before.claims
    )
    taken = tuple(
        one.model_copy(update={"withdrawn_by": by}) if one.claim_id == "courier:1" else one
        for one in dispute.assertions
    )
    disputes = (dispute.model_copy(update={"assertions": taken}),)
    return again(before, claims=claims), again(before, claims=claims, disputes=disputes)


def test_who_takes_back_what_another_said_moves_nobody_else() -> None:
    # Ines Vale relayed what Tom Beck is said to deny, and says now that it is not so.
    found = changes(*relayed("herald:1", via=("Ines Vale",)))
    (one,) = found.reversed
    names = {it.id: it.name for it in compared(HERALD, COURIER, GAZETTE).speakers}
    assert (names[one.speaker_id or ""], one.was, one.now) == ("Ines Vale", "denial", "support")
    assert not found.withdrawn


def test_what_somebody_else_takes_back_reverses_nobody() -> None:
    before, after = relayed("herald:1")
    found = changes(before, after)
    (one,) = found.withdrawn
    names = {it.id: it.name for it in after.speakers}
    assert (names[one.speaker_id or ""], one.was, one.now) == ("Tom Beck", "denial", None)
    assert not found.reversed
    told = news_text(again(after, changes=found))
    assert "Tom Beck, denial of “The dam at Corrow is safe.” before, taken back by Ines" in told


def test_who_has_somebodys_id_or_a_lesser_name_of_theirs_is_new() -> None:
    before = compared(HERALD, COURIER)
    vale, beck = before.speakers
    had = again(
        before, speakers=(vale, beck.model_copy(update={"names": ("Tom Beck", "Minister")}))
    )
    other = Speaker(id="s2", name="Una Marsh", names=("Una Marsh", "Minister"))
    found = changes(had, again(before, speakers=(vale, other)))
    assert found.speakers == ("s2",)
    assert [one.speaker_id for one in found.voices] == ["s2"]
