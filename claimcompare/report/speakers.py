"""Who speaks, across articles: "Lavrov" in one is "Sergei Lavrov" in another."""

from collections.abc import Iterable
from typing import NamedTuple

from claimcompare.schema import Claim, Comparison
from claimcompare.stages.lexicon import FUNCTION_WORDS
from claimcompare.stages.names import may_be_called
from claimcompare.stages.words import normal, words


class Voice(NamedTuple):
    """Somebody who speaks: by the fullest name, or as an article has it where that is no name.

    "The mayor" of one article may not be that of another, and each article's own voice, which has
    no name, is its own; these have an `article_id`.
    """

    name: str
    article_id: str | None = None


def voices(comparison: Comparison) -> dict[str, Voice]:
    """Whose each claim is, by the claim's id."""
    names = dict.fromkeys(one.speaker for one in comparison.claims if one.speaker)
    full = _fullest_names(name for name in names if _is_name(name))
    return {claim.id: _voice(claim, full) for claim in comparison.claims}


def _voice(claim: Claim, full: dict[str, str]) -> Voice:
    speaker = claim.speaker or ""
    return Voice(full[speaker]) if speaker in full else Voice(speaker, claim.article_id)


def _is_name(speaker: str) -> bool:
    return may_be_called(speaker, speaker)


def _fullest_names(names: Iterable[str]) -> dict[str, str]:
    """For each name the longest that may be shortened to it, if all that may be are one chain."""
    alike: dict[str, list[str]] = {}
    for name in names:
        alike.setdefault(normal(name).split()[-1], []).append(name)
    return {name: _fullest(name, group) for group in alike.values() for name in group}


def _fullest(name: str, names: Iterable[str]) -> str:
    longer = [other for other in names if _may_stand_for(name, other)]
    fullest = max(longer, key=len)
    return fullest if all(_may_stand_for(one, fullest) for one in longer) else name


def _may_stand_for(shorter: str, name: str) -> bool:
    """Whether a name is short for another; "Ukraine" is not for "President of Ukraine"."""
    before = words(name)[: len(words(name)) - len(words(shorter))]
    return may_be_called(name, shorter) and FUNCTION_WORDS.isdisjoint(before)
