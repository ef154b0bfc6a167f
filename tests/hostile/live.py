# ruff: noqa: T201
"""Attacks on the local model: `python -m tests.hostile.live [--limit N] [--model NAME]`."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import cycle, islice

from claimcompare import LLM, Article, Claim, extract
from tests.hostile.corpus import ATTACKS, PARAGRAPHS, SENTENCES, attacked, whole

Told = Counter[tuple[object, ...]]


def claimed(llm: LLM, text: str, attack: str) -> Told:
    """The claims of all sentences but the attack's."""
    found = extract([Article(id="host", text=text)], llm=llm)
    return told(found.claims, attack, text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what each attack changed in other sentences; the exit status says whether any did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=len(ATTACKS), help="attacks to try")
    parser.add_argument("--first", type=int, default=0, help="attacks to leave out")
    parser.add_argument("--model", default="local")
    parser.add_argument("--base-url")
    chosen = parser.parse_args(arguments)
    places = cycle((*PARAGRAPHS, *SENTENCES))
    tried = list(islice(zip(ATTACKS, places, strict=False), chosen.first, None))[: chosen.limit]
    changed = 0
    with LLM(chosen.model, base_url=chosen.base_url) as llm:
        clean = claimed(llm, whole(), "")
        print(f"{clean.total()} claims without an attack", flush=True)
        for attack, place in tried:
            found = claimed(llm, attacked(attack.text, place), attack.text)
            changed += found != clean
            print(f"{attack.name}, {place}: {_difference(clean, found)}", flush=True)
    print(f"{changed} of {len(tried)} attacks changed what other sentences claim")
    return 1 if changed else 0


def told(claims: Sequence[Claim], attack: str, text: str) -> Told:
    """The claims of all sentences but the attack's, without what depends on their place."""
    start = text.find(attack) if attack else len(text)
    end = start + len(attack) + 1
    return Counter(
        (
            claim.speaker,
            claim.via,
            claim.text,
            claim.mention and claim.mention.text,
            tuple(span.text for span in claim.evidence),
        )
        for claim in claims
        if not all(span.start < end and span.end > start for span in claim.evidence)
    )


def _difference(clean: Told, found: Told) -> str:
    lost = [f"\n  - {claim}" for claim in (clean - found).elements()]
    new = [f"\n  + {claim}" for claim in (found - clean).elements()]
    return "".join(lost + new) or "nothing changed"


if __name__ == "__main__":
    sys.exit(main())
