"""Articles that are read again: what repeats them, and where that fails."""

from claimcompare import Article, Comparison, Prompt, compare, update
from tests.updating.stories import COST, OPEN, SAFE, Model, article, reading

ROOM = "The harbour board met on Monday in the old customs house with the harbour master"
RAIN = "Rain fell all day on the roofs of the lower town and the market square by the river"
FERRY = "The ferry landing is closed to all heavy goods since the middle of last winter"
SAID = f"Ines Vale said that {SAFE}"
ORIGINAL = article("a", SAID, ROOM, RAIN, FERRY)
COPY = article("b", SAID, ROOM, RAIN, FERRY, day=2)
CORRECTED = article("a", "Ines Vale slept", ROOM, RAIN, FERRY)
DENIED = article("z", f"Tom Beck denied that {SAFE}", day=3)


class Unreadable(Model):
    """Gives no usable answer for articles with some words."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words

    def __call__(self, prompt: Prompt) -> object:
        if prompt.name == "extract" and self.words in prompt.user:
            return "no JSON"
        return super().__call__(prompt)


def compared(*articles: Article) -> Comparison:
    with reading() as (llm, _):
        return compare(list(articles), llm=llm)


def updated(known: Comparison, *articles: Article, unread: str = "nobody says this") -> Comparison:
    with reading(Unreadable(unread)) as (llm, _):
        return update(known, list(articles), llm=llm)


def failures(made: Comparison) -> list[tuple[str | None, str]]:
    """The articles that got no answer, each with the end of what is told."""
    rows = (row for row in made.ledger if row.outcome == "failed")
    return [(row.article_id, row.reason.rpartition("; ")[2]) for row in rows]


def test_what_a_copy_repeats_stays_where_the_original_is_corrected() -> None:
    known = compared(ORIGINAL, COPY, DENIED)
    assert [one.id for one in known.claims] == ["a:1", "z:1"]
    made = updated(known, CORRECTED)
    assert [one.id for one in made.claims] == ["b:1", "z:1"]
    (dispute,) = made.disputes
    assert {one.claim_id for one in dispute.assertions} == {"b:1", "z:1"}
    (copy,) = made.copies
    assert (copy.article_id, copy.of, copy.share) == ("b", "a", 0.75)
    assert not [row for row in made.ledger if "4 of 4" in row.reason]
    assert made.speakers == known.speakers


def test_what_a_copy_has_of_another_copy_is_read_again_with_it() -> None:
    more = f"Una Marsh said that {OPEN} after a long debate in the council of the town"
    first, second = (article(name, SAID, ROOM, RAIN, FERRY, more, day=2) for name in "bc")
    known = compared(ORIGINAL, first, second)
    assert [one.id for one in known.claims] == ["a:1", "b:1"]
    made = updated(known, article("b", SAID, ROOM, RAIN, FERRY, day=2))
    assert [(one.article_id, one.speaker) for one in made.claims] == [
        ("a", "Ines Vale"),
        ("c", "Una Marsh"),
    ]


def test_the_former_version_stays_until_the_new_one_is_read() -> None:
    known = compared(ORIGINAL, DENIED)
    other = article("new", f"Una Marsh said that {COST}", day=4)
    made = updated(known, CORRECTED, other, unread="slept")
    assert made.articles[:2] == known.articles
    assert made.claims[:2] == known.claims
    assert made.disputes[0].pairs == known.disputes[0].pairs
    assert made.changes is not None
    assert (made.changes.gone, made.changes.corrected) == ((), ())
    assert made.changes.claims == ("new:1",)
    assert failures(made) == [("a", "its former version is kept")]
    again = updated(made, CORRECTED, unread="slept")
    assert failures(again) == failures(made)
    after = updated(again, CORRECTED)
    assert failures(after) == []
    assert [one.id for one in after.claims] == ["z:1", "new:1"]
    assert after.articles[0].text == CORRECTED.text


def test_articles_that_repeat_each_other_wait_for_each_other() -> None:
    known = compared(ORIGINAL, COPY, DENIED)
    made = updated(known, CORRECTED, article("other", "It rained"), unread="Ines Vale said")
    assert made.articles[:3] == known.articles
    assert (made.claims, made.copies) == (known.claims, known.copies)
    assert dict(failures(made)) == {
        "a": "an article that repeats it could not be read with it: its former version is kept",
        "b": "its former version is kept",
    }


def test_what_repeats_a_text_that_could_not_be_read_is_told() -> None:
    known = compared(ORIGINAL, DENIED)
    slept = article("c", "Ines Vale slept", ROOM, RAIN, FERRY, day=5)
    made = updated(known, CORRECTED, slept, article("d", SAID, day=6), unread="slept")
    assert [one.article_id for one in made.claims] == ["a", "z", "d"]
    assert ("c", "it repeats the new text of 'a', which could not be read") in failures(made)
    after = updated(made, CORRECTED, slept)
    assert failures(after) == []


def test_claims_stay_where_an_article_is_read_again_in_vain() -> None:
    known = compared(ORIGINAL, DENIED)
    row = known.ledger[0].model_copy(update={"outcome": "failed", "article_id": "a"})
    half = known.model_copy(update={"ledger": (*known.ledger, row)})
    made = updated(half, ORIGINAL, article("d", f"Una Marsh said that {COST}"), unread="Ines")
    assert made.claims[:2] == known.claims
    assert made.disputes[0].pairs == known.disputes[0].pairs
    assert {name for name, _ in failures(made)} == {"a"}
