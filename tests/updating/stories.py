"""Made-up articles in which somebody says or denies something, and a model that reads them."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from claimcompare import Article, Comparison, LLMSettings, Prompt, compare, update
from claimcompare.testing import FakeLLM
from tests.conftest import NOW
from tests.endpoint import answers
from tests.endpoint.articles import articles as made_up

SAFE = "the dam at Corrow is safe"
COST = "the dam at Corrow will cost 40 million crowns"
OPEN = "the road to Corrow is open"
_FIELDS = {
    "extract": ("claims", answers.claims),
    "speakers": ("same", answers.speakers),
    "pair": ("disputes", answers.disputes),
    "join": ("same", answers.points),
    "classify": ("judged", answers.stances),
}


def article(name: str, *says: str, day: int = 1, **more: Any) -> Article:
    """An article of May 2026 in which each sentence is such as "Ines Vale said that it rained"."""
    text = " ".join(f"{sentence}." for sentence in says)
    given = {"publisher": f"{name.title()} Post", "published": f"2026-05-{day:02}"} | more
    return Article(id=name, text=text, **given)


def others() -> list[Article]:
    """Articles each on something else: what is rare is known by what there is besides."""
    return list(made_up(80))[::2]


class Model:
    """Answers each prompt as it should be, and counts what it was asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.prompts: list[Prompt] = []

    def __call__(self, prompt: Prompt) -> Any:
        """The right answer."""
        name = prompt.name.removeprefix("small/")
        self.asked[name] += 1
        self.prompts.append(prompt)
        if prompt.name == "small/classify":
            raise AssertionError("small models have tests of their own")
        field, found = _FIELDS[name]
        return json.dumps({field: found(prompt.user)})


@contextmanager
def reading(model: Any = None, name: str = "fake") -> Iterator[tuple[FakeLLM, Model]]:
    """A model that reads whole articles, and what it was asked."""
    answer = model or Model()
    with FakeLLM(answer, model=name, settings=LLMSettings(small=False)) as llm:
        yield llm, answer


def updated() -> Comparison:
    """A comparison of two articles, updated with one in which much is new."""
    first = [
        article("herald", f"Ines Vale said that {SAFE}", f"Ines Vale said that {COST}"),
        article("courier", f"Tom Beck denied that {SAFE}", day=2),
    ]
    new = article(
        "gazette",
        f"Ines Vale denied that {SAFE}",
        f"Una Marsh denied that {COST}",
        f"Una Marsh said that {SAFE}",
        day=3,
    )
    with reading() as (llm, _):
        made = compare(first, llm=llm)
        dated = made.provenance.model_copy(update={"made": NOW})
        return update(made.model_copy(update={"provenance": dated}), [new], llm=llm)
