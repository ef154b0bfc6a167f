"""Two outlets on one event: who claims what, who denies it, and a page to pass on.

Run it from the repository: `python docs/examples/two_outlets.py`. It replays a recording; to ask
your own model, take away `replay` and name the model.
"""

import sys
from pathlib import Path

from claimcompare import LLM, LLMSettings, compare, replay
from claimcompare.report import render

ARTICLES = Path("docs/examples/articles/stand.jsonl")
RECORDED = Path("tests/recordings/large")
WHERE_RECORDED = "http://127.0.0.1:8765/v1"


def main(page: Path) -> None:
    """Print each dispute with its sides, and write the page."""
    settings = LLMSettings(cache=False)
    llm = LLM("large", base_url=WHERE_RECORDED, api_key="none", settings=settings)
    with replay(RECORDED):
        comparison = compare([ARTICLES], llm=llm)
    for dispute in comparison.disputes:
        print(dispute.proposition)
        for side, assertions in (("for", dispute.supporting), ("against", dispute.denying)):
            claims = [comparison.claim(assertion.claim_id) for assertion in assertions]
            print(f"  {side}: {', '.join(dict.fromkeys(str(claim.speaker) for claim in claims))}")
    page.write_text(render(comparison, "html"), encoding="utf-8")
    print(f"the page: {page}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "two_outlets.html"))
