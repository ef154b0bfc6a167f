"""The English words that rules for small models go by, from `languages/en.toml`."""

import re
import tomllib
from importlib.resources import files

from claimcompare.articles.languages import language_of, script_of
from claimcompare.schema import Article

_ENGLISH = tomllib.loads(
    files("claimcompare.small").joinpath("languages", "en.toml").read_text(encoding="utf-8")
)
# Of the words of a text in English, at least so many are its little words.
_LITTLE_WORDS = 0.15
_WORD = re.compile(r"[^\W\d_]+")
_JUDGED_BY = 2_000


def _words(name: str) -> frozenset[str]:
    found: str = _ENGLISH["words"][name]
    return frozenset(found.split())


def _cue(*names: str) -> re.Pattern[str]:
    """A pattern for any of the words that report."""
    entries = " ".join(_ENGLISH["cues"][name] for name in names).split()
    return re.compile(rf"\b(?:{'|'.join(entries)})\b".replace("_", r"\s"), re.IGNORECASE)


def is_english(article: Article) -> bool:
    """Whether the rules hold for an article: by what it states, else by its little words."""
    text = article.text[:_JUDGED_BY]
    if script_of(text) != "latin" or language_of(article.text, article.language) != "en":
        return False
    found = _WORD.findall(text.casefold())
    little = sum(word in FUNCTION_WORDS for word in found)
    return bool(article.language) or little >= _LITTLE_WORDS * len(found)


FUNCTION_WORDS = _words("function")
NEGATORS = _words("negators")
PERSONS = _words("persons")
SUBJECT_PRONOUNS = _words("subject_pronouns")
PRONOUNS = PERSONS | _words("other_pronouns")
ARTICLES = _words("articles")
DETERMINERS = ARTICLES | _words("determiners")
PARTICLES = _words("particles")
PREPOSITIONS = _words("prepositions")
AUXILIARIES = _words("auxiliaries")
RELATIVES = _words("relatives")
CLAUSE_OPENERS = FUNCTION_WORDS | _words("openers")
ADDRESSING = _words("addressing")
ASIDES = _words("asides")
PASSIVE = _words("passive")
OF_CLAUSES = PERSONS | _words("of_clauses")
HOME = _words("home")
NOBODY = _words("nobody")

SOURCE = _cue("source")
SURE = _cue("source", "verbs")
SPEECH = _cue("speech")
THOUGHT = _cue("thought")
