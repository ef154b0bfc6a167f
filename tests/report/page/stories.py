"""Two accounts of one event in German, and two in Arabic, about things that never happened."""

from claimcompare.schema import Article, Claim, Comparison, Span, Stance
from tests.report import again, comparison, dispute, known, read

_GERMAN: dict[str, tuple[str, ...]] = {
    "bote": (
        "Die Nordschleuse von Dorran ist sicher, sagte die Hafenmeisterin Ines Quill am Montag.",
        "Durch das Tor kommt kein Wasser, sagte sie.",
        "Der Rat hat für den Herbst eine Prüfung angesetzt.",
    ),
    "kurier": (
        "Die Nordschleuse ist nicht sicher, widersprach der Schleusenwärter Oskar Bray.",
        "Die Angeln sind älter als der Hafen, sagte Bray, und das wissen alle.",
    ),
}
_ARABIC: dict[str, tuple[str, ...]] = {
    "bote": (
        "قالت مديرة الميناء إيناس كويل يوم الاثنين إن البوابة الشمالية سليمة.",
        "وأضافت كويل أن الماء لا يتسرب منها.",
        "وحدد المجلس موعدًا للفحص في الخريف.",
    ),
    "kurier": (
        "نفى الحارس أوسكار براي ذلك وقال إن البوابة الشمالية غير سليمة.",
        "وقال براي إن مفاصلها أقدم من الميناء نفسه.",
    ),
}
_STANCES: tuple[tuple[str, int, int, Stance | None], ...] = (
    ("bote", 0, 0, "support"),
    ("bote", 1, 0, "support"),
    ("bote", 2, 2, "context"),
    ("kurier", 0, 1, "denial"),
    ("kurier", 1, 1, None),
)


def german() -> Comparison:
    """The lock, in German; the language is to be guessed."""
    people = (("Ines Quill", "Quill"), ("Oskar Bray",), ("Der Rat",))
    return _made(
        _GERMAN,
        people,
        ("Schleuse ist sicher", "Dorraner Bote", "Zweifel an der Schleuse", "Kurier"),
        "Die Nordschleuse von Dorran ist sicher.",
    )


def arabic() -> Comparison:
    """The lock, in Arabic."""
    people = (("إيناس كويل",), ("أوسكار براي",), ("المجلس",))
    return _made(
        _ARABIC,
        people,
        ("البوابة سليمة", "صحيفة الميناء", "شكوك حول البوابة", "بريد الساحل"),
        "البوابة الشمالية سليمة.",
    )


def _made(
    texts: dict[str, tuple[str, ...]],
    people: tuple[tuple[str, ...], ...],
    names: tuple[str, str, str, str],
    proposition: str,
) -> Comparison:
    titles = dict(zip(texts, (names[:2], names[2:]), strict=True))
    articles = {
        key: Article(
            id=key,
            text="\n\n".join(sentences),
            title=titles[key][0],
            publisher=titles[key][1],
            published=f"2026-05-0{day}",
        )
        for day, (key, sentences) in enumerate(texts.items(), start=4)
    }
    claims = tuple(
        _claim(articles[key], texts[key][at], f"{key}:{at}", people[who][0])
        for key, at, who, _ in _STANCES
    )
    placed = (read(f"{key}:{at}", stance) for key, at, _, stance in sorted(_STANCES, key=_order))
    made = comparison(claims, (dispute(proposition, *placed),))
    return known(again(made, articles=tuple(articles.values())), *people)


def _order(one: tuple[str, int, int, Stance | None]) -> int:
    """The first of each side first, as a pair is made of these."""
    return ("support", "denial").index(one[3]) if one[1] == 0 and one[3] in _SIDED else 2


_SIDED = ("support", "denial")


def _claim(article: Article, sentence: str, claim_id: str, speaker: str) -> Claim:
    start = article.text.index(sentence)
    return Claim(
        id=claim_id,
        article_id=article.id,
        speaker=speaker,
        text=sentence,
        evidence=(Span(start=start, end=start + len(sentence), text=sentence),),
    )
