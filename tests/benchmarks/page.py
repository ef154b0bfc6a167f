"""How long the page of 1,000 claims takes to make and to open, and how large it is.

`python -m tests.benchmarks.page` prints medians of 5; it needs a browser.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from claimcompare.report import render
from tests.report.page import sample
from tests.report.page.conftest import ARGUMENTS, browser_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser

RUNS = 5
# From the request to the page painted, as the browser itself counts, in milliseconds.
PAINTED = """() => new Promise((done) => requestAnimationFrame(() => setTimeout(() =>
  done([performance.now(), performance.getEntriesByType("navigation")[0].loadEventEnd]))))"""


def main() -> None:
    path = browser_path()
    if path is None:
        sys.exit("no browser to open the page in; name one with CLAIMCOMPARE_BROWSER")
    made = sample(claims=1000, articles=30, disputes=36)
    seconds: list[float] = []
    for _ in range(RUNS):
        start = perf_counter()
        page = render(made, "html")
        seconds.append(perf_counter() - start)
    print(f"size: {len(page.encode()) / 1e6:.2f} MB")
    print(f"made in: {median(seconds):.2f} s ({min(seconds):.2f} to {max(seconds):.2f})")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "page.html"
        file.write_text(page, encoding="utf-8")
        with playwright.chromium.launch(executable_path=path, args=ARGUMENTS) as browser:
            times = [_opened(browser, file.as_uri()) for _ in range(RUNS)]
    for name, values in zip(
        ("painted after", "loaded after"), zip(*times, strict=True), strict=True
    ):
        print(f"{name}: {median(values):.2f} s ({min(values):.2f} to {max(values):.2f})")


def _opened(browser: "Browser", address: str) -> tuple[float, float]:
    """Seconds until the page was painted, and until it was loaded."""
    tab = browser.new_page()
    tab.goto(address)
    painted, loaded = tab.evaluate(PAINTED)
    tab.close()
    return painted / 1000, loaded / 1000


if __name__ == "__main__":
    main()
