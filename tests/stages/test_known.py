"""The stages where an event was compared before: what is known keeps its words."""

import pytest

from claimcompare import Article, CompareSettings, Event, Proposition
from claimcompare.llm import LLM
from claimcompare.small.grouping import with_known
from claimcompare.stages import find_repeats
from claimcompare.stages.flow import Count
from claimcompare.stages.join import Joiner
from claimcompare.stages.nearness import windows_around
from claimcompare.stages.pair import ModelPairer
from tests.stages.events import asking, claim, event

KNOWN = Proposition(text="The dam is safe.", supported_by=("post:1",), denied_by=("post:2",))
OTHER = Proposition(text="The dam was tested.", supported_by=("post:3",), denied_by=("post:4",))
FOUND = Proposition(text="The dam is unsafe.", supported_by=("post:5",), denied_by=("post:1",))


def joined(
    same: object, found: list[Proposition], known: list[Proposition]
) -> tuple[list[Proposition], int]:
    with asking({"same": same}) as (llm, seen):
        joiner = Joiner(llm, CompareSettings(), Count("pair", None))
        made, _ = llm.run(joiner.join(found, known))
        return made, len(seen)


@pytest.mark.parametrize(
    "same",
    [{"as": 3, "equal": [], "opposite": [1]}, {"as": 1, "equal": [], "opposite": [3]}],
    ids=["as the found", "as the known"],
)
def test_a_known_proposition_keeps_its_words_and_sides(same: object) -> None:
    made, asked = joined([same], [FOUND], [KNOWN, OTHER])
    assert asked == 1
    assert [one.text for one in made] == [KNOWN.text, OTHER.text]
    assert made[0].supported_by == ("post:1",)
    assert made[0].denied_by == ("post:2", "post:5")


def test_two_known_propositions_are_never_one() -> None:
    same = {"as": 1, "equal": [2, 3], "opposite": []}
    made, _ = joined([same], [FOUND], [KNOWN, OTHER])
    assert [one.text for one in made] == [KNOWN.text, OTHER.text]
    assert made[1] == OTHER
    chain = [{"as": 3, "equal": [1], "opposite": []}, {"as": 3, "equal": [2], "opposite": []}]
    made, _ = joined(chain, [FOUND], [KNOWN, OTHER])
    assert made[1] == OTHER


def paired(llm: LLM, given: Event) -> tuple[tuple[Proposition, ...], set[str]]:
    pairer = ModelPairer(llm, CompareSettings(nearest=0), Count("pair", None))
    found = llm.run(pairer.pair(given))
    return found.propositions, {row.item for row in found.log.ledger}


CLAIMS = [
    claim(1, "Ines Vale", "The dam is safe."),
    claim(2, "Tom Beck", "The dam is not safe."),
    claim(3, "Una Marsh", "The dam leaks."),
]


def test_what_is_in_dispute_among_old_claims_is_not_asked_about_again() -> None:
    dispute = {
        "proposition": "The dam holds.", "form": "plain", "support": [1], "deny": [2],
        "withdrawn": [],
    }  # fmt: skip
    given = event(*CLAIMS).model_copy(update={"known": (KNOWN,), "new": frozenset({CLAIMS[2].id})})
    with asking({"disputes": [dispute]}) as (llm, seen):
        propositions, rows = paired(llm, given)
    assert len(seen) == 1  # Nothing is left to be joined.
    assert propositions == (KNOWN,)
    assert rows == {CLAIMS[2].id}


def test_without_new_claims_nobody_is_asked() -> None:
    given = event(*CLAIMS).model_copy(update={"known": (KNOWN,), "new": frozenset()})
    with asking({}) as (llm, seen):
        assert paired(llm, given) == ((KNOWN,), set())
    assert not seen


def test_windows_are_those_of_new_claims() -> None:
    places = [f"{one}{other}lmor" for one in "BDFGHKLMNP" for other in "aeiouy"]
    texts = [f"The bridge of {name} is closed." for name in [*places, *places]]
    windows = list(windows_around([5, 70], texts, 20, 4))
    assert len(windows) == 1
    assert {5, 65, 70, 10} <= set(windows[0])
    assert list(windows_around([0], texts[:20], 20, 4)) == [list(range(20))]


def test_a_claim_on_a_known_side_brings_what_is_found_of_it() -> None:
    found = Proposition(text="The dam is dangerous.", supported_by=("post:2",), denied_by=("x",))
    (made,) = with_known([found], ["post:2"], [KNOWN])
    assert (made.text, made.supported_by, made.denied_by) == (
        KNOWN.text, ("post:1", "x"), ("post:2",)
    )  # fmt: skip
    new = Proposition(text="It rains.", supported_by=("post:9",), denied_by=("x",))
    assert with_known([new], ["post:9"], [KNOWN]) == [KNOWN, new]


def test_what_was_read_before_counts_as_earlier() -> None:
    words = "The council of Corrow met on Monday. It talked of the old dam for three hours."
    old = Article(id="old", text=words, published="2026-05-09")
    new = Article(id="new", text=words, published="2026-05-01")
    assert [one.of for one in find_repeats([old, new]).copies] == ["new"]
    (copy,) = find_repeats([new], before=[old]).copies
    assert (copy.article_id, copy.of) == ("new", "old")
    assert find_repeats([], before=[old, new]).copies == ()
