"""Counts: which numbers are of the same thing."""

import pytest

from claimcompare.stages.counts import same_count


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("21 boats were damaged.", "Twenty-one boats were damaged.", True),
        ("21 boats were damaged.", "Nine boats were damaged.", False),
        ("21 boats were damaged.", "Some boats were damaged.", None),
        ("21 boats were damaged.", "The mayor married 21 times.", None),
        ("21 boats were damaged.", "21 boats were not damaged.", None),
        ("21 boats were damaged.", "It is false that 21 boats were damaged.", None),
        ("", "", None),
    ],
)
def test_counts_are_compared_where_they_count_the_same(
    one: str, other: str, *, same: bool | None
) -> None:
    assert same_count(one, other) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("58 people were hurt at the ground.", "Bray put the number of people hurt at 19."),
        ("91 long-range drones were shot down.", "41 drones were shot down."),
        ("The repair cost $31 million.", "The repair cost 24 million crowns."),
        ("The ferry costs 1,200 crowns.", "The ferry costs 1.300 crowns."),
        ("The harbour lost $1,200.", "The harbour lost $900."),
        ("In May 12,000 people fled the town.", "In May 15,000 people fled the town."),
        ("In March 12.5 percent of boats sank.", "In March 40.5 percent of boats sank."),
        ("In June 40 people were hurt.", "In June 20 people were hurt."),
        ("At least 19 may have been hurt.", "At least 58 may have been hurt."),
        ("They will march 20 miles to Dorran.", "They will march 30 miles to Dorran."),
        ("Power failed in 2000 homes.", "Power failed in 900 homes."),
        ("Three boats sank, 40 people were hurt.", "Three days on, 90 people were hurt."),
        ("21 boats sank.", "Twenty-two boats sank."),
        (
            "Club puts injured at 19, questions count.",
            "58 people were injured, by the club's count.",
        ),
    ],
)
def test_other_numbers_of_one_thing_differ(one: str, other: str) -> None:
    assert same_count(one, other) is False
    assert same_count(other, one) is False


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The harbour settled six suits.", "The harbour settled a suit for $84,000."),
        ("Rice speaks on March 3 at the harbour.", "Rice speaks two weeks later at the harbour."),
        ("The pumps of the lock failed in 2019.", "The pumps of the lock failed twice."),
        ("The lock was built in May 1998.", "The lock was built by 40 masons."),
        ("On 2025-12-29 the lock was shut.", "The lock was shut by 40 masons."),
        ("12 boats of the old harbour were shut in.", "14 masons shut in the boats."),
        ("The lock was shut by 2030.", "The lock was shut by 40 masons."),
        ("The lock was shut on 12/29/2025.", "The lock was shut by 40 masons."),
        ("Шлюз закрыли 29 декабря.", "Шлюз закрыли 3 января."),
        ("The lock was shut from 2015 to 2019.", "The lock was shut by 40 masons."),
        ("The lock was shut on 19 May 2025.", "The lock was shut by 40 masons."),
        ("The lock was shut on March 3.", "The lock was shut by 40 masons."),
        ("At 7:51 p.m. the lock was shut.", "At 4:20 p.m. the lock was shut."),
        ("The lock was shut at 7 pm.", "The lock was shut at 16:20."),
        ("Um 7 Uhr schloss die Schleuse.", "Die Schleuse schloss um 16 Uhr."),
        ("Am 3. März schloss die Schleuse.", "Zwei Männer schlossen die Schleuse, 14 halfen."),
    ],
)
def test_numbers_of_other_things_and_dates_do_not_compare(one: str, other: str) -> None:
    assert same_count(one, other) is None
    assert same_count(other, one) is None
