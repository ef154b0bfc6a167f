"""A negation is taken out where nothing else changes."""

import pytest

from claimcompare.small.polarity import Polar, positive


@pytest.mark.parametrize(
    ("negative", "bare"),
    [
        ("It is not true that the quay is dry.", "The quay is dry."),
        ("It was untrue that Una Brock paid.", "Una Brock paid."),
        ("The quay is not dry.", "The quay is dry."),
        ("The quay isn't dry.", "The quay is dry."),
        ("The quay isn\u2019t dry.", "The quay is dry."),
        ("Brock cannot swim.", "Brock can swim."),
        ("Brock can't swim.", "Brock can swim."),
        ("The gate won't close.", "The gate will close."),
        ("The council did not pay the guards.", "The council did pay the guards."),
        ("The lock should not be opened in May.", "The lock should be opened in May."),
        ("Don't open it.", "Do open it."),
    ],
)
def test_one_negation_is_taken_out(negative: str, bare: str) -> None:
    assert positive(negative) == Polar(bare, negative=True)
    assert positive(bare) == Polar(bare, negative=False)


@pytest.mark.parametrize(
    "text",
    [
        "The quay is dry.",
        "Nobody saw the drone.",
        "No drone was over Dorran.",
        "The guards never slept.",
        "The mayor, not the council, paid.",
        "Not the mayor but the council paid.",
        "The lock is not only old but not safe.",
        "Not only the lock is old.",
        "The lock is not only old.",
        "",
        "No.",
        "The quay, which is not dry, is closed.",
        "Those who are not ill may leave.",
        "The quay is not dry but wet.",
        "The ferry did not sail because of the storm.",
        "Der Kai ist nicht trocken.",
    ],
)
def test_what_does_more_than_negate_stays(text: str) -> None:
    assert positive(text) == Polar(text, negative=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It is not true that the gate will not close.",
            Polar("The gate will close.", negative=False),
        ),
        ("It is untrue that nobody came.", Polar("Nobody came.", negative=True)),
        (
            "It is a lie that the quay, which is not dry, is shut.",
            Polar("The quay, which is not dry, is shut.", negative=True),
        ),
    ],
)
def test_what_is_untrue_may_hold_a_negation_of_its_own(text: str, expected: Polar) -> None:
    assert positive(text) == expected
