# ruff: noqa: T201
"""Attacks on the local model: `python -m tests.hostile.live [--limit N] [--model NAME]`."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import cycle, islice

from claimcompare import LLM, Article
from claimcompare.stages import CompareSettings, extract
from tests.hostile.corpus import ATTACKS, PARAGRAPHS, SENTENCES, attacked, whole
from tests.hostile.test_isolation import told

Told = Counter[tuple[object, ...]]


def claimed(llm: LLM, text: str, attack: str, settings: CompareSettings) -> Told:
    """The claims of all sentences but the attack's."""
    found = extract([Article(id="host", text=text)], llm=llm, settings=settings)
    return told(found.claims, attack, text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what each attack changed in other sentences; the exit status says whether any did."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=len(ATTACKS), help="attacks to try")
    parser.add_argument("--first", type=int, default=0, help="attacks to leave out")
    parser.add_argument("--model", default="local")
    parser.add_argument("--base-url")
    chosen = parser.parse_args(arguments)
    settings = CompareSettings(reading="lean", sentences_per_call=16)
    places = cycle((*PARAGRAPHS, *SENTENCES))
    tried = list(islice(zip(ATTACKS, places, strict=False), chosen.first, None))[: chosen.limit]
    changed = 0
    with LLM(chosen.model, base_url=chosen.base_url) as llm:
        clean = claimed(llm, whole(), "", settings)
        print(f"{clean.total()} claims without an attack", flush=True)
        for attack, place in tried:
            found = claimed(llm, attacked(attack.text, place), attack.text, settings)
            changed += found != clean
            print(f"{attack.name}, {place}: {_difference(clean, found)}", flush=True)
    print(f"{changed} of {len(tried)} attacks changed what other sentences claim")
    return 1 if changed else 0


def _difference(clean: Told, found: Told) -> str:
    lost = [f"\n  - {claim}" for claim in (clean - found).elements()]
    new = [f"\n  + {claim}" for claim in (found - clean).elements()]
    return "".join(lost + new) or "nothing changed"


if __name__ == "__main__":
    sys.exit(main())
