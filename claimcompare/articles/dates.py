"""Dates as feeds and mail write them."""

import re
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"\d{4}-\d{2}(?:-\d{2}(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?)?")


def iso_date(told: str | None) -> str | None:
    """A date of RSS or of mail as ISO 8601 writes it; any other as it is."""
    if told is None or _ISO.fullmatch(told):
        return told
    try:
        return parsedate_to_datetime(told).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return told
