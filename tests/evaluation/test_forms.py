"""Evaluations as a page, as JUnit XML and as the summary of a job."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from claimcompare.evaluation import BadRow, Evaluation, TaskName, evaluation_in
from claimcompare.evaluation.metrics.reliability import reliability
from claimcompare.evaluation.outcomes import StanceOutcome
from tests.evaluation.making import measured, put_rows, small, stance_row
from tests.evaluation.metrics.test_stance import answered
from tests.evaluation.model import Model, claim_of, steady

if TYPE_CHECKING:
    from claimcompare.schema import Stance

TASKS: tuple[TaskName, ...] = ("attribution", "stance", "pairs", "compare")
HOSTILE = "</title></svg><script>alert(1)</script>\x1b[2J\u202e\ufffe\x00 \" onload='x'"
# What CI systems read: the form of Ant's and Jenkins' reports.
JUNIT = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
 <xs:element name="testsuites"><xs:complexType><xs:sequence>
  <xs:element name="testsuite" maxOccurs="unbounded"><xs:complexType><xs:sequence>
   <xs:element name="properties" minOccurs="0"><xs:complexType><xs:sequence>
    <xs:element name="property" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
     <xs:attribute name="name" type="xs:string" use="required"/>
     <xs:attribute name="value" type="xs:string" use="required"/>
    </xs:complexType></xs:element>
   </xs:sequence></xs:complexType></xs:element>
   <xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
    <xs:choice minOccurs="0">
     <xs:element name="skipped" type="told"/>
     <xs:element name="error" type="typed"/>
     <xs:element name="failure" type="typed"/>
    </xs:choice>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="classname" type="xs:string" use="required"/>
   </xs:complexType></xs:element>
   <xs:element name="system-err" type="xs:string" minOccurs="0"/>
  </xs:sequence>
  <xs:attribute name="name" type="xs:string" use="required"/>
  <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
  <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
  <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
  <xs:attribute name="skipped" type="xs:nonNegativeInteger" use="required"/>
  </xs:complexType></xs:element>
 </xs:sequence></xs:complexType></xs:element>
 <xs:complexType name="told"><xs:simpleContent><xs:extension base="xs:string">
  <xs:attribute name="message" type="xs:string"/>
 </xs:extension></xs:simpleContent></xs:complexType>
 <xs:complexType name="typed"><xs:simpleContent><xs:extension base="xs:string">
  <xs:attribute name="message" type="xs:string"/>
  <xs:attribute name="type" type="xs:string" use="required"/>
 </xs:extension></xs:simpleContent></xs:complexType>
</xs:schema>
"""


def stances(folder: Path) -> Evaluation:
    """Four items of a small model: right, two wrong, and one that failed."""
    names = ("s1", "s2", "s3", "s4")
    rows = [stance_row(one, "support", one) for one in names]
    model = steady(*names[:3], small=True)
    down = Model(stances=model.stances, down=["of s4"], small=True)
    return measured("stance", put_rows(folder / "stance.jsonl", rows), down)


def hostile(evaluation: Evaluation) -> Evaluation:
    """The same, all words of which are meant to break out of what is around them."""
    first, *others = evaluation.outcomes
    words: dict[str, Any] = {"id": HOSTILE, "document": HOSTILE, "reason": HOSTILE}
    if isinstance(first, StanceOutcome):
        words |= {"proposition": HOSTILE, "claim": HOSTILE, "speaker": HOSTILE}
    outcomes = (first.model_copy(update={**words, "status": "failed"}), *others)
    data = evaluation.data.model_copy(update={"name": HOSTILE})
    prompts = [one.model_copy(update={"version": HOSTILE}) for one in evaluation.prompts]
    named = {"data": data, "model": HOSTILE, "claimcompare": HOSTILE, "prompts": tuple(prompts)}
    return evaluation.model_copy(update={**named, "outcomes": outcomes})


class Seen(HTMLParser):
    """The elements and attributes of a page, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def charts(page: str) -> dict[str, Any]:
    """The diagrams of a page, which are well-formed, by their titles."""
    found = [etree.fromstring(one) for one in re.findall(r"<svg.*?</svg>", page, re.DOTALL)]
    return {one.findtext("title", ""): one for one in found}


def test_a_page_shows_figures_diagrams_and_the_worst_items(tmp_path: Path) -> None:
    page = evaluation_in("html", stances(tmp_path))
    words = " ".join(" ".join(Seen(page).words).split())
    assert "macro_f1" in words
    assert claim_of("s2") in words
    assert list(charts(page)) == ["Confusion matrix", "Reliability diagram", "Risk–coverage curve"]
    assert words.index(claim_of("s2")) < words.index(claim_of("s1"))


@pytest.mark.parametrize("task", TASKS)
def test_a_page_loads_and_runs_nothing(task: TaskName, tmp_path: Path) -> None:
    page = evaluation_in("html", measured(task, *small(task, tmp_path)))
    seen = Seen(page)
    assert "script" not in seen.elements
    assert not {name for name, _ in seen.attributes} & {"src", "href", "style", "onload", "action"}
    style = page.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert (
        "content",
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
    ) in seen.attributes
    assert not re.search(r"url\(|@import", style)


def test_nothing_of_the_data_breaks_out_of_a_page(tmp_path: Path) -> None:
    plain = stances(tmp_path)
    page, usual = (evaluation_in("html", one) for one in (hostile(plain), plain))
    assert "script" not in Seen(page).elements
    assert set(Seen(page).elements) == set(Seen(usual).elements)
    assert "alert(1)" in "".join(Seen(page).words)
    assert not re.search("[\x00-\x08\x1b\u202e\ufffe]", page)


def test_pairs_have_a_confusion_and_no_curves(tmp_path: Path) -> None:
    page = evaluation_in("html", measured("pairs", *small("pairs", tmp_path)))
    found = charts(page)
    assert list(found) == ["Confusion matrix"]
    described = found["Confusion matrix"].findtext("desc")
    assert described == (
        "opposed: 1 opposed, 1 not opposed, 1 failed; "
        "not opposed: 0 opposed, 0 not opposed, 0 failed"
    )


def points(svg: Any) -> list[tuple[float, float]]:
    dots = svg.findall("circle")
    return [(float(one.attrib["cx"]), float(one.attrib["cy"])) for one in dots]


def test_points_lie_where_the_numbers_say(tmp_path: Path) -> None:
    made = stances(tmp_path)
    svg = charts(evaluation_in("html", made))["Risk–coverage curve"]
    curve = made.risk_coverage or ()
    assert points(svg) == [
        pytest.approx((70 + 260 * one.coverage, 20 + 260 * (1 - one.risk)), abs=0.06)
        for one in curve
    ]
    assert len(curve) > 1
    bins = reliability([one for one in made.outcomes if isinstance(one, StanceOutcome)])
    reliable = charts(evaluation_in("html", made))["Reliability diagram"]
    assert points(reliable) == [
        pytest.approx((70 + 260 * one.confidence, 20 + 260 * (1 - one.right)), abs=0.06)
        for one in bins
    ]


def test_bins_are_those_of_the_calibration_error() -> None:
    shares: list[tuple[Stance, tuple[float, float, float]]] = [
        ("support", (0.95, 0.03, 0.02)),
        ("denial", (0.91, 0.05, 0.04)),
        ("denial", (0.2, 0.7, 0.1)),
    ]
    outcomes = [answered(str(at), gold, given) for at, (gold, given) in enumerate(shares)]
    found = reliability(outcomes)
    assert [(one.items, one.right) for one in found] == [(1, 1.0), (2, 0.5)]
    assert [one.confidence for one in found] == pytest.approx([0.7, 0.93])
    assert reliability([]) == ()


@pytest.mark.parametrize("task", TASKS)
def test_junit_follows_the_schema(task: TaskName, tmp_path: Path) -> None:
    made = measured(task, *small(task, tmp_path))
    schema = etree.XMLSchema(etree.fromstring(JUNIT))
    for one in (made, hostile(made)):
        schema.assertValid(etree.fromstring(evaluation_in("junit", one).encode()))


def test_junit_has_a_testcase_for_each_item(tmp_path: Path) -> None:
    made = stances(tmp_path)
    two = made.outcomes[1].model_copy(update={"status": "abstained", "stance": None})
    mixed = made.model_copy(update={"outcomes": (made.outcomes[0], two, *made.outcomes[2:])})
    (suite,) = etree.fromstring(evaluation_in("junit", mixed).encode())
    assert {name: suite.attrib[name] for name in ("tests", "failures", "errors", "skipped")} == {
        "tests": "4",
        "failures": "1",
        "errors": "1",
        "skipped": "1",
    }
    cases = suite.findall("testcase")
    became = [[one.tag for one in case] for case in cases]
    assert became == [[], ["skipped"], ["failure"], ["error"]]
    failure, error = cases[2][0], cases[3][0]
    assert failure.attrib["message"].startswith("gold support, found context (support 0.05")
    assert claim_of("s3") in (failure.text or "")
    assert "of s4" in error.attrib["message"]
    figures = {one.attrib["name"] for one in suite.iter("property")}
    assert {"macro_f1", "model"} <= figures


def test_junit_tells_what_of_the_data_is_not_in_it(tmp_path: Path) -> None:
    made = stances(tmp_path)
    rows = (BadRow(path="stance.jsonl", row=7, reason="claim is\x1b empty"),)
    data = made.data.model_copy(update={"bad_rows": rows, "copies": 2, "unrelated": 3})
    (suite,) = etree.fromstring(
        evaluation_in("junit", made.model_copy(update={"data": data})).encode()
    )
    told = {one.attrib["name"]: one.attrib["value"] for one in suite.iter("property")}
    assert (told["bad_rows"], told["copies"], told["unrelated"]) == ("1", "2", "3")
    assert [one.text for one in suite.iter("system-err")] == [
        "bad row: stance.jsonl, row 7: claim is empty"
    ]
    etree.XMLSchema(etree.fromstring(JUNIT)).assertValid(suite.getroottree())
    (whole,) = etree.fromstring(evaluation_in("junit", made).encode())
    assert not list(whole.iter("system-err"))


def test_markdown_folds_the_worst_items(tmp_path: Path) -> None:
    text = evaluation_in("markdown", stances(tmp_path))
    assert text.startswith("### stance on stance\\.jsonl: 4 of 4 items in 4 documents")
    before, _, folded = text.partition("<details><summary>The worst 4 of 4</summary>\n\n")
    assert len(re.findall(r"^\| --- ", before, re.MULTILINE)) == 2
    items, _, _ = folded.partition("\n\n</details>\n\n")
    assert items.startswith("1. **wrong** s")
    assert "   - claim: Somebody of s2 speaks of bridges." in items.splitlines()
    odd = evaluation_in("markdown", hostile(stances(tmp_path)))
    assert re.findall(r"(?<!\\)<[a-z/]+", odd) == ["<details", "<summary", "</summary", "</details"]
