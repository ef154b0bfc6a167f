"""A harness in CI: recorded once with `pytest --claimcompare-record`, replayed ever after."""

from pathlib import Path

from claimcompare import LLM, Article, extract
from claimcompare.evaluation import evaluate

ARTICLE = """Una Brock, the harbour master, said that the quay is dry. Rain fell all day.
She denied that it had been flooded in spring."""
STANCES = """proposition,claim,stance
The quay is dry.,Una Brock said that the quay is dry.,support
The quay is dry.,Tam Weir denied that the quay is dry.,denial
The quay is dry.,The fair begins on Monday.,context
"""


def test_speakers_are_named(claimcompare_llm: LLM) -> None:
    found = extract([Article(id="post", text=ARTICLE)], llm=claimcompare_llm)
    assert {claim.speaker for claim in found.claims} == {"Una Brock"}


def test_no_side_is_wrong(claimcompare_llm: LLM, tmp_path: Path) -> None:
    data = tmp_path / "stances.csv"
    data.write_text(STANCES, encoding="utf-8")
    made = evaluate("stance", data, llm=claimcompare_llm)
    sides = [outcome for outcome in made.outcomes if outcome.status == "answered"]
    assert all(outcome.rightness == 1 for outcome in sides)
