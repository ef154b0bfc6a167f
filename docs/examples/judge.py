"""A judge: one model reads, another says where each claim stands.

What the reader placed and the judge sees otherwise is left open. Both are replayed here: a large
model reads, the embedded one judges. A judge may also be an endpoint that decides closed questions.
"""

from pathlib import Path

from claimcompare import LLM, Comparison, LLMSettings, compare, replay

ARTICLES = Path("docs/examples/articles/stand.jsonl")
RECORDED = Path("docs/examples/recordings/judge")
WHERE_RECORDED = "http://127.0.0.1:8765/v1"


def main() -> None:
    """Print each dispute, and what the judge made of the claims in it."""
    with replay(RECORDED):
        comparison = judged()
    print(f"{comparison.provenance.model} reads, {comparison.provenance.judge} judges")
    for dispute in comparison.disputes:
        print(dispute.proposition)
        for assertion in dispute.assertions:
            stance = assertion.stance or "left open"
            sure = assertion.confidence
            shown = "" if sure is None else f" ({sure:.2f})"
            print(f"  {stance}{shown}: {comparison.claim(assertion.claim_id).text}")


def judged() -> Comparison:
    """The comparison by both models."""
    settings = LLMSettings(cache=False)
    reader = LLM("large", base_url=WHERE_RECORDED, api_key="none", settings=settings)
    with LLM("local", settings=settings) as judge:
        return compare([ARTICLES], llm=reader, judge=judge)


if __name__ == "__main__":
    main()
