"""For which articles the rules about English words hold."""

import pytest

from claimcompare.schema import Article
from claimcompare.small.lexicon import is_english

ENGLISH = "The keeper said that the quay was dry. It has been so for weeks."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, None),
        (ENGLISH, "en"),
        (ENGLISH, "en-GB"),
        ("Quay Board Denies Floods", "en"),
        (f"{ENGLISH} „Der Kai ist trocken“, sagte er.", None),
    ],
)
def test_english_is_stated_or_told_by_its_little_words(text: str, language: str | None) -> None:
    assert is_english(Article(id="a", text=text, language=language))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "de"),
        ("Der Kai ist trocken und das war er immer, sagte die Wärterin.", None),
        ("Le quai est sec, a déclaré la maire de la ville.", None),
        ("Laituri on kuiva, sanoi satamapäällikkö eilen illalla tiedotteessa.", None),
        ("Rıhtım kuru, dedi liman müdürü dün akşam yaptığı açıklamada.", None),
        ("Причал сухой, сказала мэр города.", None),
        ("Причал сухой, сказала мэр города.", "en"),
        ("码头是干的。", "en"),
        ("قالت نورا بري إن الرصيف جاف.", None),
    ],
)
def test_other_languages_are_read_without_the_rules(text: str, language: str | None) -> None:
    assert not is_english(Article(id="a", text=text, language=language))
