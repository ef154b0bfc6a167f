"""A dispute in one look: who says so, who denies it and who took what back, by name."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from claimcompare.report.page.cards import Card, Voice
from claimcompare.report.page.wording import Words, isolated
from claimcompare.report.sides import Tone

if TYPE_CHECKING:
    from markupsafe import Markup

_MOST_NAMES = 7
_CLAUSES: dict[Tone, str] = {"support": "say_so", "denial": "deny_it"}


def look(sides: Mapping[Tone, list[Voice]], words: Words) -> "Markup":
    """One sentence: each side with its speakers, in the order in which they are shown."""
    return words("sentence", said=words("between").join(_clauses(sides, words)))


def _clauses(sides: Mapping[Tone, list[Voice]], words: Words) -> Iterator["Markup"]:
    for tone, key in _CLAUSES.items():
        if sides[tone]:
            yield _clause(key, [_named(one, words) for one in sides[tone]], words)
    for key, stance in (("took_it_back", "support"), ("took_the_denial_back", "denial")):
        takers: dict[str, list[Card]] = {}
        for card in (one for voice in sides["withdrawn"] for one in voice.cards):
            if card.taken and card.stance == stance:
                takers.setdefault(card.taken.name, []).append(card)
        if takers:
            names = [_linked(name, cards[0].anchor) for name, cards in takers.items()]
            yield _clause(key, names, words)


def _clause(key: str, named: list["Markup"], words: Words) -> "Markup":
    if len(named) > _MOST_NAMES:
        rest = len(named) - _MOST_NAMES + 1
        named = [*named[: _MOST_NAMES - 1], words("others", rest)]
    return words(key, 1 if len(named) == 1 else 2, names=words.listed(named))


def _named(voice: Voice, words: Words) -> "Markup":
    """The speaker, linked to the first of what is said; where all is relayed, with who does so."""
    linked = _linked(voice.name, voice.cards[0].anchor)
    if not all(card.claim.via for card in voice.cards):
        return linked
    via = dict.fromkeys(one for card in voice.cards for one in card.claim.via)
    return words("name_relayed", name=linked, via=words.listed(map(isolated, via)))


def _linked(name: str, anchor: str) -> "Markup":
    from markupsafe import Markup

    return Markup('<a href="#{}">{}</a>').format(anchor, isolated(name))
