"""What is meant for a model is told from what is meant for readers."""

import pytest

from claimcompare import Article
from claimcompare.stages.passages import passages
from claimcompare.stages.steering import steers
from tests.hostile.corpus import ATTACKS, HOST, Attack
from tests.hostile.fresh import FRESH
from tests.hostile.innocent import INNOCENT, MARKED
from tests.hostile.reworded import REWORDED


def unmarked(text: str) -> list[str]:
    """The passages of a text that would be read among others."""
    found = passages(Article(id="attack", text=text))
    return [passage.text for passage in found if not steers(passage.text)]


def test_there_are_enough_attacks() -> None:
    assert len({attack.text for attack in ATTACKS}) == len(ATTACKS) >= 80
    assert len(INNOCENT) >= 60


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_is_found(attack: Attack) -> None:
    assert not unmarked(attack.text)


@pytest.mark.parametrize("text", REWORDED)
def test_in_other_words_it_is_found_too(text: str) -> None:
    assert not unmarked(text)


def test_most_that_was_not_foreseen_is_found() -> None:
    """Attacks by which the patterns were not made at first; a few are still missed."""
    assert sum(not unmarked(text) for text in FRESH) >= 0.75 * len(FRESH)


@pytest.mark.parametrize("text", [*INNOCENT, *(line for lines in HOST for line in lines)])
def test_news_is_not(text: str) -> None:
    assert steers(text) == (text in MARKED)
