"""Filters: what they count is what is seen, what nothing fits says so, the address holds them."""

from claimcompare.report.page import to_html
from tests.report.page import sample
from tests.report.page.conftest import Reader, choose, shown
from tests.report.page.event import event

EVENT = event()
SAMPLE = sample(claims=60, articles=6, disputes=14)


def test_a_speaker_is_filtered_and_everything_comes_back(reader: Reader) -> None:
    page = reader.open(EVENT)
    assert page.locator("#shown").text_content() == "12 claims"
    assert choose(page, "Speaker", "Ines Quill") == 4
    assert page.locator("#shown").text_content() == "4 of 12 claims"
    assert shown(page, ".claim") == 4
    assert shown(page, ".matrix tr[data-s]") == 1
    assert shown(page, ".side.denial") == 0
    page.locator("form").get_by_role("button", name="Show all").click()
    assert page.locator(".claim").evaluate_all("(all) => all.every((one) => !one.hidden)")
    assert page.locator("#shown").text_content() == "12 claims"


def test_every_choice_leaves_as_many_claims_as_it_says(reader: Reader) -> None:
    page = reader.open(SAMPLE)
    names = "(all) => all.map((one) => one.dataset.name)"
    for label, key in (("Stance", "t"), ("Outlet", "o")):
        for name in page.locator(f"select[name={key}] option[data-name]").evaluate_all(names):
            said = choose(page, label, name)
            assert page.locator("#shown").text_content() == f"{said} of 60 claims"
            seen = page.locator(".claim").filter(visible=True)
            numbers = seen.evaluate_all("(all) => all.map((one) => one.dataset.claim)")
            assert len(set(numbers)) == said
        page.locator("form").get_by_role("button", name="Show all").click()


def test_choices_count_what_the_others_leave(reader: Reader) -> None:
    page = reader.open(SAMPLE)
    assert choose(page, "Outlet", "Dorran Courier") == 10
    denials = choose(page, "Stance", "Denial")
    assert 0 < denials < 10
    assert shown(page, ".claim") == shown(page, ".claim[data-t=denial]") == denials
    assert shown(page, ".dispute") < 14
    marks = page.locator(".matrix tbody tr[data-s] .chip").filter(visible=True)
    counted = marks.locator("small").all_text_contents()
    assert sum(int(one or 1) for one in counted) == denials


def test_where_nothing_fits_the_page_says_so_and_shows_all_again(reader: Reader) -> None:
    page = reader.open(EVENT)
    choose(page, "Speaker", "the council")
    assert page.locator("#nothing").is_hidden()
    assert choose(page, "Stance", "Denial") == 0
    assert page.locator("#nothing").is_visible()
    assert shown(page, ".dispute") == shown(page, ".claim") == 0
    page.locator("#nothing button").click()
    assert page.locator("#nothing").is_hidden()
    assert page.locator("#d1").is_visible()


def test_the_address_holds_what_is_filtered_and_where_the_reader_is(reader: Reader) -> None:
    page = reader.open(EVENT)
    choose(page, "Speaker", "Ines Quill")
    page.locator("#c1 .links a").first.click()
    address = page.url
    assert address.endswith("#w1&s=1")
    page.goto("about:blank")
    page.goto(address)
    assert page.locator("#shown").text_content() == "4 of 12 claims"
    assert page.get_by_label("Speaker").input_value() == "1"
    assert page.evaluate("document.activeElement.id") == "w1"
    page.go_back()
    page.go_forward()
    assert page.locator("#shown").text_content() == "4 of 12 claims"


def test_going_back_takes_the_filter_away(reader: Reader) -> None:
    page = reader.open(EVENT)
    choose(page, "Speaker", "the council")
    page.go_back()
    page.wait_for_function("document.getElementById('shown').textContent === '12 claims'")
    assert page.get_by_label("Speaker").input_value() == ""


def test_an_address_that_means_nothing_does_no_harm(reader: Reader) -> None:
    page = reader.open(EVENT)
    for address in ("#nowhere", "#s=999", "#s=1&t=denial&x=y", "#&&==", "#%22%5D", "#c7&s=1"):
        page.evaluate("(address) => { location.hash = address }", address)
        page.evaluate("new Promise((done) => setTimeout(done, 50))")
    assert page.locator("#c7").is_visible()


def test_a_quotation_is_copied_with_who_said_it_where_and_when(reader: Reader) -> None:
    page = reader.open(EVENT)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#c1 .copy-it").click()
    page.get_by_role("button", name="Copied").or_(page.locator("text=Copied")).first.wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "Ines Quill said on Monday that the north lock is sound.\n"
        "– Ines Quill, Fenwick Post, 4 May 2026"
    )


def test_without_a_clipboard_it_is_copied_as_a_selection(reader: Reader) -> None:
    page = reader.open(EVENT)
    page.evaluate(
        """() => {
          Object.defineProperty(navigator, "clipboard", { value: undefined });
          document.execCommand = (name) => { document.title = `${name}: ${getSelection()}`; };
        }"""
    )
    page.locator("#c1 .copy-it").click()
    page.wait_for_function("document.title.startsWith('copy: ')")
    assert page.locator("body > textarea").count() == 0


def test_a_claim_has_an_address_of_its_own_and_tells_its_numbers(reader: Reader) -> None:
    page = reader.open(EVENT)
    assert page.locator("#c7 a.number").get_attribute("href") == "#c7"
    assert page.locator("#c7").get_attribute("data-claim") == "7"
    assert page.locator("#c7").get_attribute("data-dispute") == "1"
    assert 'data-dispute=""' in to_html(EVENT).partition('id="others"')[2]


def test_everything_opens_at_once(reader: Reader) -> None:
    page = reader.open(EVENT)
    choose(page, "Speaker", "Ines Quill")
    page.locator("form").get_by_role("button", name="Show all").click()
    page.get_by_role("button", name="Open everything").click()
    assert shown(page, ".claim") == 12
