"""From records to one HTML file: the templates, our own style and script, and the policy."""

import html
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from claimcompare.report.page.accounts import accounts
from claimcompare.report.page.cards import dispute_views, other_voices
from claimcompare.report.page.choices import choices
from claimcompare.report.page.fresh import fresh
from claimcompare.report.page.headline import headline
from claimcompare.report.page.index import index
from claimcompare.report.page.look import look
from claimcompare.report.page.making import made
from claimcompare.report.page.matrix import LETTERS, matrix, unmarked
from claimcompare.report.page.reviewing import review_data
from claimcompare.report.page.shell import policy, templates
from claimcompare.report.page.timeline import timeline
from claimcompare.report.page.told import percent
from claimcompare.report.page.tongues import common_language, interface_language
from claimcompare.report.page.wording import LANGUAGES, Words, isolated, visible
from claimcompare.schema import Comparison

if TYPE_CHECKING:
    from jinja2 import Environment

_STYLES = ("base.css", "disputes.css", "tables.css", "articles.css", "review.css", "paper.css")
_SCRIPTS = ("page.js", "review.js")


def to_html(comparison: Comparison) -> str:
    """A page that shows the whole comparison.

    It loads nothing, and its content security policy allows only its own style and script. What
    articles and models say is text everywhere in it; links lead to http and https alone.
    """
    from markupsafe import Markup

    style = "\n".join(_asset(name) for name in _STYLES)
    script = "\n".join(_asset(name) for name in _SCRIPTS)
    language = interface_language(comparison)
    page = _environment(language).get_template("page.html")
    # Both are files of ours; what a reader wrote is escaped by the templates.
    return page.render(
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        policy=policy(style, script),
        **_views(comparison, Words(language)),
    )


def in_a_frame(comparison: Comparison) -> str:
    """The page within another one, such as a notebook, in a frame that cannot reach out of it."""
    page = html.escape(to_html(comparison))
    return (
        '<iframe title="Comparison" width="100%" height="640" '
        'sandbox="allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox" '
        f'style="border:1px solid #8884" srcdoc="{page}"></iframe>'
    )


def _views(comparison: Comparison, words: Words) -> dict[str, Any]:
    numbers = index(comparison)
    read = accounts(comparison, numbers, words)
    disputes = dispute_views(comparison, numbers, words)
    return {
        "comparison": comparison,
        "headline": headline(comparison, read, words),
        "fresh": fresh(comparison, numbers, words),
        "language": common_language(comparison),
        "numbers": numbers,
        "disputes": disputes,
        "others": other_voices(comparison, numbers, words),
        "blocks": matrix(comparison, numbers, words),
        "unmarked": unmarked(comparison, numbers, words),
        "choices": choices(comparison, numbers, words),
        "accounts": read,
        "timeline": timeline(read, disputes, words),
        "made": made(comparison, numbers),
        "review_data": review_data(comparison, numbers, words),
    }


@lru_cache(maxsize=len(LANGUAGES))
def _environment(language: str) -> "Environment":
    """Kept, since to compile the templates takes ten times as long as to fill them."""
    environment = templates(__package__, visible)
    environment.filters["isolated"] = isolated
    environment.globals |= {
        "w": Words(language),
        "letters": LETTERS,
        "isolated": isolated,
        "look": look,
        "percent": percent,
    }
    return environment


def _asset(name: str) -> str:
    return (files(__package__) / "assets" / name).read_text(encoding="utf-8")
