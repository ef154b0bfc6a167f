"""A browser to read pages in, if there is one."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from claimcompare import Comparison
from claimcompare.report.page import to_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Dialog, Page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
# Without a sandbox, as CI runs as root; and without what a browser asks of the network by itself.
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)


def browser_path() -> str | None:
    """The browser that CLAIMCOMPARE_BROWSER names, else the first that is found."""
    named = os.environ.get("CLAIMCOMPARE_BROWSER")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """A browser; by module, since asyncio has no other loop in this thread while it runs."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    path = browser_path()
    if path is None:
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)}, and no CLAIMCOMPARE_BROWSER")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


def shown(page: "Page", of: str) -> int:
    """How many of some elements can be seen."""
    return page.locator(of).filter(visible=True).count()


def choose(page: "Page", label: str, name: str) -> int:
    """Filter by what a choice is called, and how many claims it says that it leaves."""
    if page.locator("#filters:not([open])").count():
        page.locator("#filters > summary").click()
    (option,) = page.get_by_label(label).locator(f'option[data-name="{name}"]').all()
    count = re.search(r"\((\d+)\)$", option.text_content() or "")
    page.get_by_label(label).select_option(value=option.get_attribute("value"))
    return int(count[1]) if count else -1


class Reader:
    """Opens comparisons as pages, and notes what they ask for or complain of."""

    def __init__(self, browser: "Browser", folder: Path) -> None:
        self._browser = browser
        self._file = folder / "page.html"
        self._contexts: list[BrowserContext] = []
        self._requests: list[str] = []
        self.complaints: list[str] = []

    def open(self, made: Comparison | str, *, width: int = 1280, script: bool = True) -> "Page":
        """A page in a context of its own."""
        context = self._browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
        )
        self._contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: self._requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._refuse)
        self.turn_to(page, made)
        return page

    def turn_to(self, page: "Page", made: Comparison | str) -> None:
        """Another comparison, or the text of another page, in the same tab."""
        text = made if isinstance(made, str) else to_html(made)
        self._file.write_text(text, encoding="utf-8")
        page.goto(self._file.as_uri())

    def asked_elsewhere(self) -> list[str]:
        """The requests for anything but the page itself."""
        own = self._file.as_uri()
        return [one for one in self._requests if one.partition("#")[0] != own]

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _refuse(self, dialog: "Dialog") -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@pytest.fixture
def reader(browser: "Browser", tmp_path: Path) -> Iterator[Reader]:
    """Somebody who reads pages; whatever a page asks for or complains of fails the test."""
    made = Reader(browser, tmp_path)
    yield made
    made.close()
    assert made.asked_elsewhere() == []
    assert made.complaints == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, as `make axe` installs it."""
    file = Path(sys.prefix) / "axe" / "node_modules" / "axe-core" / "axe.min.js"
    if not file.is_file():
        pytest.skip("axe-core is not installed: make axe")
    return file.read_text(encoding="utf-8")
