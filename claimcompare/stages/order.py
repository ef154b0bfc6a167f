"""Which article came first."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from claimcompare.schema import Article

_Moment = tuple[date, time | None]


def by_publication(articles: Sequence[Article]) -> list[Article]:
    """The articles by the day and time they tell; one that tells none keeps its place among them.

    Where one of a day tells no time, those of that day stay as given. Times without a zone are
    taken as UTC.
    """
    told = ((place, _moment(article.published)) for place, article in enumerate(articles))
    moments = {place: moment for place, moment in told if moment}
    vague = {day for day, at in moments.values() if at is None}

    def moment(place: int) -> tuple[date, time]:
        day, at = moments[place]
        return day, time.min if at is None or day in vague else at

    places = dict(zip(moments, sorted(moments, key=moment), strict=True))
    return [articles[places.get(place, place)] for place in range(len(articles))]


def came_before(one: Article, other: Article) -> bool:
    """Whether both tell when they were published, and the first was earlier for sure."""
    first, second = _moment(one.published), _moment(other.published)
    if first is None or second is None:
        return False
    if first[0] != second[0]:
        return first[0] < second[0]
    return first[1] is not None and second[1] is not None and first[1] < second[1]


def _moment(published: str | None) -> _Moment | None:
    """The day, and the time if there is one, of what is written as ISO 8601 has it."""
    told = (published or "").strip()
    try:
        return date.fromisoformat(told), None
    except ValueError:
        pass
    try:
        found = datetime.fromisoformat(told)
        found = found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found.date(), found.time()
