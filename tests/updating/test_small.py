"""An update by a small model: what was asked before is not asked again."""

from collections import Counter
from typing import Any

from claimcompare import LLMSettings, Prompt, compare, update
from claimcompare.testing import FakeLLM
from tests.updating.stories import COST, SAFE, article

HERALD = article("herald", f"Ines Vale said that {SAFE}", f"Ines Vale said that {COST}")
COURIER = article("courier", f"Tom Beck denied that {SAFE}", day=2)
GAZETTE = article(
    "gazette", f"Una Marsh denied that {SAFE}", "Una Marsh said that it rained", day=3
)


class _Small:
    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.users: set[str] = set()
        self.again = 0

    def __call__(self, prompt: Prompt) -> Any:
        self.asked[prompt.name] += 1
        self.again += prompt.user in self.users
        self.users.add(prompt.user)
        if prompt.name == "small/classify":
            denies = "denied" in prompt.user
            return {"denial" if denies else "support": 0.98, "context": 0.02}
        if prompt.name == "small/pair":
            return {"claim": f"{SAFE[0].upper()}{SAFE[1:]}."}
        return {"claims": []}


def test_a_new_claim_is_placed_on_the_known_dispute() -> None:
    model = _Small()
    with FakeLLM(model, settings=LLMSettings(small=True)) as llm:
        first = compare([HERALD, COURIER], llm=llm)
        model.again = 0
        after = update(first, [GAZETTE], llm=llm)
    assert after.claims[: len(first.claims)] == first.claims
    assert [one.proposition for one in after.disputes] == [
        one.proposition for one in first.disputes
    ]
    assert after.changes is not None
    assert [one.stance for one in after.changes.voices] == ["denial"]
    assert after.provenance.small
    for dispute, before in zip(after.disputes, first.disputes, strict=True):
        assert set(before.assertions) <= set(dispute.assertions)


def test_no_question_is_asked_twice() -> None:
    model = _Small()
    with FakeLLM(model, settings=LLMSettings(small=True)) as llm:
        first = compare([HERALD, COURIER], llm=llm)
        before = model.asked["small/classify"]
        model.again = 0
        update(first, [GAZETTE], llm=llm)
    assert model.asked["small/classify"] > before
    assert model.again <= 1  # A proposition is worded from the claim that it was worded from.
