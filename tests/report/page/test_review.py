"""Somebody marks claims on a page, saves the marks to a file, and opens that again."""

import base64
import hashlib
import json
import re
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from claimcompare.report.page import to_html
from claimcompare.report.page.index import index
from claimcompare.report.page.reviewing import review_data
from claimcompare.report.page.wording import LANGUAGES, Words
from claimcompare.schema import Comparison
from claimcompare.schema.review import Review
from claimcompare.stages.marks import matched
from claimcompare.stages.review import reviewed
from tests.report import CONTROLS, again
from tests.report.page.conftest import Reader
from tests.report.page.stories import german
from tests.reviewing import SOUND, lock, mark, marks, placed, stance_mark

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

LOCK = lock()
# As the page includes it: a card for each claim in its place, the macro once, script and style.
_PAGE = """{% from "review.html" import review %}<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Made</title>
<meta http-equiv="Content-Security-Policy" content="{{ policy }}">
<style>{{ style }}</style></head><body><main><h1>Made</h1>
{% for claim, dispute, text in cards %}
<div class="claim" data-claim="{{ claim }}" data-dispute="{{ dispute }}">
<p class="text">{{ text }}</p></div>
{% endfor %}
{{ review(data) }}</main><script>{{ script }}</script></body></html>"""


def asset(name: str) -> str:
    return (files("claimcompare.report.page") / "assets" / name).read_text(encoding="utf-8")


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def made_page(made: Comparison) -> str:
    environment = Environment(
        loader=PackageLoader("claimcompare.report.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    environment.globals["w"] = words = Words("en")
    numbers = index(made)
    cards = [
        (numbers.claims[one.claim_id], str(number), made.claim(one.claim_id).text)
        for number, dispute in enumerate(made.disputes, start=1)
        for one in dispute.assertions
    ]
    in_none = {one.id for one in made.claims} - {
        one.claim_id for dispute in made.disputes for one in dispute.assertions
    }
    cards += [(numbers.claims[one], "", made.claim(one).text) for one in sorted(in_none)]
    style, script = f"{asset('base.css')}\n{asset('review.css')}", asset("review.js")
    policy = (
        f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return environment.from_string(_PAGE).render(
        cards=cards,
        data=review_data(made, numbers, words),
        policy=policy,
        style=Markup(style),  # noqa: S704
        script=Markup(script),  # noqa: S704
    )


PAGE = made_page(LOCK)


def card(page: "Page", claim: int, dispute: str = "1") -> "Locator":
    """A claim's card with its form open."""
    found = page.locator(f"[data-claim='{claim}'][data-dispute='{dispute}']")
    button = found.get_by_role("button", name=f"Review claim {claim}")
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    return found


def claim_of(card: "Locator") -> "Locator":
    return card.get_by_role("group", name="The claim and who makes it")


def stance_of(card: "Locator") -> "Locator":
    return card.get_by_role("group", name="Where it stands")


def saved(page: "Page", folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save marks").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def opened(page: "Page", review: Review | str, folder: Path) -> str:
    file = folder / "opened.review.json"
    text = review if isinstance(review, str) else review.model_dump_json()
    file.write_text(text, encoding="utf-8")
    page.get_by_label("Open marks").set_input_files(file)
    page.wait_for_function("document.getElementById('review-told').textContent")
    return page.locator("#review-told").text_content() or ""


def warns(page: "Page") -> bool:
    made: bool = page.evaluate(
        "!dispatchEvent(new Event('beforeunload', {cancelable: true, bubbles: false}))"
    )
    return made


def test_marks_are_saved_as_the_records_have_them(reader: Reader, tmp_path: Path) -> None:
    page = reader.open(PAGE)
    assert not warns(page)
    one = card(page, 1)
    claim_of(one).get_by_label("wrong").check()
    claim_of(one).get_by_label("Who says it").fill("Lena Marsh")
    claim_of(one).get_by_label("Note").fill("it is \u201cMarsh\u201d\non tape")
    stance_of(one).get_by_label("right").check()
    stance_of(card(page, 2)).get_by_label("wrong").check()
    stance_of(card(page, 2)).get_by_label("Where it stands").select_option("context")
    claim_of(card(page, 5, "")).get_by_label("to be checked").check()
    assert "4 of 9" in (page.locator("#review-count").text_content() or "")
    assert warns(page)
    page.get_by_label("Who marks").fill("Night desk")
    file = saved(page, tmp_path)
    assert file.name == "post.review.json"
    assert not warns(page)
    review = Review.model_validate_json(file.read_bytes())
    bare = review.model_copy(
        update={"marks": tuple(one.model_copy(update={"at": None}) for one in review.marks)}
    )
    assert bare == Review(
        by="Night desk",
        marks=(
            mark(LOCK, "post:1", "wrong", note="it is “Marsh”\non tape",
                 right_speaker={"name": "Lena Marsh"}),
            stance_mark(LOCK, "post:1", "right"),
            stance_mark(LOCK, "post:2", "wrong", right_stance="context"),
            mark(LOCK, "echo:2", "check"),
        ),
    )  # fmt: skip
    assert placed(reviewed(LOCK, review))["post:2"].stance == "context"


def test_a_file_is_opened_shown_changed_and_saved_again(reader: Reader, tmp_path: Path) -> None:
    page = reader.open(PAGE)
    away = lock(proposition="The tide is high.")
    review = marks(
        mark(LOCK, "post:1", "wrong", note="no", right_speaker={"name": None}),
        stance_mark(LOCK, "echo:1", "check"),
        stance_mark(away, "post:1", "right"),
    )
    assert opened(page, review, tmp_path) == (
        "Marks opened: 2. Marks that fit nothing on this page, and stay in the file: 1."
    )
    state = card(page, 1).locator(".review-state")
    assert state.text_content() == "claim wrong, it is the article itself, no"
    assert claim_of(card(page, 1)).get_by_label("the article itself").is_checked()
    assert stance_of(card(page, 4)).get_by_label("to be checked").is_checked()
    claim_of(card(page, 1)).get_by_label("not marked").check()
    assert state.text_content() == ""
    told = Review.model_validate_json(saved(page, tmp_path).read_bytes())
    assert {(one.about, one.verdict) for one in told.marks} == {
        ("stance", "check"),
        ("stance", "right"),
    }


def test_what_was_marked_since_a_file_was_saved_stays(reader: Reader, tmp_path: Path) -> None:
    page = reader.open(PAGE)
    claim_of(card(page, 1)).get_by_label("wrong").check()
    claim_of(card(page, 2)).get_by_label("wrong").check()
    older, later = datetime(2020, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
    review = marks(mark(LOCK, "post:1", "right", at=older), mark(LOCK, "post:2", "right", at=later))
    opened(page, review, tmp_path)
    told = [card(page, at).locator(".review-state").text_content() for at in (1, 2)]
    assert told == ["claim wrong", "claim right"]


def test_page_and_library_find_the_same_claims(reader: Reader, tmp_path: Path) -> None:
    def worded(text: str, **more: object) -> Comparison:
        claims = [one.model_copy(update={"text": text, **more}) for one in LOCK.claims[1:2]]
        return again(LOCK, claims=(LOCK.claims[0], *claims, *LOCK.claims[2:]))

    runs = (
        worded("The north lock will outlast that quay."),
        worded("the north  LOCK will outlast the quay"),
        worded("The north lock will outlast 2 quays."),
        worded("The north lock will not survive the quay."),
        worded("The north lock will outlast the quay.", speaker="QUILL", speaker_id=None),
        worded("The north lock will outlast the quay.", speaker="Una Brock", speaker_id=None),
    )
    told: list[bool] = []
    for run in runs:
        review = marks(mark(run, "post:2", "wrong"), stance_mark(LOCK, "post:2", "right"))
        page = reader.open(PAGE)
        opened(page, review, tmp_path)
        state = page.locator("[data-claim='2'] .review-state").text_content() or ""
        found = matched(review, LOCK)
        told.append("claim wrong" in state)
        assert ("claim wrong" in state) == ("post:2" in found.claims)
        assert "stance right" in state
    assert told == [True, True, False, False, True, False]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", '{"version": 2, "marks": []}', '{"version": 1}',
     '{"version":1,"marks":[{}]}',
     '{"version":1,"marks":[{"about":"claim","verdict":"right","of":{"article":"x"}}]}'],
)  # fmt: skip
def test_what_holds_no_marks_is_told(reader: Reader, tmp_path: Path, text: str) -> None:
    page = reader.open(PAGE)
    assert "holds no marks" in opened(page, text, tmp_path)
    assert "0 of 9" in (page.locator("#review-count").text_content() or "")


def test_a_hostile_note_is_text(reader: Reader, tmp_path: Path) -> None:
    note = f"</span><img src=x onerror=alert(1)>{''.join(CONTROLS)}"
    page = reader.open(PAGE)
    opened(page, marks(mark(LOCK, "post:1", "right", note=note)), tmp_path)
    assert card(page, 1).locator("img").count() == 0
    assert "onerror" in (card(page, 1).locator(".review-state").text_content() or "")
    told = Review.model_validate_json(saved(page, tmp_path).read_bytes())
    assert told.marks[0].note == note


def test_hostile_claims_change_nothing_around_them(reader: Reader, tmp_path: Path) -> None:
    text = "\"'</section></template><script>alert(1)</script>\u202e\ud7ff😀 &quot;"
    claims = tuple(one.model_copy(update={"text": text}) for one in LOCK.claims)
    hostile = again(LOCK, claims=claims)
    page = reader.open(made_page(hostile))
    claim_of(card(page, 1)).get_by_label("right", exact=True).check()
    told = Review.model_validate_json(saved(page, tmp_path).read_bytes())
    assert told.marks[0].of.claim == text


def test_what_has_a_note_is_to_be_checked_unless_told_otherwise(reader: Reader) -> None:
    page = reader.open(PAGE)
    one = card(page, 1)
    stance_of(one).get_by_label("Note").fill("ask her")
    assert one.locator(".review-state").text_content() == "stance to be checked, ask her"
    stance_of(one).get_by_label("right").check()
    assert one.locator(".review-state").text_content() == "stance right, ask her"
    assert one.get_by_role("group", name="Where it stands: support").count() == 1


def test_without_script_nothing_is_shown(reader: Reader) -> None:
    page = reader.open(PAGE, script=False)
    assert page.locator("#review").is_hidden()
    assert page.locator(".review").count() == 0


def test_marks_are_made_by_keyboard_alone(reader: Reader) -> None:
    page = reader.open(PAGE)
    page.locator("[data-claim='1'] button").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert "claim" in (page.locator("[data-claim='1'] .review-state").text_content() or "")


def test_a_screen_reader_finds_its_way(reader: Reader, axe: str) -> None:
    page = reader.open(PAGE)
    claim_of(card(page, 1)).get_by_label("wrong").check()
    page.get_by_role("button", name="Show as text").click()
    # By the protocol of the browser, as the page's policy allows no script of others.
    page.evaluate(axe)
    found = page.evaluate("axe.run().then((made) => made.violations.map((one) => one.id))")
    assert found == []


def test_in_a_frame_that_allows_no_download_the_text_can_be_copied(reader: Reader) -> None:
    escaped = PAGE.replace("&", "&amp;").replace('"', "&quot;")
    page = reader.open(
        f'<title>x</title><iframe sandbox="allow-scripts" srcdoc="{escaped}"></iframe>'
    )
    frame = page.frame_locator("iframe")
    frame.locator("[data-claim='1'] button").click()
    frame.locator("[data-claim='1'] [value=right]").first.check()
    frame.get_by_role("button", name="Save marks").click()
    text = frame.locator("#review-text").input_value()
    assert [one.verdict for one in Review.model_validate_json(text).marks] == ["right"]
    reader.complaints[:] = [one for one in reader.complaints if "ownload" not in one]


def test_the_proposition_is_kept_to_the_letter() -> None:
    told = json.loads(review_data(LOCK, index(LOCK), Words("en")))
    assert told["disputes"]["1"][0] == SOUND
    assert told["claims"]["5"][3] is None
    assert review_data(LOCK, index(LOCK), Words("en")).isascii()


def test_it_speaks_the_language_of_the_page(reader: Reader, tmp_path: Path) -> None:
    page = reader.open(to_html(german()))
    one = page.locator("[data-claim='1'][data-dispute='1']")
    one.get_by_role("button", name="Aussage 1 im Streitpunkt 1 prüfen").click()
    claim = one.get_by_role("group", name="Die Aussage, und wer sie macht")
    claim.get_by_label("falsch").check()
    claim.get_by_label("Wer es sagt").fill("Lena Marsh")
    one.get_by_role("group", name="Wo sie steht: Bejaht").get_by_label("richtig").check()
    assert one.locator(".review-state").text_content() == (
        "Aussage falsch, richtig wäre: Lena Marsh; Haltung richtig"
    )
    with page.expect_download() as download:
        page.get_by_role("button", name="Markierungen speichern").click()
    download.value.save_as(tmp_path / "de.review.json")
    told = Review.model_validate_json((tmp_path / "de.review.json").read_bytes())
    assert [(one.verdict, one.stance) for one in told.marks] == [
        ("wrong", None),
        ("right", "support"),
    ]
    assert (page.locator("#review-count").text_content() or "").startswith("2 von 10 Aussagen")
    assert page.locator("#review [lang], .review[lang]").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_script_fills_in_is_named_in_its_words(language: str) -> None:
    script = asset("review.js")
    words = json.loads(review_data(LOCK, index(LOCK), Words(language)))["words"]
    assert "{marked}" in words["opened"]
    for key in re.findall(r'say\("(\w+)"', script):
        assert words[key]
    for name in re.findall(r"{(\w+)}", "".join(words.values())):
        assert re.search(rf"\b{name}\b[ ,:}}]", script)
