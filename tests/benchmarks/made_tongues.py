"""Made-up languages: each with words for the same things, and a spelling of the same names.

The small words are real, so that they stand as often as such words do; all others are made up, as
long and as many as in news. A thing has three words in each language, which share no beginning.
"""

from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import NamedTuple

THINGS = 6_000
# Of the words for a thing, how often each is taken.
_SYNONYMS = (60, 85, 100)
_SYLLABLES = (
    "bar ko lin mer da vu sel ti or ga nem ply ro sha ban del fi gru hol jen ka lor mi nav os pel "
    "qui ras tam ul ver wen yo zil"
).split()


class Spelling(NamedTuple):
    """How a language writes: its small words, its syllables, its endings, those of names."""

    small: Sequence[str]
    syllables: Sequence[str]
    endings: Sequence[str]
    of_names: Sequence[str]
    space: str = " "
    stop: str = "."
    quotes: tuple[str, str] = ("“", "”")


_CYRILLIC = (
    "бар ко лин мер да ву сел ти ор га нем пли ро ша бан дел фі гру хол єн ка лор мі нав ос пел "
    "кві рас там ул вер вен йо зіл"
).split()
_ARABIC = (
    "بار كو لين مر دا فو سل تي أور غا نم بلي رو شا بان دل في غرو هول جن كا لور مي ناف أوس بل "
    "كوي راس تام أول فر ون يو زيل"
).split()
_CHINESE = list("巴科林默达武塞蒂奥加内普罗沙班德菲格霍金卡洛米纳斯佩奎拉塔乌维温约齐")
_MORE_CHINESE = list(
    "安白北本比边变表别并部采产长场城成程出处传从村代单导道等低地点电定东动都队对多发法方房非分"
    "风府改干感高工公共关管光广国果过海合和河黑红后化话环回会活火机基及极集计技济家价间建江将交"
    "教接结解界今金进经景警决军开看康科口来劳老离理力立利联量列林流龙路旅论马满民命目难能年农女"
)
SPELLINGS = {
    "en": Spelling(
        "the of to in and a that for on with was as at by it from has but not are were an this "
        "after its had be which their said".split(),
        [*_SYLLABLES, *"ing ter con pro ment age sion ble over out stra clo".split()],
        ["", "", "", "s", "ed", "ing"],
        ["", "", "", "'s"],
    ),
    "de": Spelling(
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es "
        "an werden aus er hat dass sie nach".split(),
        [*_SYLLABLES, *"ung schaft lich keit ver ge zer ster haus werk".split()],
        ["", "", "en", "e", "er", "s"],
        ["", "", "", "s"],
        quotes=("„", "“"),
    ),
    "es": Spelling(
        "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus "
        "le ha me si".split(),
        [*_SYLLABLES, *"ción dad mente ero ista al ado".split()],
        ["", "", "s", "o", "a", "os"],
        [""],
        quotes=("«", "»"),
    ),
    "uk": Spelling(
        "у в на з що до не та і за про від як для це його є було також але які після ще під час "
        "або їх вже має".split(),
        [*_CYRILLIC, *"ння ськ ість пере роз під ува".split()],
        ["", "а", "и", "ів", "ом", "ти"],
        ["", "", "а", "у", "ом"],
        quotes=("«", "»"),
    ),
    "ar": Spelling(
        "في من على أن إلى عن مع هذا التي الذي كان قد ما لم بعد بين هو هي كما أو كل حيث ذلك عند غير "
        "منذ خلال وقد ولا ثم".split(),
        _ARABIC,
        ["", "", "ة", "ات", "ين", "ها"],
        [""],
        quotes=("«", "»"),
    ),
    "zh": Spelling(
        "的 了 在 是 和 有 也 对 与 将 就 被 为 从 到 说 其 这 并 但".split(),
        _MORE_CHINESE,
        [""],
        [""],
        space="",
        stop="。",
    ),
}
_NAMES = {"uk": _CYRILLIC, "ar": _ARABIC, "zh": _CHINESE}


class Tongue:
    """A language of the made-up world."""

    def __init__(self, language: str, seed: int) -> None:
        self.language = language
        self.spelling = SPELLINGS[language]
        self._names = _NAMES.get(language, _SYLLABLES)
        random = Random(f"tongue {language} {seed}")  # noqa: S311 - no secret
        self._words = [self._made(random) for _ in range(THINGS * len(_SYNONYMS))]
        self._small = list(accumulate(1 / rank for rank in range(1, len(self.spelling.small) + 1)))

    def word(self, thing: int, random: Random) -> str:
        """One of the words for a thing, with an ending."""
        at = random.random() * _SYNONYMS[-1]
        which = 0 if at < _SYNONYMS[0] else 1 if at < _SYNONYMS[1] else 2
        word = self._words[thing * len(_SYNONYMS) + which] + random.choice(self.spelling.endings)
        # German nouns begin with a capital, and half of all things are named by nouns.
        return word.capitalize() if self.language == "de" and thing % 2 else word

    def name(self, syllables: Sequence[int]) -> str:
        """One part of a name."""
        return "".join(self._names[one] for one in syllables).capitalize()

    def full_name(self, parts: Sequence[Sequence[int]], random: Random, *, short: bool) -> str:
        """A name of one or two parts as it stands in a sentence; the last part alone if short."""
        told = parts[-1:] if short else parts
        dot = "·" if self.language == "zh" else " "
        return dot.join(map(self.name, told)) + random.choice(self.spelling.of_names)

    def small(self, random: Random, count: int) -> list[str]:
        """Some of the small words."""
        return random.choices(self.spelling.small, cum_weights=self._small, k=count)

    def sentence(self, parts: Sequence[str], random: Random) -> str:
        """The parts in this order, with small words between them."""
        told: list[str] = []
        for part, between in zip(parts, self.small(random, len(parts)), strict=True):
            if random.random() < 0.6:
                told.append(between)
            told.append(part)
        whole = self.spelling.space.join(told)
        return whole[0].upper() + whole[1:] + self.spelling.stop

    def quoted(self, sentence: str, name: str, random: Random) -> str:
        """A sentence that somebody says."""
        before, after = self.spelling.quotes
        said = self.sentence([name, self.word(17, random)], random)[: -len(self.spelling.stop)]
        return f"{before}{sentence}{after}{self.spelling.space}{said}{self.spelling.stop}"

    def _made(self, random: Random) -> str:
        """Words of one to four syllables; in Chinese, of one to three."""
        most = (1, 2, 2, 2, 3) if self.language == "zh" else (1, 2, 2, 3, 3, 4)
        return "".join(random.choices(self.spelling.syllables, k=random.choice(most)))


def part_of_name(random: Random) -> tuple[int, ...]:
    """The syllables of a part of a name."""
    return tuple(random.choices(range(len(_SYLLABLES)), k=random.choice((2, 2, 3))))
