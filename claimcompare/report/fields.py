"""What the free text of an article's fields is taken for: an address, a date, a language."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def web_address(url: str | None) -> str | None:
    """The address, if it leads to the web: http or https, with a host, in one printable word."""
    if not url or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and host else None


def moment(published: str | None) -> datetime | None:
    """The date or the date and time of ISO 8601, with a zone if it names one."""
    try:
        return datetime.fromisoformat((published or "").strip())
    except ValueError:
        return None


def seconds(when: datetime) -> float:
    """Where a moment stands in time, to sort by: seconds since 1970; no zone counts as UTC."""
    return ((when if when.tzinfo else when.replace(tzinfo=UTC)) - _EPOCH).total_seconds()


def in_words(published: str | None) -> str:
    """A date as people write it, with the time of day if it is told; other text as it stands."""
    text, when = (published or "").strip(), moment(published)
    if when is None:
        return text
    day = f"{when.day} {when:%B} {when.year}"
    if ":" not in text:
        return day
    zone = f"{when:%z}"
    zone = f"{zone[:3]}:{zone[3:5]}" if when.utcoffset() else "UTC" if zone else ""
    return f"{day}, {when:%H:%M} {zone}".rstrip()


def language_tag(language: str | None) -> str | None:
    """The language, if it has the form of a tag such as "en" or "pt-BR"."""
    return language if language and _LANGUAGE.fullmatch(language) else None
