"""What it costs to ask where claims stand in calls of one article each.

`python -m tests.benchmarks.apart tests/recordings/large seeds/*.gold.json` replays the recorded
comparisons and fills the prompt both ways; a token is four characters.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from claimcompare import LLM, Article, Claim, LLMSettings
from claimcompare.evaluation.adapters.events import read_events
from claimcompare.evaluation.adapters.rows import Placed
from claimcompare.llm import recording
from claimcompare.pipeline import compare
from claimcompare.prompts import as_data, load_prompt
from claimcompare.schema import Comparison, Dispute
from claimcompare.stages.showing import under_sentences

URL = "http://127.0.0.1:8765/v1"
_CHARACTERS = 4


class Cost(NamedTuple):
    """Calls, the tokens of their prompts, and the claims that are asked about."""

    calls: int
    tokens: int
    claims: int


def cost(found: Comparison, *, apart: bool) -> Cost:
    """What asking about all disputes of a comparison costs, all claims together or by article."""
    asked = {one.claim_id for dispute in found.disputes for one in dispute.assertions}
    claims = [claim for claim in found.claims if claim.id in asked]
    groups = [[one for one in claims if one.article_id == article.id] for article in found.articles]
    calls = [group for group in groups if group] if apart else [claims]
    about = {article.id: article for article in found.articles}
    tokens = sum(_tokens(group, found.disputes, about) for group in calls)
    return Cost(len(calls), tokens, len(claims))


def _tokens(
    claims: Sequence[Claim], disputes: Sequence[Dispute], about: Mapping[str, Article]
) -> int:
    numbered = dict(enumerate(claims, start=1))
    filled = load_prompt("classify").fill(
        outlets=list(under_sentences(numbered, about)),
        propositions=list(_propositions(numbered, disputes)),
    )
    return (len(filled.system) + len(filled.user)) // _CHARACTERS


def _propositions(
    numbered: Mapping[int, Claim], disputes: Sequence[Dispute]
) -> Iterator[tuple[int, str, list[int]]]:
    """The propositions on which some of the claims stand."""
    at = 0
    for dispute in disputes:
        wanted = {one.claim_id for one in dispute.assertions}
        numbers = [number for number, claim in numbered.items() if claim.id in wanted]
        if numbers:
            at += 1
            yield at, as_data(dispute.proposition), numbers


def comparisons(recorded: Path, stories: Sequence[Path]) -> Iterator[Comparison]:
    """The recorded comparison of each story."""
    settings = LLMSettings(cache=False)
    with (
        recording.replay(recorded),
        LLM("large", base_url=URL, api_key="none", settings=settings) as llm,
    ):
        for story in stories:
            placed = [one.item for one in read_events([story]) if isinstance(one, Placed)]
            for event in placed:
                yield compare(event.articles, llm=llm)


def main(arguments: Sequence[str]) -> None:
    """Print a line for each story, and what one reading alone puts on a side."""
    recorded, *stories = map(Path, arguments)
    print("articles  claims  calls  tokens/claim  calls apart  tokens/claim apart  ratio")
    alone = sides = 0
    for found in comparisons(recorded, stories):
        together, apart = cost(found, apart=False), cost(found, apart=True)
        print(
            f"{len(found.articles):8}{together.claims:8}{together.calls:7}"
            f"{together.tokens / together.claims:14.1f}{apart.calls:13}"
            f"{apart.tokens / apart.claims:20.1f}{apart.tokens / together.tokens:7.2f}"
        )
        placed = [one for dispute in found.disputes for one in dispute.assertions]
        on_a_side = [one for one in placed if one.stance in ("support", "denial")]
        sides += len(on_a_side)
        alone += sum(one.agreement is not None and one.agreement.readings == 1 for one in on_a_side)
    print(f"{alone} of {sides} sides rest on one reading")


if __name__ == "__main__":
    main(sys.argv[1:])
