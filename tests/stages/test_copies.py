"""Which articles repeat another, and what of it."""

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare.articles import sentences
from claimcompare.schema import Article, Copy
from claimcompare.stages import Repeats, find_repeats
from tests.small.wire import ADDED, OWN_WORDS, WIRE, article

CHINESE = (
    "港务局长布罗克星期一表示，洪水过后奥德米尔码头是安全的，所有闸门都经过了检查。"
    "市议员布雷否认港池里的21艘船在洪水中受到任何损坏，并称船主已经获得150万克朗的赔偿。"
    "渡轮公司宣布，开往斯卡沃伊的渡轮将从五月第一个星期起恢复每天两班的正常运行。"
)
JAPANESE = (
    "港長のブロック氏は月曜日、洪水の後もオルドメア埠頭は安全であり、すべての水門を点検したと述べた。"
    "ブレイ市議は、港に係留されていた二十一隻の船が損傷したという報道をはっきりと否定した。"
    "運航会社は、スカルヴォイ行きのフェリーが五月の第一週から再開されると発表した。"
)
THAI = (
    "นายท่าเรือบร็อคกล่าวเมื่อวันจันทร์ว่าท่าเรือปลอดภัยหลังน้ำท่วมและประตูน้ำทุกบานผ่านการตรวจสอบแล้ว\n"
    "สมาชิกสภาเบรย์ปฏิเสธว่าเรือยี่สิบเอ็ดลำในอ่าวได้รับความเสียหายจากน้ำท่วมครั้งนี้แต่อย่างใด"
)
SENTENCES = WIRE.replace("\n\n", " ").split(". ")
GREETING = "Good morning and welcome to the daily letter of the Fenwick Post, dear readers."


def copies(*articles: Article) -> dict[str, str]:
    return {one.article_id: one.of for one in find_repeats(articles).copies}


def known(*texts: str) -> frozenset[int]:
    """The numbers of the sentences of the last of some articles that count elsewhere."""
    given = [article(str(number), text) for number, text in enumerate(texts)]
    return find_repeats(given).known_in(given[-1])


def test_the_same_text_is_a_copy_with_nothing_new() -> None:
    found = find_repeats([article("wire"), article("post")])
    assert found.copies == (Copy(article_id="post", of="wire", share=1),)
    assert found.known == {"post": frozenset(range(1, 7))}
    (row,) = found.ledger
    assert (row.stage, row.outcome, row.article_id) == ("extract", "kept", "post")
    assert row.reason == (
        "repeats 'wire': 5 of 5 longer sentences; these count once, as said there"
    )


@pytest.mark.parametrize(
    "text",
    [
        WIRE[: WIRE.index("Councillor")],
        WIRE[: WIRE.index("“We")],
        f"{ADDED}\n\n{WIRE}",
        f"Harbour safe, says Brock\n\n{WIRE}\n\nRead more about the flood in our supplement.",
        f"ALDMERE, May 3 (Fenwick Wire) — {WIRE}",
        f"Aldmere (fw) - {WIRE}",
        re.sub("[“”]", '"', WIRE),
        WIRE.replace("“", "«\u00a0").replace("”", "\u00a0»"),
        WIRE.replace(" ", "  ").replace("\n\n", "\n"),
        WIRE.replace("har", "har\u00ad"),
        WIRE.upper(),
        "\n\n".join(reversed(WIRE.split("\n\n"))),
    ],
    ids=(
        "cut, first only, paragraph, headline, dateline, agency, marks, guillemets, space, hyphens,"
        " case, order"
    ).split(", "),
)
def test_what_outlets_change_leaves_a_copy(text: str) -> None:
    assert copies(article("wire"), article("post", text)) == {"post": "wire"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (WIRE, OWN_WORDS),
        (WIRE, f"{OWN_WORDS} {WIRE.splitlines()[2]}"),
        (f"{GREETING} {SENTENCES[0]}.", f"{GREETING} {ADDED}"),
        (f"Hello there. {SENTENCES[0]}.", f"Hello there. {ADDED}"),
        ("Hello there. It rained.", "Hello there. It rained."),
        (WIRE, ""),
        ("", ""),
        (WIRE, "\u200b … \n"),
    ],
    ids=(
        "own words, one quotation, long greeting, greeting, short, empty, both empty, no word"
    ).split(", "),
)
def test_what_is_no_copy(one: str, other: str) -> None:
    assert find_repeats([article("one", one), article("other", other)]) == Repeats()


@pytest.mark.parametrize("own", [3, 4, 5, 6, 7])
def test_half_is_enough(own: int) -> None:
    more = [
        f"In street number {one} of the old town the cellars are still full." for one in "abcdefg"
    ]
    text = "\n".join([WIRE, *more[:own]])
    expected = {"post": "wire"} if own <= 5 else {}
    assert copies(article("wire"), article("post", text)) == expected


def test_the_share_is_that_of_the_longer_sentences() -> None:
    found = find_repeats([article("wire"), article("post", f"{WIRE}\n\n{ADDED} It rained.")])
    assert found.copies[0].share == pytest.approx(5 / 6, abs=1e-4)
    assert "5 of 6" in found.ledger[0].reason


def test_a_short_cut_of_a_long_report_is_a_copy() -> None:
    random = Random(3)  # noqa: S311 - nobody must not guess it
    lines = [f"{random.random()} crowns were paid to the owners of a boat." for _ in range(60)]
    assert copies(article("long", "\n".join(lines)), article("short", "\n".join(lines[20:23])))


def test_what_is_new_is_told_from_what_is_not() -> None:
    assert known(WIRE, f"{ADDED}\n\n{WIRE}") == frozenset(range(2, 8))


@pytest.mark.parametrize(
    ("before", "after", "number"),
    [
        ("safe", "unsafe", 1),
        ("not one of them", "one of them", 2),
        ("21 boats", "22 boats", 3),
        ("denied that", "confirmed that", 3),
        ("1.5 million", "15 million", 5),
        ("crowns", "€", 5),
        ("announced.", "announced?", 6),
    ],
)
def test_a_sentence_that_says_something_else_is_new(before: str, after: str, number: int) -> None:
    # What is short is new as well, if the sentence before it is.
    short = {4} if number == 3 else set()
    assert known(WIRE, WIRE.replace(before, after)) == set(range(1, 7)) - {number} - short


def test_a_short_sentence_is_repeated_only_behind_the_one_it_refers_to() -> None:
    assert 5 not in known(WIRE, f"{WIRE.split(' He called')[0]} {ADDED} He called it a rumour.")
    assert 4 in known(WIRE, f"{WIRE} {ADDED}")


SAID = "{} spoke of the dam at Corrow. {} told them that nobody had tested it since the flood."
REST = "The sluices of Corrow were opened twice in May, the water board announced."


@pytest.mark.parametrize("who", ["She", "He later", "The engineer", "They all"])
def test_a_sentence_under_another_name_takes_no_claim_away(who: str) -> None:
    theirs, ours = SAID.format("Tom Beck", who), SAID.format("Ines Vale", who)
    found = known(f"{theirs}\n\n{REST}", f"{ours}\n\n{REST}")
    assert found == {3}


def test_nor_does_one_that_stands_alone_there() -> None:
    told = SAID.split(". ", 1)[1].format("She")
    assert known(f"{told}\n\n{REST}", f"{SAID.format('Ines Vale', 'She')}\n\n{REST}") == {3}


def test_one_that_begins_with_its_own_speaker_is_repeated_behind_any_other() -> None:
    theirs, ours = SAID.format("Tom Beck", "Lena Marsh"), SAID.format("Ines Vale", "Lena Marsh")
    assert known(f"{theirs}\n\n{REST}", f"{ours}\n\n{REST}") == {2, 3}
    lower = (f"{one}\n\n{REST}".replace("Lena Marsh", "Later she") for one in (theirs, ours))
    assert known(*lower) == {3}


@pytest.mark.parametrize("text", [CHINESE, JAPANESE, THAI], ids=["Chinese", "Japanese", "Thai"])
def test_scripts_without_spaces_are_repeated_as_well(text: str) -> None:
    assert copies(article("wire", text), article("post", text)) == {"post": "wire"}
    spaced = re.sub(r"(\d+)", r" \1 ", text)
    assert copies(article("wire", text), article("post", spaced)) == {"post": "wire"}
    longer = f"{text}\n今日はよい天気でした。"
    assert known(text, longer) == frozenset(
        range(1, text.count("。") + text.count("\n") + 1 + (text == THAI))
    )


def test_the_order_of_publication_decides() -> None:
    early, late = "2026-05-03T08:00Z", "2026-05-03T12:00+02:00"
    assert copies(article("a", published=late), article("b", published=early)) == {"a": "b"}
    assert copies(article("a", published=early), article("b", published=late)) == {"b": "a"}
    assert copies(article("a"), article("b", published=early)) == {"b": "a"}


def test_copies_of_copies_are_of_the_original() -> None:
    again = f"{WIRE}\n\n{ADDED}"
    found = find_repeats([article("a"), article("b", again), article("c", again)])
    assert [(one.article_id, one.of) for one in found.copies] == [("b", "a"), ("c", "a")]
    assert found.known_in(article("b")) == frozenset(range(1, 7))
    assert found.known_in(article("c")) == frozenset(range(1, 8))
    assert [row.reason for row in found.ledger if row.article_id == "c"] == [
        "repeats 'a': 5 of 6 longer sentences; these count once, as said there",
        "repeats 'b': 1 more; these count once, as said there",
    ]


def test_what_a_copy_added_is_its_own_to_repeat() -> None:
    more = [f"In street {one} of the old town the cellars are full of water." for one in "klmno"]
    paper = article("paper", "\n".join([WIRE, *more]))
    echo = article("echo", "\n".join([SENTENCES[0] + ".", *more]))
    assert copies(article("wire"), paper, echo) == {"paper": "wire", "echo": "paper"}


def test_of_two_originals_that_is_repeated_which_has_more() -> None:
    half = "\n".join(WIRE.split("\n\n")[:2])
    assert copies(article("half", half), article("wire"), article("post"))["post"] == "wire"
    assert "wire" not in copies(article("half", half), article("wire"), article("post"))


def test_one_article_is_nobodys_copy() -> None:
    assert find_repeats([article("wire")]) == find_repeats([]) == Repeats()


def test_what_stands_below_every_article_makes_no_copies_and_hides_none() -> None:
    below = f"{GREETING} Write to the harbour desk of the Fenwick Post at any hour of the day."
    street = "In street number {} of the old town the cellars are still full of water."
    others = [
        article(f"a{at:03}", f"{street.format(at)} {street.format(-at)} {below}")
        for at in range(1, 151)
    ]
    found = copies(*others, article("wire", f"{WIRE}\n\n{below}"), article("z", f"{WIRE}\n{below}"))
    assert found.items() >= {("z", "wire")}
    short = [one for one in others if one.id in found]
    assert {found[one.id] for one in short} <= {"a001"}


texts = st.lists(
    st.text("abcdefghij港口安全船 .,“”?\n", min_size=1, max_size=80), min_size=1, max_size=6
).map("\n".join)


@given(texts)
def test_an_article_is_a_copy_of_itself_if_it_has_a_long_sentence(text: str) -> None:
    start = "The quay of Aldmere is safe after the flood, Una Brock said."
    one, other = article("one", f"{start}\n{text}"), article("other", f"{start}\n{text}")
    found = find_repeats([one, other])
    assert found.copies == (Copy(article_id="other", of="one", share=1),)
    assert found.known_in(other) == {sentence.number for sentence in sentences(other)}


@given(st.integers(0, 10**9), st.integers(1, 12))
def test_unrelated_texts_are_no_copies(seed: int, count: int) -> None:
    random = Random(seed)  # noqa: S311 - nobody must not guess it

    def text() -> str:
        words = (
            "".join(random.choices("abdegiklmnoprstu", k=random.randint(3, 9))) for _ in range(9)
        )
        return f"{' '.join(words).capitalize()}."

    one, other = (" ".join(text() for _ in range(count)) for _ in "ab")
    assert find_repeats([article("one", one), article("other", other)]) == Repeats()
