"""The words of numbers in each language, as the Unicode CLDR has them."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from unicode_rbnf import RbnfEngine

LATIN = ("en", "de", "fr", "es", "pt")
LANGUAGES = (*LATIN, "ru", "uk", "ar", "zh", "ja")
WORDS = files("claimcompare.stages.quantities").joinpath("cldr.json")
WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u0652\xad'’ʼ])*")

_SCRIPTS = (
    (re.compile(r"[\u0400-\u04ff]"), ("ru", "uk")),
    (re.compile(r"[\u0600-\u06ff]"), ("ar",)),
)
# The English press's abbreviations, which CLDR has not: the power of ten that each stands for.
_PRESS = {"bn": 9, "mn": 6, "tn": 12}
_LONGEST_WORD = 80
_THOUSAND = 1000
# Which rules spell which numbers. Ordinals end at ninety-ninth, or the table would be too large.
_COUNTING, _ORDINAL, _YEAR = "cardinal|leading|numbering(?!-year)", "ordinal", "numbering-year"
_SPELLED = (
    (range(_THOUSAND), _COUNTING),
    (range(100), _ORDINAL),
    (range(1100, 2100), _YEAR),
)
_FIRST_HUNDRED = range(100, 200)
# By process: what a fork leaves in its child may be locked by a thread that is not there.
_making: dict[int, Lock] = {}


class Table(NamedTuple):
    """The number words of some languages: each spelling, folded, with its amount."""

    amounts: dict[str, int]
    # Those whose absence is worth a doubt; the others only prove.
    sure: set[str]
    longest: dict[str, int]
    joints: set[str]
    minus: set[str]


@lru_cache(10_000)
def fold(word: str) -> str:
    """The word without its case, accents and marks."""
    if len(word) > _LONGEST_WORD:
        return ""
    kept = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in kept if letter.isalnum())


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a short text, each folded."""
    return tuple(fold(word) for word in WORD.findall(text))


def table_for(text: str, language: str) -> Table:
    """The number words to look for in this text."""
    own = re.split("[-_]", language.lower())[0]
    # It becomes a part of the name of a file.
    own = own if re.fullmatch("[a-z]{2,3}", own) else "en"
    # Chinese numerals need no words; what else stands in such a text is English.
    languages = {"en" if own in {"zh", "ja"} else own}
    for script, written_in_it in _SCRIPTS:
        # Where the language itself is of that script its words are read alone.
        if script.search(text) and not languages & set(written_in_it):
            languages.update(written_in_it)
    return _tables(tuple(sorted(languages)))


@cache
def _tables(languages: tuple[str, ...]) -> Table:
    whole = Table({}, set(), {}, set(), set())
    for language in languages:
        one = _table(language)
        for all_of_it, more in zip(whole, one, strict=True):
            all_of_it.update(more)  # type: ignore[attr-defined]
    return whole


def _table(language: str) -> Table:
    """The number words of one language."""
    # Making it takes a while, and in each of the threads that want it at once it would take longer.
    with _making.setdefault(os.getpid(), Lock()):
        return _made_table(language)


@cache
def _made_table(language: str) -> Table:
    """The number words of one language, got by spelling numbers in every form it has."""
    table = Table({}, set(), {}, set(), set())
    try:
        engine = _engine(language)
    except ValueError:
        return table
    for amount, rules, form in _forms(engine):
        words = folded_words(form)
        key = " ".join(words)
        table.amounts[key] = amount
        table.longest[words[0]] = max(len(words), table.longest.get(words[0], 0))
        if _is_sure(amount, rules):
            table.sure.add(key)
    table.joints.update(_joints(engine, table))
    table.minus.update(folded_words(form)[0] for _, form in _spelled(engine, -3))
    return table


def _engine(language: str) -> RbnfEngine:
    """What spells numbers in a language; raises ValueError where nothing does."""
    from unicode_rbnf import RbnfEngine

    return RbnfEngine.for_language(language)


def _is_sure(amount: int, rules: str) -> bool:
    # "one" is an article or a pronoun, "second" a span of time; and the Russian ablative of
    # seven is spelled like "family".
    return amount > (2 if "ordinal" in rules else 1) and "ablative" not in rules


def _forms(engine: RbnfEngine) -> Iterator[tuple[int, str, str]]:
    """The numbers below a thousand and the years, with their rules, as words."""
    for amounts, rules in _SPELLED:
        for amount in amounts:
            for name, form in _spelled(engine, amount, rules):
                # "deux mille trois" is put together as all thousands are.
                if amount < _THOUSAND or not scales().keys() & set(folded_words(form)):
                    yield amount, name, form
    # "a hundred and five" is not spelled with "one".
    ones = dict(_spelled(engine, 1))
    for amount in _FIRST_HUNDRED:
        for rules, form in _spelled(engine, amount, _COUNTING):
            if form.startswith(ones.get(rules, "?")) and form != ones[rules]:
                yield amount, rules, form.removeprefix(ones[rules])


def _spelled(engine: RbnfEngine, amount: int, rules: str = "") -> list[tuple[str, str]]:
    """The number under each rule whose name matches, where it gives words."""
    from unicode_rbnf.engine import NoRuleForNumberError

    names = [
        name
        for name, rule in engine.rulesets.items()
        if name.startswith("spellout") and re.search(rules, name)
        # French says in a rule of its own how eighty stands before thousands.
        if not rule.is_private or name == "spellout-leading"
    ]
    try:
        forms = engine.format_number(amount, ruleset_names=names).text_by_ruleset
    except (NoRuleForNumberError, ValueError):
        return []
    return [(name, form) for name, form in forms.items() if WORD.search(form)]


def _joints(engine: RbnfEngine, table: Table) -> set[str]:
    """The words that stand between parts of a number ("and"), being no number themselves."""
    words = {
        word
        for amount in (101, 1001, 1100)
        for _, form in _spelled(engine, amount, "cardinal")
        for word in folded_words(form)
    }
    return words - table.longest.keys() - scales().keys()


@cache
def scales() -> dict[str, frozenset[int]]:
    """The words of scale of all the languages with the powers of ten that they can mean."""
    found: dict[str, set[int]] = {word: {power} for word, power in _PRESS.items()}
    for language in LANGUAGES:
        for word, powers in _words()["compact"][language].items():
            found.setdefault(word, set()).update(powers)
        for word, power in _big_words(language):
            found.setdefault(word, set()).add(power)
    return {word: frozenset(powers) for word, powers in found.items()}


def _big_words(language: str) -> Iterator[tuple[str, int]]:
    """The words of scale in all cases, as they end a number in words."""
    engine = _engine(language)
    compact = _words()["compact"][language]
    for power, count in product((3, 6, 9, 12), (1, 2, 5)):
        for _, form in _spelled(engine, count * 10**power, "cardinal"):
            first, *rest = folded_words(form)
            # "mil millones" has two scales and no count.
            if len(rest) == 1 and first not in compact:
                yield rest[0], power


@cache
def percent_words() -> frozenset[tuple[str, ...]]:
    """What stands after a number for "%", as words."""
    return frozenset(tuple(words.split()) for words in _words()["percent"])


@cache
def months() -> dict[str, frozenset[int]]:
    """The names and abbreviations of months with the numbers that they can mean."""
    return {word: frozenset(numbers) for word, numbers in _words()["months"].items()}


@cache
def day_names() -> re.Pattern[str]:
    """The names of days, some of which have a number in them."""
    return re.compile("|".join(map(re.escape, _words()["days"])), re.IGNORECASE)


@cache
def currency_codes() -> frozenset[str]:
    """The codes of currencies, which stand before an amount as a name does ("EUR5")."""
    return frozenset(_words()["currencies"])


@cache
def _words() -> dict[str, Any]:
    """The words other than spelled numbers, made by tests/stages/cldr_words.py."""
    found: dict[str, Any] = json.loads(WORDS.read_text(encoding="utf-8"))
    return found


def likely_language(text: str) -> str:
    """The language in Latin script of whose words of number the text has most."""
    words = Counter(folded_words(text))
    return max(LATIN, key=lambda language: _named(words, _table(language).amounts))


def _named(words: Counter[str], known: Container[str]) -> int:
    return sum(times for word, times in words.items() if word in known)
