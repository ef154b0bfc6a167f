"""What holds by structure where a model obeys an attack, and obeys it in one stage alone."""

from functools import cache

import pytest

from claimcompare import Comparison
from tests.hostile.corpus import ATTACKS, Attack
from tests.hostile.obedient import CASES, Change, changed, run

SOME = pytest.mark.parametrize("attack", ATTACKS[::25], ids=lambda attack: attack.name)


@cache
def clean() -> Comparison:
    return run(Attack("none", ""), (), copies=False)[0]


def change(attack: Attack, *stages: str, copies: bool) -> tuple[Change, set[str]]:
    found, reached = run(attack, stages, copies=copies)
    return changed(clean(), found), reached


def test_the_model_reads_well_where_nothing_is_attacked() -> None:
    assert [len(one.supporting) for one in clean().disputes] == [2, 1]
    assert [len(one.denying) for one in clean().disputes] == [1, 1]
    assert changed(clean(), clean()) == Change()


@SOME
def test_a_reader_who_obeys_changes_no_claim_and_no_label_of_other_articles(attack: Attack) -> None:
    found, reached = change(attack, "extract", copies=True)
    assert "extract" in reached
    assert found == Change()


@SOME
def test_words_of_an_article_reach_pairing_only_where_the_reader_made_a_claim_of_them(
    attack: Attack,
) -> None:
    found, reached = change(attack, "pair", copies=False)
    assert "pair" not in reached
    assert found == Change()


@SOME
@pytest.mark.parametrize(("stage", "copies"), [("pair", True), ("classify", False)])
def test_one_reading_that_obeys_turns_no_side_that_the_other_has_read(
    attack: Attack, stage: str, *, copies: bool
) -> None:
    found, reached = change(attack, stage, copies=copies)
    assert stage in reached
    assert found.turned == found.named == found.broken == 0


@pytest.mark.parametrize(("stages", "copies"), CASES)
def test_whoever_obeys_invents_no_claim_no_evidence_and_no_speaker_of_an_article(
    stages: tuple[str, ...], *, copies: bool
) -> None:
    assert change(ATTACKS[0], *stages, copies=copies)[0].broken == 0
