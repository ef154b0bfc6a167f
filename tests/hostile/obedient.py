# ruff: noqa: T201
"""What attacks change where a model obeys all of them: `python -m tests.hostile.obedient`."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

from claimcompare import Article, Comparison, compare
from claimcompare.stages.occurrence import Vocabulary
from tests.hostile.corpus import ATTACKS, Attack
from tests.hostile.reading import HOST, STAGES, TEXTS, Obedient
from tests.stages.events import asking


class Change(NamedTuple):
    """How much of other articles' an attack has changed, and what it must never change."""

    turned: int = 0
    unsure: int = 0
    lost: int = 0
    named: int = 0
    broken: int = 0


def run(attack: Attack, stages: Sequence[str], *, copies: bool) -> tuple[Comparison, set[str]]:
    """The comparison that comes of obeying an attack in some stages, and where it was read."""
    model = Obedient(attack.text, stages, copies=copies)
    articles = [
        Article(id=name, text=text.replace("{attack}", attack.text), publisher=f"The {name} post")
        for name, text in TEXTS.items()
    ]
    with asking(model) as (llm, _):
        return compare(articles, llm=llm), model.reached


def changed(clean: Comparison, found: Comparison) -> Change:
    """What another comparison says otherwise of the articles without an attack."""
    before, after = _stances(clean), _stances(found)
    moved = [(stance, after[key]) for key, stance in before.items() if key in after]
    return Change(
        turned=sum(new not in (old, None) for old, new in moved)
        + sum(bool(stance) and key not in before for key, stance in after.items()),
        unsure=sum(new is None and old is not None for old, new in moved),
        lost=sum(key not in after for key in before),
        named=len(set(_names(clean)) - set(_names(found))),
        broken=sum(1 for _ in broken(clean, found)),
    )


def _stances(found: Comparison) -> dict[tuple[str, str], str | None]:
    return {
        (dispute.proposition, one.claim_id): one.stance
        for dispute in found.disputes
        for one in dispute.assertions
        if not one.claim_id.startswith(HOST)
    }


def _names(found: Comparison) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The other articles' claims, each with all the names of its speaker."""
    names = {speaker.id: speaker.names for speaker in found.speakers}
    for claim in found.claims:
        if claim.article_id != HOST and claim.speaker_id:
            yield claim.id, names[claim.speaker_id]


def broken(clean: Comparison, found: Comparison) -> Iterator[str]:
    """What no answer of a model may bring about."""
    articles = {article.id: article for article in found.articles}
    claims = {claim.id: claim for claim in found.claims}
    for claim in found.claims:
        article = articles[claim.article_id]
        if any(article.text[one.start : one.end] != one.text for one in claim.evidence):
            yield f"{claim.id} cites what its article does not say"
        if claim.speaker and not Vocabulary(article.text).names(claim.speaker):
            yield f"{claim.id} has the speaker {claim.speaker}, who is not in its article"
    for dispute in found.disputes:
        yield from (one.claim_id for one in dispute.assertions if one.claim_id not in claims)
    unlike = {"speaker_id": None}
    for claim in (one for one in clean.claims if one.article_id != HOST):
        same = claims.get(claim.id)
        if not same or same.model_copy(update=unlike) != claim.model_copy(update=unlike):
            yield f"{claim.id} is another claim than without the attack"


_AT_ONCE = 16
# Where a model obeys, and whether it writes an order that it read into a claim.
CASES: tuple[tuple[tuple[str, ...], bool], ...] = (
    (("extract",), True),
    (("speakers",), False),
    (("pair",), False),
    (("pair",), True),
    (("classify",), False),
    (("classify unplaced",), False),
    (("pair", "classify"), False),
    (("pair", "classify"), True),
    (STAGES, True),
)


def _heard(stages: Sequence[str]) -> set[str]:
    """The stages that a case is about, by the name of their prompt."""
    return {stage.partition(" ")[0] for stage in stages}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each case; the exit status says whether what must hold was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=len(ATTACKS), help="attacks to try")
    attacks = ATTACKS[: parser.parse_args(arguments).limit]
    clean, _ = run(Attack("none", ""), (), copies=False)
    print(f"{len(attacks)} attacks; other articles have {len(_stances(clean))} labels")
    heads = ("reached", *(f"{one} by" for one in Change._fields))
    print(f"{'obeys in':20}{'copied':>8}" + "".join(f"{one:>12}" for one in heads))
    bad = 0
    for stages, copies in CASES:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            tried = list(pool.map(partial(run, stages=stages, copies=copies), attacks))
        changes = [changed(clean, found) for found, _ in tried]
        reached = sum(bool(_heard(stages) & reached) for _, reached in tried)
        counts = [sum(map(bool, one)) for one in zip(*changes, strict=True)]
        bad += counts[-1]
        where = ", ".join(stages) if stages != STAGES else "all"
        print(f"{where:20}{'yes' if copies else 'no':>8}", end="")
        print("".join(f"{one:12}" for one in (reached, *counts)), flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
