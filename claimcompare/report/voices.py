"""Who speaks, as the comparison's own list of speakers tells."""

from collections import Counter
from collections.abc import Callable

from claimcompare.report.outlets import article_names
from claimcompare.schema import Claim, Comparison

OWN_VOICE = "the article itself"


def voice(claim: Claim) -> str:
    """A key for whoever makes a claim: a speaker, or one article in its own voice."""
    return claim.speaker_id or f"{'' if claim.speaker else claim.article_id}\n{claim.speaker or ''}"


def full_name(claim: Claim, comparison: Comparison) -> str:
    """The fullest name of whoever makes a claim; empty for the article's own voice."""
    speaker = comparison.speaker(claim)
    return speaker.name if speaker else claim.speaker or ""


def who(claim: Claim, comparison: Comparison) -> str:
    """The speaker, and who relays the claim."""
    speaker = full_name(claim, comparison) or OWN_VOICE.capitalize()
    return f"{speaker}, relayed by {', '.join(claim.via)}" if claim.via else speaker


def voice_names(
    comparison: Comparison,
    *,
    alone: str = OWN_VOICE.capitalize(),
    among: Callable[[str], str] = "{}, in its own voice".format,
) -> dict[str, str]:
    """What each voice is called where no article stands beside the name, by its key.

    Two who are called the same, such as "the mayor" of two articles, are told apart by these.
    An article's own voice is called `alone`, or `among` several what that makes of the outlet.
    """
    outlets = article_names(comparison)
    first = {voice(claim): claim for claim in reversed(comparison.claims)}
    ordered = {key: first[key] for key in dict.fromkeys(map(voice, comparison.claims))}
    names = {key: full_name(claim, comparison) for key, claim in ordered.items()}
    count = Counter(names.values())

    def told_apart(name: str, claim: Claim) -> str:
        outlet = outlets[claim.article_id]
        if not name:
            return among(outlet) if len(outlets) > 1 else alone
        return name if len(outlets) <= 1 or count[name] == 1 else f"{name} ({outlet})"

    return {key: told_apart(names[key], claim) for key, claim in ordered.items()}


def spellings(comparison: Comparison) -> dict[str, tuple[str, ...]]:
    """The other names that articles use for each voice, by its key."""
    found: dict[str, dict[str, None]] = {}
    for claim in comparison.claims:
        if claim.speaker and claim.speaker != full_name(claim, comparison):
            found.setdefault(voice(claim), {})[claim.speaker] = None
    return {key: tuple(names) for key, names in found.items()}
