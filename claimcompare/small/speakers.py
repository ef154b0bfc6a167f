"""Who is meant by whom a model names, in English."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from claimcompare.schema import Claim
from claimcompare.small.chunks import Chunk
from claimcompare.small.lexicon import ARTICLES, FUNCTION_WORDS, PREPOSITIONS
from claimcompare.small.marking import Marked
from claimcompare.small.names import is_pronoun
from claimcompare.small.words import WORD, normal, stems
from claimcompare.stages.occurrence import Places, tokens
from claimcompare.stages.proofs import Refused

_LONGEST_NAME = 8
# "Ann Roe (D-Ohio)", "Ann Roe's".
_BEHIND = re.compile("(?:\\s*\\(.*|['\u2019]s)$")


class Said(NamedTuple):
    """Who speaks in a passage: by the words that a model finds there, and by name."""

    marked: Marked
    who: str
    speaker: str


def carried(said: Said, chunk: Chunk, known: Sequence[Claim]) -> str | None:
    """Who spoke in the passage before, where a quotation goes on."""
    if not said.marked.goes_on:
        return None
    before = {one.passage.start: last.passage.start for last, one in pairwise(chunk.read)}
    place = before.get(said.marked.passage.start)
    return next((one.speaker for one in known if one.evidence[0].start == place), None)


def speaker_of(said: Said, text: str) -> str:
    """The name that a model gives, unless the passage calls its speaker somebody else.

    Raises Refused for a pronoun and for whom the article has not.
    """
    beside = _beside(said)
    if beside and not _is_called(beside, said.speaker):
        return _without_article(beside)
    found = None if is_pronoun(said.speaker) else found_in(text, said.speaker)
    if found:
        return found
    if beside:
        return _without_article(beside)
    raise Refused(f"speaker {said.speaker!r} does not occur in the article")


def _beside(said: Said) -> str | None:
    """What stands beside the verb, else what the model points at in the passage."""
    for words in (said.marked.subject, said.who):
        if words and not is_pronoun(words):
            return found_in(said.marked.passage.text, words)
    return None


def _is_called(mention: str, name: str) -> bool:
    """Whether a name has the word that says who somebody is: "Bray" of "the keeper Bray".

    "Oslo council" is not Oslo, nor are "critics of Oslo"; "Jean de la Roe" is not "Ann Roe".
    """
    found = WORD.findall(mention)
    ends = [at for at, word in enumerate(found) if normal(word) in PREPOSITIONS]
    noun = found[ends[0] - 1] if ends and ends[0] else found[-1]
    is_full = sum(word[0].isupper() for word in found) > 1
    return bool(stems(noun) & stems(name)) and (not is_full or _end_alike(mention, name))


def _end_alike(one: str, other: str) -> bool:
    """Whether one of two names ends in the other: "Mayor Ann Roe" and "Ann Roe"."""
    pairs = zip(reversed(tokens(one)), reversed(tokens(other)), strict=False)
    return all(word == another for word, another in pairs)


@lru_cache(maxsize=512)
def found_in(text: str, name: str) -> str | None:
    """A name as a text writes it; titles and first names before it may be missing there.

    "Mayor of Oslo" is not found in "Oslo", nor "Oslo council" in "council".
    """
    name, places = _BEHIND.sub("", name), _places(text)
    return _end_in(text, places, name) or _end_in(text, places, name.partition(",")[0])


@lru_cache(maxsize=8)
def _places(text: str) -> Places:
    return Places(text)


def _end_in(text: str, places: Places, name: str) -> str | None:
    given = name.split()[:_LONGEST_NAME]
    for first, word in enumerate(given):
        rest = " ".join(given[first:])
        if first and (rest.islower() or normal(given[first - 1]) in PREPOSITIONS):
            return None
        if first and normal(word) in FUNCTION_WORDS:
            continue
        for start, end in places.of(rest)[:1]:
            return " ".join(text[start:end].split())
    return None


def _without_article(name: str) -> str:
    first, *rest = name.split(" ")
    described = rest and (rest[0].islower() or rest[-1].islower())
    return " ".join(rest) if described and normal(first) in ARTICLES else name
