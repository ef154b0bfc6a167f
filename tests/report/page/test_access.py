"""Contrast, names, landmarks and order, as axe-core checks them."""

from typing import Any

import pytest

from claimcompare import Comparison
from tests.report import comparison
from tests.report.page import sample
from tests.report.page.conftest import Reader
from tests.report.page.event import event
from tests.report.page.scripts import mixed
from tests.report.page.stories import arabic, german
from tests.updating.stories import updated

EVENT = event()
SMALL = sample(claims=24, articles=3, disputes=3)
CHECK = "axe.run({ resultTypes: ['violations'] }).then((found) => found.violations)"


def faults(found: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(one["id"], node["html"]) for one in found for node in one["nodes"]]


@pytest.mark.parametrize(
    "made", [EVENT, SMALL, mixed(), arabic(), german(), comparison(), updated()]
)
def test_nothing_stands_in_the_way(reader: Reader, axe: str, made: Comparison) -> None:
    page = reader.open(made)
    # Folded away, it would not be looked at.
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.evaluate(axe)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert faults(page.evaluate(CHECK)) == []


def test_a_phone_and_what_a_link_has_lit(reader: Reader, axe: str) -> None:
    page = reader.open(EVENT, width=390)
    page.locator("#c7 .links a").first.click()
    page.evaluate(axe)
    assert faults(page.evaluate(CHECK)) == []


def test_a_screen_reader_finds_its_way(reader: Reader) -> None:
    page = reader.open(SMALL)
    page.locator("#filters > summary").click()
    for role in ("banner", "navigation", "main", "contentinfo", "form"):
        assert page.get_by_role(role).count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    regions = page.get_by_role("region").evaluate_all(
        "(all) => all.map((one) => one.getAttribute('aria-labelledby') || one.ariaLabel)"
    )
    assert all(regions)
