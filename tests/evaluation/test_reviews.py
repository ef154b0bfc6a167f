"""A desk's corrections become its gold."""

from pathlib import Path

import pytest

from claimcompare.errors import GoldError
from claimcompare.evaluation import read_comparisons, read_relations, write_gold
from claimcompare.evaluation.metrics import comparison_outcome
from claimcompare.schema import Article
from claimcompare.schema.review import Place, Review
from claimcompare.stages.review import reviewed
from tests.report import again
from tests.reviewing import SOUND, STANCES, lock, mark, marks, stance_mark

LOCK = lock()
ALL_RIGHT = marks(
    *(mark(LOCK, one.id, "right") for one in LOCK.claims),
    *(stance_mark(LOCK, one, "right") for one in STANCES),
)


def test_a_comparison_that_is_all_right_scores_as_all_right(tmp_path: Path) -> None:
    written = write_gold(ALL_RIGHT, LOCK, tmp_path / "lock.gold.json")
    assert (written.claims, written.disputes, written.stances) == (5, 1, 3)
    assert written.left_out == ("1 marked stances are open, or of claims that are not certain",)
    (item,) = read_comparisons(tmp_path / "lock.gold.json").items
    outcome = comparison_outcome(item, LOCK)
    assert (outcome.claims.right, outcome.claims.missed, outcome.claims.wrong) == (5, 0, 0)
    assert (outcome.disputes.right, outcome.stances_right, outcome.stances_asked) == (1, 3, 3)


def test_what_was_corrected_counts_against_the_comparison(tmp_path: Path) -> None:
    review = marks(
        mark(LOCK, "post:1", "right"),
        mark(LOCK, "post:2", "wrong", right_speaker={"name": "Lena Marsh"}),
        mark(LOCK, "echo:1", "right"),
        mark(LOCK, "echo:2", "wrong"),
        mark(LOCK, "post:3", "check"),
        stance_mark(LOCK, "post:1", "right"),
        stance_mark(LOCK, "post:2", "wrong", right_stance="context"),
        stance_mark(LOCK, "echo:1", "right"),
        stance_mark(LOCK, "post:3", "wrong", right_stance="support"),
    )
    written = write_gold(review, LOCK, tmp_path / "lock.gold.json")
    assert (written.claims, written.disputes, written.stances) == (3, 1, 3)
    (item,) = read_comparisons(tmp_path / "lock.gold.json").items
    before, after = comparison_outcome(item, LOCK), comparison_outcome(item, reviewed(LOCK, review))
    assert (before.claims.right, after.claims.right) == (2, 3)
    assert (before.stances_right, before.stances_asked) == (2, 2)
    assert (after.stances_right, after.stances_asked) == (3, 3)
    relations = {one.claim: one for one in read_relations(tmp_path).items}
    assert relations["The north lock will outlast the quay."].relation == "context"
    assert relations["The north lock will outlast the quay."].speaker == "Lena Marsh"
    assert {one.proposition for one in relations.values()} == {SOUND}


def test_a_dispute_without_a_certain_side_is_left_out(tmp_path: Path) -> None:
    some = marks(
        mark(LOCK, "post:1", "right"),
        stance_mark(LOCK, "post:1", "right"),
        stance_mark(LOCK, "echo:1", "right"),
    )
    written = write_gold(some, LOCK, tmp_path / "lock.gold.json")
    assert (written.claims, written.disputes) == (1, 0)
    assert written.left_out == (
        "1 marked stances are open, or of claims that are not certain",
        "1 propositions lack a certain claim on one side",
        "2 claims of these articles are not marked: who finds them is counted as in error",
    )


def test_the_articles_stand_beside_it_under_names_of_its_own(tmp_path: Path) -> None:
    ids = {"post": "../../post\n", "echo": "/etc/echo"}
    made = again(
        LOCK,
        articles=tuple(one.model_copy(update={"id": ids[one.id]}) for one in LOCK.articles),
        claims=tuple(
            one.model_copy(update={"article_id": ids[one.article_id]}) for one in LOCK.claims
        ),
    )
    write_gold(ALL_RIGHT, made, tmp_path / "lock.gold.json")
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        *("lock.1.txt", "lock.2.txt", "lock.gold.json")
    ]
    (item,) = read_comparisons(tmp_path / "lock.gold.json").items
    assert [one.text for one in item.articles] == [one.text for one in LOCK.articles]
    write_gold(ALL_RIGHT, made, tmp_path / "lock.gold.json")


@pytest.mark.parametrize("text", ["", "other words", LOCK.articles[0].text + "\n"])
def test_a_file_of_somebody_is_not_written_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "lock.1.txt").write_text(text, encoding="utf-8")
    with pytest.raises(GoldError, match=r"lock\.1\.txt.*name other gold"):
        write_gold(ALL_RIGHT, LOCK, tmp_path / "lock.gold.json")
    assert (tmp_path / "lock.1.txt").read_text(encoding="utf-8") == text
    assert not (tmp_path / "lock.gold.json").exists()


def test_an_article_that_a_file_cannot_hold_is_named(tmp_path: Path) -> None:
    post = Article(id="post", text=f"\ufeff{LOCK.articles[0].text}")
    made = again(LOCK, articles=(post, LOCK.articles[1]))
    with pytest.raises(GoldError, match="'post' cannot be kept"):
        write_gold(marks(mark(made, "post:1", "right")), made, tmp_path / "lock.gold.json")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("review", "name", "says"),
    [
        (Review(), "lock.gold.json", "no claim of these articles is marked right"),
        (marks(mark(LOCK, "post:1", "wrong")), "lock.gold.json", "no claim of these"),
        (ALL_RIGHT, "lock.json", "name it"),
    ],
)
def test_nothing_is_written_where_nothing_is_certain(
    tmp_path: Path, review: Review, name: str, says: str
) -> None:
    with pytest.raises(GoldError, match=says):
        write_gold(review, LOCK, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_place_outside_the_article_is_no_gold(tmp_path: Path) -> None:
    right = mark(LOCK, "post:1", "right")
    far = right.of.model_copy(update={"evidence": (Place(start=9_000, end=9_009),)})
    with pytest.raises(GoldError, match="no claim"):
        write_gold(marks(right.model_copy(update={"of": far})), LOCK, tmp_path / "lock.gold.json")
