"""Counts: which numbers are of the same thing, and which of these cannot both be right."""

import pytest

from claimcompare.small.counts import counted, differ


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("58 people were hurt at the ground.", "Bray put the number of people hurt at 19."),
        ("91 long-range drones were shot down.", "41 drones were shot down."),
        ("The repair cost $31 million.", "The repair cost $24 million."),
        ("The ferry costs 1,200 crowns.", "The ferry costs 1,300 crowns."),
        ("The harbour lost $1,200.", "The harbour lost $900."),
        ("In May 12,000 people fled the town.", "In May 15,000 people fled the town."),
        ("In March 12.5 percent of boats sank.", "In March 40.5 percent of boats sank."),
        ("In June 40 people were hurt.", "In June 20 people were hurt."),
        ("They will march 20 miles to Dorran.", "They will march 30 miles to Dorran."),
        ("Power failed in 2000 homes.", "Power failed in 900 homes."),
        ("Three boats sank, 40 people were hurt.", "Three days on, 90 people were hurt."),
        ("21 boats sank.", "Twenty-two boats sank."),
        (
            "Club puts injured at 19, questions count.",
            "58 people were injured, by the club's count.",
        ),
        ("The harbour lost 1.5 million dollars.", "The harbour lost 15 million dollars."),
        ("The harbour lost $1.5 million.", "The harbour lost $15 million."),
        ("At least 58 may have been hurt.", "At most 19 may have been hurt."),
        ("At least 58 people were hurt.", "19 people were hurt."),
        ("No more than 19 people were hurt.", "58 people were hurt."),
    ],
)
def test_other_numbers_of_one_thing_differ(one: str, other: str) -> None:
    assert differ(counted(one), counted(other))
    assert differ(counted(other), counted(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("21 boats were damaged.", "Twenty-one boats were damaged."),
        ("21 boats were damaged.", "Some boats were damaged."),
        ("21 boats were damaged.", "The mayor married 21 times."),
        ("21 boats were damaged.", "The mayor of Dorran married 3 times."),
        ("More than 40 were hurt.", "At least 43 were hurt."),
        ("More than 40 people were hurt.", "43 people were hurt."),
        ("The harbour lost 1.5 million crowns.", "The harbour lost 1,500,000 crowns."),
        ("About 60 people were hurt.", "58 people were hurt."),
        ("Up to 60 people were hurt.", "58 people were hurt."),
        ("No fewer than 40 people were hurt.", "43 people were hurt."),
        ("The harbour settled six suits.", "The harbour settled a suit for $84,000."),
        ("Rice speaks on March 3 at the harbour.", "Rice speaks two weeks later at the harbour."),
        ("The pumps of the lock failed in 2019.", "The pumps of the lock failed twice."),
        ("The lock was built in May 1998.", "The lock was built by 40 masons."),
        ("On 2025-12-29 the lock was shut.", "The lock was shut by 40 masons."),
        ("12 boats of the old harbour were shut in.", "14 masons shut in the boats."),
        ("The lock was shut by 2030.", "The lock was shut by 40 masons."),
        ("The lock was shut on 12/29/2025.", "The lock was shut by 40 masons."),
        ("The lock was shut from 2015 to 2019.", "The lock was shut by 40 masons."),
        ("The lock was shut on 19 May 2025.", "The lock was shut by 40 masons."),
        ("The lock was shut on March 3.", "The lock was shut by 40 masons."),
        ("At 7:51 p.m. the lock was shut.", "At 4:20 p.m. the lock was shut."),
        ("The lock was shut at 7 pm.", "The lock was shut at 16:20."),
        ("21 boats were damaged.", "Nobody says that 25 boats were damaged."),
        ("21 boats sank.", "He denied that 25 boats sank."),
        ("The repair cost $31 million.", "The repair cost 24 million crowns."),
        ("At least 19 may have been hurt.", "At least 58 may have been hurt."),
        ("12.5 percent of the boats sank.", "40 boats sank."),
        ("", ""),
    ],
)
def test_numbers_that_go_together_or_count_other_things_do_not(one: str, other: str) -> None:
    assert not differ(counted(one), counted(other))
    assert not differ(counted(other), counted(one))


@pytest.mark.parametrize("text", ["On 19 May 2025 it rained.", "In 2019 it rained.", "It rained."])
def test_dates_count_nothing(text: str) -> None:
    assert counted(text) is None
