"""One-to-one matches."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from claimcompare.evaluation.metrics.matching import best_matches

SIZES = st.integers(0, 4)
TABLES = st.tuples(SIZES, SIZES).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 9), min_size=size[1], max_size=size[1]),
        min_size=size[0],
        max_size=size[0],
    )
)


@given(TABLES)
def test_no_other_matching_gains_more(gains: list[list[int]]) -> None:
    found = best_matches(gains)
    width = len(gains[0]) if gains else 0
    padded = [[*row, *[0] * len(gains)] for row in gains]
    best = max(
        sum(padded[row][column] for row, column in enumerate(columns))
        for columns in permutations(range(width + len(gains)), len(gains))
    )
    assert sum(gains[row][column] for row, column in found.items()) == best
    assert len(set(found.values())) == len(found)
    assert all(gains[row][column] for row, column in found.items())


def test_a_row_gives_way_where_both_can_be_matched() -> None:
    assert best_matches([[5, 4], [5, 0]]) == {0: 1, 1: 0}


def test_one_great_gain_is_worth_more_than_two_small_ones() -> None:
    assert best_matches([[9, 1], [1, 0]]) == {0: 0}
