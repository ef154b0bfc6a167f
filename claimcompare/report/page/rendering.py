"""From records to one HTML file: the templates, our own style and script, and the policy."""

import base64
import hashlib
import html
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from claimcompare.report.findings import NOTHING_FOUND, no_contradiction, opening, small_note
from claimcompare.report.page.accounts import accounts, timeline
from claimcompare.report.page.cards import dispute_views, other_cards
from claimcompare.report.page.index import index
from claimcompare.report.page.making import made
from claimcompare.report.page.matrix import LETTERS, Heading, matrix, outlets, speakers
from claimcompare.report.sides import HEADINGS, how_many
from claimcompare.schema import Comparison

if TYPE_CHECKING:
    from jinja2 import Environment

_STYLES = ("base.css", "disputes.css", "articles.css", "paper.css")
_SCRIPT = "page.js"
# What would turn the letters around it, or has no place in a page.
_TURNING = re.compile("[\r\u202a-\u202e\u2066-\u2069]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def to_html(comparison: Comparison) -> str:
    """A page that shows the whole comparison.

    It loads nothing, and its content security policy allows only its own style and script. What
    articles and models say is text everywhere in it; links lead to http and https alone.
    """
    from markupsafe import Markup

    style = "\n".join(_asset(name) for name in _STYLES)
    script = _asset(_SCRIPT)
    page = _environment().get_template("page.html")
    # Both are files of ours; what a reader wrote is escaped by the templates.
    return page.render(
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
        policy=_policy(style, script),
        **_views(comparison),
    )


def in_a_frame(comparison: Comparison) -> str:
    """The page within another one, such as a notebook, in a frame that cannot reach out of it."""
    page = html.escape(to_html(comparison))
    return (
        '<iframe title="Comparison" width="100%" height="640" '
        'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" '
        f'style="border:1px solid #8884" srcdoc="{page}"></iframe>'
    )


def _views(comparison: Comparison) -> dict[str, Any]:
    numbers = index(comparison)
    read = accounts(comparison, numbers)
    return {
        "comparison": comparison,
        "opening": opening(comparison),
        "small_note": small_note(comparison),
        "numbers": numbers,
        "disputes": dispute_views(comparison, numbers),
        "others": other_cards(comparison, numbers),
        "blocks": matrix(comparison, numbers),
        "speakers": _by_name(speakers(comparison, numbers)),
        "outlets": _by_name(outlets(comparison, numbers)),
        "accounts": read,
        "days": timeline(read, numbers),
        "made": made(comparison, numbers),
    }


def _by_name(headings: dict[int, Heading]) -> dict[int, Heading]:
    return dict(sorted(headings.items(), key=lambda one: one[1].name.casefold()))


def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "letters": LETTERS,
        "headings": HEADINGS,
        "how_many": how_many,
        "nothing_found": NOTHING_FOUND,
        "no_contradiction": no_contradiction,
    }
    return environment


def _asset(name: str) -> str:
    return (files(__package__) / "assets" / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """What browsers may do with the page: apply this style, run this script, and no more."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _visible(value: Any) -> Any:
    """Text as it can be shown: nothing that turns what is around it, a sign for what is no text."""
    from markupsafe import Markup

    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _UNPRINTABLE.sub("\ufffd", _TURNING.sub("", value))
