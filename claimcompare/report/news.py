"""What an update changed, in the order in which people want to know it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from claimcompare.report.fields import in_words, moment, seconds
from claimcompare.report.outlets import article_names, by_id
from claimcompare.report.sides import how_many
from claimcompare.report.voices import OWN_VOICE, full_name, who
from claimcompare.schema import ChangedPosition, Changes, Claim, Comparison, Stance

Kind = Literal[
    "reversed", "withdrawn", "dispute", "voice", "article", "corrected", "outlet", "speaker", "gone"
]
HEADINGS: dict[Kind, str] = {
    "reversed": "Now on the other side",
    "withdrawn": "Taken back",
    "dispute": "New disputes",
    "voice": "New voices",
    "article": "New articles",
    "corrected": "Articles that were changed",
    "outlet": "New outlets",
    "speaker": "New speakers",
    "gone": "No longer here",
}
_SIDES: dict[Stance | None, str] = {
    "support": "support",
    "denial": "denial",
    "context": "no side",
    None: "no side",
}


class News(NamedTuple):
    """One thing that is new: who or what, in which dispute, and the claim that shows it.

    `was` and `now` are where a speaker stood and stands; `reason` is why something is gone.
    """

    kind: Kind
    name: str
    dispute: int | None = None
    claim: Claim | None = None
    was: Stance | None = None
    now: Stance | None = None
    reason: str = ""


def news(comparison: Comparison) -> list[News]:
    """What is new in a comparison, if it was made by an update."""
    return list(_each(comparison, comparison.changes)) if comparison.changes else []


def since(changes: Changes, comparison: Comparison, day: datetime) -> Changes:
    """The changes by articles published from that moment on, or without a date that is known."""
    articles = by_id(comparison)

    def is_late(article_id: str | None) -> bool:
        article = articles.get(article_id or "")
        when = moment(article.published) if article else None
        return when is None or seconds(when) >= seconds(day)

    late = {one.id for one in comparison.claims if is_late(one.article_id)}
    told = {one for one in changes.claims if one in late}
    placed = {
        one.proposition: {it.claim_id for it in one.assertions} for one in comparison.disputes
    }
    speakers = {one.speaker_id for one in comparison.claims if one.id in told}
    outlets = {one.publisher for one in comparison.articles if is_late(one.id)}
    return changes.model_copy(
        update={
            "articles": tuple(filter(is_late, changes.articles)),
            "corrected": tuple(filter(is_late, changes.corrected)),
            "outlets": tuple(one for one in changes.outlets if one in outlets),
            "speakers": tuple(one for one in changes.speakers if one in speakers),
            "claims": tuple(one for one in changes.claims if one in late),
            "disputes": tuple(one for one in changes.disputes if placed.get(one, told) & told),
            "voices": tuple(one for one in changes.voices if late.intersection(one.claims)),
            "reversed": tuple(one for one in changes.reversed if one.by in late),
            "withdrawn": tuple(one for one in changes.withdrawn if one.by in late),
            "gone": tuple(one for one in changes.gone if is_late(one.article_id)),
        }
    )


def opening(comparison: Comparison) -> str:
    """Since when, and how much is new of each kind; "" where no update made the comparison."""
    changes = comparison.changes
    if changes is None:
        return ""
    when = f" since {in_words(changes.since.date().isoformat())}" if changes.since else ""
    if changes.is_empty:
        return f"Nothing is new{when}."
    moved = len(changes.reversed) + len(changes.withdrawn)
    counts = (
        (len(changes.articles), "article"),
        (len(changes.claims), "claim"),
        (len(changes.disputes), "new dispute"),
        (len(changes.voices), "new voice"),
        (moved, "changed position"),
    )
    told = ", ".join(how_many(number, noun) for number, noun in counts if number)
    return f"New{when}: {told}." if told else f"Changed{when}."


def sections(comparison: Comparison) -> Iterator[tuple[str, list[str]]]:
    """The headings of what is new, each with its sentences."""
    found = news(comparison)
    for kind, heading in HEADINGS.items():
        if told := [_sentence(one, comparison) for one in found if one.kind == kind]:
            yield heading, told


def _each(comparison: Comparison, changes: Changes) -> Iterator[News]:
    numbers = {one.proposition: at for at, one in enumerate(comparison.disputes, start=1)}
    names = article_names(comparison)
    speakers = {one.id: one.name for one in comparison.speakers}
    yield from _moved("reversed", changes.reversed, comparison)
    yield from _moved("withdrawn", changes.withdrawn, comparison)
    for proposition in filter(set(changes.disputes).__contains__, numbers):
        yield News("dispute", proposition, numbers[proposition])
    for one in changes.voices:
        claim = comparison.claim(one.claims[0])
        if number := numbers.get(one.proposition):
            yield News("voice", who(claim, comparison), number, claim, now=one.stance)
    yield from (News("article", names.get(one, one)) for one in changes.articles)
    yield from (News("corrected", names.get(one, one)) for one in changes.corrected)
    yield from (News("outlet", one) for one in changes.outlets)
    yield from (News("speaker", speakers.get(one, one)) for one in changes.speakers)
    yield from (News("gone", one.item, reason=one.reason) for one in changes.gone)


def _moved(kind: Kind, found: Iterable[ChangedPosition], comparison: Comparison) -> Iterator[News]:
    numbers = {one.proposition: at for at, one in enumerate(comparison.disputes, start=1)}
    names = {one.id: one.name for one in comparison.speakers}
    for one in found:
        claim = comparison.claim(one.by)
        name = names.get(one.speaker_id or "") or OWN_VOICE.capitalize()
        if number := numbers.get(one.proposition):
            yield News(kind, name, number, claim, one.was, one.now)


def _sentence(one: News, comparison: Comparison) -> str:
    proposition = f"“{comparison.disputes[one.dispute - 1].proposition}”" if one.dispute else ""
    printed = article_names(comparison)[one.claim.article_id] if one.claim else ""
    said = f" [{printed}]: {one.claim.text}" if one.claim else ""
    match one.kind:
        case "reversed":
            return f"{one.name}, {one.was} of {proposition} before, {one.now} now{said}"
        case "withdrawn":
            taken = _taken_back(one, comparison)
            return f"{one.name}, {_SIDES[one.was]} of {proposition} before{taken}{said}"
        case "voice":
            return f"{one.name}, {one.now} of {proposition}{said}"
        case "gone":
            return f"{one.name} ({one.reason})"
        case _:
            return f"{one.dispute}. {one.name}" if one.dispute else one.name


def _taken_back(one: News, comparison: Comparison) -> str:
    """By whom, where that is somebody else."""
    if one.claim is None or full_name(one.claim, comparison) in (one.name, ""):
        return ""
    return f", taken back by {who(one.claim, comparison)}"
