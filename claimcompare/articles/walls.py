"""What stands between a visitor and an article: dialogs, and pages that only ask for something."""

import re
from typing import Any

from claimcompare.articles.series import LEAST_PROSE, around, lengths

# What is longer says something itself.
_SHORT = 1_500
# A login beside a menu may as well be one of many things on a page.
_VERY_SHORT = 500
_FEW_LINKS = 10
_DIALOGS = ("dialog", "alertdialog")
# Names that programs give, in whatever language the page is.
_CONSENT = re.compile(r"cookie|consent|gdpr", re.IGNORECASE)
_CHECK = re.compile(r"captcha|challenge|turnstile", re.IGNORECASE)
_NAMED_BY = ("id", "class", "name", "src", "action")
_MAY_ASK = ("div", "section", "aside", "main", "form", "iframe")
_REFRESH = "//meta[translate(@http-equiv, 'EFHRS', 'efhrs') = 'refresh']"
_IN_BODY = "[not(ancestor::header or ancestor::nav or ancestor::aside or ancestor::footer)]"
_PASSWORD = f"//input[@type='password']{_IN_BODY}"
_CHOICES = f"//button[not(ancestor::form)]{_IN_BODY} | //*[@role='button']{_IN_BODY}"
_FORMS = f"//form[.//button or .//input]{_IN_BODY}"
_OF_ARTICLES = "//article | //time | //*[@itemprop='articleBody' or @itemprop='datePublished']"
_DECLARED = (
    "//meta[@property='og:type' and @content='article' or @property='article:published_time']"
)


def leave_out_dialogs(tree: Any) -> bool:
    """Mark as no text what lies over the page and asks for an answer; whether there was any."""
    articles = around(tree.iter("article", "main"))
    asking = around(tree.iter("button", "input", "a"))
    headed = around(tree.iter("h1", "time"))
    found = [
        one
        for one in tree.iter("dialog", "div", "section", "aside")
        if one not in articles
        and (_is_dialog(one) or (one in asking and one not in headed and _named(one, _CONSENT)))
    ]
    for element in found:
        element.tag = "template"
    return bool(found)


def is_wall(tree: Any, text: str, *, behind_dialog: bool) -> bool:
    """Whether a page without signs of an article asks for consent, a login or a proof.

    `behind_dialog` says that what lay over it was left out.
    """
    if len(text) >= _SHORT or tree.xpath(_OF_ARTICLES):
        return False
    if behind_dialog and lengths(tree)[tree].prose < LEAST_PROSE:
        return True
    if len(tree.xpath("//a[@href]")) < _FEW_LINKS:
        return _asks(tree, text)
    return len(text) < _VERY_SHORT and bool(tree.xpath(_PASSWORD))


def _asks(tree: Any, text: str) -> bool:
    if tree.xpath(_PASSWORD) or (len(text) < _VERY_SHORT and tree.xpath(_REFRESH)):
        return True
    if any(_named(one, _CHECK) or _named(one, _CONSENT) for one in tree.iter(*_MAY_ASK)):
        return True
    if tree.xpath(_DECLARED):
        return False
    # A search or a newsletter has a form of its own beside what is told.
    hollow = lengths(tree)[tree].prose < LEAST_PROSE
    return len(tree.xpath(_CHOICES)) > 1 or (hollow and bool(tree.xpath(_FORMS)))


def _is_dialog(element: Any) -> bool:
    return (
        element.tag == "dialog"
        or element.get("role") in _DIALOGS
        or element.get("aria-modal") == "true"
    )


def _named(element: Any, names: re.Pattern[str]) -> bool:
    return any(names.search(element.get(key, "")) for key in _NAMED_BY)
