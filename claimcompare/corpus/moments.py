"""When an article was published, as a number."""

from datetime import UTC, datetime

from claimcompare.articles.dates import iso_date

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86_400.0


def moment(published: str | None) -> float | None:
    """The days since 1970 of a date or a time; None for what is neither.

    Times without a zone are taken as UTC, a day as its beginning.
    """
    try:
        found = datetime.fromisoformat((iso_date(published) or "").strip())
    except ValueError:
        return None
    return (found.replace(tzinfo=found.tzinfo or UTC) - _EPOCH).total_seconds() / _DAY
