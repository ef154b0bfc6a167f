"""Which language texts are in, as stated or as their script and commonest words tell."""

import re

from claimcompare.articles.languages import language_of_line, script_of
from claimcompare.report.fields import language_tag
from claimcompare.report.page.wording import LANGUAGES
from claimcompare.schema import Article, Comparison

# Letters that Arabic and Ukrainian have, and neighbours in their scripts do not, or the reverse.
_NOT_ARABIC = re.compile("[پچژگکیەټځډړښڼێۆ]")
_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
_NOT_UKRAINIAN = re.compile("[ыэёъў]", re.IGNORECASE)
_JUDGED_BY = 2_000


def language_of(article: Article) -> str | None:
    """The tag that is stated, else the language guessed from the text; None if nothing tells."""
    return language_tag(article.language) or _guessed(article.text[:_JUDGED_BY])


def common_language(comparison: Comparison) -> str | None:
    """The one language, without its region, of all articles of which it is known."""
    known = {tag.split("-")[0].lower() for one in comparison.articles if (tag := language_of(one))}
    return known.pop() if len(known) == 1 else None


def interface_language(comparison: Comparison) -> str:
    """The language of the articles where the page has words for it, else English."""
    language = common_language(comparison)
    return language if language in LANGUAGES else "en"


def _guessed(text: str) -> str | None:
    script = script_of(text)
    if script == "arabic":
        return None if _NOT_ARABIC.search(text) else "ar"
    if script == "cyrillic":
        is_ukrainian = _UKRAINIAN.search(text) and not _NOT_UKRAINIAN.search(text)
        return "uk" if is_ukrainian else None
    return language_of_line(text, "") or None if script == "latin" else None
