"""`Watch`: stories that grow from round to round, and a state that a stop leaves whole."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from claimcompare import (
    Article,
    ArticleError,
    BudgetExceeded,
    Comparison,
    LLMUnavailable,
    Prompt,
)
from claimcompare.corpus import watched, watching
from claimcompare.corpus.seen import Seen, SeenFile, key_of
from claimcompare.corpus.watched import Asking, Watched
from claimcompare.corpus.watching import Watch
from tests.updating.stories import COST, SAFE, Model, article, others, reading

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
HERALD = article("feed-1", f"Ines Vale said that {SAFE}", f"Ines Vale said that {COST}")
COURIER = article("feed-1", f"Tom Beck denied that {SAFE}", day=2, publisher="Corrow Courier")
GAZETTE = article("feed-2", f"Una Marsh denied that {COST}", day=3, publisher="Quay Gazette")
ROAD = "the tunnel of Zelm to Quorn will carry 300 ferries"
OTHER = article("feed-3", "The opera of Zelm opened with Verdi, Oskar Lind said", day=2)


def told(
    folder: Path, *articles: Article, now: datetime = NOW, model: object = None
) -> list[Watched]:
    with reading(model) as (llm, _), Watch(folder) as watch:
        return list(watch.round([*others(), *articles], Asking(llm), now=now))


def test_a_story_is_compared_once_it_has_two_articles_and_then_updated(tmp_path: Path) -> None:
    assert told(tmp_path, HERALD, OTHER) == []
    (first,) = told(tmp_path, HERALD, OTHER, COURIER)
    assert first.is_new
    assert first.comparison is not None
    assert [one.publisher for one in first.comparison.articles] == ["Feed-1 Post", "Corrow Courier"]
    assert told(tmp_path, HERALD, OTHER, COURIER) == []
    (second,) = told(tmp_path, GAZETTE, now=NOW + timedelta(days=1))
    assert (second.story_id, second.is_new) == (first.story_id, False)
    assert second.comparison is not None
    assert second.comparison.changes is not None
    assert second.comparison.changes.outlets == ("Quay Gazette",)
    kept = Comparison.model_validate_json(second.path.read_bytes())
    assert kept == second.comparison


def test_whoever_is_ended_before_it_is_kept_hears_of_it_again(tmp_path: Path) -> None:
    with reading() as (llm, _), Watch(tmp_path) as watch:
        (first,) = islice(watch.round([*others(), HERALD, COURIER], Asking(llm), now=NOW), 1)
    assert not first.path.exists()
    (again,) = told(tmp_path)
    assert again.story_id == first.story_id
    assert again.path.exists()


@pytest.mark.parametrize("is_broken", [False, True])
def test_a_comparison_that_the_state_does_not_know_of_yet_is_taken_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_broken: bool
) -> None:
    def ended(path: Path, whole: str) -> None:
        path.write_text("{" if is_broken else whole, encoding="utf-8")
        raise KeyboardInterrupt

    with monkeypatch.context() as at:
        at.setattr(watching, "write_whole", ended)
        with pytest.raises(KeyboardInterrupt):
            told(tmp_path, HERALD, COURIER)
    (first,) = tmp_path.glob("*.json")
    (second,) = told(tmp_path, COURIER, GAZETTE)
    assert second.is_new == is_broken
    assert is_broken or second.path == first
    assert told(tmp_path) == []


def test_a_story_that_gets_no_answer_is_told_and_tried_again(tmp_path: Path) -> None:
    down = lambda _: LLMUnavailable("away", attempts=1)  # noqa: E731
    (one,) = told(tmp_path, HERALD, COURIER, model=down)
    assert one.comparison is None
    assert "away" in one.error
    (again,) = told(tmp_path)
    assert again.comparison is not None


class Deaf(Model):
    """Gives no usable answer to one task about a text with some words."""

    def __init__(self, task: str, words: str) -> None:
        super().__init__()
        self.task, self.words = task, words

    def __call__(self, prompt: Prompt) -> object:
        """The right answer, or none."""
        is_it = prompt.name.endswith(self.task) and self.words in prompt.user
        return "no JSON" if is_it else super().__call__(prompt)


def test_an_article_that_got_no_answer_is_read_in_the_next_round(tmp_path: Path) -> None:
    for _ in range(2):
        (one,) = told(tmp_path, HERALD, COURIER, model=Deaf("extract", "Tom Beck"))
        assert [row.stage for row in one.failed] == ["extract"]
    (again,) = told(tmp_path, HERALD, COURIER)
    assert again.failed == ()
    assert again.comparison is not None
    assert {claim.article_id for claim in again.comparison.claims} == {"feed-1", "feed-1-2"}
    assert len(again.comparison.disputes) == 1
    assert told(tmp_path, HERALD, COURIER) == []


MET = "The harbour board met on Monday in the old customs house with the harbour master"
RAIN = "Rain fell all day on the roofs of the lower town and the market square by the river"


# Another article that was the first of its file on another day.
NUMBERED = article(
    "a", "Una Marsh praised safe Corrow and its dam", "Una Marsh called Corrow dam safe",
    publisher=None,
)  # fmt: skip


def report(says: str, **more: Any) -> Article:
    """A file of the inbox, most of which stays where it is corrected."""
    return article("a", f"Tom Beck {says} that {SAFE}", MET, RAIN, **{"publisher": None} | more)


def read_of(comparison: Comparison | None) -> dict[str, str]:
    """The ids of articles, and what each says first."""
    assert comparison is not None
    return {one.id: one.text.partition(" that")[0] for one in comparison.articles}


@pytest.mark.parametrize("url", [None, "https://courier.example/dam"])
def test_a_corrected_article_takes_the_place_of_the_former_one(
    tmp_path: Path, url: str | None
) -> None:
    given = [report("denied", url=url), HERALD]
    told(tmp_path, *given)
    for says in ("said", "denied"):
        (again,) = told(tmp_path, report(says, url=url), HERALD)
        assert read_of(again.comparison) == {"a": f"Tom Beck {says}", "feed-1": "Ines Vale said"}
        assert told(tmp_path, report(says, url=url), HERALD) == []


def test_a_correction_before_the_first_comparison_leaves_one_version(tmp_path: Path) -> None:
    told(tmp_path, report("denied"))
    assert told(tmp_path, report("said")) == []
    (first,) = told(tmp_path, report("said"), HERALD)
    assert set(read_of(first.comparison).values()) == {"Tom Beck said", "Ines Vale said"}


def test_a_correction_that_gets_no_answer_is_tried_again(tmp_path: Path) -> None:
    told(tmp_path, report("denied"), HERALD)
    down = lambda _: LLMUnavailable("away", attempts=1)  # noqa: E731
    (one,) = told(tmp_path, report("said"), HERALD, model=down)
    assert "away" in one.error
    (again,) = told(tmp_path, report("said"), HERALD, model=Deaf("extract", "Tom Beck"))
    assert again.failed
    (again,) = told(tmp_path, report("said"), HERALD)
    assert read_of(again.comparison)["a"] == "Tom Beck said"
    assert again.failed == ()


@pytest.mark.parametrize(
    "second",
    [report("said", publisher="Quay Gazette"), report("said", url="https://quay.example/dam")],
    ids=["outlet", "address"],
)
def test_another_article_of_the_same_id_is_none_of_its_versions(
    tmp_path: Path, second: Article
) -> None:
    told(tmp_path, report("denied", publisher="Corrow Courier"), HERALD)
    (again,) = told(tmp_path, second)
    assert again.comparison is not None
    assert len(again.comparison.articles) == 3


def test_two_files_of_one_name_stay_two(tmp_path: Path) -> None:
    both = [report("denied"), report("said")]
    told(tmp_path, both[0], HERALD)
    for again in told(tmp_path, *both, HERALD):
        assert again.comparison is not None
        assert len(again.comparison.articles) == 3
    assert told(tmp_path, *both, HERALD) == []


def test_a_number_is_not_the_article(tmp_path: Path) -> None:
    told(tmp_path, report("denied"), HERALD)
    (again,) = told(tmp_path, NUMBERED, HERALD)
    assert read_of(again.comparison).keys() == {"a", "feed-1", "a-2"}


def test_a_correction_of_what_got_no_answer_is_read_in_its_place(tmp_path: Path) -> None:
    told(tmp_path, report("denied"), HERALD, model=Deaf("extract", "Tom Beck"))
    (again,) = told(tmp_path, report("said"), HERALD)
    assert (again.error, again.failed) == ("", ())
    assert read_of(again.comparison) == {"a": "Tom Beck said", "feed-1": "Ines Vale said"}


def test_a_correction_of_one_of_two_of_an_id_takes_its_own_place(tmp_path: Path) -> None:
    first = article("a", f"Ines Vale said that {SAFE}", publisher="Corrow Courier")
    told(tmp_path, first, report("denied", day=2))
    (again,) = told(tmp_path, first, report("said", day=2))
    assert read_of(again.comparison) == {"a": "Ines Vale said", "a-2": "Tom Beck said"}


def test_before_the_first_comparison_a_number_is_not_the_article_either(tmp_path: Path) -> None:
    told(tmp_path, report("denied"))
    (first,) = told(tmp_path, NUMBERED)
    assert read_of(first.comparison).keys() == {"a", "a-2"}


def test_one_sentence_that_is_corrected_is_one_article(tmp_path: Path) -> None:
    told(tmp_path, article("a", f"Tom Beck denied that {SAFE}", publisher=None))
    assert told(tmp_path, article("a", f"Tom Beck said that {SAFE}", publisher=None)) == []


def test_a_version_that_is_not_taken_yet_is_given_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(tmp_path, report("denied"), HERALD)
    with monkeypatch.context() as at:
        at.setattr(watched, "update", lambda before, *_, **__: before)
        told(tmp_path, report("said"), HERALD)
    (again,) = told(tmp_path, report("said"), HERALD)
    assert read_of(again.comparison) == {"a": "Tom Beck said", "feed-1": "Ines Vale said"}


def test_what_is_over_is_not_tried_again(tmp_path: Path) -> None:
    told(tmp_path, HERALD, COURIER, model=Deaf("extract", "Tom Beck"))
    assert told(tmp_path, now=NOW + timedelta(days=30)) == []


def test_a_correction_that_never_gets_an_answer_is_over_some_day(tmp_path: Path) -> None:
    told(tmp_path, report("denied"), HERALD)
    deaf = Deaf("extract", "Tom Beck")
    tried = [
        len(told(tmp_path, report("said"), HERALD, now=NOW + timedelta(days=day), model=deaf))
        for day in (0, 2, 4, 6, 8)
    ]
    assert tried == [1, 1, 0, 0, 0]


@pytest.mark.parametrize("days", [3, 5, 30])
def test_what_was_never_answered_waits_as_long_as_it_takes(tmp_path: Path, days: int) -> None:
    down = lambda _: LLMUnavailable("away", attempts=1)  # noqa: E731
    for day in (0, 1, days):
        (one,) = told(tmp_path, HERALD, COURIER, now=NOW + timedelta(days=day), model=down)
        assert "away" in one.error
    later = NOW + timedelta(days=days + 10)
    (again,) = told(tmp_path, now=later)
    assert again.comparison is not None
    (one,) = told(tmp_path, GAZETTE, now=later, model=down)
    (last,) = told(tmp_path, now=later + timedelta(days=30))
    assert (last.story_id, last.is_new) == (again.story_id, False)
    assert last.comparison is not None
    assert len(last.comparison.articles) == 3
    assert told(tmp_path, now=later + timedelta(days=60)) == []
    with closing(SeenFile(tmp_path / "watch.sqlite3")) as kept:
        assert not kept.seen


def test_whoever_is_ended_before_anything_is_asked_loses_nothing(tmp_path: Path) -> None:
    broke = lambda _: BudgetExceeded("spent", spent=1, limit=1)  # noqa: E731
    with pytest.raises(BudgetExceeded):
        told(tmp_path, HERALD, COURIER, model=broke)
    (one,) = told(tmp_path, now=NOW + timedelta(days=30))
    assert one.comparison is not None


def two_stories(tmp_path: Path) -> tuple[Path, Path, list[Article]]:
    """The comparisons of two stories, and an article that is new in each."""
    road = [
        article("hill", f"Pia Holm said that {ROAD}"),
        article("dale", f"Max Rand denied that {ROAD}", day=2),
    ]
    first, second = sorted(
        told(tmp_path, HERALD, COURIER, *road),
        key=lambda one: "tunnel" in one.path.read_text(encoding="utf-8"),
    )
    return (
        first.path,
        second.path,
        [GAZETTE, article("moor", f"Lena Stroud denied that {ROAD}", day=3)],
    )


def test_a_comparison_that_is_broken_fails_alone(tmp_path: Path) -> None:
    broken, other, new = two_stories(tmp_path)
    kept = broken.read_bytes()
    broken.write_text("{", encoding="utf-8")
    found = {one.path: one for one in told(tmp_path, *new)}
    assert broken.name in found[broken].error
    assert found[other].comparison is not None
    (again,) = told(tmp_path)
    assert again.path == broken
    broken.write_bytes(kept)
    (mended,) = told(tmp_path)
    assert mended.comparison is not None
    assert len(mended.comparison.articles) == 3


def test_a_comparison_that_is_gone_is_made_anew(tmp_path: Path) -> None:
    gone, other, new = two_stories(tmp_path)
    gone.unlink()
    found = {one.path: one for one in told(tmp_path, *new)}
    assert set(found) == {gone, other}
    made = found[gone].comparison
    assert made is not None
    assert (len(made.articles), len(made.disputes)) == (3, 2)


def test_what_is_over_is_let_go_and_still_known(tmp_path: Path) -> None:
    told(tmp_path, HERALD, COURIER)
    later = NOW + timedelta(days=30)
    assert told(tmp_path, HERALD, COURIER, now=later) == []
    with closing(SeenFile(tmp_path / "watch.sqlite3")) as kept:
        assert SAFE not in str(kept.seen)
        assert kept.is_known(key_of(HERALD))


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    with Watch(tmp_path), pytest.raises(ArticleError, match="another watch"), Watch(tmp_path):
        pass
    with Watch(tmp_path):
        pass


def test_a_state_that_is_broken_is_refused(tmp_path: Path) -> None:
    (tmp_path / "watch.sqlite3").write_text("{" * 1_000, encoding="utf-8")
    with pytest.raises(ArticleError, match=r"watch\.sqlite3"), Watch(tmp_path):
        pass
    (tmp_path / "watch.sqlite3").unlink()
    with Watch(tmp_path):
        pass


def test_only_what_is_new_is_asked(tmp_path: Path) -> None:
    told(tmp_path, HERALD, COURIER)
    model = Model()
    told(tmp_path, HERALD, COURIER, GAZETTE, model=model)
    assert model.asked["extract"] == 1


def test_what_is_written_of_a_story_does_not_grow_with_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put: list[str] = []
    real = SeenFile.put

    def counted(self: SeenFile, one: Seen) -> None:
        put.append(one.article.id)
        real(self, one)

    monkeypatch.setattr(SeenFile, "put", counted)
    told(tmp_path)
    put.clear()
    told(tmp_path, HERALD, COURIER)
    # Each came, was to be asked about, and is in the comparison.
    assert sorted(put) == ["feed-1"] * 6
