"""More articles on an event: only what is new is asked, and nothing is lost."""

from typing import Any

import pytest

from claimcompare import (
    Article,
    ArticleError,
    Assertion,
    CompareSettings,
    Comparison,
    LLMUnavailable,
    Prompt,
    compare,
    update,
)
from claimcompare.stages.arrivals import is_version
from tests.updating.stories import COST, OPEN, SAFE, Model, article, reading

HERALD = article("herald", f"Ines Vale said that {SAFE}", f"Ines Vale said that {COST}")
COURIER = article("courier", f"Tom Beck denied that {SAFE}", "Tom Beck said that it rained", day=2)
GAZETTE = article("gazette", f"Una Marsh denied that {COST}", day=3)


@pytest.fixture
def first() -> Comparison:
    with reading() as (llm, _):
        return compare([HERALD, COURIER], llm=llm)


def stances(comparison: Comparison) -> set[tuple[str, Assertion]]:
    """All assertions, each with its proposition."""
    return {(one.proposition, it) for one in comparison.disputes for it in one.assertions}


def test_what_was_known_stays_as_it_was(first: Comparison) -> None:
    with reading(name="another") as (llm, _):
        after = update(first, [GAZETTE], llm=llm)
    assert after.claims[: len(first.claims)] == first.claims
    assert after.speakers[: len(first.speakers)] == first.speakers
    assert stances(first) <= stances(after)
    gone = set(first.ledger) - set(after.ledger)
    assert {(row.item, row.reason) for row in gone} == {
        ("herald:2", "no claim was found that opposes it")
    }
    assert after.provenance.model == "another"
    assert [one.model for one in after.provenance.earlier] == ["fake"]


def test_a_new_article_brings_the_other_side_of_a_known_claim(first: Comparison) -> None:
    with reading() as (llm, _):
        after = update(first, [GAZETTE], llm=llm)
    assert [one.proposition.casefold() for one in first.disputes] == [f"{SAFE.casefold()}."]
    assert after.changes is not None
    assert after.changes.articles == ("gazette",)
    assert after.changes.outlets == ("Gazette Post",)
    assert [one.casefold() for one in after.changes.disputes] == [f"{COST.casefold()}."]
    names = {one.id: one.name for one in after.speakers}
    assert [names[one] for one in after.changes.speakers] == ["Una Marsh"]
    assert not after.changes.gone


def test_only_what_is_new_is_asked(first: Comparison) -> None:
    with reading() as (llm, model):
        after = update(first, [GAZETTE], llm=llm)
    assert model.asked == {"extract": 1, "speakers": 1, "pair": 1, "join": 1, "classify": 1}
    read = next(one for one in model.prompts if one.name == "extract").user
    assert COST in read
    assert "Tom Beck" not in read
    judged = next(one for one in model.prompts if one.name == "classify").user
    assert judged.count("Proposition ") == 1 + 1  # The old one is held against the new claim alone.
    assert after.usage.total.calls == sum(model.asked.values())
    assert set(after.usage.extract_by_article) == {"gazette"}


def test_a_new_voice_joins_a_known_dispute_in_its_words(first: Comparison) -> None:
    more = article("gazette", f"Una Marsh denied that {SAFE}", day=3)
    with reading() as (llm, _):
        after = update(first, [more], llm=llm)
    (dispute,) = after.disputes
    assert dispute.proposition == first.disputes[0].proposition
    assert dispute.assertions[:2] == first.disputes[0].assertions[:2]
    assert after.changes is not None
    (voice,) = after.changes.voices
    assert (voice.stance, voice.claims) == ("denial", ("gazette:1",))
    assert not after.changes.disputes


def test_a_point_that_is_worded_the_other_way_round_is_the_known_one(first: Comparison) -> None:
    turned = f"It is not true that {SAFE}."

    class Negating(Model):
        def __call__(self, prompt: Prompt) -> object:
            if prompt.name == "pair":
                found = super().__call__(prompt)
                plain = f'"{SAFE[0].upper()}{SAFE[1:]}."'
                return (
                    found.replace(plain, f'"{turned}"')
                    .replace('"support"', '"x"')
                    .replace('"deny"', '"support"')
                    .replace('"x"', '"deny"')
                )
            return super().__call__(prompt)

    more = article("gazette", f"Una Marsh denied that {SAFE}", day=3)
    with reading(Negating()) as (llm, _):
        after = update(first, [more], llm=llm)
    (dispute,) = after.disputes
    assert dispute.proposition == first.disputes[0].proposition
    stances = {one.claim_id: one.stance for one in dispute.assertions}
    assert stances["gazette:1"] == "denial"


def test_who_takes_the_other_side_later_has_reversed(first: Comparison) -> None:
    later = article("gazette", f"Ines Vale denied that {SAFE}", day=4)
    with reading() as (llm, model):
        after = update(first, [later], llm=llm)
    assert model.asked["speakers"] == 0  # All names are known in these words.
    assert after.speakers == first.speakers
    assert after.changes is not None
    (one,) = after.changes.reversed
    assert (one.was, one.now, one.claim, one.by) == ("support", "denial", "herald:1", "gazette:1")
    assert not after.changes.voices


def test_who_said_otherwise_earlier_has_not_reversed(first: Comparison) -> None:
    earlier = article("gazette", f"Ines Vale denied that {SAFE}", day=1, published="2026-04-01")
    with reading() as (llm, _):
        after = update(first, [earlier], llm=llm)
    assert after.changes is not None
    assert [(one.claim, one.by) for one in after.changes.reversed] == [("gazette:1", "herald:1")]
    assert [(one.was, one.now) for one in after.changes.reversed] == [("denial", "support")]


def test_without_a_new_article_nothing_is_asked(first: Comparison) -> None:
    again = COURIER.model_copy(update={"id": "other-name"})
    with reading() as (llm, model):
        after = update(first, [HERALD, again], llm=llm)
        empty = update(first, [], llm=llm)
    assert not model.asked
    assert after.usage.total.calls == 0 < first.usage.total.calls
    assert after.model_copy(update={"changes": None, "usage": first.usage}) == first
    assert after.changes is not None
    assert after.changes.is_empty
    assert empty == after


def test_an_article_that_repeats_a_known_one_is_a_copy() -> None:
    said = [f"Ines Vale said that {one} after a long debate in the council" for one in (SAFE, OPEN)]
    herald, copy = article("herald", *said), article("courier", *said, day=2)
    with reading() as (llm, model):
        first = compare([herald], llm=llm)
        before = model.asked.copy()
        after = update(first, [copy], llm=llm)
    assert [(one.article_id, one.of) for one in after.copies] == [("courier", "herald")]
    assert after.claims == first.claims
    assert model.asked == before
    assert after.changes is not None
    assert (after.changes.articles, after.changes.outlets) == (("courier",), ("Courier Post",))


def test_a_corrected_article_takes_the_place_of_its_former_version(first: Comparison) -> None:
    changed = article(
        "other",
        f"Ines Vale said that {SAFE}",
        f"Ines Vale denied that {COST}",
        url="http://h.test/1",
    )
    with reading() as (llm, _):
        known = HERALD.model_copy(update={"url": "http://h.test/1"})
        first = compare([known, COURIER], llm=llm)
        after = update(first, [changed], llm=llm)
    assert [one.id for one in after.articles] == ["herald", "courier"]
    assert after.articles[0].text == changed.text
    ids = {one.text.casefold(): one.id for one in after.claims}
    assert ids[f"{SAFE.casefold()}."] == "herald:1"
    assert ids[f"it is not true that {COST.casefold()}."] == "herald:3"
    left = {one for one in stances(first) if one[1].claim_id != "herald:2"}
    assert left <= stances(after)
    assert after.changes is not None
    assert after.changes.corrected == ("herald",)
    assert [(one.kind, one.article_id) for one in after.changes.gone] == [("claim", "herald")]
    assert "read again" in after.changes.gone[0].reason
    assert any(row.article_id == "herald" and "changed" in row.reason for row in after.ledger)


def test_a_dispute_whose_side_was_corrected_away_is_told_with_the_reason(first: Comparison) -> None:
    changed = HERALD.model_copy(
        update={"text": HERALD.text.replace(f"Vale said that {SAFE}", "Vale slept")}
    )
    with reading() as (llm, _):
        after = update(first, [changed], llm=llm, settings=CompareSettings())
    assert not after.disputes
    assert after.changes is not None
    gone = {one.kind: one.reason for one in after.changes.gone}
    assert "no claim is sure to be a support" in gone["dispute"]
    assert set(gone) == {"claim", "dispute"}


def test_another_article_of_the_same_id_gets_one_of_its_own(first: Comparison) -> None:
    other = article("herald", f"Una Marsh said that {OPEN}", day=5)
    with reading() as (llm, _):
        after = update(first, [other], llm=llm)
    assert [one.id for one in after.articles] == ["herald", "courier", "herald-2"]
    assert after.claims[-1].id == "herald-2:1"
    assert any("herald" in row.reason for row in after.ledger if row.article_id == "herald-2")


@pytest.mark.parametrize(
    ("was", "now"),
    [
        (["Una Brock said that the quay is dry"], ["Una Brock said that the quay is wet"]),
        (["Tom Beck slept", "Tom Beck said that it rained"], ["Tom Beck slept", "It snowed"]),
        (["堤防は安全だと市長は述べた"], ["堤防は危険だと市長は述べた"]),
        (["It rained"], ["It rained", *(f"Tom Beck said that {one}" for one in (SAFE, COST))]),
    ],
)
def test_a_short_article_of_the_same_id_is_a_version(was: list[str], now: list[str]) -> None:
    with reading() as (llm, _):
        known = compare([article("a", *was), COURIER], llm=llm)
        after = update(known, [article("a", *now)], llm=llm)
    assert [one.id for one in after.articles] == ["a", "courier"]
    assert after.articles[0].text == article("a", *now).text


@pytest.mark.parametrize(("day", "is_another"), [(1, False), (2, True)])
@pytest.mark.parametrize("url", [None, "https://lantern.example/today"])
def test_the_first_of_a_file_is_another_article_the_next_day(
    day: int, url: str | None, *, is_another: bool
) -> None:
    told = "The board built the dam at Corrow in 1962, and found a crack in spring"
    more: dict[str, Any] = {"publisher": "Lantern", "url": url}
    was = article(
        "today-1", f"Ines Vale said that {SAFE}", told, "Crews pumped at the mill", **more
    )
    now = article(
        "today-1", f"Tom Beck denied that {SAFE}", told, "The school sent pupils home", day=day,
        **more,
    )  # fmt: skip
    with reading() as (llm, _):
        after = update(compare([was], llm=llm), [now], llm=llm)
    assert after.changes is not None
    is_kept = is_another and url is None
    assert len(after.articles) == (2 if is_kept else 1)
    assert after.changes.corrected == (() if is_kept else ("today-1",))
    assert len(after.disputes) == (1 if is_kept else 0)


@pytest.mark.parametrize("day", [1, 2])
def test_a_corrected_article_of_a_later_date_is_a_version(day: int) -> None:
    told = [f"The tunnel of Quorn is {number} miles long" for number in range(9)]
    was = article("a", f"Ines Vale said that {SAFE}", *told)
    now = article("a", f"Ines Vale denied that {SAFE}", *told, day=day)
    with reading() as (llm, _):
        after = update(compare([was], llm=llm), [now], llm=llm)
    assert [one.text for one in after.articles] == [now.text]


def test_what_another_outlet_prints_is_another_article(first: Comparison) -> None:
    other = HERALD.model_copy(update={"publisher": "Other Post"})
    with reading() as (llm, _):
        after = update(first, [other], llm=llm)
        same = update(update(after, [other], llm=llm), [HERALD], llm=llm)
    assert [(one.id, one.publisher) for one in after.articles[1:]] == [
        ("courier", "Courier Post"),
        ("herald-2", "Other Post"),
    ]
    assert same.articles == after.articles
    for more in (OPEN, COST):
        other = other.model_copy(update={"text": f"{other.text} Una Marsh said that {more}."})
        with reading() as (llm, _):
            after = update(after, [other], llm=llm)
    assert [one.id for one in after.articles] == ["herald", "courier", "herald-2"]
    assert after.articles[2].text == other.text


def test_of_two_that_would_take_the_place_of_one_none_is_lost() -> None:
    url = "http://h.test/1"
    with reading() as (llm, _):
        known = compare([HERALD.model_copy(update={"url": url}), COURIER], llm=llm)
        moved = article("moved", f"Ines Vale denied that {SAFE}", url=url)
        changed = HERALD.model_copy(update={"text": f"{HERALD.text} Una Marsh said that {OPEN}."})
        both = update(known, [moved, changed], llm=llm)
        old = update(known, [changed, HERALD.model_copy(update={"id": "former"})], llm=llm)
    assert [(one.id, one.text) for one in both.articles] == [
        ("herald", moved.text),
        ("courier", COURIER.text),
        ("herald-2", changed.text),
    ]
    assert [(one.id, one.text) for one in old.articles] == [
        ("herald", HERALD.text),
        ("courier", COURIER.text),
        ("herald-2", changed.text),
    ]


def test_articles_of_one_address_are_known_by_their_texts(first: Comparison) -> None:
    live = "http://h.test/live"
    known = [one.model_copy(update={"url": live}) for one in (HERALD, COURIER)]
    with reading() as (llm, model):
        first = compare(known, llm=llm)
        model.asked.clear()
        assert update(first, known[:1], llm=llm).articles == first.articles
        assert not model.asked
        more = GAZETTE.model_copy(update={"url": live})
        after = update(first, [*known, more], llm=llm)
    assert [one.id for one in after.articles] == ["herald", "courier", "gazette"]


@pytest.mark.parametrize("more", [(GAZETTE,), ()], ids=["with another article", "alone"])
def test_claims_that_got_no_answer_are_asked_about_again(more: tuple[Article, ...]) -> None:
    class Down(Model):
        def __call__(self, prompt: Prompt) -> object:
            if prompt.name == "pair":
                return LLMUnavailable("away", attempts=1)
            return super().__call__(prompt)

    with reading(Down()) as (llm, _):
        first = compare([HERALD, COURIER], llm=llm)
    assert not first.disputes
    with reading() as (llm, _):
        after = update(first, more, llm=llm)
    assert len(after.disputes) == 1 + len(more)
    assert not [row for row in after.ledger if row.outcome == "failed"]


def test_an_article_that_was_not_read_is_read_when_it_is_given_again() -> None:
    class Half(Model):
        def __call__(self, prompt: Prompt) -> object:
            if prompt.name == "extract" and "Beck" in prompt.user:
                return LLMUnavailable("away", attempts=1)
            return super().__call__(prompt)

    with reading(Half()) as (llm, _):
        first = compare([HERALD, COURIER], llm=llm)
    with reading() as (llm, _):
        after = update(first, [HERALD, COURIER], llm=llm)
    assert [one.proposition for one in after.disputes]
    assert not [row for row in after.ledger if row.outcome == "failed"]


def test_where_no_call_is_answered_nothing_is_given(first: Comparison) -> None:
    with (
        reading(lambda _: LLMUnavailable("away", attempts=1)) as (llm, _),
        pytest.raises(LLMUnavailable),
    ):
        update(first, [GAZETTE], llm=llm)


def test_a_new_article_that_is_given_twice_is_taken_once(first: Comparison) -> None:
    again = GAZETTE.model_copy(update={"id": "gazette-2"})
    other = again.model_copy(update={"publisher": "Other Post"})
    with reading() as (llm, _):
        after = update(first, [GAZETTE, again], llm=llm)
        both = update(first, [GAZETTE, other], llm=llm)
    assert [one.id for one in after.articles] == ["herald", "courier", "gazette"]
    assert [one.id for one in both.articles[2:]] == ["gazette", "gazette-2"]


def test_two_of_one_text_that_nothing_else_tells_apart_stay_two(first: Comparison) -> None:
    one = GAZETTE.model_copy(update={"publisher": None})
    with reading() as (llm, _):
        after = update(first, [one, one.model_copy(update={"id": "gazette-2"})], llm=llm)
    assert [one.id for one in after.articles[2:]] == ["gazette", "gazette-2"]


def test_what_half_is_new_of_a_later_day_is_a_version_at_the_same_address_alone() -> None:
    url = "https://gazette.example/dam"
    was = article("dam", f"Una Marsh denied that {COST}", f"Tom Beck said that {OPEN}")
    now = article("dam", f"Una Marsh denied that {COST}", "Max Rand praised old boats", day=2)
    assert not is_version(now, was)
    there = [one.model_copy(update={"url": url}) for one in (now, was)]
    assert is_version(*there)


def test_a_correction_that_is_given_twice_takes_the_place_of_the_former_version() -> None:
    former = COURIER.model_copy(update={"url": "https://courier.example/dam"})
    new = former.model_copy(update={"id": "dam", "text": f"Tom Beck denied that {SAFE}."})
    with reading() as (llm, _):
        known = compare([HERALD, former], llm=llm)
        after = update(known, [new, new.model_copy(update={"id": "dam-2"})], llm=llm)
    assert [one.id for one in after.articles] == ["herald", "courier"]
    assert after.articles[1].text == new.text


def test_two_new_articles_of_one_id_are_refused(first: Comparison) -> None:
    one = Article(id="same", text="Some words.")
    with reading() as (llm, _), pytest.raises(ArticleError, match="same"):
        update(first, [one, one], llm=llm)


def test_the_result_goes_through_json(first: Comparison) -> None:
    with reading() as (llm, _):
        after = update(first, [GAZETTE], llm=llm)
    assert Comparison.model_validate_json(after.model_dump_json()) == after
    assert "changes" not in first.model_dump_json()


def test_the_calls_do_not_grow_with_what_is_known() -> None:
    # Words are told apart by their first five letters.
    places = [f"{one}{other}lmor" for one in "BDFGHKLMNP" for other in "aeiouy"]
    points = [f"the bridge of {name} is closed" for name in places]
    known = [
        article(f"a{at}", *(f"Speaker{at} Roe said that {one}" for one in points[at * 3 :][:9]))
        for at in range(20)
    ]
    new = article("new", f"Una Marsh denied that {points[30]}", day=9)
    settings = CompareSettings(claims_per_call=40)
    with reading() as (llm, model):
        first = compare(known, llm=llm, settings=settings)
        whole = model.asked.copy()
        model.asked.clear()
        after = update(first, [new], llm=llm, settings=settings)
    assert whole["extract"] == 20
    assert whole["pair"] > 1
    assert model.asked == {"extract": 1, "speakers": 1, "pair": 1, "classify": 1}
    assert after.changes is not None
    assert len(after.changes.disputes) == 1
