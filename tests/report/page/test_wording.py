"""The page's own words: whole in every language, with the plurals that each has."""

import re
import tomllib
from importlib.resources import files

import pytest
from babel import Locale

from claimcompare.report.page import to_html
from claimcompare.report.page.matrix import LETTERS
from claimcompare.report.page.tongues import interface_language, language_of
from claimcompare.report.page.wording import LANGUAGES, Words
from claimcompare.schema import Article, Comparison
from tests.report import comparison
from tests.report.page.scripts import mixed
from tests.report.page.stories import arabic, german

_FILLED = re.compile(r"{\w*}")


def said(language: str) -> dict[str, str | dict[str, str]]:
    file = files("claimcompare.report.page") / "words" / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def forms(value: str | dict[str, str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_there_with_what_is_filled_in(language: str) -> None:
    english, own = said("en"), said(language)
    assert own.keys() == english.keys()
    for key, value in own.items():
        filled = {one for form in forms(value) for one in _FILLED.findall(form)}
        assert filled == {one for form in forms(english[key]) for one in _FILLED.findall(form)}, key
        assert not set('<>"&') & set("".join(forms(value))), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_has_every_plural_of_the_language(language: str) -> None:
    tags = set(Locale.parse(language).plural_form.tags) | {"other"}
    for key, value in said(language).items():
        if isinstance(value, dict):
            assert set(value) in (tags, {"one", "other"}), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_side_begins_with_the_letter_of_another(language: str) -> None:
    words = {tone: str(said(language)[tone]) for tone in LETTERS}
    for tone, letter in LETTERS.items():
        others = [word for other, word in words.items() if other != tone]
        assert not [word for word in others if word.startswith(letter)], (tone, letter)


def test_numbers_take_the_plural_of_their_language() -> None:
    assert [Words("uk")("claims", n) for n in (1, 3, 5, 21)] == [
        "1 твердження",
        "3 твердження",
        "5 тверджень",
        "21 твердження",
    ]
    assert [Words("ar")("claims", n) for n in (1, 2, 3, 11)] == [
        "قول واحد",
        "قولان",
        "3 أقوال",
        "11 قولًا",
    ]
    with pytest.raises(TypeError, match="counts something, and got no number"):
        Words("en")("claims")


def test_names_are_read_out_and_dates_are_written_as_the_language_does() -> None:
    assert Words("en").listed("ABC") == "A, B and C"
    assert Words("de").listed("ABC") == "A, B und C"
    assert Words("en").listed(["<b>"]) == "&lt;b&gt;"
    assert Words("en").date("2026-05-04T08:15:00+02:00") == "4 May 2026, 08:15 +02:00"
    assert Words("fr").date("2026-05-04") == "4 mai 2026"
    assert Words("es").date("last Monday") == "last Monday"


def in_language(*tags: str | None) -> Comparison:
    articles = tuple(
        Article(id=f"a{at}", text="Text.", language=tag) for at, tag in enumerate(tags)
    )
    return comparison().model_copy(update={"articles": articles})


@pytest.mark.parametrize(
    ("tags", "language"),
    [
        (("fr", "fr-CA"), "fr"),
        (("uk", None), "uk"),
        (("de", "fr"), "en"),
        (("ja", "ja"), "en"),
        ((None,), "en"),
        (("<b>",), "en"),
    ],
)
def test_the_interface_speaks_as_all_articles_do(
    tags: tuple[str | None, ...], language: str
) -> None:
    assert interface_language(in_language(*tags)) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (german().articles[0].text, "de"),
        (arabic().articles[0].text, "ar"),
        ("Шлюз у порту небезпечний, сказав начальник її зміни.", "uk"),
        ("Шлюз в порту небезопасен, объявил начальник.", None),
        ("قفل شمالی سالم است و مشکلی ندارد.", None),
        ("北船闸完好无损。", None),
        ("Text.", None),
    ],
)
def test_a_language_is_guessed_only_where_something_tells(text: str, language: str | None) -> None:
    assert language_of(Article(id="a", text=text)) == language


def test_pages_say_which_language_their_texts_are_in() -> None:
    page = to_html(german())
    assert '<html lang="de" dir="ltr">' in page
    assert 'class="words" lang="de"' in page
    assert '<html lang="ar" dir="rtl">' in to_html(arabic())
    assert '<html lang="en" dir="ltr">' in to_html(mixed())
    assert 'class="words" lang="zh"' in to_html(mixed())
