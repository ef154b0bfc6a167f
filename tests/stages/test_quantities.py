"""The numbers of a claim that the passages do not have."""

import re
import sys
import time
import unicodedata
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare.stages.quantities import cldr, unproved_numbers
from claimcompare.stages.quantities.dress import CURRENCIES

EQUAL = {
    "en": """
        1.5 million | 1,500,000
        1.5 million | 1.5m
        1.5m | 1.5 million
        1.5 million | 1 500 000
        1.5 million | 1\u00a0500\u00a0000
        1.5 million | 1\u202f500\u202f000
        1.5 million | 1'500'000
        1.5 million | 1,5 Mio. Euro
        1.5 million | 1.5 млн
        1.5 million | 150万
        1,500,000 | 150万人
        $1.5bn | 1.5 billion dollars
        1,50,000 | 150000
        1,234.56 | 1.234,56
        100k | 100,000
        1,500 m | 1.500 metres
        43 people | forty-three people
        forty-three people | 43 people
        a three-year plan | 3 years
        two hundred and forty-three thousand | 243,000
        three thousand and five | 3005
        100 people | a hundred people
        a hundred and five | 105
        1000 | a thousand
        1984 | nineteen eighty-four
        nineteen eighty-four | 1984
        between 40 and 50 | 40–50
        40–50 | 40 to 50
        2 to 3 million | 2,000,000 or 3,000,000
        2 million | 2-3 million
        5% and 6% | between 5 and 6 percent
        30% | 30 to 40 %
        $5-$6 million | 5 to 6 million dollars
        between –3 and 3 | -3, 3
        -3 °C | −3 °C
        minus 3 | -3 °C
        a 19-year-old | aged 19
        19 | a 19-year-old
        the 2019-20 season | 2019 and 2020
        2019-2020 | 2019-20
        in 1990 | mid-1990
        5 percent | 5%
        5 per cent | 5%
        five percent | 5 %
        $5 | US$5
        5 dollars | $5
        $5 | 5 dollars
        $5 million | $5m
        EUR5 | 5 euros
        ½ | 0.5
        2½ million | 2.5 million
        1/2 | ½
        a third of voters | a 3rd of voters
        the 3rd man | the third man
        twenty-first century | 21st century
        one in five | 1 in 5
        2nd | second
        2025-12-29 | 29 December 2025
        December 29 | 2025-12-29
        29 December 2025 | 29.12.2025
        12/29/2025 | December 29, 2025
        2025-12-29 | 2025年12月29日
        September 11 | 9/11
        at 10:30 | 10:30
        22:30 | 10:30 p.m.
        10 pm | 22:00
        10pm | 10 p.m.
        10:30 | 10h30
        won 3-1 | 3:1
        24/7 | 24/7
        the G7 | G7 leaders
        F-16s | an F-16
        COVID-19 | covid-19
        4x4 | 4x4
        A320neo | A320
        more than 40 | 40
        >40 | more than 40
        >40 | ≥40
        40+ | >40
        40km | 40 km
        ٤٣ | 43
        ４３ | 43
    """,
    "de": """
        dreiundvierzig Menschen | 43
        43 | Dreiundvierzig
        zweitausenddreihundert | 2.300
        1.500 Menschen | 1,500 people
        eine Million | 1.000.000
        3,2 Millionen Euro | 3.2m euros
        Am 3. Mai | am dritten Mai
        5 Prozent | 5 %
        29.12.25 | 29. Dezember 2025
        10:30 | 10.30 Uhr
        minus drei Grad | -3 °C
        neunzehnhundertvierundachtzig | 1984
    """,
    "fr": """
        quarante-trois | 43
        quatre-vingt-dix-sept | 97
        quatre-vingt mille | 80 000
        deux mille trois cents | 2 300
        1 000 000 | un million
        12,5 milliards d’euros | 12,5 Md€
        5 pour cent | 5 %
        moins trois | −3
    """,
    "es": """
        cuarenta y tres | 43
        dos mil trescientos | 2.300
        mil millones | 1.000.000.000
        5 por ciento | 5%
    """,
    "pt": """
        quarenta e três | 43
        dois mil e trezentos | 2300
        3 milhões | três milhões
    """,
    "ru": """
        сорок три | 43
        43 | сорока трёх
        двумя миллионами | 2 млн
        1200 человек | 1 200 человек
        5 процентов | 5%
        3-й | третий
        29 декабря 2025 | 2025-12-29
    """,
    "uk": """
        сорок три | 43
        двісті тисяч | 200 тис.
        п'ять | 5
    """,
    "zh": """
        四十三 | 43
        三人 | 3人
        百分之五 | 5%
        三分之二 | 2/3
        1亿5000万 | 1.5亿
        1万亿 | 1 trillion
        二〇二五年 | 2025
        第三 | 3
        两百 | 200
    """,
    "ja": """
        四十三 | 43
        2万3千 | 23000
        3億円 | 300 million yen
    """,
    "ar": """
        ثلاثة وأربعون | 43
        43 | ثلاثة وأربعون
        ٤٣ شخصا | 43
        ١٫٥ مليون | 1500000
        ٥٪ | 5%
    """,
}

DIFFERENT = {
    "en": """
        15 million | 1.5 million
        1.5 billion | 1.5 million
        1.5bn | 1.5m
        $1.5bn | $1.5m
        3 million | 3
        40 people | 40,000 people
        40,000 | 40
        2.5 | 25
        5% | 5 people
        5 people | 5%
        5 per cent | 5
        3 percent | 3 people
        $5 | €5
        -3 °C | 3 °C
        3 °C | -3 °C
        3 °C | 3 °F
        minus three | three
        forty-four | 43
        44 | forty-three
        seventy | seventeen
        two million | three million
        the third man | the second man
        G8 | G7 and 8
        F-16 | 16 jets
        16 jets | F-16
        40 people | >40 people
        40 | 40+
        40 | ~40
        <40 | >40
        2025-12-28 | 29 December 2025
        2025-11-29 | 29 December 2025
        in 5 days | in May
        10:30 | 10:45
        22:30 | 10:30 a.m.
        3/4 | 3/5
        2019-21 | 2019-20
    """,
    "de": """
        vierundvierzig | 43
        1.500.000 | 150.000
        zweitausenddreihundert | 2.400
    """,
    "fr": "quatre-vingt-dix-sept | 87",
    "es": "dos mil trescientos | 2.400",
    "pt": "dois mil e trezentos | 2200",
    "ru": """
        сорок четыре | 43
        2 млрд | 2 млн
    """,
    "uk": "сорок чотири | 43",
    "zh": """
        四十四 | 43
        150万 | 15万
        百分之五 | 5人
    """,
    "ja": "3億円 | 3万円",
    "ar": "أربعة وأربعون | 43",
}

NOTHING_SAID = {
    "en": ("one of them", "the first of its kind", "millions of people", "for a second"),
    "de": ("eine Frau", "Millionen Menschen", "am Donnerstag"),
    "fr": ("un homme", "une femme", "des millions de personnes"),
    "es": ("un hombre", "una mujer"),
    "pt": ("um homem", "na sexta-feira", "a terça-feira"),
    "ru": ("один из них", "его семью"),
    "zh": ("一个人", "星期三"),
}

STYLES: dict[str, Callable[[int], str]] = {
    "plain": str,
    "English": "{:,}".format,
    "German": lambda number: f"{number:,}".replace(",", "."),
    "spaced": lambda number: f"{number:,}".replace(",", "\u00a0"),
    "narrow": lambda number: f"{number:,}".replace(",", "\u202f"),
    "Swiss": lambda number: f"{number:,}".replace(",", "’"),
    "Arabic": lambda number: "".join("٠١٢٣٤٥٦٧٨٩"[int(digit)] for digit in str(number)),
    "wide": lambda number: "".join(chr(0xFF10 + int(digit)) for digit in str(number)),
    "negative": lambda number: f"-{number}",
    "percent": "{}%".format,
    "dollars": "${:,}".format,
    "thousands": "{} thousand".format,
}
ALIKE = ("plain", "English", "German", "spaced", "narrow", "Swiss", "Arabic", "wide", "dollars")
AROUND = ("", " ", " 😀 ", "人", " كتاب ", " e\u0301 ", " (", "\n", " — ", " слово ")

HOSTILE = {
    "digits": "1" * 100_000,
    "commas": "1," * 50_000,
    "points": "1.1" * 30_000,
    "spaces": "111 " * 25_000,
    "words": "one " * 25_000,
    "scales": "two million " * 8_000,
    "joints": "two hundred and " * 6_000,
    "numerals": "一" * 100_000,
    "parts": "三分之" * 30_000,
    "myriads": "1.5万" * 25_000,
    "brackets": "(" * 50_000 + "5" + ")" * 50_000,
    "minuses": "-" * 100_000 + "5",
    "currencies": "$" * 100_000,
    "colons": "1:" * 50_000,
    "names": "A1" * 50_000,
    "a name": "A" * 100_000 + "1",
    "one word": "dreiund" * 14_000,
    "marks": "e" + "\u0301" * 100_000,
    "blanks": "5" + " " * 100_000 + "%",
}


def rows(table: Mapping[str, str]) -> list[object]:
    return [
        pytest.param(
            *(part.strip(" ") for part in row.strip().split("|")), language, id=row.strip()
        )
        for language, text in table.items()
        for row in text.strip().splitlines()
    ]


@pytest.mark.parametrize(("claim", "passage", "language"), rows(EQUAL))
def test_equal_numbers_are_proved(claim: str, passage: str, language: str) -> None:
    assert unproved_numbers(claim, passage, language=language) == ()


@pytest.mark.parametrize(("claim", "passage", "language"), rows(DIFFERENT))
def test_different_numbers_are_told(claim: str, passage: str, language: str) -> None:
    assert unproved_numbers(claim, passage, language=language)


@pytest.mark.parametrize(
    ("claim", "language"),
    [(claim, language) for language, claims in NOTHING_SAID.items() for claim in claims],
)
def test_articles_and_names_of_days_are_no_numbers(claim: str, language: str) -> None:
    assert unproved_numbers(claim, "", language=language) == ()


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("It fell to -3 °C.", "-3 °C"),
        ("They paid $1.5 million for it.", "$1.5 million"),
        ("About 5 percent of them left.", "5 percent"),
        ("Some forty-three people came.", "forty-three"),
        ("In the 1990s it was so.", "1990s"),
        ("On 2025-12-29 it was so.", "2025-12-29"),
        ("The F-16 crashed.", "F-16"),
        ("There were >40 people.", ">40"),
    ],
)
def test_a_number_is_told_as_it_is_written(claim: str, told: str) -> None:
    assert unproved_numbers(claim, "Nothing of the kind.", language="en") == (told,)


def test_only_the_numbers_without_an_equal_are_told() -> None:
    claim = "In 2019, 12 people and 3 dogs were saved, 43 were not."
    assert unproved_numbers(claim, "Twelve people were saved in 2019.") == ("3", "43")


@pytest.mark.parametrize(
    ("claim", "passage"),
    [("Dreiundvierzig Menschen", "43"), ("43 personas", "cuarenta y tres"), ("сорок три", "43")],
)
def test_the_language_is_guessed_where_it_is_not_told(claim: str, passage: str) -> None:
    assert unproved_numbers(claim, passage) == ()
    assert unproved_numbers(passage, claim) == ()
    assert unproved_numbers(claim, "44")


@pytest.mark.parametrize("language", ["zz", "", "de-AT", "pt_BR", "x" * 1000, "../en", "it"])
def test_any_language_is_taken(language: str) -> None:
    assert unproved_numbers("43", "43", language=language) == ()
    assert unproved_numbers("43", "44", language=language) == ("43",)


@given(st.integers(1, 10**12), st.sampled_from(ALIKE), st.sampled_from(ALIKE), st.data())
def test_a_number_equals_itself_in_any_style(
    number: int, one: str, other: str, data: st.DataObject
) -> None:
    before, after = data.draw(st.tuples(st.sampled_from(AROUND), st.sampled_from(AROUND)))
    passage = f"{before}{STYLES[other](number)}{after}"
    assert unproved_numbers(STYLES[one](number), passage, language="en") == ()


@given(st.integers(1, 10**12), st.sampled_from(ALIKE), st.sampled_from(ALIKE), st.data())
def test_a_number_never_equals_ten_times_itself(
    number: int, one: str, other: str, data: st.DataObject
) -> None:
    before, after = data.draw(st.tuples(st.sampled_from(AROUND), st.sampled_from(AROUND)))
    less, more = STYLES[one](number), f"{before}{STYLES[other](number * 10)}{after}"
    assert unproved_numbers(less, more, language="en")
    assert unproved_numbers(more, less, language="en")


@given(
    st.lists(
        st.one_of(
            st.text(max_size=20),
            st.text("0123456789.,:/-–+%$€ mMk\u00a0½一万三F°><~", max_size=20),
            st.sampled_from(("forty", "-three", " million", " two", "سبعة", "сорок", " and ")),
            st.builds(
                lambda number, style: STYLES[style](number),
                st.integers(0, 10**7),
                st.sampled_from(sorted(STYLES)),
            ),
        ),
        max_size=12,
    ).map("".join),
    st.sampled_from(("en", "de", "ru", "zh", None)),
)
def test_a_text_proves_all_its_own_numbers(text: str, language: str | None) -> None:
    assert unproved_numbers(text, text, language=language) == ()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_take_no_time(text: str) -> None:
    unproved_numbers("43", "43")
    begun = time.perf_counter()
    assert unproved_numbers(text, text) == ()
    # Seconds are enough on any machine; a quadratic step would take minutes.
    assert time.perf_counter() - begun < 20


def test_the_signs_of_currencies_are_those_of_unicode() -> None:
    sign = re.compile(f"[{CURRENCIES}]")
    letters = map(chr, range(sys.maxunicode + 1))
    wrong = [one for one in letters if bool(sign.match(one)) != (unicodedata.category(one) == "Sc")]
    assert all(0x20A0 <= ord(one) <= 0x20CF and not unicodedata.name(one, "") for one in wrong)


def test_threads_that_want_the_words_of_a_language_at_once_make_them_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[str] = []
    all_there = Barrier(4)
    engine = cldr._engine

    def slowly(language: str) -> Any:
        made.append(language)
        time.sleep(0.02)
        return engine(language)

    def wanted() -> bool:
        all_there.wait()
        return "syv" in cldr.table_for("", "da").amounts

    monkeypatch.setattr(cldr, "_engine", slowly)
    cldr._made_table.cache_clear()
    cldr._tables.cache_clear()
    with ThreadPoolExecutor(4) as threads:
        assert all(one.result() for one in [threads.submit(wanted) for _ in range(4)])
    assert made.count("da") == 1
