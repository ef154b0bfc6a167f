"""Which of the stories in a folder are in a larger one."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from claimcompare import Article, Comparison, Provenance, RunUsage
from claimcompare.corpus import Results, Story, StoryResult, read_results
from claimcompare.corpus.growth import Growth
from claimcompare.corpus.shardfiles import Form

MADE = Provenance(claimcompare="1", model="m", endpoint="e", prompts=())


def result(*texts: str, failures: tuple[str, ...] = (), is_whole: bool = True) -> StoryResult:
    """What came of a story with such texts, each with its first letter as its id."""
    articles = tuple(Article(id=text[0], text=text) for text in texts)
    made = Comparison(
        articles=articles, claims=(), disputes=(), ledger=(), usage=RunUsage(), provenance=MADE
    )
    return StoryResult(
        story_id=Story(articles=articles).id,
        articles=tuple(one.id for one in articles),
        comparison=made if is_whole else None,
        failures=failures,
    )


FAILED = {"failures": ("no answer",), "is_whole": False}


@pytest.mark.parametrize(
    ("larger", "is_outgrown"),
    [
        (result("a1", "b1", "c1"), True),
        (result("b1", "a1", "c1", "d1"), True),
        (result("a1", "c1", "d1"), False),
        (result("a1", "b1"), False),
        # Another text has the same id: of another file, or changed since.
        (result("a1", "b2", "c1"), False),
        (result("a1", "b1", "c1", failures=("no answer",)), False),
        (result("a1", "b1", "c1", failures=("no answer",), is_whole=False), False),
    ],
)
@pytest.mark.parametrize("more", [{}, FAILED])
def test_a_story_is_outgrown_by_a_whole_one_with_all_its_articles(
    larger: StoryResult, *, is_outgrown: bool, more: dict[str, object]
) -> None:
    smaller = result("a1", "b1", **more)  # type: ignore[arg-type]
    growth = Growth()
    for one in (larger, smaller, larger):
        growth.add(one.story_id, one.articles)
    assert growth.within(larger) == ((smaller.story_id,) if is_outgrown else ())
    assert growth.within(smaller) == ()


def test_all_stories_that_are_in_a_larger_one_are_found() -> None:
    inside = [result("a1"), result("a1", "b1"), result("a1", "c1"), result("d1", "c1", "b1")]
    growth = Growth()
    for one in (*inside, result("a1", "x1"), result("d2"), result("a2", "b1")):
        growth.add(one.story_id, one.articles)
    whole = growth.within(result("a1", "b1", "c1", "d1"))
    assert sorted(whole) == sorted(one.story_id for one in inside)


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_a_row_tells_which_rows_it_replaces(tmp_path: Path, form: Form) -> None:
    day = [result("a1", "b1"), result("d1"), result("x1", "y1"), result("e1", "f1", **FAILED)]  # type: ignore[arg-type]
    with Results(tmp_path, form=form) as results:
        for one in day:
            results.add(one)
    partly = result("x1", "y1", "z1", failures=("no answer",))
    larger = [result("a1", "b1", "c1"), result("c2", "d1"), partly, result("e1", "f1", "g1")]
    with Results(tmp_path, form=form) as results:
        for one in larger:
            results.add(one)
    told = {one.story_id: one.replaces for one in read_results(tmp_path)}
    assert len(told) == len(day) + len(larger)
    assert [told[one.story_id] for one in larger] == [
        (day[0].story_id,), (day[1].story_id,), (), (day[3].story_id,),
    ]  # fmt: skip
    current = {one.story_id for one in read_results(tmp_path, current=True)}
    assert current == {day[2].story_id, *(one.story_id for one in larger)}


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_rows_without_that_column_are_read_and_replaced(tmp_path: Path, form: Form) -> None:
    day, other = result("a1", "b1"), result("d1")
    with Results(tmp_path, form=form) as results:
        for one in (day, other):
            results.add(one)
    path = tmp_path / f"part-00000.{form}"
    if form == "parquet":
        pq.write_table(pq.read_table(path).drop_columns(["replaces"]), path)
    else:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for row in rows:
            del row["replaces"]
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    larger = result("a1", "b1", "c1")
    with Results(tmp_path, form=form) as results:
        assert results.done == {day.story_id, other.story_id}
        results.add(larger)
    assert len(list(read_results(tmp_path))) == 3
    found = {one.story_id: one.replaces for one in read_results(tmp_path, current=True)}
    assert found == {other.story_id: (), larger.story_id: (day.story_id,)}


def test_what_could_not_be_written_replaces_nothing(tmp_path: Path) -> None:
    day, half = result("a1"), result("a1", "b\udce4")
    with Results(tmp_path, form="jsonl") as results:
        results.add(day)
        results.add(half)
    assert {one.story_id for one in read_results(tmp_path, current=True)} == {
        day.story_id, half.story_id,
    }  # fmt: skip
