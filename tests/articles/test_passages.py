"""Passages: what one quotation holds together is read together."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimcompare.articles import passages, sentences
from claimcompare.articles.passages import MOST_CHARACTERS, MOST_SENTENCES
from claimcompare.articles.sentences import MAX_CHARACTERS
from claimcompare.schema import Article, Passage

SENTENCE = re.compile(r"\S.*?(?:[.!?:]+(?:\s?»)?[”“\"'’«]*(?=\s|$)|。[」』”]?|：|$)")


def plainly(line: str) -> Iterator[tuple[int, int]]:
    """Splits at every full stop, whatever the libraries think of quotations."""
    return (match.span() for match in SENTENCE.finditer(line) if match.group())


def read(text: str) -> tuple[Passage, ...]:
    return passages(Article(id="a", text=text), segmenter=plainly)


def texts(text: str) -> list[str]:
    return [one.text for one in read(text)]


RAIN = "It rained."
QUOTED = [
    "“The quay is dry. It was dry. So it stays,” Una Brock said.",
    '"The quay is dry. It was dry. So it stays," Una Brock said.',
    "‘The quay is dry. It’s the workers’ quay. So it stays,’ Una Brock said.",
    "'The quay is dry. It's the workers' quay. So it stays,' Una Brock said.",
    "``The quay is dry. It was dry. So it stays,'' Una Brock said.",
    "„Der Kai ist trocken. Er war es. Er bleibt es“, sagte Una Brock.",
    '„Der Kai ist trocken. Er war es. Er bleibt es", sagte Una Brock.',
    "„Nabrzeże jest suche. Było. Będzie”, powiedziała Una Brock.",
    "«Le quai est sec. Il le reste. Il l’était», a dit Una Brock.",
    "« Le quai est sec. Il le reste. Il l’était », a dit Una Brock.",
    "»Der Kai ist trocken. Er war es. Er bleibt es«, sagte Una Brock.",
    "”Kajen är torr. Den var det. Den förblir det”, sa Una Brock.",
    "«Причал сухой. Был. Будет», — сказала Уна Брок.",
    "「码头是干的。已经几周了。会这样」，王明说。",
    "『码头是干的。已经几周了。会这样』，王明说。",
    '"הרציף יבש. כך היה. כך יהיה", אמרה אונה ברוק.',
    "«الرصيف جاف. كان جافا. سيبقى»، قالت أونا بروك.",
    "Una Brock told us: “The quay is dry. It was dry.”",
    "The quay, she said, “is dry. It was dry.”",
    "“She called it ‘dry’. It was. ‘It is,’ I said,” Una Brock said.",
]


@pytest.mark.parametrize("quoted", QUOTED)
def test_sentences_within_one_quotation_are_one_passage(quoted: str) -> None:
    assert texts(f"{RAIN} {quoted} {RAIN}") == [RAIN, quoted, RAIN]


@pytest.mark.parametrize("quoted", QUOTED)
def test_a_passage_has_its_number_and_its_sentences(quoted: str) -> None:
    found = read(f"{RAIN} {quoted} {RAIN}")
    assert [one.number for one in found] == [1, 2, 3]
    numbers = [one.number for one in found[1].sentences]
    assert numbers == list(range(2, len(numbers) + 2))
    assert len(numbers) > 1


@pytest.mark.parametrize(
    "text",
    [
        "“The quay is dry.” “It was dry.” It rained.",
        "‘The quay is dry.’ ‘It was dry.’ It rained.",
        "„Der Kai ist trocken.“ „Er war es.“ Es regnete.",
        "»Der Kai ist trocken.« »Er war es.« Es regnete.",
        "«Le quai est sec.» «Il le reste.» Il pleuvait.",
        "The quay is “dry”. The lock is “shut”. It rained.",
        "It’s dry. It isn’t ‘wet’. It’s the workers’ quay.",
        "It's dry in the '90s. Rock 'n' roll isn't. It's the workers' quay.",
        'A 6" pipe. A 5\'11" keeper. An 8" pipe.',
        "Dry.” It was dry. It rained.",
        "码头是干的。他说「是的」。下雨了。",
    ],
)
def test_sentences_outside_a_quotation_are_passages_each(text: str) -> None:
    assert len(texts(text)) == 3


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\v", "\f"])
@pytest.mark.parametrize("mark", ["“", '"', "„", "«", "»", "「", "‘"])
def test_a_mark_without_its_other_ends_with_its_paragraph(mark: str, line_end: str) -> None:
    found = texts(f"{mark}The quay is dry. It was.{line_end}{RAIN} It poured.")
    assert found == [f"{mark}The quay is dry. It was.", RAIN, "It poured."]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n", "\r", "\u2028", "\u2029", "\x85", "\v"])
@pytest.mark.parametrize(
    ("quoted", "behind"),
    [
        (["“It is dry. It was.", "“It stays so. It must,” she said."], RAIN),
        (["She said: ‘It’s dry. It was.", "‘It stays so. It must,’ she said."], RAIN),
        (['"It is dry.', '"It was.', '"It stays so. It must."'], RAIN),
        (["„Er ist trocken. Er war es.", "„Er bleibt es. Er muss“, sagte sie."], "Es regnete."),
        (["« Il est sec. Il l’était.", "» Il le reste. Il le faut », dit-elle."], "Il pleuvait."),
        (["「码头是干的。", "「已经几周了」，王明说。"], "下雨了。"),
    ],
)
def test_a_quotation_over_paragraphs_is_one_passage(
    quoted: list[str], behind: str, gap: str
) -> None:
    passage = gap.join(quoted)
    assert texts(f"{passage} {behind}") == [passage, behind]
    assert texts(f"{behind}{gap}{passage}{gap}{behind}") == [behind, passage, behind]


def test_paragraphs_that_are_quoted_each_are_passages_each() -> None:
    assert texts("“Dry.”\n“Wet,” he said.\n‘So.’") == ["“Dry.”", "“Wet,” he said.", "‘So.’"]


@pytest.mark.parametrize("gap", [" ", "\n", "\r\n\r\n", "\u2029"])
@pytest.mark.parametrize(
    "quoted",
    [
        "“The quay is dry. It was.”",
        '"Dry."',
        "‘Dry.’",
        "„Trocken.“",
        "«Sec.»",
        "« Sec. »",
        "「是。」",
    ],
)
@pytest.mark.parametrize("colon", [":", "："])
def test_what_introduces_a_quotation_is_read_with_it(gap: str, quoted: str, colon: str) -> None:
    introduced = f"She added{colon}{gap}{quoted}"
    assert texts(f"{RAIN} {introduced}\n{RAIN}") == [RAIN, introduced, RAIN]


@pytest.mark.parametrize("text", [RAIN, "'90s music.", "The “dry” quay.", "’Tis so."])
def test_a_colon_before_no_quotation_introduces_nothing(text: str) -> None:
    assert texts(f"She added:\n{text}") == ["She added:", text]


def test_an_opening_mark_may_stay_with_what_introduces_it() -> None:
    def behind_marks(line: str) -> Iterator[tuple[int, int]]:
        return (match.span() for match in re.finditer(r".+?[.:](?: “)?(?=\s|\w|$)|.+", line))

    article = Article(id="a", text="It rained. “Dry. So,” she said. She added: “It is dry.")
    found = [one.text for one in passages(article, segmenter=behind_marks)]
    assert found == ["It rained. “", "Dry. So,” she said.", "She added: “It is dry."]


def test_a_quotation_before_no_colon_is_not_introduced() -> None:
    assert texts(f"{RAIN}\n“The quay is dry.”") == [RAIN, "“The quay is dry.”"]


@pytest.mark.parametrize("gap", [" ", "\n“"])
def test_a_passage_has_no_more_sentences_than_set(gap: str) -> None:
    found = read(f"“{gap.join(['It is dry.'] * (2 * MOST_SENTENCES + 1))}” {RAIN}")
    assert [len(one.sentences) for one in found] == [MOST_SENTENCES, MOST_SENTENCES, 1, 1]


def test_a_passage_has_no_more_characters_than_set() -> None:
    long = f"It is {'very ' * 100}dry."
    found = read(f"“{' '.join([long] * 6)}” {RAIN}")
    assert [len(one.sentences) for one in found] == [2, 2, 2, 1]
    assert all(len(one.text) <= MOST_CHARACTERS for one in found)


@pytest.mark.parametrize("word", ["very ", "sehr ", "очень "])
@pytest.mark.parametrize("rest", [10, 290, MAX_CHARACTERS // 2 - 10])
def test_a_sentence_cut_for_its_length_stays_with_its_rest(word: str, rest: int) -> None:
    long = (word * MAX_CHARACTERS)[: MAX_CHARACTERS + rest].strip()
    assert texts(f"{RAIN}\n{long}\n{RAIN}") == [RAIN, long, RAIN]
    assert len(read(long)[0].sentences) == 2


def test_a_sentence_without_end_is_not_one_passage() -> None:
    found = read("very " * (3 * MAX_CHARACTERS))
    assert len(found) > 10
    assert all(len(one.text) <= MAX_CHARACTERS + MAX_CHARACTERS // 2 for one in found)


def test_a_quotation_may_go_on_behind_a_long_sentence() -> None:
    long = f"“It is {'very ' * (MOST_CHARACTERS // 5)}dry."
    assert texts(f"{long} So be it,” she said.") == [long, "So be it,” she said."]


PARTS = st.sampled_from(
    ["It is dry.", "She said:", RAIN, "\n", "\r\n", "\r", "\u2029", "\x85", "\v", " ",
     *"“”\"'‘’„«»‹「」。", "e\u0301.", "是的。", "قال نعم.", "👨\u200d👩\u200d👧", "\u200f",
     "x" * MAX_CHARACTERS]
)  # fmt: skip
TEXTS = st.lists(PARTS, max_size=40).map("".join) | st.text(max_size=60)


@settings(max_examples=300)
@given(text=TEXTS)
@example(text="")
@example(text="“" * 20)
def test_every_sentence_is_in_exactly_one_passage(text: str) -> None:
    article = Article(id="a", text=text)
    found = passages(article)
    inside = tuple(one for passage in found for one in passage.sentences)
    assert inside == sentences(article)
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    for passage in found:
        assert passage.text == text[passage.start : passage.end]
        assert passage.start == passage.sentences[0].start
        assert passage.end == passage.sentences[-1].end
        assert len(passage.text) <= MOST_CHARACTERS + MAX_CHARACTERS // 2
