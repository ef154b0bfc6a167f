"""Turns of transcripts: who speaks is told by labels alone, and by nothing that only looks so."""

import pytest

from claimcompare.articles import sentences, turns
from claimcompare.schema import Article
from tests.benchmarks.turns import TRANSCRIPTS, transcript

FILES = {path.name: path for path in sorted(TRANSCRIPTS.iterdir())}
OTHERS = [name for name in FILES if name.startswith("no_")]
SPOKEN = [name for name in FILES if name not in OTHERS]
ONE_LETTER = ("above_q.txt", "deposition.txt", "entrevista.txt")


def told(text: str) -> list[tuple[str, str]]:
    """Each label with what is said behind it."""
    return [(turn.label, text[turn.said : turn.until]) for turn in turns(text)]


@pytest.mark.parametrize("name", SPOKEN)
def test_each_sentence_is_in_the_turn_of_its_speaker(name: str) -> None:
    article, said = transcript(FILES[name])
    found = turns(article.text)
    for one in said:
        labels = [turn.label for turn in found if turn.said <= one.start < turn.until]
        if one.speaker == "":
            assert labels == [], one
        elif one.speaker == "?" or name in ONE_LETTER:
            assert len(labels) == 1, one
        else:
            assert one.speaker.casefold() in labels[0].casefold(), one


@pytest.mark.parametrize("name", OTHERS)
def test_notes_facts_and_places_are_no_turns(name: str) -> None:
    article, _ = transcript(FILES[name])
    assert turns(article.text) == []


@pytest.mark.parametrize("name", FILES)
def test_no_sentence_ends_in_a_label_or_holds_that_of_another(name: str) -> None:
    article, _ = transcript(FILES[name])
    every = sentences(article)
    for turn in turns(article.text):
        (holding,) = [one for one in every if one.start <= turn.start < one.end]
        assert holding.start <= turn.start
        above = not article.text[holding.end : turn.said].strip()
        assert holding.end > turn.said or above


@pytest.mark.parametrize(
    "text",
    [
        "MR. BECK: The dam is safe. We tested it.\nMS. ROE: It is not.",
        "Mr. Beck : The dam is safe. We tested it.\n\nMs. Roe : It is not.",
        "- MR. BECK: The dam is safe. We tested it.\n- MS. ROE: It is not.",
        "[00:12] MR. BECK: The dam is safe. We tested it.\n[01:02:03] MS. ROE: It is not.",
        "Mr. BECK. The dam is safe. We tested it.\nMs. ROE. It is not.",
        "**Mr. Beck**: The dam is safe. We tested it.\n\n**Ms. Roe**: It is not.",
        "**Mr. Beck:** The dam is safe. We tested it.\n\n**Ms. Roe:** It is not.",
        "Ines Beck.— The dam is safe. We tested it.\nAnn Roe.— It is not.",
        "—Ines Beck.— The dam is safe. We tested it.\n—Ann Roe.— It is not.",
    ],
)
def test_two_names_are_enough(text: str) -> None:
    (first, said), (second, answer) = told(text)
    assert ("eck" in first or "ECK" in first, "oe" in second or "OE" in second) == (True, True)
    assert (said, answer) == ("The dam is safe. We tested it.", "It is not.")


def test_the_place_of_a_label_is_exact() -> None:
    text = "It rained.\n- MR. BECK: It is dry.\nMS. ROE: It is not."
    assert [text[one.span.start : one.span.end] for one in turns(text)] == ["MR. BECK", "MS. ROE"]


def test_an_aside_and_what_tells_of_a_speaker_end_a_turn() -> None:
    rows = [
        "MR. BECK: It is dry.",
        "Nobody was hurt.",
        "(The audience laughs.)",
        "It rained.",
        "MS. ROE: It is not.",
        "Beck left the hall.",
        "MR. BECK: It is.",
        "MS. ROE: No.",
        "MR. BECK: Yes.",
        "The hearing ended.",
    ]
    assert [said for _, said in told("\n".join(rows))] == [
        "It is dry.\nNobody was hurt.",
        "It is not.",
        "It is.",
        "No.",
        "Yes.",
    ]


@pytest.mark.parametrize(
    "head",
    [
        "{} {}",
        "{}  {}",
        "{} ({})",
        "{} [{}]:",
        "{}, {}",
        "{} – {}",
        "{} | {}",
        "**{}** {}",
        "**{}:** {}",
        "{} 00:{}",
    ],
)
def test_the_time_of_a_recording_stands_behind_a_label(head: str) -> None:
    _check_times([head.format(*one) for one in TIMES])


@pytest.mark.parametrize("head", ["{1} {0}", "[{1}] {0}:", "({1}) **{0}**", "00:{1} - {0}"])
def test_the_time_of_a_recording_stands_before_a_label(head: str) -> None:
    _check_times([head.format(*one) for one in TIMES])


TIMES = (("Ada Brock", "00:12"), ("Tom Beck", "00:20"), ("Ada Brock", "01:02"))


def _check_times(heads: list[str]) -> None:
    said = ["The dam is safe. We tested it.", "It is not.", "It is."]
    parts = [f"{head}\n{words}" for head, words in zip(heads, said, strict=True)]
    for gap in ("\n", "\n\n"):
        text = gap.join(["Talk", *parts])
        found = turns(text)
        assert [text[one.span.start : one.span.end] for one in found] == [
            "Ada Brock",
            "Tom Beck",
            "Ada Brock",
        ]
        for one, words in zip(found, said, strict=True):
            assert text[one.said : one.until].endswith(words)


def test_paragraphs_go_on_below_a_label() -> None:
    parts = [
        "Tom Beck and Ann Roe met.",
        "Tom Beck:",
        "It is dry.\nWe pumped.",
        "Nobody was hurt.",
        "Ann Roe:",
        "It is not.",
        "Tom Beck:",
        "It is.",
        "The hearing ended.",
    ]
    assert told("\n\n".join(parts)) == [
        ("Tom Beck", "It is dry.\nWe pumped.\n\nNobody was hurt."),
        ("Ann Roe", "It is not."),
        ("Tom Beck", "It is."),
    ]


def test_lines_below_a_label_go_on_to_an_empty_line() -> None:
    between = "The rain fell on Aldmere.\n\n" * 9
    text = f"Tom Beck:\nIt is dry.\nWe pumped.\n\n{between}Ann Roe:\nNo.\n\nTom Beck:\nYes.\nIt is."
    assert told(f"We met Tom Beck, Ann Roe and Tom Marsh.\n\n{text}") == [
        ("Tom Beck", "It is dry.\nWe pumped."),
        ("Ann Roe", "No."),
        ("Tom Beck", "Yes.\nIt is."),
    ]


def test_where_few_lines_have_labels_each_turn_is_its_line() -> None:
    between = "The rain fell on Aldmere.\n" * 9
    text = f"MR. BECK: It is dry.\n{between}MS. ROE: It is not."
    assert [said for _, said in told(text)] == ["It is dry.", "It is not."]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Beck: dam is safe\n\nRoe: siren failed\n\nThe dam was built in 1962.",
        "Director Tom Beck said: It is dry.\nCouncillor Ann Roe said: It is not.",
        "The Latest: The latest on the dam.\nThe Gap Goes On: The gap goes on.",
        "E.U. leaders met.\nThe E.U. pays.\nE.U. money came.\nU.S. money came.\nU.S. aid came.",
        "A. The dam is old.\nB. The siren failed.\nA. It was built in 1962.\nB. It is new.",
        "Yes. It is dry.\nNo. It is not.\nYes. It is.\nNo. Never.",
        "08:15: The gate is open.\n10:15: The gate is shut.",
        "Una Brock 0:10\nIt is dry.\nLena Marsh 0:04\nIt is not.\nUna Brock 0:30\nIt is.",
        "Mr. Beck:\nHe runs it.\n\nKey Fact:\nIt is old.\n\nKey Fact:\nIt is safe.",
        "Mr. Beck:\nIt is dry.\n\nMr. Beck:\nIt is safe.",
        "Our Fact:\nThat is our Own Fact.\n\nA Myth:\nNo.\n\nOur Fact:\nIt is dry.",
        "謠言：\n事實不明。\n\n事實：\n安全。\n\n謠言：\n倒塌。\n\n事實：\n未倒。",
        "Tom Beck: https://beck.example.\nTom Beck:// is no label.",
    ],
)
def test_what_is_no_transcript_has_no_turns(text: str) -> None:
    assert turns(text) == []


def test_many_different_labels_are_no_turns_and_take_no_time() -> None:
    text = "\n".join(f"Mr. Beck{chr(97 + at % 26)}{'x' * (at // 26)}: No." for at in range(3_000))
    assert turns(text) == []
    above = text.replace(": ", ":\n")
    assert turns(f"Mr. Beck came.\n{above}\n{above}") == []
    times = (f"Mr. Beck 0:{at // 60:02}:{at % 60:02}\nNo." for at in range(3_000))
    assert turns("\n".join(times)) == []


def test_a_label_is_not_a_sentence_of_its_own() -> None:
    text = "Q. Is it dry?\nA. It is. We tested it.\nQ. When?\nA. In May."
    found = [one.text for one in sentences(Article(id="a", text=text))]
    assert found == ["Q. Is it dry?", "A. It is.", "We tested it.", "Q. When?", "A. In May."]


@pytest.mark.parametrize("mark", ["1.", "§.", "1:", "2.—"])
def test_numbers_of_a_list_are_no_labels(mark: str) -> None:
    text = f"{mark} The stand fell down.\n\n{mark} Nobody was hurt.\n\n{mark} It rained all day."
    assert turns(text) == []
