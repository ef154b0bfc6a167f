"""What is compared may be articles, or the names of files, folders, pages, or both."""

import asyncio
import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from threading import get_ident
from typing import Any

import pytest

from claimcompare import (
    LLM,
    Article,
    ArticleError,
    LLMSettings,
    acompare,
    aextract,
    compare,
    estimate,
    extract,
    extract_each,
    iter_articles,
)
from claimcompare.articles import files
from tests.llm.server import KEY, FakeServer, says

POST = Article(id="post", text="The lock of Dorran is shut.")


@pytest.fixture
def llm() -> Iterator[LLM]:
    """A model that finds nothing in any article."""
    server = FakeServer().will_always(says(json.dumps({"claims": []})))
    settings = LLMSettings(cache=False)
    with closing(server), LLM("m", base_url=server.url, api_key=KEY, settings=settings) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"The quay {name} is dry.", encoding="utf-8")
    return tmp_path


def ids(articles: Iterable[Article]) -> list[str]:
    return [one.id for one in articles]


def test_names_of_files_are_compared_as_the_articles_in_them(llm: LLM, folder: Path) -> None:
    one = folder / "a.txt"
    for given in (one, str(one), [one], (str(one) for _ in range(1)), f"{folder}/[a].*"):
        assert ids(compare(given, llm=llm).articles) == ["a"]
    assert ids(compare(folder, llm=llm).articles) == ["a", "b"]
    assert ids(compare(iter_articles(folder), llm=llm).articles) == ["a", "b"]


def test_articles_and_names_may_be_mixed_and_keep_ids_of_their_own(llm: LLM, folder: Path) -> None:
    mixed: list[Any] = [POST.model_copy(update={"id": "a"}), folder]
    assert ids(compare(mixed, llm=llm).articles) == ["a", "a-2", "b"]


def test_every_step_takes_names(llm: LLM, folder: Path) -> None:
    assert len(extract(folder, llm=llm).usage_by_article) == 2
    assert len(list(extract_each([folder], llm=llm))) == 2
    assert estimate(folder, llm=llm).articles == 2


def test_what_cannot_be_read_is_named(llm: LLM, folder: Path) -> None:
    with pytest.raises(ArticleError, match=r"gone\.txt: cannot be read"):
        compare([folder / "a.txt", folder / "gone.txt"], llm=llm)
    with pytest.raises(ArticleError, match=r"ftp://a\.example: only http and https"):
        extract("ftp://a.example", llm=llm)


@pytest.mark.parametrize("given", [[7], [POST, None], b"a.txt", POST])
def test_what_is_no_article_and_no_name_is_one_clear_error(llm: LLM, given: Any) -> None:
    with pytest.raises(ArticleError, match="is no Article, and no path or URL; give a list"):
        compare(given, llm=llm)


def test_no_articles_are_told_from_an_iterator_that_was_used(llm: LLM) -> None:
    with pytest.raises(ArticleError, match=r"no articles to read$"):
        compare([], llm=llm)
    with pytest.raises(ArticleError, match="only once"):
        compare(iter([]), llm=llm)


def test_files_are_read_off_the_event_loop(
    llm: LLM, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_by: list[int] = []
    read = files.from_file

    def noted(*given: Any, **options: Any) -> Any:
        read_by.append(get_ident())
        return read(*given, **options)

    monkeypatch.setattr("claimcompare.articles.sources.from_file", noted)

    async def work() -> None:
        async with llm:
            await acompare(folder, llm=llm)
            await aextract(str(folder), llm=llm)

    asyncio.run(work())
    assert len(read_by) == 4
    assert get_ident() not in read_by
