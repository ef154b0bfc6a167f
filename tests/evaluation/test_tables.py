"""Evaluations and differences as text, Markdown and JSON, letter by letter."""

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcompare.evaluation import (
    Evaluation,
    EvaluationDiff,
    EvaluationSettings,
    Flip,
    diff,
    diff_in,
    evaluation_in,
)
from claimcompare.report import TablesFormat
from tests.evaluation.making import (
    PROMPTS,
    measured,
    objection,
    pair_row,
    put_rows,
    small,
    stance_row,
    two_runs,
    with_prompt,
)
from tests.evaluation.model import Model, claim_of, likely

ODD = "a|b *c* _d_ `e` <script>f</script>\n# g\x1b[2J\u202e[h](i) \\|\r\n| --- |"
FOR_PEOPLE: tuple[TablesFormat, ...] = ("text", "markdown")
PAIRS = """\
pairs on pairs.jsonl: 3 of 3 items in 3 documents, model m, seed 0

figure            value  95% interval
precision         1.000  0.000 to 1.000
recall            0.333  0.000 to 1.000
f1                0.500  0.000 to 1.000
candidate_recall  1.000  1.000 to 1.000

Headline: f1. Failed: 1, abstained: 0; both count as errors.
Left out: copies 0, bad rows 0, unrelated 0.
Intervals: 95%, 2000 resamples of documents. Prompts: pair 3.
"""
CHANGES = """\
pairs: 3 items in 1 document, after less before

Changed: nothing that is recorded

figure            difference  95% interval  p
precision         +0.000      –             1.0000
recall            +0.333      –             1.0000
f1                +0.300      –             1.0000
candidate_recall  +0.000      –             1.0000

f1: +0.300, not significant at 5% (p = 1.0000). No difference could be, in fewer than 6 documents.

1 item came out otherwise: 1 better, 0 worse.

item  gold     before       after
p2    opposed  not opposed  opposed  better
"""

CONFUSION = """\
gold     support  denial  context  abstained  failed
support  2        1       0        0          0
denial   0        0       0        0          0
context  0        0       0        0          0"""


def pairs(folder: Path) -> Evaluation:
    """One right, one missed, one failed."""
    return measured("pairs", *small("pairs", folder), EvaluationSettings())


def change(folder: Path) -> EvaluationDiff:
    """One more of three is right, all in one document, which leaves no room for chance."""
    rows = [{**pair_row(one, opposed=True), "document": "d"} for one in ("p1", "p2", "p3")]
    data = put_rows(folder / "pairs.jsonl", rows)
    found = [objection("p1"), objection("p2")]
    before, after = (
        measured("pairs", data, Model(objections=found[:size], down=["of p3"])) for size in (1, 2)
    )
    return diff(before, after)


def as_markdown(text: str) -> str:
    """The same with its tables in Markdown."""
    parts = text.split("\n\n")
    return "\n\n".join(_table(one) if re.match("figure|item|gold ", one) else one for one in parts)


def _table(part: str) -> str:
    head, *rows = ([*re.split(" {2,}", line)] for line in part.strip().splitlines())
    width = max(map(len, [head, *rows]))
    lines = ["| " + " | ".join([*row, ""][:width]) + " |" for row in (head, *rows)]
    lines.insert(1, "|" + " --- |" * width)
    return "\n".join(lines) + "\n" * part.endswith("\n")


def test_an_evaluation_as_text(tmp_path: Path) -> None:
    assert evaluation_in("text", pairs(tmp_path)) == PAIRS


def test_an_evaluation_as_markdown(tmp_path: Path) -> None:
    # A name with a dot in it would be a link on some hosts.
    expected = as_markdown(PAIRS).replace("pairs.jsonl", "pairs\\.jsonl")
    before, _, rest = evaluation_in("markdown", pairs(tmp_path)).partition("<details>")
    assert f"{before}{rest.partition('</details>')[2].lstrip()}" == f"### {expected}"


def test_a_difference_as_text(tmp_path: Path) -> None:
    assert diff_in("text", change(tmp_path)) == CHANGES


def test_a_difference_as_markdown(tmp_path: Path) -> None:
    assert diff_in("markdown", change(tmp_path)) == as_markdown(CHANGES)


def test_json_holds_everything(tmp_path: Path) -> None:
    found, changes = pairs(tmp_path), change(tmp_path)
    assert Evaluation.model_validate_json(evaluation_in("json", found)) == found
    assert EvaluationDiff.model_validate_json(diff_in("json", changes)) == changes


def test_stances_come_with_their_confusion(tmp_path: Path) -> None:
    found = evaluation_in("text", two_runs(tmp_path)[1])
    assert found.split("\n\n")[2:4] == [
        "Gold by row, answer by column:",
        CONFUSION,
    ]


def test_a_figure_that_is_not_defined_is_a_dash_with_the_reason(tmp_path: Path) -> None:
    data = put_rows(tmp_path / "gold.jsonl", [pair_row("p1", opposed=False)])
    none = measured("pairs", data, Model())
    assert re.search(r"^f1 +– +nothing to count$", evaluation_in("text", none), re.MULTILINE)
    changes = diff_in("text", diff(none, none))
    assert re.search(r"^f1 +– +not defined in both +–$", changes, re.MULTILINE)
    assert "f1: not defined in at least one of the runs." in changes


@pytest.mark.parametrize(
    ("p", "verdict"), [(0.0499, "significant"), (0.05, "not significant"), (1, "not significant")]
)
def test_a_difference_is_called_significant_below_five_percent(
    tmp_path: Path, p: float, verdict: str
) -> None:
    changes = change(tmp_path)
    found = changes.differences
    move = found.differences["f1"].model_copy(update={"value": -0.3, "p": p})
    differences = {**found.differences, "f1": move}
    other = found.model_copy(update={"differences": differences, "documents": 6})
    shown = diff_in("text", changes.model_copy(update={"differences": other}))
    assert f"f1: -0.300, {verdict} at 5% (p = {p:.4f}).\n" in shown


def test_without_flips_there_is_no_table_of_them(tmp_path: Path) -> None:
    shown = diff_in("text", change(tmp_path).model_copy(update={"flips": ()}))
    assert shown.endswith("\n\n0 items came out otherwise: 0 better, 0 worse.\n")


def test_flips_neither_better_nor_worse_are_in_neither_count(tmp_path: Path) -> None:
    flips = [
        Flip(id="i", document="d", gold="", before="x", after="y", better=better)
        for better in (True, True, None, False)
    ]
    shown = diff_in("text", change(tmp_path).model_copy(update={"flips": tuple(flips)}))
    assert "4 items came out otherwise: 2 better, 1 worse." in shown


def is_harmless(form: TablesFormat, shown: str, plain: str) -> bool:
    """Whether the lines are those of the plain one, and no Markdown is more than words."""
    if not all(line.isprintable() for line in shown.splitlines()):
        return False
    if form == "text":
        return shown.count("\n") == plain.count("\n")
    # What is folded, and marks of our own.
    shown, plain = (
        re.sub(r"</?(details|summary)>|^### |[*]{2}", "", one, flags=re.MULTILINE)
        for one in (shown, plain)
    )
    unescaped = re.sub(r"\\[\\`*_{}\[\]<>#|~&.+)@:-]", "", shown)
    marks = [[line.count("|") for line in one.splitlines()] for one in (unescaped, plain)]
    return marks[0] == marks[1] and not re.search(r"[`*<>\[\]#~&\\]", unescaped)


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_names_of_models_do_no_harm(tmp_path: Path, form: TablesFormat) -> None:
    found = pairs(tmp_path)
    odd = found.model_copy(update={"model": ODD})
    assert is_harmless(form, evaluation_in(form, odd), evaluation_in(form, found))
    changed, plain = (diff(found, one) for one in (odd, found))
    assert is_harmless(form, diff_in(form, changed), diff_in(form, plain))
    assert "script" in diff_in(form, changed)


@pytest.mark.skipif(sys.platform != "linux", reason="such names are not allowed elsewhere")
@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_names_of_items_and_files_do_no_harm(tmp_path: Path, form: TablesFormat) -> None:
    def shown(item_id: str, name: str) -> list[str]:
        data = put_rows(tmp_path / name, [{**stance_row("s1", "support"), "id": item_id}])
        sides = (likely("support"), likely("denial"))
        one, other = (
            measured("stance", data, Model(stances={claim_of("s1"): side})) for side in sides
        )
        return [evaluation_in(form, one), diff_in(form, diff(one, other))]

    name = ODD.replace("/", "") + ".jsonl"
    odd, plain = shown(ODD, name), shown("s1", "gold.jsonl")
    assert [is_harmless(form, *both) for both in zip(odd, plain, strict=True)] == [True, True]
    assert ["script" in one for one in odd] == [True, True]


@pytest.fixture(scope="module")
def changes(tmp_path_factory: pytest.TempPathFactory) -> EvaluationDiff:
    return change(tmp_path_factory.mktemp("changes"))


@settings(max_examples=50)
@given(st.text(alphabet=st.characters(codec="utf-8")), st.sampled_from(FOR_PEOPLE))
def test_no_name_of_an_item_does_harm(
    changes: EvaluationDiff, item_id: str, form: TablesFormat
) -> None:
    (flip,) = changes.flips
    odd = changes.model_copy(update={"flips": (flip.model_copy(update={"id": item_id}),)})
    assert is_harmless(form, diff_in(form, odd), diff_in(form, changes))


@pytest.mark.parametrize("form", FOR_PEOPLE)
def test_versions_of_prompts_do_no_harm(tmp_path: Path, form: TablesFormat) -> None:
    data, model = small("stance", tmp_path)
    shipped = (PROMPTS / "classify.md").read_text(encoding="utf-8")
    shown = []
    for version in ("1", "|*<b>\x1b[2J"):
        text = re.sub(r"version: \d+", f"version: {version}".replace("\\", r"\\"), shipped)
        settings = with_prompt(tmp_path / "prompts", "classify", text)
        found = measured("stance", data, model, EvaluationSettings(compare=settings.compare))
        assert found.prompts[0].version == version
        shown.append(evaluation_in(form, found))
    assert is_harmless(form, shown[1], shown[0])
