"""PolNeAR: who says what, with offsets that fit the article."""

from pathlib import Path

import pytest

from claimcompare.evaluation.adapters import read_attributions
from claimcompare.evaluation.gold import AttributionItem, Gold, GoldAttribution
from claimcompare.schema import Span
from tests.evaluation.adapters.files import QUAY, write

SOURCE = "T1\tSource 0 9\tUna Brock"
CUE = "T2\tCue 10 14\tsaid"
CONTENT = "T3\tContent 15 30\tthe quay is dry"
EVENT = "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1"
LINES = [SOURCE, CUE, CONTENT, "T4\tAttribution 10 14\tsaid", EVENT]


def written(folder: Path, lines: list[str], name: str = "quay", text: str = QUAY) -> Path:
    write(folder / "text" / f"{name}.txt", text)
    write(folder / "attributions" / f"{name}_a1b2.ann", "".join(f"{line}\n" for line in lines))
    return folder


def reasons(gold: Gold[AttributionItem]) -> list[tuple[str, int, str]]:
    return [(Path(bad.path).name, bad.row, bad.reason) for bad in gold.bad_rows]


def span(start: int, end: int, text: str = QUAY) -> Span:
    return Span(start=start, end=end, text=text[start:end])


SAID = GoldAttribution(speaker="Una Brock", cue="said", evidence=(span(15, 30),))


def test_an_event_is_one_attribution(tmp_path: Path) -> None:
    gold = read_attributions(written(tmp_path, LINES))
    assert gold.bad_rows == ()
    (item,) = gold.items
    assert (item.id, item.document) == ("quay", "quay")
    assert (item.article.id, item.article.text) == ("quay", QUAY)
    assert item.attributions == (SAID,)


def test_the_first_content_source_and_cue_count(tmp_path: Path) -> None:
    lines = [
        *LINES[:4],
        "T5\tContent 32 44\t“It floods,”",
        "T6\tSource 54 62\tTam Weir",
        "E1\tAttribution:T4 Content:T3 Content2:T5 Source:T1 Source2:T6 Cue:T2 Cue2:T4",
    ]
    assert read_attributions(written(tmp_path, lines)).items[0].attributions == (SAID,)


def test_a_discontinuous_content_is_evidence_in_pieces(tmp_path: Path) -> None:
    lines = [*LINES[:2], "T3\tContent 15 23;27 30\tthe quay dry", LINES[3], EVENT]
    (one,) = read_attributions(written(tmp_path, lines)).items[0].attributions
    assert one.evidence == (span(15, 23), span(27, 30))


def test_an_attribution_without_source_has_no_speaker(tmp_path: Path) -> None:
    lines = [
        CONTENT,
        "T4\tAttribution-no-source 10 14\tsaid",
        "E1\tAttribution-no-source:T4 Content:T3",
    ]
    (one,) = read_attributions(written(tmp_path, lines)).items[0].attributions
    assert (one.speaker, one.cue) == (None, None)


def test_a_line_end_in_the_article_is_a_space_in_the_mark(tmp_path: Path) -> None:
    lines = [*LINES[:2], "T3\tContent 54 67\tTam Weir. She", LINES[3], EVENT]
    (one,) = read_attributions(written(tmp_path, lines)).items[0].attributions
    assert one.evidence == (span(54, 67),)
    assert "\n" in one.evidence[0].text


def test_discuss_and_discard_and_other_lines_say_nothing(tmp_path: Path) -> None:
    others = [
        "T8\tDiscard 0 9999\tno such text",
        "T9\tDiscuss 0 9\telse",
        "#1\tAnnotatorNotes E1\tsure",
        "A1\tNegated E1",
        "R1\tPart Arg1:T1 Arg2:T2",
        "*\tEquiv T1 T2",
    ]
    gold = read_attributions(written(tmp_path, [*LINES, *others]))
    assert gold.items[0].attributions == (SAID,)
    assert gold.bad_rows == ()


def test_an_event_may_come_before_its_marks(tmp_path: Path) -> None:
    assert read_attributions(written(tmp_path, LINES[::-1])).items[0].attributions == (SAID,)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("T9\tCue 10 16\tsaid", "marks 'said', but the article has 'said t' there"),
        ("T9\tCue 10 14\tSaid", "marks 'Said', but the article has 'said' there"),
        ("T9\tCue 10 999\tsaid", "marks 10 to 999 in an article of 76 characters"),
        ("T9\tCue 14 14\t", "marks 14 to 14 in an article of 76 characters"),
        ("T9\tCue 14 10\tsaid", "marks 14 to 10 in an article of 76 characters"),
        ("T9\tCue -1 4\tsaid", "does not say what it marks, where, and on which words"),
        ("T9\tCue 10 " + "9" * 5000 + "\tsaid", "does not say what it marks"),
        ("T9\tCue ten 14\tsaid", "does not say what it marks"),
        ("T9\tCue 10 14;\tsaid", "does not say what it marks"),
        ("T9\tCue 10 14", "does not say what it marks"),
        ("T9", "does not say what it marks"),
        ("T1\tCue 10 14\tsaid", "the id 'T1' is that of an earlier line"),
        ("E1\tAttribution:T4 Content:T3", "the id 'E1' is that of an earlier line"),
        ("E2", "attributes no content to anybody"),
        ("E2\tAttribution:T4 Cue:T2", "attributes no content to anybody"),
        ("E2\tAttribution:T4 Content:T77", "its Content 'T77' is no good line"),
        ("E2\tAttribution:T4 Content:T3 Source:T77", "its Source 'T77' is no good line"),
        ("E2\tAttribution:T4 Content:E1", "its Content 'E1' is no good line"),
        ("E2\tAttribution:T4 Content", "its Content '' is no good line"),
        ("X\x1b1\tis nothing", r"'X\x1b1' begins no line that brat writes"),
        ("\tT1", "'' begins no line that brat writes"),
        ("T9\0\tCue 10 14\tsaid", "holds NUL"),
    ],
)
def test_a_bad_line_is_named_and_costs_only_itself(line: str, reason: str, tmp_path: Path) -> None:
    gold = read_attributions(written(tmp_path, [*LINES, "", line]))
    assert gold.items[0].attributions == (SAID,)
    ((name, row, said),) = reasons(gold)
    assert (name, row) == ("quay_a1b2.ann", 7)
    assert said.startswith(reason)


def test_bytes_that_are_not_utf_8_cost_their_line(tmp_path: Path) -> None:
    written(tmp_path, LINES)
    file = tmp_path / "attributions" / "quay_a1b2.ann"
    write(file, b"T9\tCue 10 14\t\xe9\r\n" + file.read_bytes().replace(b"\n", b"\r\n"))
    gold = read_attributions(tmp_path)
    assert gold.items[0].attributions == (SAID,)
    assert reasons(gold) == [("quay_a1b2.ann", 1, "is not UTF-8")]


def test_an_event_with_a_bad_mark_is_bad_as_well(tmp_path: Path) -> None:
    lines = [*LINES, "T5\tContent 0 3\tElse", "E2\tAttribution:T4 Content:T5"]
    gold = read_attributions(written(tmp_path, lines))
    assert gold.items[0].attributions == (SAID,)
    assert [row for _, row, _ in reasons(gold)] == [6, 7]


def test_an_article_that_fits_no_mark_is_left_out(tmp_path: Path) -> None:
    written(tmp_path, LINES)
    written(tmp_path, LINES, name="other", text="Quite another text, and long enough for it.")
    gold = read_attributions(tmp_path)
    assert [one.id for one in gold.items] == ["quay"]
    assert reasons(gold)[-1] == ("other.txt", 1, "no attribution in other_a1b2.ann is good")
    assert len(gold.bad_rows) == 6


def test_an_article_in_which_nobody_speaks_counts(tmp_path: Path) -> None:
    assert read_attributions(written(tmp_path, [])).items[0].attributions == ()


def test_offsets_count_code_points(tmp_path: Path) -> None:
    text = "\U0001f6a2 Zoë Брок said: 锁坏了."
    lines = [
        "T1\tSource 2 10\tZoë Брок",
        "T3\tContent 17 20\t锁坏了",
        "E1\tAttribution:T4 Content:T3 Source:T1",
    ]
    (one,) = read_attributions(written(tmp_path, lines, text=text)).items[0].attributions
    assert (one.speaker, one.evidence) == ("Zoë Брок", (span(17, 20, text),))
