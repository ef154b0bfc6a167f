"""What of a sentence outlets change, and what they do not."""

import pytest

from claimcompare.stages.reprints import columns, plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“It is dry,” she said.", '"IT IS  DRY" , she said'),
        ("ALDMERE (Fenwick Wire) — The quay is dry.", "Aldmere, May 3 (fw) - The quay is dry."),
        ("ALDMERE – The quay is dry.", "The quay is dry."),
        ("Co-operation in Ａldmere", "coopera\u00adtion in Aldmere"),
        ("2019年5月の洪水", "2019 年 5 月の洪水。"),
        ("It’s 1\u202f200 crowns", "it's 1 200 crowns"),
        ("Das Geb\u00e4ude", "das Geba\u0308ude"),
    ],
)
def test_the_same_in_other_clothes(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.5 crowns", "15 crowns"),
        ("on 3 5 or 7", "on 35 or 7"),
        ("5% of it", "5 of it"),
        ("$5", "€5"),
        ("It is dry.", "It is dry?"),
        ("It is dry.", "It is not dry."),
        ("कल", "कला"),
        ("The quay – built in 1902 – is dry.", "The lock – built in 1902 – is dry."),
        ("The quay (new) is dry - it leaks.", "The lock (new) is dry - it leaks."),
    ],
)
def test_what_says_something_else(one: str, other: str) -> None:
    assert plain(one) != plain(other)


def test_letters_that_fill_a_square_count_twice() -> None:
    assert [columns(one) for one in ("quay", "港口", "부두", "ท่า")] == [4, 4, 4, 3]
