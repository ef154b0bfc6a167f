"""What could not be proved of a claim stands beside it, in every form."""

import csv
import io
import json

import pytest

from claimcompare.report import Format, render
from claimcompare.report.frames import claims_frame
from tests.report import LOCK, again, doubted

SAYS = "'15 million' is not in the cited sentences"
DOUBTED = again(LOCK, claims=(doubted(LOCK.claims[0], SAYS), *LOCK.claims[1:]))


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_people_read_it_behind_the_claim(form: Format) -> None:
    text = " ".join(render(DOUBTED, form).split())
    assert f"The north lock is sound. (not proved: {SAYS})" in text
    assert "not proved" not in render(LOCK, form)


def test_it_stands_on_the_card_of_the_page() -> None:
    page = render(DOUBTED, "html")
    says = SAYS.replace("'", "&#39;")
    assert f'<p class="doubts">Not proved: <span dir="auto">{says}</span></p>' in page
    assert page.count('class="doubts"') == 1


def test_tables_have_a_column_for_it_and_one_for_the_kind() -> None:
    text = render(DOUBTED, "csv")[1:]
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["doubts"].removeprefix("'") for row in rows[:2]] == [SAYS.removeprefix("'"), ""]
    assert rows[0]["kind"] == "assertion"
    assert "cue" not in rows[0]
    assert claims_frame(DOUBTED).loc["post:1", "doubts"] == (SAYS,)


def test_linked_data_describes_the_claim_with_it() -> None:
    made = again(LOCK, claims=(*LOCK.claims[:3], doubted(LOCK.claims[3], SAYS), *LOCK.claims[4:]))
    told = json.loads(render(made, "jsonld"))["@graph"]
    assert told[1]["description"] == f"not proved: {SAYS}"
    assert "description" not in told[0]


def test_json_brings_it_back() -> None:
    made = type(DOUBTED).model_validate_json(render(DOUBTED, "json"))
    assert made.claims[0].doubts == DOUBTED.claims[0].doubts
