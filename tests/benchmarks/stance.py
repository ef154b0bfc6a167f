"""The classify stage beside two baselines, on the same items with the same model.

`python -m tests.benchmarks.stance DATA [--limit 600] [--reworded 100]`: a naive question for one
word; the same with each stance's probability divided by its mean over all items; and the library.
Then whether the stances turn with the proposition's negation and stay with its paraphrase, which
the model itself words.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from claimcompare import LLM
from claimcompare.evaluation import EvaluationSettings, Sample, draw, evaluate
from claimcompare.evaluation.gold import RelationItem
from claimcompare.evaluation.metrics.coverage import risk_coverage
from claimcompare.evaluation.metrics.stance import STANCE
from claimcompare.evaluation.outcomes import StanceOutcome
from claimcompare.evaluation.statistics import differences, figures
from claimcompare.prompts import as_data
from claimcompare.schema import Probabilities, Prompt, Stance
from claimcompare.small.judging import STANCES, likeliest
from claimcompare.stages.decide import OPPOSITE

NAIVE = (
    "Statement: {claim}\nProposition: {proposition}\n"
    "Is the statement support, denial or context of the proposition? "
    "Answer with one word: support, denial or context."
)
REWORD = "Say the same in other words, in one sentence: {proposition}"
Odds = Mapping[Stance, float]


class Reworded(BaseModel):
    """A paraphrase."""

    model_config = ConfigDict(extra="forbid")

    sentence: str


def prompt(name: str, text: str) -> Prompt:
    """A question of this benchmark."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    system = "You answer briefly."
    return Prompt(name=name, version="1", system=system, user=text, sha256=digest)


def naive(items: Sequence[RelationItem], llm: LLM) -> list[Odds]:
    """The probabilities that a plain question gets."""
    found: list[Odds] = []
    for item in items:
        claim, proposition = as_data(item.claim), as_data(item.proposition)
        asked = prompt("naive", NAIVE.format(claim=claim, proposition=proposition))
        odds = llm.choose(asked, STANCES).probabilities
        found.append({stance: odds[stance] for stance in STANCES})
        _tell("naive", len(found), len(items))
    return found


def calibrated(batch: Sequence[Odds]) -> list[Odds]:
    """Each probability by its mean over the batch."""
    means = {stance: sum(odds[stance] for odds in batch) / len(batch) for stance in STANCES}
    weighed = [{one: odds[one] / means[one] for one in STANCES} for odds in batch]
    return [{one: odds[one] / sum(odds.values()) for one in STANCES} for odds in weighed]


def outcomes(items: Sequence[RelationItem], batch: Sequence[Odds]) -> list[StanceOutcome]:
    """The most probable stance of each item."""
    return [
        StanceOutcome(
            id=item.id,
            document=item.document,
            status="answered",
            gold=item.relation,
            stance=likeliest(odds),
            probabilities=Probabilities(**{str(one): odds[one] for one in STANCES}),
        )
        for item, odds in zip(items, batch, strict=True)
    ]


def judged(sample: Sample[RelationItem], llm: LLM) -> list[StanceOutcome]:
    """The stances as the library finds them."""
    made = evaluate("stance", sample, llm=llm, on_items=lambda *done: _tell("library", *done))
    return [one for one in made.outcomes if isinstance(one, StanceOutcome)]


def _odds(outcome: StanceOutcome) -> Odds:
    """Its probabilities, whether the library abstained or not; none of them where it failed."""
    told = outcome.probabilities
    return {stance: getattr(told, stance) if told else 1 / len(STANCES) for stance in STANCES}


def held_against(
    sample: Sample[RelationItem], propositions: Mapping[str, str]
) -> Sample[RelationItem]:
    """The items with other propositions."""
    items = tuple(
        item.model_copy(update={"proposition": propositions.get(item.id, item.proposition)})
        for item in sample.items
    )
    return sample.model_copy(update={"items": items})


def reworded(items: Sequence[RelationItem], llm: LLM) -> Iterator[tuple[str, str]]:
    """The ids and new propositions of some items, in the model's own words."""
    for done, item in enumerate(items, start=1):
        text = REWORD.format(proposition=as_data(item.proposition))
        yield item.id, llm.ask(prompt("reword", text), Reworded).value.sentence
        _tell("reworded", done, len(items))


def agreement(
    before: Sequence[StanceOutcome],
    after: Sequence[StanceOutcome],
    expected: Mapping[Stance, Stance],
) -> str:
    """How many stances are as expected, of those that are there in both."""
    both = [
        expected[one.stance] == other.stance
        for one, other in zip(before, after, strict=True)
        if one.stance and other.stance
    ]
    return f"{sum(both)} of {len(both)} ({sum(both) / max(1, len(both)):.3f})"


def _tell(what: str, done: int, known: int) -> None:
    if done % 50 == 0 or done == known:
        print(f"{what}: {done} of {known}", file=sys.stderr, flush=True)


def _row(name: str, found: Sequence[StanceOutcome]) -> str:
    made = figures(STANCE, found)
    cells = (made.figures["macro_f1"], made.figures["accuracy"])
    shown = "  ".join(f"{one.value:.3f} ({one.low:.3f} to {one.high:.3f})" for one in cells)
    curve = risk_coverage(found)
    half = min(curve, key=lambda point: abs(point.coverage - 0.5))
    return f"{name:10} {shown}  {curve[-1].risk:.3f}  {half.risk:.3f}  {made.abstained:5}"


def main() -> None:
    """Print a row for each way, the gain with its interval, and how steady the stances are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--limit", type=int, default=600)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--reworded", type=int, default=100)
    parser.add_argument("--model", default="local")
    given = parser.parse_args()
    settings = EvaluationSettings(limit=given.limit, seed=given.seed)
    sample: Sample[RelationItem] = draw("stance", given.data, settings)
    with LLM(given.model) as llm:
        ours = judged(sample, llm)
        plain = naive(sample.items, llm)
        ways = {
            "naive": outcomes(sample.items, plain),
            "calibrated": outcomes(sample.items, calibrated(plain)),
            "library": ours,
            "likeliest": outcomes(sample.items, [_odds(one) for one in ours]),
        }
        print(f"{given.data.name}, {len(sample.items)} items, {llm.identity}")
        print("way        macro-F1               accuracy               risk   at half  abstained")
        for name, found in ways.items():
            print(_row(name, found))
        for name in ("library", "likeliest"):
            gain = differences(STANCE, ways[name], ways["calibrated"]).differences["macro_f1"]
            interval = f"{gain.low:+.3f} to {gain.high:+.3f}"
            print(f"{name} over calibrated: {gain.value:+.3f} ({interval}), p {gain.p}")
        negated = {one.id: f"It is not true that {one.proposition}" for one in sample.items}
        turned = judged(held_against(sample, negated), llm)
        print("turns with the negation:", agreement(ours, turned, OPPOSITE))
        same = {stance: stance for stance in STANCES}
        texts = dict(reworded(sample.items[: given.reworded], llm))
        again = judged(held_against(sample, texts), llm)
        some = slice(0, len(texts))
        print("stays with the paraphrase:", agreement(ours[some], again[some], same))


if __name__ == "__main__":
    main()
