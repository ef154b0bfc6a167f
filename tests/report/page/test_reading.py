"""Somebody reads a page in a browser: filters, follows, prints, and is not followed."""

from typing import TYPE_CHECKING

import pytest

from claimcompare import Comparison
from tests.report import comparison
from tests.report.page import sample
from tests.report.page.conftest import Reader
from tests.report.page.event import event
from tests.report.page.scripts import mixed

if TYPE_CHECKING:
    from playwright.sync_api import Page

EVENT = event()
SAMPLE = sample(claims=60, articles=6, disputes=14)


def shown(page: "Page", of: str) -> int:
    return page.locator(of).filter(visible=True).count()


def test_a_speaker_is_filtered_and_everything_comes_back(reader: Reader) -> None:
    page = reader.open(EVENT)
    assert page.locator("#shown").text_content() == "12 claims"
    page.get_by_label("Speaker").select_option("Ines Quill")
    assert page.locator("#shown").text_content() == "4 of 12 claims"
    assert shown(page, ".card") == 4
    assert shown(page, ".matrix tr[data-s]") == 1
    assert shown(page, ".side.denial") == 0
    page.get_by_role("button", name="Show all").click()
    assert shown(page, ".card") == 12


def test_outlet_and_stance_are_filtered_together(reader: Reader) -> None:
    page = reader.open(SAMPLE)
    page.get_by_label("Outlet").select_option("Dorran Courier")
    assert shown(page, ".account") == 1
    assert shown(page, ".card") == 10
    page.get_by_label("Stance").select_option("Denial")
    assert 0 < shown(page, ".card") < 10
    assert shown(page, ".card") == shown(page, ".card[data-t=denial]")
    assert shown(page, ".dispute") < 14


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
    for claim in ("c4", "c5"):
        page.locator(f"#{claim} .links a").first.click()
        assert "lock" in "".join(page.locator("mark.lit").all_text_contents())


def test_a_link_to_what_is_filtered_away_brings_it_back(reader: Reader) -> None:
    page = reader.open(EVENT)
    page.get_by_label("Speaker").select_option("the council")
    page.locator("a.ref[href='#c7']").click()
    assert page.locator("#c7").is_visible()
    assert page.get_by_label("Speaker").input_value() == ""


def test_without_script_everything_is_there_and_links_lead_there(reader: Reader) -> None:
    page = reader.open(SAMPLE, script=False)
    assert page.locator("#filters").is_hidden()
    assert shown(page, ".card") == page.locator(".card").count() == 60
    page.locator("#c1 .links a").first.click()
    assert page.url.endswith("#w1")


def test_the_keyboard_reaches_the_claims_first(reader: Reader) -> None:
    page = reader.open(EVENT)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the claims"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.card')?.id") == "c1"


@pytest.mark.parametrize("made", [EVENT, SAMPLE, mixed(), comparison()])
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
    assert page.get_by_label("Speaker").is_hidden()
    assert page.locator("details table").first.is_visible()


def test_each_text_runs_in_its_own_direction(reader: Reader) -> None:
    page = reader.open(mixed())
    directions = page.locator(".words p").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).direction)"
    )
    assert directions == ["rtl", "ltr", "ltr", "rtl"]
    quotes = page.locator("#c1 blockquote").evaluate("(one) => getComputedStyle(one).direction")
    assert quotes == "rtl"


def test_the_page_works_in_the_frame_of_a_notebook(reader: Reader) -> None:
    page = reader.open(f"<!doctype html><title>Notebook</title>{EVENT._repr_html_()}")
    frame = page.frame_locator("iframe")
    frame.get_by_label("Speaker").select_option("the council")
    assert frame.locator("#shown").text_content() == "1 of 12 claims"
    frame.locator("a.ref[href='#c7']").click()
    assert frame.locator("#c7").is_visible()
    assert page.frames[1].evaluate("window.origin") == "null"


def test_the_first_screen_says_that_a_small_model_read_this(reader: Reader) -> None:
    page = reader.open(EVENT)
    box = page.locator(".caution").bounding_box()
    assert box
    assert box["y"] + box["height"] < 900


def test_what_was_taken_back_can_be_filtered_and_leads_to_what_took_it_back(
    reader: Reader,
) -> None:
    page = reader.open(EVENT)
    page.get_by_label("Stance").select_option("Taken back")
    assert page.locator("#shown").text_content() == "1 of 12 claims"
    page.locator("#c8 .taken a").click()
    assert page.evaluate("document.activeElement.id") == "c10"
    assert page.locator("#c10").is_visible()
