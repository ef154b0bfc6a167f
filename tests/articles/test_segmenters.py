"""Who finds the sentences: by script, or as the caller chooses."""

import re
import subprocess
import sys
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcompare.articles import Segmenter, sentences
from claimcompare.articles.segmenters import library_for, starts
from claimcompare.articles.sentences import MAX_CHARACTERS
from claimcompare.schema import Article

PIECES = (
    "Der Damm brach am 3. Mai. ",
    "Mr. Hill left the U.S. in May. ",
    "« Quand ? » a demandé M. Roux. ",
    "¿Quién? ¡Nadie! ",
    "В. В. Орлов приехал в г. Каменск. ",
    "Є. Ярош і т. д. ",
    "«Почему?» — спросил он. ",
    "هل ذهب؟ نعم. ",
    "他说：“没有。”她走了。",
    "「はい。」と言った。",
    "क्या? डॉ. सलीम। ",
    "Ποιος; Κανείς. ",
    "No. No. No. ",
    "∯ ȸ &ᓴ& ☉ ♬ ",
    "1) a. 2) b. ",
    "\x00",
    "\ud800.",
    "\n",
    "\u3000",
    "((",
    "„",
    "«",
    "」",
    '."',
    "…",
    "?!",
    "a.b.",
    "Wort " * 400,
    "слово." * 400,
)
TEXTS = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(max_size=10), st.text("aБ.!?«»„“ ", max_size=20)),
    max_size=10,
).map("".join)
LANGUAGES = st.sampled_from([None, "de", "de-AT", "fr", "ru", "uk", "zh", "pl", "xx", "", "?"])


def odd(line: str) -> Iterable[tuple[int, int]]:
    """Offsets in no order, out of the line, over one another."""
    return [(len(line) // 2, 3), (-5, 10**9), (len(line), 0), (7, 9), (2, 2), (7, 1)]


@settings(max_examples=300, deadline=None)
@given(text=TEXTS, language=LANGUAGES, segmenter=st.sampled_from([None, "nupunkt", "pysbd", odd]))
def test_whoever_segments_offsets_are_exact_and_no_word_is_lost(
    text: str, language: str | None, segmenter: Segmenter | None
) -> None:
    article = Article.model_construct(id="a", text=text, language=language)
    end = 0
    for sentence in sentences(article, segmenter=segmenter):
        assert end <= sentence.start < sentence.end <= sentence.start + MAX_CHARACTERS
        assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip()
        assert not any(one.isalnum() for one in text[end : sentence.start])
        end = sentence.end
    assert not any(one.isalnum() for one in text[end:])


@pytest.mark.parametrize("library", ["nupunkt", "pysbd"])
@pytest.mark.parametrize("unit", ["Wort ", "слово ", "В. ", '"', "«", "!", ".)", "No. ", "( "])
def test_a_line_without_end_is_read_to_its_end(library: Segmenter, unit: str) -> None:
    text = unit * (30_000 // len(unit)) + "last"
    article = Article(id="a", text=text, language="de")
    assert sentences(article, segmenter=library)[-1].end == len(text)


@pytest.mark.parametrize("library", ["nupunkt", "pysbd"])
def test_sentences_of_a_long_line_are_those_of_short_ones(library: Segmenter) -> None:
    unit = "Der Damm in Altersbach ist heute gebrochen. Niemand wurde dabei verletzt."
    article = Article(id="a", text=" ".join([unit] * 400), language="de")
    found = [sentence.text for sentence in sentences(article, segmenter=library)]
    assert found == re.findall(r"\w[^.]+\.", unit) * 400


@pytest.mark.parametrize(
    ("script", "language", "library"),
    [
        ("latin", "en", "nupunkt"),
        ("latin", "fr", "nupunkt"),
        ("latin", "de", "pysbd"),
        ("cyrillic", "de", "nupunkt"),
        ("devanagari", "en", "pysbd"),
        ("greek", "", "pysbd"),
        ("arabic", "ar", "nupunkt"),
        ("other", "zh", "nupunkt"),
    ],
)
def test_the_script_decides_the_library(script: str, language: str, library: str) -> None:
    assert library_for(script, language) == library  # type: ignore[arg-type]


def test_a_library_can_be_named() -> None:
    article = Article(id="a", text="Ποιος το είπε; Κανείς.")
    assert len(sentences(article)) == len(sentences(article, segmenter="pysbd")) == 2
    assert len(sentences(article, segmenter="nupunkt")) == 1


def test_a_function_can_be_given_and_is_believed() -> None:
    article = Article(id="a", text="Mr. Hill; he left. So。did we\nAll; of us", language="de")

    def at_semicolons(line: str) -> Iterable[tuple[int, int]]:
        return (part.span() for part in re.finditer("[^;]+", line))

    found = [sentence.text for sentence in sentences(article, segmenter=at_semicolons)]
    assert found == ["Mr. Hill;", "he left. So。did we", "All;", "of us"]


def test_what_a_function_leaves_out_stays_with_the_sentence_before() -> None:
    article = Article(id="a", text="One two three four")
    found = sentences(article, segmenter=lambda _: [(4, 7), (14, 18)])
    assert [sentence.text for sentence in found] == ["One", "two three", "four"]


def test_a_library_that_is_not_there_is_named_in_the_error() -> None:
    with pytest.raises(ValueError, match="'punkt'"):
        sentences(Article(id="a", text="One."), segmenter="punkt")  # type: ignore[arg-type]


def test_repeated_sentences_have_each_their_own_place() -> None:
    line = "Nein. Nein. Das ist nicht so. Nein. Das ist nicht so."
    assert list(starts(line, "pysbd", "latin", "de")) == [6, 12, 30, 36]


def test_no_segmenter_is_loaded_before_there_is_text_to_segment() -> None:
    code = "import sys, claimcompare.articles; print({'nupunkt', 'pysbd'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
