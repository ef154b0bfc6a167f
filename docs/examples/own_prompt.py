"""A changed prompt, and whether it is better: two evaluations and the difference between them.

`docs/examples/prompts` holds the one file that was changed; all others are the shipped ones. Both
evaluations are replayed. To ask your own model, take away `replay`, and name your model
and your data.
"""

from pathlib import Path

from claimcompare import LLM, CompareSettings, LLMSettings, replay
from claimcompare.evaluation import Evaluation, EvaluationSettings, diff, diff_in, evaluate

DATA = Path("seeds")
PROMPTS = Path("docs/examples/prompts")
SHIPPED = Path("tests/evaluation/baseline/recordings")
CHANGED = Path("docs/examples/recordings/own_prompt")


def main() -> None:
    """Print the differences with their intervals, and the items that came out otherwise."""
    before = evaluated(SHIPPED, None)
    after = evaluated(CHANGED, PROMPTS)
    print(diff_in("text", diff(before, after)))


def evaluated(recorded: Path, prompts: Path | None) -> Evaluation:
    """How well the embedded model places 20 claims, with the shipped prompts or changed ones."""
    settings = EvaluationSettings(compare=CompareSettings(prompts=prompts), limit=20)
    llm = LLM("local", settings=LLMSettings(cache=False))
    with replay(recorded):
        return evaluate("stance", DATA, llm=llm, settings=settings)


if __name__ == "__main__":
    main()
