"""Claims that may oppose each other meet in some window, however many there are."""

from hypothesis import given
from hypothesis import strategies as st

from claimcompare.stages.nearness import Nearness, shared_windows

THINGS = [
    f"{name} {kind}"
    for name in ("Harl", "Corrow", "Tarn", "Selk")
    for kind in ("dam", "quay", "rink", "mill", "lock")
]


def windows(texts: list[str], size: int, count: int = 10) -> list[set[int]]:
    return [set(window) for window in shared_windows(texts, size, count)]


def test_few_claims_are_one_window() -> None:
    assert windows(["a b", "c d"], 5) == [{0, 1}]


def test_opposed_claims_far_apart_meet() -> None:
    said = [f"The {thing} was closed on day {day}." for day in range(1, 11) for thing in THINGS]
    denied = [
        f"On day {day} nobody closed the {thing}." for day in range(1, 11) for thing in THINGS
    ]
    texts = said + denied
    places = sorted(range(len(texts)), key=lambda at: at * 7_919 % 10_007)
    shuffled = [texts[at] for at in places]
    where = {at: new for new, at in enumerate(places)}
    found = windows(shuffled, 60)
    met = sum(
        any({where[at], where[at + len(said)]} <= window for window in found)
        for at in range(len(said))
    )
    assert met >= 0.95 * len(said)
    assert all(len(window) <= 60 for window in found)


def test_what_everybody_says_meets_its_denial() -> None:
    texts = []
    for article in range(40):
        texts += [
            f"The harbour wall is safe, {article} engineers found.",
            f"Crane {article} is blue.",
        ]
    texts.append("The harbour wall is unsafe, a diver found.")
    denial = len(texts) - 1
    said = set(range(0, len(texts) - 1, 2))
    assert any(denial in window and window & said for window in windows(texts, 20))


def test_the_nearest_come_first_and_equals_in_order() -> None:
    near = Nearness(["The dam is safe.", "The quay is wet.", "A dam broke.", "A dam broke."])
    assert near.nearest("Is the dam safe?", 1) == [0]
    assert near.nearest("dam broke", 2) == [2, 3]


@given(st.lists(st.text("abc ", max_size=12), max_size=60), st.integers(2, 12))
def test_every_claim_is_in_some_window_and_none_is_too_large(texts: list[str], size: int) -> None:
    found = windows(texts, size, 3)
    assert set().union(*found) == set(range(len(texts)))
    assert all(len(window) <= max(size, 1) for window in found)
