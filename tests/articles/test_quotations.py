"""Quotations: where they begin and end, whatever marks stand around them."""

import pytest

from claimcompare.articles import has_quotation_mark
from tests.articles.quoted import check


@pytest.mark.parametrize(
    "marked",
    [
        "“⟦The quay is dry. It was,⟧” Una Brock said. “⟦So it stays.⟧”",
        '"⟦The quay is dry. It was,⟧" Una Brock said. "⟦So it stays.⟧"',
        "``⟦The quay is dry,⟧'' Una Brock said. ``⟦It was.⟧''",
        "''⟦The quay is dry,⟧'' Una Brock said. ''⟦It was.⟧''",
        "‘⟦The quay is dry,⟧’ Una Brock said. ‘⟦It was.⟧’",
        "'⟦The quay is dry,⟧' Una Brock said. '⟦It was.⟧'",
        "„⟦Der Kai ist trocken⟧“, sagte Una Brock. „⟦Er war es.⟧“",
        '„⟦Der Kai ist trocken⟧", sagte Una Brock. „⟦Er war es.⟧"',
        "„⟦Nabrzeże jest suche⟧”, powiedziała Una Brock. „⟦Było.⟧”",
        "“⟦Der Kai ist trocken⟧“, sagte Una Brock. “⟦Er war es.⟧“",
        "»⟦Der Kai ist trocken⟧«, sagte Una Brock. »⟦Er war es.⟧«",
        "›⟦Der Kai ist trocken⟧‹, sagte Una Brock. ‚⟦Er war es.⟧‘",
        "”⟦Kajen är torr⟧”, sa Una Brock. »⟦Den var det.⟧»",
        "«⟦Le quai est sec⟧», a dit Una Brock. ‹⟦Il l’était.⟧›",
        "«⟦ Le quai est sec ⟧», a dit Una Brock. «⟦ Il l’était. ⟧»",
        "«⟦\u00a0Le quai est sec\u202f⟧», a dit Una Brock.",
        '"⟦ Le quai est sec ⟧", a dit Una Brock.',
        "«⟦Причал сухой⟧», — сказала Уна Брок. «⟦Был.⟧»",
        "「⟦码头是干的。⟧」王明说。『⟦是的⟧』他说。",
        "王明说：“⟦码头是干的。⟧”他走了。‘⟦是的⟧’",
        "王明说\"⟦码头是干的。⟧\"他走了。'⟦是的⟧'他说",
        "우나 브록은 \"⟦부두가 말라 있다⟧\"고 말했다. '⟦젖었다⟧'고 했다.",
        'قالت أونا بروك: "⟦الرصيف جاف⟧". «⟦كان⟧»',
        'אונה ברוק אמרה: "⟦הרציף יבש⟧".',
        '"⟦Rıhtım kuru⟧"dur dedi Una Brock.',
        "(“⟦It is dry⟧”)—‘⟦so⟧’—said Una Brock.",
        "«⟦😀 e\u0301 sec\u0301⟧» “⟦cafe\u0301⟧” ‘⟦cafe\u0301⟧’",
    ],
)
def test_any_marks(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "“⟦She called it ‘dry’, and ‘wet’,⟧” Una Brock said.",
        "‘⟦She called it “dry”, and “wet”,⟧’ Una Brock said.",
        "'⟦She called it \"dry. It was.\" So be it,⟧' Una Brock said.",
        "„⟦Sie nannte ihn ‚trocken‘ und »nass«⟧“, sagte Una Brock.",
        "„⟦Sie nannte ihn „trocken“ und „nass“⟧“, sagte Una Brock.",
        "«⟦Elle l’a dit « sec » et “net”⟧», a dit Una Brock.",
        "«⟦Газета «Причал» писала⟧», — сказала Уна Брок. «⟦Да⟧».",
        "「⟦彼女は『乾いている』と言った。⟧」次。",
        "“⟦‘It is dry,’ she told me,⟧” Una Brock said.",
        "\"⟦'It is dry,' she told me,⟧\" Una Brock said.",
        # One mark closes both.
        "«⟦Газета «Причал⟧», — сказала Уна Брок. «⟦Да⟧».",
        "“⟦It is dry. “It was,⟧” Una Brock said. “⟦So.⟧”",
    ],
)
def test_nested_ones_belong_to_the_outer_one(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "text",
    [
        "We don’t say that the workers’ union, of the ’90s, is O’Neill’s.",
        "We don't say that the workers' union, of the '90s, is O'Neill's.",
        "Rock 'n' roll, rock ’n’ roll, and rock ‘n’ roll at the boys' club.",
        "In the ‘90s it was dry. The workers’ union, of ‘68, left.",
        "C’est l’été, aujourd’hui, et qu’il l’a dit.",
        "L'union, d'accord, n'a qu'un quai.",
        "Ha messo un po' d'acqua. L'ha detto un po’ dopo.",
        "O‘zbekiston, Hawai‘i und Ku'damm.",
        "'Abd al-Rahman left. He joined the workers' union.",
    ],
)
def test_an_apostrophe_is_no_quotation_mark(text: str) -> None:
    check(text)
    assert not has_quotation_mark(text)


@pytest.mark.parametrize(
    "marked",
    [
        "‘⟦The workers’ union is dry,⟧’ Una Brock said of the boys’ club.",
        "'⟦The workers' union is dry,⟧' Una Brock said of the boys' club.",
        "‘⟦The workers’ union is dry⟧’, Una Brock said.",
        "The ‘⟦dry⟧’ quay is the workers’ union’s.",
        "It's a '⟦dry⟧' quay. '⟦That's so,⟧' she said.",
        "‘⟦It wasn’t in the ’90s. Rock ’n’ roll was,⟧’ Una Brock said.",
        "'⟦It was in the '90s. It wasn't later,⟧' Una Brock said.",
        "‘⟦L’été est sec. Il l’était⟧’, a dit Una Brock.",
        "‚⟦Ku’damm. Er ist’s⟧‘, sagte Una Brock.",
    ],
)
def test_a_single_quotation_may_hold_apostrophes(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        'A 6" pipe and a 5\'11" keeper stood by an 8" one. It rained.',
        "A 6” pipe and a 5’11” keeper stood by an 8” one. It rained.",
        "A 5½\" pipe, 6'' wide, and a 6' wall. It rained.",
        '"⟦The 6" pipe is dry,⟧" Una Brock said. "⟦So.⟧"',
        "“⟦The 6” pipe, of 5’11”, is dry,⟧” Una Brock said.",
        "'⟦The 6' wall is dry,⟧' Una Brock said.",
        '"⟦It was in 1986⟧" she said, "⟦or 1987.⟧"',
        'She said "⟦6⟧" and "⟦7⟧".',
        'A 6 " pipe is dry. It rained.',
        'Das 6"-Rohr und der 24"-Schirm. Es regnete.',
        'צה"ל וארה"ב אמרו. "⟦צה"ל אמר,⟧" אמרה. ה"⟦ארץ⟧".',
    ],
)
def test_marks_of_inches_and_within_words_swallow_nothing(marked: str) -> None:
    check(marked)


PARAGRAPH_ENDS = ["\n", "\n\n", "\r\n", "\r", "\n \n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"]


@pytest.mark.parametrize("gap", PARAGRAPH_ENDS)
@pytest.mark.parametrize("marks", ["“”", '""', "„“", "«»", "»«", "「」", "‘’", "””"])
def test_an_unclosed_quotation_ends_with_its_paragraph(marks: str, gap: str) -> None:
    check(f"{marks[0]}⟦It is dry. It was.⟧{gap}It rained.{gap}{marks[0]}⟦So.⟧{marks[1]}")


@pytest.mark.parametrize("gap", PARAGRAPH_ENDS)
@pytest.mark.parametrize("marks", ["“”", '""', "„“", "«»", "»«", "「」", "‘’", "''", "””", "‹›"])
def test_a_quotation_goes_on_where_paragraphs_begin_with_its_mark(marks: str, gap: str) -> None:
    opens, closes = marks[0], marks[1]
    paragraphs = [f"Una: {opens}⟦It is dry. It was.", f"{opens}It stays.", f"  {opens}So be it."]
    check(f"{gap.join(paragraphs)}⟧{closes}, said she. {opens}⟦So.⟧{closes}")
    check(f"{gap.join(paragraphs)}⟧{gap}It rained.")


@pytest.mark.parametrize("again", ["»", "« ", "» "])
def test_french_and_spanish_may_begin_with_the_closing_mark_again(again: str) -> None:
    check(f"«⟦ Il est sec.\n{again}Il l’était. ⟧», a-t-elle dit. «⟦ Oui. ⟧»")
    check("“⟦Está seco.\n”Lo estaba⟧”, dijo Una Brock. “⟦Sí.⟧”")


@pytest.mark.parametrize(
    "marked",
    [
        "“⟦It is dry,⟧” she said.\n\n“⟦It was,⟧” he said.",
        "‘⟦It is dry,⟧’ she said.\n\n‘⟦It was,⟧’ he said.",
        "»⟦Er ist trocken⟧«, sagte sie.\n»⟦Nein⟧«, sagte er.",
        '"⟦It is dry.⟧"\n\n"⟦It was.⟧"',
        '"⟦It is dry.⟧\n\n“⟦It was,⟧” he said.',
        "「⟦是的。⟧」\n「⟦不。⟧」",
        "'90s music is back.\n\n'⟦It is,⟧' she said.\nThe workers' union agreed.",
        "'⟦Dry⟧' quay shut\n\n'⟦It is dry,⟧' she said.",
    ],
)
def test_each_paragraph_has_its_own_quotations(marked: str) -> None:
    check(marked)


@pytest.mark.parametrize(
    "marked",
    ["Dry.” It was.", "Trocken.“ Er war es.", "Sec. » Il l’était.", "码头。」他说。", "Dry,' she."],
)
def test_a_closing_mark_alone_closes_nothing(marked: str) -> None:
    check(marked)
