"""The bar that the seed's comparison must clear: `python tests/seed_bar.py COMPARISON.json`."""

import sys
from pathlib import Path

from claimcompare import Comparison, Dispute

SUPPORTING = ("Russia", "Lavrov")
DENYING = ("Ukraine", "Zelensky")


def problems(comparison: Comparison) -> list[str]:
    """What is wrong with the seed's comparison; empty where nothing is."""
    found = [
        f"evidence {span.text!r} is not the article's text"
        for claim in comparison.claims
        for span in claim.evidence
        if comparison.articles[0].text[span.start : span.end] != span.text
    ]
    text = " ".join(comparison.articles[0].text.split())
    found += [
        f"speaker {claim.speaker!r} does not occur in the article"
        for claim in comparison.claims
        if claim.speaker and claim.speaker not in text
    ]
    found += [
        f"{claim.text!r} stems from a worked example"
        for claim in comparison.claims
        if any(name in claim.text for name in ("Harl", "Roe", "Beck"))
    ]
    attacks = [dispute for dispute in comparison.disputes if _is_the_attack(dispute)]
    if not attacks:
        return [*found, "no dispute on whether Ukraine attacked Putin's residence"]
    return found + _wrong_sides(attacks[0], comparison)


def _is_the_attack(dispute: Dispute) -> bool:
    proposition = dispute.proposition.casefold()
    return (
        "ukrain" in proposition
        and any(word in proposition for word in ("attack", "drone", "strike"))
        and any(word in proposition for word in ("residence", "putin"))
    )


def _wrong_sides(dispute: Dispute, comparison: Comparison) -> list[str]:
    sides: dict[str, set[str]] = {"support": set(), "denial": set()}
    for assertion in dispute.assertions:
        if assertion.stance in sides:
            sides[assertion.stance].add(comparison.claim(assertion.claim_id).speaker or "")
    wrong = []
    if not _named(SUPPORTING, sides["support"]):
        wrong.append("neither Russia nor Lavrov supports it")
    wrong += [
        f"{name} does not deny it" for name in DENYING if not _named((name,), sides["denial"])
    ]
    wrong += [f"{name} denies it" for name in SUPPORTING if _named((name,), sides["denial"])]
    wrong += [f"{name} supports it" for name in DENYING if _named((name,), sides["support"])]
    wrong += [
        f"Trump is on the side of {side}" for side in sides if _named(("Trump",), sides[side])
    ]
    return wrong


def _named(names: tuple[str, ...], speakers: set[str]) -> bool:
    return any(name in speaker for name in names for speaker in speakers)


if __name__ == "__main__":
    wrong = problems(Comparison.model_validate_json(Path(sys.argv[1]).read_bytes()))
    print("\n".join(wrong) or "The seed's comparison clears the bar.")
    sys.exit(1 if wrong else 0)
