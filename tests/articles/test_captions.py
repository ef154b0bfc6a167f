"""Subtitles: what is said in them, in turns of speakers, and nothing else of the file."""

import pytest

from claimcompare.articles.captions import read_captions
from claimcompare.articles.records import Source
from claimcompare.errors import ArticleError

SRT = """1
00:00:01,000 --> 00:00:02,500
The quay of Aldmere

2
00:00:02,500 --> 00:00:04,000 X1:40 X2:600
<i>is dry,</i> she said.
{\\an8}Nobody <font color="#fff">denies</font> it.

3
00:01:04,000 --> 00:01:07,000
- Is it?
- In 1999
4 people said < 5.
"""
VTT = """\ufeffWEBVTT - of the board
Kind: captions

STYLE
::cue { color: red }

NOTE nobody
said this

intro
00:01.000 --> 00:04.000 align:start position:0%
<v.loud Una Brock>The quay</v> is <b>dry</b> &amp; shut.

NOTE
Neither this

00:00:05.000 --> 00:00:06.000
<v Oskar Bray>It is not.
"""
ROLLED = """WEBVTT

00:00:00.160 --> 00:00:02.389 align:start position:0%
 
the<00:00:00.480><c> quay</c>

00:00:02.389 --> 00:00:02.399 align:start position:0%
the quay
 

00:00:02.399 --> 00:00:04.309 align:start position:0%
the quay
is<00:00:02.900><c> dry</c>
"""  # noqa: W293 - a line of one space is not empty


def read(text: str) -> str:
    return read_captions(Source("a.srt", "a", text.encode(), ".srt")).text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_subtitles(end: str) -> None:
    assert read(SRT.replace("\n", end)) == (
        "The quay of Aldmere is dry, she said. Nobody denies it.\n\n- Is it?\n\n"
        "- In 1999 4 people said < 5."
    )


def test_subtitles_of_the_web_name_who_speaks() -> None:
    assert read(VTT) == "Una Brock: The quay is dry & shut.\n\nOskar Bray: It is not."


def test_what_rolls_up_is_said_once() -> None:
    assert read(ROLLED) == "the quay is dry"


def test_what_is_said_twice_stays() -> None:
    cue = "00:00:01,000 --> 00:00:02,000\nNo.\n\n"
    assert read(f"1\n{cue}2\n{cue}") == "No. No."


def test_chevrons_are_turns() -> None:
    cue = "1\n00:00:01,000 --> 00:00:02,000\n>> It is dry.\n&gt;&gt; It is not.\n"
    assert read(cue) == "It is dry.\n\nIt is not."


@pytest.mark.parametrize("before", ["", "- ", ">> "])
def test_labels_are_turns(before: str) -> None:
    time = "00:00:01,000 --> 00:00:02,000\n"
    said = ("MS. BROCK: The quay is dry and\nwas so in May.", "Nobody paid.", "MR. BRAY: No.")
    text = "\n\n".join(f"{at}\n{time}{before * (at != 2)}{one}" for at, one in enumerate(said, 1))
    shown = before.strip("> ") and before
    assert read(text) == (
        f"{shown}MS. BROCK: The quay is dry and was so in May. Nobody paid.\n\n{shown}MR. BRAY: No."
    )


@pytest.mark.parametrize("text", ["", "WEBVTT\n", "The quay is dry, she said."])
def test_no_subtitles_are_said_to_be_none(text: str) -> None:
    with pytest.raises(ArticleError, match=r"a\.srt: holds no subtitles"):
        read(text)


@pytest.mark.parametrize("more", [" \t" * 200_000 + "x", "<v" + " " * 200_000, "<v " * 200_000,
                                  "<" * 200_000, "{\\" * 200_000, "00:" * 200_000])  # fmt: skip
def test_endless_lines_end(more: str) -> None:
    assert "said no" in read(f"1\n00:00:01,000 --> 00:00:02,000\nBrock said no. {more}\n")


@pytest.mark.parametrize(
    ("mayor", "engineer"), [("МЭР", "ИНЖЕНЕР"), ("Sindaco", "Ingegnere"), ("市長", "技術者")]
)
def test_a_label_that_nothing_proves_stands_before_no_words_of_another(
    mayor: str, engineer: str
) -> None:
    said = [f"{mayor}: Si.", "Molto.", f"{engineer}: No.", f"{mayor}: Si."]
    cues = [f"00:00:0{at},000 --> 00:00:0{at},900\n{line}" for at, line in enumerate(said)]
    found = read_captions(Source("a.srt", "a", "\n\n".join(cues).encode(), ".srt")).text
    assert found.split("\n\n") == [f"{said[0]} Molto.", *said[2:]]


def test_a_colon_within_a_sentence_begins_no_paragraph() -> None:
    cues = "00:00.000 --> 00:01.000\nShe said to\n\n00:01.000 --> 00:02.000\nBray: it is dry."
    found = read_captions(Source("a.vtt", "a", f"WEBVTT\n\n{cues}".encode(), ".vtt"))
    assert found.text == "She said to Bray: it is dry."
