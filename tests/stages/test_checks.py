"""What a caller gives twice, leaves out or has used up is said in one line, before any request."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

from claimcompare import (
    LLM,
    Article,
    ArticleError,
    Claim,
    ClaimCompareError,
    Event,
    classify,
    compare,
    extract,
    extract_each,
    pair,
)
from claimcompare.schema import Proposition, Withdrawal
from tests.stages.events import COURIER, POST, asking, claim, event

SAFE = claim(1, "Ines Vale", "The dam at Corrow is safe.")
UNTESTED = claim(2, "Tom Beck", "Nobody has tested the dam.")
DAM = Proposition(text="The dam is safe.", supported_by=(SAFE.id,), denied_by=(UNTESTED.id,))
READERS: Sequence[Callable[..., Any]] = (
    compare,
    extract,
    lambda articles, llm: list(extract_each(articles, llm=llm)),
)


def refused(
    work: Callable[[LLM], Any], kind: type[ClaimCompareError] = ClaimCompareError, asked: int = 0
) -> str:
    """The line with which something is refused, and nothing is asked before."""
    with asking({"claims": [], "disputes": [], "judged": []}) as (llm, seen):
        with pytest.raises(kind) as caught:
            work(llm)
        assert len(seen) <= asked
    assert "\n" not in str(caught.value)
    return str(caught.value)


def articles_of(*found: Article) -> Iterable[Article]:
    yield from found


@pytest.mark.parametrize("read", READERS)
def test_an_iterator_that_was_used_before_is_told_from_articles_without_claims(
    read: Callable[..., Any],
) -> None:
    once = articles_of(POST, COURIER)
    with asking({"claims": []}) as (llm, _):
        extract(once, llm=llm)
    line = refused(lambda llm: read(once, llm=llm), ArticleError)
    assert line.startswith("no articles")
    assert "iterator" in line


@pytest.mark.parametrize("read", READERS)
def test_a_list_without_articles_is_no_iterator(read: Callable[..., Any]) -> None:
    line = refused(lambda llm: read([], llm=llm), ArticleError)
    assert line == "no articles to read"


@pytest.mark.parametrize("read", READERS)
def test_two_articles_with_one_id_are_refused(read: Callable[..., Any]) -> None:
    other = COURIER.model_copy(update={"id": POST.id})
    line = refused(lambda llm: read([POST, other], llm=llm), ArticleError, asked=1)
    assert line == "two articles have the id 'post'; give each its own"


@pytest.mark.parametrize(
    "of",
    [
        {"supported_by": ("post:7",)},
        {"denied_by": ("post:7",)},
        {"nearest": ("post:7",)},
        {"withdrawn": (Withdrawal(claim_id="post:1", withdrawn_by="post:7"),)},
    ],
)
def test_a_proposition_about_a_claim_that_is_left_out_is_refused(of: dict[str, Any]) -> None:
    here = [DAM, DAM.model_copy(update=of)]
    line = refused(lambda llm: classify(here, event(SAFE, UNTESTED), llm=llm))
    assert "'The dam is safe.' is about claim 'post:7', which is not among the claims" in line


@pytest.mark.parametrize(
    "work",
    [
        lambda event, llm: pair(event, llm=llm),
        lambda event, llm: classify([DAM], event, llm=llm),
    ],
)
@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (event(SAFE, UNTESTED, SAFE.model_copy(update={"text": "It is new."})), "claims"),
        (Event(articles=(POST, COURIER, POST), claims=(SAFE, UNTESTED)), "articles"),
    ],
)
def test_ids_that_repeat_in_an_event_are_refused(
    work: Callable[..., Any], given: Event, kind: str
) -> None:
    line = refused(lambda llm: work(given, llm))
    assert line.startswith(f"two {kind} of the event have the id 'post")


def test_propositions_may_come_one_by_one() -> None:
    def answer(_: object) -> Any:
        return {"judged": [{"proposition": 1, "support": [1], "denial": [2], "context": []}]}

    claims: tuple[Claim, ...] = (SAFE, UNTESTED)
    with asking(answer) as (llm, _):
        found = classify((one for one in [DAM]), event(*claims), llm=llm)  # type: ignore[arg-type]
    assert len(found) == 1


@pytest.mark.parametrize("work", READERS)
def test_what_no_file_could_hold_is_refused_before_it_is_paid_for(
    work: Callable[..., Any],
) -> None:
    half = POST.model_copy(update={"text": "The dam \ud83d is safe."})
    told = refused(lambda llm: work([COURIER, half], llm=llm), ArticleError, asked=1)
    assert f"article {POST.id!r}: its text at 8 holds half a character" in told
    doubted = POST.model_copy(update={"doubts": ("whole", "cut \udce4")})
    told = refused(lambda llm: work([doubted], llm=llm), ArticleError)
    assert "its doubts at 10 holds half a character" in told


@pytest.mark.parametrize("field", ["title", "publisher", "author", "published", "url", "language"])
def test_no_field_of_an_article_may_hold_half_a_character(field: str) -> None:
    half = POST.model_copy(update={field: "Dam \ud83d"})
    told = refused(lambda llm: compare([half], llm=llm), ArticleError)
    assert f"its {field} at 4 holds half a character" in told


@pytest.mark.parametrize("given", ["m", None])
@pytest.mark.parametrize("work", [*READERS, lambda _, llm: pair(event(), llm=llm)])
def test_the_name_of_a_model_is_no_model(work: Callable[..., Any], given: str | None) -> None:
    with pytest.raises(ClaimCompareError, match=r"llm=.* is no model; make one .*=LLM\("):
        work([POST], llm=given)
    line = refused(lambda llm: compare([POST], llm=llm, judge="m"))  # type: ignore[arg-type]
    assert line == "judge='m' is no model; make one of a name, as in judge=LLM('m')"
