"""Sentences in the languages that news is read in."""

import pytest

from claimcompare.articles.languages import language_of, script_of
from claimcompare.articles.segmenters import starts
from tests.articles.offsets import sentence_offsets

WITH_SPACES = {
    "de": [
        "Der Damm brach am 3. Mai. | Die Bewohner von Altersbach wurden am 12. Juni evakuiert.",
        "Dr. Hanna Weiß widersprach. | „Das stimmt nicht“, sagte sie.",
        "Mehrere Orte, z. B. Altersbach, waren betroffen. | Der 2. Vorsitzende schwieg.",
        "Laut § 5 Abs. 2 ist das verboten. | Der sog. Rat tagte bzw. schwieg.",
        "Im 19. Jahrhundert war es anders. | Karl III. besuchte Krummau bis zum 1. Januar.",
        "Sie traf Horst Lamm, Minister a. D., um 18.00 Uhr. | Bis zum 5. | Danach schwieg sie.",
        "Er sagte: „Es ist sicher. Niemand ist in Gefahr.“ | Dann ging er.",
        "Der Zug um 9 Uhr fiel aus usw. | Die Bahn bat um Geduld … | Warum?",
        "Die ital. Firma schuldet ca. 3,5 Mio. Euro. | Es stieg um 1,80 m. | Niemand ging.",
    ],
    "fr": [
        "M. Delorme a démenti. | Mme Roux et Mgr. Petit l'ont confirmé.",
        "« Ce n'est pas vrai », a-t-il dit. | Elle est partie.",
        "« Le pont est sûr. » | Il a quitté la salle. | Qui le croit ?",
        "Il a déclaré : « Le pont est sûr. Personne n'est en danger. » | Puis il est parti.",
        "« Quand ? » a demandé le maire. | Personne n'a répondu.",
        "Les élus, c.-à-d. le maire et J.-P. Morel, refusent. | Le vote est reporté.",
        "La société Briand & Cie. a fermé. | M. P. Morel le regrette.",
        "L'eau a monté de 3,5 m. | Le préfet, voir p. 12, se tait…",
    ],
    "es": [
        "¿Quién lo hizo? | Nadie lo sabe.",
        "¡Basta! | ¿Por qué? | ¡No es verdad! | El alcalde lo niega.",
        "El Sr. Robles lo negó. | La Sra. Pinto y la Dra. Vega lo confirmaron.",
        "—No fue así —dijo el Sr. Robles—. | Nadie le creyó.",
        "Dijo: «No es seguro. Nadie debe entrar». | Luego se fue.",
        "EE. UU. no respondió. | Ud. no lo vio, p. ej. en la Avda. Real, núm. 12.",
        "La calle tiene 3 km. y el puente mide 40 m. | Ambos cerraron.",
    ],
    "ru": [
        "В. В. Орлов приехал в г. Каменск. | Он отказался говорить.",
        "Пострадали дома, школы и т. д. | Власти молчат.",
        "Директор И.И. Петренко ушёл. | Почему? | Неизвестно!",
        "«Почему? Кто это сделал?» — спросил он. | Ответа не было.",
        "— Кто виноват? — спросил судья. | — Не знаю, — ответил он.",
        "Это случилось в 2019 г. | Тогда мэром был А. Соколов.",
        "В 2020 г. Заречное затопило. | Ущерб составил 3,5 млн. руб. | Мэр это отрицает.",
        "В 2019 г. В. Орлов стал мэром, а в 2021 г. И. Крюков. | Оба молчат.",
        "По адресу ул. Ленточная, д. 5, живёт проф. Белов. | Он видел всё, т. е. пожар.",
    ],
    "uk": [
        "В. В. Орленко приїхав до м. Камінськ. | Він відмовився говорити.",
        "Постраждали будинки, школи і т. д. | Влада мовчить.",
        "Є. Ярош, Ї. Гай та проф. Білик прийшли. | Вони мовчали.",
        "Директор І.І. Петрук пішов. | Чому? | Невідомо!",
        "Це сталося у 2019 р. | Тоді мером був А. Соколенко.",
        "За адресою вул. Стрічкова, буд. 5, мешкає т. зв. очевидець. | Він бачив усе.",
        "«Міст безпечний. Небезпеки немає», — сказав мер. | Збитки — 3 млн. грн. | Хто платить?",
    ],
    "ar": [
        "هل ذهب؟ | نعم ذهب.",
        "قال المتحدث رامي كنعان إن الجسر آمن. | ولم يرد أحد.",
        "انهار السد في 3 مايو. | نفى د. سالم ذلك.",
        "أوضح أ. د. كمال أن السد قديم. | بلغت الخسائر 3.5 مليون دولار. | لماذا؟",
        "قال: «الجسر آمن. لا خطر». | ثم غادر.",
        "حضر كل من: سالم، كمال، رامي. | وانتهى ليلا!",
    ],
    "ur": ["کیا پل محفوظ ہے؟ | میئر نے کہا ہاں۔ | ڈاکٹر سلیم نے انکار کیا۔"],
    "hi": ["क्या पुल सुरक्षित है? | महापौर ने कहा हाँ। | डॉ. सलीम ने इनकार किया।"],
    "el": ["Η γέφυρα είναι ασφαλής. | Ποιος το είπε; | Κανείς δεν απάντησε."],
    "ko": ['"다리는 안전하다."라고 말했다. | 그는 떠났다. | 누가 그랬나?'],
    "ka": ["ხიდი უსაფრთხოა. | ის წავიდა."],
    "hy": ["Կամուրջը ապահով է։ | Նա գնաց։"],
    "am": ["ድልድዩ ደህና ነው። | ሄደ።"],
}
WITHOUT_SPACES = {
    "zh": [
        "他说没有。|我们知道！|真的吗？！|好",
        "他说：“没有。”|她走了。",
        "“桥是安全的。”市长说。|没有人相信。",
        "“安全吗？”她问。|“不。”他说。",
        "「橋是安全的。」|市長離開了。",
        "他问：“谁干的？为什么？”|没有人回答。",
        "他说：『桥很安全。没有危险。』|损失达3.5亿元。",
        "（记者 李明。五月）大桥倒塌。|原因不明。",
    ],
    "ja": [
        "「橋は安全だ。」と市長は述べた。|誰も信じなかった。",
        "「橋は安全だ」と述べた。|次。",
        "「誰がやったのか。なぜだ。」|市長は去った。",
        "『安全です。危険はない。』と語った。|とても長い会見だった。",
        "市長（52歳。元議員）は否定した。|損害は3.5億円だ。",
        "何が起きたのか?|市長は「知らない!」と答えた。|終わり。",
    ],
}
CASES = [
    *((code, text.split(" | "), " ") for code, texts in WITH_SPACES.items() for text in texts),
    *((code, text.split("|"), "") for code, texts in WITHOUT_SPACES.items() for text in texts),
]


@pytest.mark.parametrize("told", [True, False], ids=["told", "guessed"])
@pytest.mark.parametrize(("code", "sentences", "between"), CASES)
def test_a_language_s_sentences_end_where_its_readers_see_them_end(
    code: str, sentences: list[str], between: str, *, told: bool
) -> None:
    text = between.join(sentences)
    offsets = sentence_offsets(text, code if told else None)
    assert [text[start:end] for start, end in offsets] == sentences


@pytest.mark.parametrize("code", ["de", "fr", "es"])
def test_a_language_of_latin_script_is_told_by_its_common_words(code: str) -> None:
    assert language_of(" ".join(WITH_SPACES[code]).replace(" | ", " "), None) == code


@pytest.mark.parametrize(
    ("text", "stated", "code"),
    [
        ("The mayor of La Paz left.", None, "en"),
        ("Headline", None, "en"),
        ("Il sindaco che non ha detto della diga", None, ""),
        ("The mayor left.", "de-AT", "de"),
        ("Der Rat und das Amt", "EN_us", "en"),
        ("Der Rat und das Amt", "deu", "de"),
        ("Der Rat und das Amt", "", "de"),
    ],
)
def test_the_language_stated_goes_before_the_one_guessed(
    text: str, stated: str | None, code: str
) -> None:
    assert language_of(text, stated) == code


@pytest.mark.parametrize(
    ("line", "script"),
    [
        ("Dam breaks", "latin"),
        ("“Größe” 3,5 — über", "latin"),
        ("Мост TV", "cyrillic"),
        ("BBC: мост закрыт", "cyrillic"),
        ("橋は安全", "other"),
        ("橋は安全 OK", "other"),
        ("الجسر", "arabic"),
        ("«…» — “3”", "latin"),
        ("x" * 10 + "мост" * 10_000, "cyrillic"),
    ],
)
def test_a_line_s_script_is_that_of_most_of_its_letters(line: str, script: str) -> None:
    assert script_of(line) == script


def test_each_line_is_read_by_its_own_script() -> None:
    text = "The mayor, Mr. Hill, left.\nМэр г. Каменск ушёл. Он молчал.\n市长走了。他不说。"
    assert [text[start:end] for start, end in sentence_offsets(text)] == [
        "The mayor, Mr. Hill, left.",
        "Мэр г. Каменск ушёл.",
        "Он молчал.",
        "市长走了。",
        "他不说。",
    ]


def test_english_is_read_as_the_library_reads_it() -> None:
    text = "Mr. Hill said “It is safe. Nobody is hurt.” He left in anger. Nobody asked him."
    found = [start for start, _ in sentence_offsets(text)]
    assert found == [0, *starts(text, "nupunkt", "latin", "en")]


def test_a_long_quotation_is_told_apart_into_its_sentences() -> None:
    text = "市长说：“" + "桥很安全，没有任何危险。" * 20 + "”他走了。"
    assert len(sentence_offsets(text)) == 21
