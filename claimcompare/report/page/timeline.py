"""Who said what when, where days are known, and who changed position."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from claimcompare.report.fields import moment, seconds
from claimcompare.report.page.accounts import Account
from claimcompare.report.page.cards import Card, DisputeView, Voice
from claimcompare.report.page.wording import Words
from claimcompare.report.sides import Tone

_SIDES: tuple[Tone, ...] = ("support", "denial", "withdrawn")


class Said(NamedTuple):
    """The speakers of an article on one side of a dispute, each with what they say there."""

    dispute: int
    tone: Tone
    voices: list[Voice]


class Day(NamedTuple):
    """The articles of a day; `later` is how long after the day before it that was."""

    date: str
    name: str
    later: str
    accounts: list[tuple[Account, list[Said]]]


class Change(NamedTuple):
    """Somebody who took something back, or stands on both sides of a dispute: then and later."""

    dispute: int
    name: str
    before: Card
    after: Card | None


class Timeline(NamedTuple):
    """The days in order, what has no date, and the changes of position."""

    days: list[Day]
    undated: list[Account]
    changes: list[Change]


def timeline(found: list[Account], disputes: list[DisputeView], words: Words) -> Timeline:
    """The days on which articles appeared, where these are known."""
    dated = [(when, one) for one in found if (when := moment(one.article.published))]
    dated.sort(key=lambda one: seconds(one[0]))
    days: dict[date, list[tuple[Account, list[Said]]]] = {}
    for when, one in dated:
        days.setdefault(when.date(), []).append((one, list(_said(one, disputes))))
    return Timeline(
        days=list(_days(days, words)),
        undated=[one for one in found if not one.moment],
        changes=[one for each in disputes for one in _changes(each, _order(dated))],
    )


def _days(days: dict[date, list[tuple[Account, list[Said]]]], words: Words) -> Iterator[Day]:
    before: date | None = None
    for when, accounts in days.items():
        passed = (when - before).days if before else 0
        later = words("later", time=words.later(passed)) if passed else ""
        name = words.date(when.isoformat())
        yield Day(when.isoformat(), name, later, accounts)
        before = when


def _said(account: Account, disputes: list[DisputeView]) -> Iterator[Said]:
    for dispute in disputes:
        for tone in _SIDES:
            there = [
                Voice(one.name, [card for card in one.cards if _is_of(card, account)])
                for one in dispute.sides[tone]
            ]
            if voices := [one for one in there if one.cards]:
                yield Said(dispute.number, tone, voices)


def _is_of(card: Card, account: Account) -> bool:
    return card.claim.article_id == account.article.id


def _order(dated: Sequence[tuple[datetime, Account]]) -> dict[str, int]:
    return {one.article.id: at for at, (_, one) in enumerate(dated)}


def _changes(dispute: DisputeView, order: dict[str, int]) -> Iterator[Change]:
    """What was taken back, then who stands on both sides, the earlier side first."""

    def when(card: Card) -> tuple[int, int]:
        return order.get(card.claim.article_id, len(order)), card.number

    taken: dict[str, Change] = {}
    for card in (one for voice in dispute.sides["withdrawn"] for one in voice.cards):
        if card.taken:
            taken.setdefault(card.taken.by.id, Change(dispute.number, card.taken.name, card, None))
    yield from taken.values()
    denying = {one.cards[0].speaker: _own(one) for one in dispute.sides["denial"]}
    for voice in dispute.sides["support"]:
        own, other = _own(voice), denying.get(voice.cards[0].speaker)
        if own and other:
            before, after = sorted((min(own, key=when), min(other, key=when)), key=when)
            yield Change(dispute.number, voice.name, before, after)


def _own(voice: Voice) -> list[Card]:
    """What a speaker says, and nobody else relays: only that shows a change of position."""
    return [one for one in voice.cards if not one.claim.via]
