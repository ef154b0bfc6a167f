"""Of pages of every kind the article is read, nothing else, and walls are refused."""

import pytest

from tests.benchmarks.made_pages import KINDS, Made, made
from tests.benchmarks.pages import READERS, main, measured

PAGES = 9
# A wall of nothing but prose and a link looks like a short notice.
LEAKING = {"cookie wall": 0.35}
REFUSED = ("beginning of what is sold", "script or robot wall", "login wall")


@pytest.fixture(scope="module", params=list(KINDS))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def pages(kind: str) -> list[Made]:
    return [made(kind, number) for number in range(PAGES)]


def test_a_page_is_made_the_same_again(kind: str) -> None:
    assert made(kind, 3) == made(kind, 3) != made(kind, 4)


def test_an_article_is_read_whole_and_alone(kind: str) -> None:
    found = measured(pages(kind), READERS["claimcompare"])
    if any(page.own for page in pages(kind)):
        assert (found.own, found.foreign, found.refused) == (1.0, 0.0, 0)
    else:
        assert found.foreign <= LEAKING.get(kind, 0.0)
        assert found.refused == PAGES or kind not in REFUSED


def test_no_kind_is_read_worse_than_by_the_library(kind: str) -> None:
    ours, theirs = (
        measured(pages(kind), READERS[name]) for name in ("claimcompare", "trafilatura")
    )
    assert ours.own >= theirs.own
    assert ours.foreign <= theirs.foreign


def test_the_benchmark_prints_a_table_for_each_reader(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["pages", "--pages", "1"])
    main()
    shown = capsys.readouterr().out
    assert [shown.count(name) for name in (*READERS, *KINDS)] == [
        *(1 for _ in READERS),
        *(4 for _ in KINDS),
    ]
