"""The page as a file: whole, closed to the outside, and the same shape whatever articles hold."""

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings

from claimcompare import Comparison
from claimcompare.report import render
from claimcompare.report.page import to_html
from tests.report import HOSTILE, LOCK, comparison
from tests.report.page import sample
from tests.report.page.attacks import ATTACKS, FULL, everywhere
from tests.report.page.event import event
from tests.report.test_outlets import COPIED

EVENT = event()
MADE = (EVENT, LOCK, COPIED, comparison(), sample(claims=60, articles=4, disputes=14))


class Read(HTMLParser):
    """The elements of a page with their attributes, and its text without style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._code = ""
        self.code: dict[str, str] = {}
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._code = tag

    def handle_endtag(self, tag: str) -> None:
        self._code = "" if tag == self._code else self._code

    def handle_data(self, data: str) -> None:
        if self._code in {"style", "script"}:
            self.code[self._code] = self.code.get(self._code, "") + data
        else:
            self.text += data

    def all(self, attribute: str) -> list[str]:
        return [values[attribute] or "" for _, values in self.elements if attribute in values]

    def shape(self) -> Counter[tuple[str, tuple[str, ...]]]:
        return Counter((tag, tuple(sorted(attributes))) for tag, attributes in self.elements)


def shape(text: str) -> Counter[tuple[str, tuple[str, ...]]]:
    return Read(to_html(everywhere(text))).shape()


@pytest.mark.parametrize("made", MADE)
def test_every_address_leads_somewhere_and_stands_once(made: Comparison) -> None:
    read = Read(to_html(made))
    ids = read.all("id")
    assert len(ids) == len(set(ids))
    inside = {one[1:] for one in read.all("href") if one.startswith("#")}
    assert inside <= set(ids)
    named = [one for ids_of in read.all("aria-labelledby") for one in ids_of.split()]
    assert set(named) <= set(ids)


def test_every_claim_and_article_is_on_the_page() -> None:
    made = sample(claims=60, articles=4, disputes=14)
    text = " ".join(Read(to_html(made)).text.split())
    for claim in made.claims:
        assert claim.text.rstrip(".").lower() in text.lower()
    for article in made.articles:
        assert " ".join(article.text.split()[-8:]) in text


def test_the_policy_allows_our_own_style_and_script_and_nothing_else() -> None:
    read = Read(to_html(EVENT))
    policy = next(one["content"] or "" for _, one in read.elements if "http-equiv" in one)
    digests = [
        "sha256-" + base64.b64encode(hashlib.sha256(read.code[tag].encode()).digest()).decode()
        for tag in ("style", "script")
    ]
    assert policy == (
        f"default-src 'none'; style-src '{digests[0]}'; script-src '{digests[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize("made", MADE)
def test_nothing_is_loaded_and_nothing_is_set_up_inline(made: Comparison) -> None:
    read = Read(to_html(made))
    assert not {tag for tag, _ in read.elements} & {"img", "link", "iframe", "object", "embed"}
    assert not read.all("src") + read.all("style")
    assert not [name for _, values in read.elements for name in values if name.startswith("on")]
    assert "url(" not in read.code["style"]
    assert "@import" not in read.code["style"]
    assert not re.search(r"fetch|XMLHttp|innerHTML|eval|import", read.code["script"])


def test_links_lead_to_the_web_only_and_tell_it_nothing() -> None:
    links = [
        one
        for tag, one in Read(to_html(sample(claims=4, articles=2, disputes=1))).elements
        if tag == "a" and not (one["href"] or "").startswith("#")
    ]
    assert [one["href"] for one in links] == [
        "https://herald.example/0",
        "https://courier.example/1",
    ]
    assert all("noreferrer" in (one["rel"] or "") for one in links)


def test_the_attacks_are_many_and_no_field_is_left_out() -> None:
    assert len(set(ATTACKS)) >= 40
    left_out = {where[-1] for where in _empty(FULL.model_dump())}
    assert left_out == {"stance", "withdrawn_by", "made", "since"}


def _empty(value: Any, *where: str) -> Iterator[tuple[str, ...]]:
    if value is None or value in ((), {}):
        yield where
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _empty(one, *where, name)
    elif isinstance(value, tuple):
        for one in value:
            yield from _empty(one, *where)


PLAIN = shape("Harmless.")
LINKED = shape("https://a.example/x")


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_text_and_changes_nothing_around_it(attack: str) -> None:
    read = Read(to_html(everywhere(attack)))
    assert read.shape() in (PLAIN, LINKED)
    shown = re.sub("[\x00\x01]", "\ufffd", re.sub("[\u202a-\u202e]", "", attack))
    assert read.text.count(shown) >= 20


@settings(max_examples=30)
@given(text=HOSTILE)
def test_no_element_comes_from_an_article(text: str) -> None:
    assert {tag for tag, _ in shape(f"{text}x")} <= {tag for tag, _ in PLAIN}


def test_letters_around_a_text_are_not_turned() -> None:
    page = to_html(everywhere("\u202eko si kcol ehT\u2066"))
    assert not {"\u202e", "\u2066"} & set(page)


@pytest.mark.parametrize("made", [EVENT, comparison()])
def test_the_form_ends_with_one_line_end(made: Comparison) -> None:
    assert render(made, "html").endswith("</html>\n")
