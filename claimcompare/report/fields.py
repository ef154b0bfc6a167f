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
    """The date or the date and time of ISO 8601; without a zone it counts as UTC."""
    try:
        read = datetime.fromisoformat((published or "").strip())
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def seconds(when: datetime) -> float:
    """Where a moment stands in time, to sort by: seconds since 1970, below 0 before."""
    return (when - _EPOCH).total_seconds()


def language_tag(language: str | None) -> str | None:
    """The language, if it has the form of a tag such as "en" or "pt-BR"."""
    return language if language and _LANGUAGE.fullmatch(language) else None
