"""Cues: the words that report what somebody says, in the languages of news."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcompare.stages.cues import cues

SAYING = {
    "English": [
        ("Una Brock said that the quay was dry.", "said"),
        ("According to Una Brock, the quay is dry.", "According to"),
        ("The quay is dry, she ADDED on Monday.", "ADDED"),
        ("Bray flatly rejects that.", "rejects"),
        ("She believes in the quay.", "believes"),
        ("The board hit back.", "hit back"),
        ("A spokeswoman was there.", "spokeswoman"),
    ],
    "German": [
        ("Una Brock sagte, der Kai sei trocken.", "sagte"),
        ("Laut Una Brock ist der Kai trocken.", "Laut"),
        ("Der Stadt zufolge ist der Kai trocken.", "zufolge"),
        ("Bray bestritt das.", "bestritt"),
        ("Bray dementierte.", "dementierte"),
        ("Sie hofft auf Regen.", "hofft"),
    ],
    "French": [
        ("Una Brock a déclaré que le quai était sec.", "a déclaré"),
        ("Selon Una Brock, le quai est sec.", "Selon"),
        ("D’après Una Brock, le quai est sec.", "D’après"),
        ("Le quai est sec, a-t-elle dit.", "dit"),
        ("Bray dément.", "dément"),
        ("Elle croit Bray.", "croit"),
    ],
    "Spanish": [
        ("Una Brock dijo que el muelle estaba seco.", "dijo"),
        ("Según Una Brock, el muelle está seco.", "Según"),
        ("Bray negó todo.", "negó"),
        ("El muelle está seco, añadió.", "añadió"),
        ("Bray teme la lluvia.", "teme"),
    ],
    "Russian": [
        ("Мэр Уна Брок сказала, что причал сухой.", "сказала"),
        ("По словам Брок, причал сухой.", "По словам"),
        ("Брей опроверг это.", "опроверг"),
        ("Брей отрицает это.", "отрицает"),
        ("Она считает причал сухим.", "считает"),
    ],
    "Ukrainian": [
        ("Уна Брок заявила, що причал сухий.", "заявила"),
        ("За словами Брок, причал сухий.", "За словами"),
        ("Брей заперечує це.", "заперечує"),
        ("Брей спростував це.", "спростував"),
        ("Вона вважає причал сухим.", "вважає"),
    ],
    "Arabic": [
        ("قالت أونا بروك إن الرصيف جاف.", "قالت"),
        ("وقال براي إن الرصيف جاف.", "قال"),
        ("بحسب براي، الرصيف جاف.", "بحسب"),
        ("نفى براي ذلك.", "نفى"),
    ],
    "Chinese": [
        ("王明说码头是干的。", "说"),
        ("王明表示码头是干的。", "表示"),
        ("李华否认此事。", "否认"),
        ("据新闻社报道，码头是干的。", "据新闻社报道"),
    ],
    "Japanese": [
        ("王氏は岸壁は乾いていると述べた。", "述べ"),
        ("王氏によると、岸壁は乾いている。", "によると"),
        ("同氏は否定した。", "否定し"),
    ],
}
SILENT = [
    "The quay of Aldmere is dry.",
    "It rained on Monday, and the ferry left.",
    "Saydah is a village; Adde is another.",
    "Der Kai von Aldmere ist trocken.",
    "Le quai est sec.",
    "El muelle está seco.",
    "Причал сухой.",
    "Причал сухий.",
    "الرصيف جاف.",
    "码头是干的。",
    "岸壁は乾いている。",
]
QUOTED = [
    "“{}”",
    '"{}"',
    "„{}“",
    "»{}«",
    "«{}»",
    "「{}」",
]


@pytest.mark.parametrize(
    ("text", "cue"),
    [case for cases in SAYING.values() for case in cases],
    ids=[f"{name} {at}" for name, cases in SAYING.items() for at in range(len(cases))],
)
def test_the_word_that_reports_is_found_where_it_stands(text: str, cue: str) -> None:
    first = cues(text)[0]
    assert (first.text, text[first.start : first.end]) == (cue, cue)


@pytest.mark.parametrize("text", SILENT)
def test_where_nobody_speaks_nothing_is_found(text: str) -> None:
    assert cues(text) == ()


@pytest.mark.parametrize("marks", QUOTED)
def test_what_is_said_inside_a_quotation_reports_nothing(marks: str) -> None:
    quoted = marks.format("She said he denied it")
    assert cues(quoted) == ()
    assert [one.text for one in cues(f"{quoted}, Una Brock wrote.")] == ["wrote"]


def test_a_cue_between_two_quotations_counts() -> None:
    text = "“It is said,” she wrote, “that he denied it.”"
    assert [one.text for one in cues(text)] == ["wrote"]


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("He feared what she told him.", ["told", "feared"]),
        ("She thought, feared and said.", ["said", "thought", "feared"]),
        ("The alleged thief left, she said.", ["said"]),
        ("The spokesman wrote what he believed.", ["wrote", "spokesman", "believed"]),
        ("The testimony, she said, and the statement differ.", ["said", "testimony", "statement"]),
        ("She said he denied it.", ["said", "denied"]),
    ],
)
def test_the_surest_comes_first_then_the_first(text: str, order: list[str]) -> None:
    found = [one.text for one in cues(text)]
    assert found[0] == order[0]
    assert [one for one in found if one in order] == order


WORDS = st.sampled_from([*'“”"„«»', "said", "denied", "told", "fears", "Una", "dry", "laut", "说"])


@settings(max_examples=200)
@given(text=st.lists(WORDS, max_size=20).map(" ".join) | st.text(max_size=40))
def test_cues_stand_in_the_text_and_each_place_has_one(text: str) -> None:
    found = cues(text)
    assert all(text[one.start : one.end] == one.text != "" for one in found)
    assert len({one.start for one in found}) == len(found)
