"""What tells languages apart, and which of their stops end no sentence."""

import re
from collections import Counter
from typing import Literal, NamedTuple

Script = Literal[
    "latin", "cyrillic", "greek", "arabic", "devanagari", "armenian", "ethiopic", "myanmar", "other"
]
GUESSED_FROM = 20_000
JUDGED_BY = 2_000
_TELLING = 4


class Habits(NamedTuple):
    """How a language uses the full stop.

    `opening` are words a sentence often begins with. No sentence ends behind `short` words; behind
    `closing` ones it does if an opening word follows.
    """

    opening: frozenset[str]
    short: frozenset[str] = frozenset()
    closing: frozenset[str] = frozenset()


def _habits(opening: str, short: str = "", closing: str = "") -> Habits:
    return Habits(*(frozenset(words.split()) for words in (opening, short, closing)))


ENGLISH = _habits(
    "the and of to in is was were that for with on he she it they we but not this there by from"
)
OTHER = Habits(frozenset())
_LATIN = {
    "en": ENGLISH,
    "de": _habits(
        """der die das den dem des ein eine einen und ist nicht wird wurde er sie es wir ich man mit
        von für auf bei nach im in am an zu auch aber doch dann danach dort heute so was wer wie
        warum wenn niemand alle als dabei damit jetzt laut trotz zwei seit""",
        """abs allg amtl art aufl bd bes bspw bzgl bzw ca dipl dr ehem engl evtl fam fr franz geb
        gegr gem gest ggf hbf hl hr hrsg inkl insb ital jh jr kath lt max mind nr prof rd röm russ
        sen sog st städt std str tel u.a verh vgl vs zzgl jan febr okt nov dez""",
        "etc usw uvm dgl mio mrd h m km kg cm ii iii iv vi " + " ".join(map(str, range(1, 100))),
    ),
    "fr": _habits(
        """le la les l un une des du de et est dans en au aux pas pour que qui sur il elle ils elles
        on nous ce cette ces mais puis selon après avant deux""",
        """adj apr art av bd boul c.-à-d cf chap dép dr env ex fig hab janv juil mgr mlle mme mm nov
        no oct p pp pr prof sept st ste sté tél vol""",
        "cie etc h m km kg cm suiv",
    ),
    "es": _habits(
        """el la los las lo un una y en de del que no con por para se su al es fue él ella ellos
        nadie pero luego según ambos cuando tras dos este esta""",
        """adm admón apdo art arts av avda c.a cap cía d.ª dept dir dn dpto dr dra dras dres ed ej
        esq fig gral ing izq lic licda mons núm n.º pág págs p.ej pdte prof profa prov sr sra sras
        sres srta sta sto tel tte ud uds vd vds vol""",
        "etc h m km kg cm uu",
    ),
    "": _habits("og det att och het een van il che di della não uma os em że się nie jest w z na"),
}
_RUSSIAN_OPENING = """в на с к о по и а но не он она оно они мы это этот эта эти там тогда так также
    однако после потом до за из при когда если как что кто ранее позже сегодня теперь власти никто
    """
_UKRAINIAN_OPENING = """у з до й та але він вона воно вони ми це цей ця ці тоді також однак після
    потім за із при коли якщо як що хто раніше пізніше сьогодні тепер влада ніхто"""
_CYRILLIC = _habits(
    _RUSSIAN_OPENING + _UKRAINIAN_OPENING,
    """акад бульв буд вул газ ген гл гос гр див доц др-р дир зав зам зв им ім инж напр нач обл
    оз оф пгт пер пл пос пров проф просп пр-т рад ред рис род св ст стор стр см табл тел тов тыс
    тис ул хв чл шт экз""",
    "г гг р рр д п др ін пр проч км кг сек мин час",
)
_ARABIC = _habits("", "أ.د")
_SCRIPTS: tuple[tuple[Script, re.Pattern[str]], ...] = (
    ("latin", re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
    ("cyrillic", re.compile(r"[\u0400-\u052f]")),
    ("greek", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("armenian", re.compile(r"[\u0530-\u058f]")),
    ("arabic", re.compile(r"[\u0600-\u06ff\u0750-\u077f]")),
    ("devanagari", re.compile(r"[\u0900-\u097f]")),
    ("ethiopic", re.compile(r"[\u1200-\u137f]")),
    ("myanmar", re.compile(r"[\u1000-\u109f]")),
)
_WORD = re.compile(r"[^\W\d_]+")
_PRIMARY = re.compile(r"[a-z]{2}(?![a-z])")


def script_of(line: str) -> Script:
    """The script that most letters at the beginning of a line are written in."""
    if line.isascii():
        return "latin"
    start = line[:JUDGED_BY]
    counts = {script: len(letters.findall(start)) for script, letters in _SCRIPTS}
    known = max(counts, key=lambda script: counts[script])
    letters = sum(len(word) for word in _WORD.findall(start))
    return known if counts[known] * 2 > letters or not letters else "other"


def language_of(text: str, stated: str | None) -> str:
    """The two letters of the language stated, or else guessed from common words; may be empty."""
    primary = _PRIMARY.match((stated or "").strip().lower())
    return primary.group() if primary else _best(_scores(text[:GUESSED_FROM]))


def language_of_line(line: str, otherwise: str) -> str:
    """The language that a line's own words tell, whatever stands beside it in the article."""
    scores = _scores(line[:JUDGED_BY])
    best = _best(scores)
    return best if scores[best] >= _TELLING else otherwise


def _scores(text: str) -> dict[str, int]:
    words = Counter(_WORD.findall(text.lower()))
    return {
        language: sum(words[word] for word in habits.opening) for language, habits in _LATIN.items()
    }


def _best(scores: dict[str, int]) -> str:
    return max(scores, key=lambda language: scores[language])


def habits_of(script: Script, language: str) -> Habits:
    """How stops are used in a line of that script and an article of that language."""
    if script == "latin":
        return _LATIN.get(language, OTHER)
    return {"cyrillic": _CYRILLIC, "arabic": _ARABIC}.get(script, OTHER)
