"""Somebody reads a page in a browser: filters, follows, prints, and is not followed."""

import re
from pathlib import Path

import pytest

from claimcompare import Comparison
from tests.report import comparison
from tests.report.page import sample
from tests.report.page.conftest import Reader, choose, shown
from tests.report.page.event import event
from tests.report.page.scripts import mixed
from tests.report.page.stories import arabic, german

EVENT = event()
STAND = Comparison.model_validate_json(Path("tests/recordings/stand-collapse.json").read_bytes())
SAMPLE = sample(claims=60, articles=6, disputes=14)


def test_a_claim_leads_to_its_words_and_the_words_to_the_claim(reader: Reader) -> None:
    page = reader.open(mixed())
    page.locator("#c4 .links a").first.click()
    lit = page.locator("mark.lit").all_text_contents()
    assert "".join(lit) == "Oskar Bray said that the lock (القفل) is cracked"
    assert page.evaluate("document.activeElement.id") == "w4"
    assert page.locator("mark.lit").first.bounding_box()
    page.locator("a.ref[href='#c4']").click()
    assert page.locator("mark.lit").count() == 0
    assert page.evaluate("document.activeElement.id") == "c4"
    box = page.locator("#c4").bounding_box()
    assert box
    assert 0 <= box["y"] < 900


def test_far_away_is_found_at_once(reader: Reader) -> None:
    page = reader.open(sample(claims=400, articles=8, disputes=12))
    for claim in (399, 3, 250):
        page.locator(f"#c{claim} .links a").first.click()
        box = page.locator("mark.lit").bounding_box()
        assert box
        assert 0 <= box["y"] < 900
        page.locator(f"a.ref[href='#c{claim}']").click()
        box = page.locator(f"#c{claim}").bounding_box()
        assert box
        assert 0 <= box["y"] < 900


def test_words_that_two_claims_share_light_up_for_either(reader: Reader) -> None:
    page = reader.open(mixed())
    page.locator("#d1 details.context > summary").click()
    for claim in ("c4", "c5"):
        page.locator(f"#{claim} .links a").first.click()
        assert "lock" in "".join(page.locator("mark.lit").all_text_contents())


def test_a_link_to_what_is_filtered_away_brings_it_back(reader: Reader) -> None:
    page = reader.open(EVENT)
    choose(page, "Speaker", "the council")
    page.locator("a.ref[href='#c7']").click()
    assert page.locator("#c7").is_visible()
    assert page.get_by_label("Speaker").input_value() == ""


def test_without_script_everything_is_there_and_links_lead_there(reader: Reader) -> None:
    page = reader.open(SAMPLE, script=False)
    assert page.locator("#filters").is_hidden()
    assert page.locator(".claim").count() == 60
    for fold in page.locator("details:not(#filters) > summary").all():
        if fold.is_visible():
            fold.click()
    assert shown(page, ".claim") == 60
    assert page.locator(".copy-it").count() == 0
    page.locator("#c1 .links a").first.click()
    assert page.url.endswith("#w1")


def test_the_keyboard_reaches_the_claims_first(reader: Reader) -> None:
    page = reader.open(EVENT)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the claims"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    # What the address tells later must not draw the reader back to the beginning.
    page.evaluate("new Promise((done) => setTimeout(done, 200))")
    page.keyboard.press("Tab")
    page.evaluate("dispatchEvent(new HashChangeEvent('hashchange'))")
    assert page.evaluate("document.activeElement.closest('.dispute')?.id") == "d1"


@pytest.mark.parametrize("made", [EVENT, SAMPLE, mixed(), arabic(), comparison()])
def test_nothing_runs_off_the_screen(reader: Reader, made: Comparison) -> None:
    page = reader.open(made)
    for width in (390, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("paper", "width"), [("A4", 680), ("Letter", 700)])
def test_nothing_runs_off_the_paper(reader: Reader, paper: str, width: int) -> None:
    page = reader.open(sample(claims=200, articles=8, disputes=40), width=width)
    assert page.pdf(format=paper).startswith(b"%PDF")
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = (
        "[...document.querySelectorAll('table')].filter((t) => t.scrollWidth > innerWidth).length"
    )
    assert page.evaluate(wide) == 0
    assert page.locator("#filters").is_hidden()
    assert page.locator("#matrix table").first.is_visible()
    together = "(one) => getComputedStyle(one).breakInside"
    assert page.locator("#matrix .block").first.evaluate(together) == "avoid"


def test_each_text_runs_in_its_own_direction(reader: Reader) -> None:
    page = reader.open(mixed())
    directions = page.locator(".words p").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).direction)"
    )
    assert directions == ["rtl", "ltr", "ltr", "rtl"]
    quotes = page.locator("#c1 blockquote").first.evaluate(
        "(one) => getComputedStyle(one).direction"
    )
    assert quotes == "rtl"


def test_the_page_works_in_the_frame_of_a_notebook(reader: Reader) -> None:
    page = reader.open(f"<!doctype html><title>Notebook</title>{EVENT._repr_html_()}")
    frame = page.frame_locator("iframe")
    frame.locator("#filters > summary").click()
    frame.get_by_label("Speaker").select_option(label="the council (1)")
    assert frame.locator("#shown").text_content() == "1 of 12 claims"
    frame.locator("a.ref[href='#c7']").click()
    assert frame.locator("#c7").is_visible()
    assert page.frames[1].evaluate("window.origin") == "null"


def test_the_first_screen_says_that_a_small_model_read_this(reader: Reader) -> None:
    page = reader.open(EVENT)
    box = page.locator(".caution").bounding_box()
    assert box
    assert box["y"] + box["height"] < 900


def test_what_was_taken_back_leads_to_what_took_it_back(reader: Reader) -> None:
    page = reader.open(EVENT)
    choose(page, "Stance", "Taken back")
    assert page.locator("#shown").text_content() == "1 of 12 claims"
    page.locator("#c8 .taken a").click()
    assert page.evaluate("document.activeElement.id") == "c10"
    assert page.locator("#c10").is_visible()


@pytest.mark.parametrize("made", [EVENT, STAND, german(), arabic()])
def test_the_first_screen_of_a_phone_shows_the_first_dispute(
    reader: Reader, made: Comparison
) -> None:
    page = reader.open(made, width=390)
    page.set_viewport_size({"width": 390, "height": 844})
    for part in ("#d1 h3", "#d1 .look"):
        box = page.locator(part).bounding_box()
        assert box
        assert box["y"] + box["height"] < 844


def test_a_story_of_two_articles_is_read_in_four_screens(reader: Reader) -> None:
    page = reader.open(STAND)
    assert page.evaluate("document.documentElement.scrollHeight") <= 3250
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) <= 3


def test_a_page_in_arabic_begins_on_the_right(reader: Reader) -> None:
    page = reader.open(arabic())
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    first, second = page.locator("#d1 .sides > .side").all()
    right, left = first.bounding_box(), second.bounding_box()
    assert right
    assert left
    assert right["x"] > left["x"]
