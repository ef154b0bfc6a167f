"""Hostile articles in a browser: nothing runs, nothing is asked for, nothing leads astray."""

from tests.report.page.attacks import ATTACKS, everywhere
from tests.report.page.conftest import Reader

# Every element hears what attacks wait for, and says what it is.
TOUCH = """() => {
  const all = [...document.querySelectorAll("*")];
  for (const name of ["mouseover", "focus", "load", "error", "toggle", "begin", "input"]) {
    for (const one of all) one.dispatchEvent(new Event(name));
  }
  return { kinds: [...new Set(all.map((one) => one.localName))],
           schemes: [...new Set(all.map((one) => one.protocol).filter(Boolean))],
           scripts: document.scripts.length };
}"""


def test_no_attack_runs_or_asks_for_anything_even_when_touched(reader: Reader) -> None:
    page = reader.open(everywhere("Harmless."))
    harmless = set(page.evaluate(TOUCH)["kinds"])
    for attack in ATTACKS:
        reader.turn_to(page, everywhere(attack))
        found = page.evaluate(TOUCH)
        assert set(found["kinds"]) == harmless, attack
        assert set(found["schemes"]) <= {"file:", "https:"}, attack
        assert found["scripts"] == 1, attack


def test_a_script_that_slipped_in_would_not_run(reader: Reader) -> None:
    page = reader.open(everywhere("Harmless."))
    with page.expect_console_message(lambda one: "Content Security Policy" in one.text):
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p onclick=alert(1)>x')")
        page.locator("p:text-is('x')").click()
    assert all("Content Security Policy" in one for one in reader.complaints)
    reader.complaints.clear()
