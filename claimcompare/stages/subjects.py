"""Who a passage itself names beside the word that reports."""

import re

from claimcompare.stages.lexicon import (
    ADDRESSING,
    AUXILIARIES,
    CLAUSE_OPENERS,
    DETERMINERS,
    PERSONS,
)
from claimcompare.stages.passages import Passage
from claimcompare.stages.words import WORD, normal

# "said Ann Roe" follows what she said.
_AFTER_CLAIM = re.compile('[,?!"\u201d\u00bb\u300d\u2019]\\s*$')
_POSSESSIVE = re.compile("['\u2019]s?$")
_CLAUSE_END = re.compile('[,;:()?!"\u201c\u201d\u201e\u00ab\u00bb\u2014\u2013]|\\.\\s|\\.$|\\s-\\s')
_LONGEST = 5
_OTHER_CLAUSE = PERSONS | frozenset("was were is are been be being who which that when".split())
_GAP = " .-\u00a0"


def subject(passage: Passage) -> str | None:
    """The name or description right before the verb that reports, or behind "…, said".

    In scripts without capitals, and in languages without articles, there is none to be told.
    """
    cue = next(iter(passage.cues), None)
    if cue is None or not cue.speech:
        return None
    before, behind = passage.text[: cue.start], passage.text[cue.end :]
    if cue.names_source or _AFTER_CLAIM.search(before):
        if cue.text.casefold() in ADDRESSING:
            return None
        return _name(_capitalised(behind)) or _described(behind)
    return _name(_capitalised_before(before)) or _described_before(before)


def _described(text: str) -> str | None:
    """The description that a text begins with: an article and a few common nouns."""
    clause = _CLAUSE_END.split(text.lstrip(), maxsplit=1)[0]
    found = [match.group() for match in WORD.finditer(clause)]
    return clause.strip() if _is_description(found) else None


def _described_before(text: str) -> str | None:
    """The description that makes up the last clause of a text, but for adverbs."""
    clause = _CLAUSE_END.split(text)[-1]
    found = list(WORD.finditer(clause))
    while found and _is_aside(found[-1].group()):
        found.pop()
    if not _is_description([match.group() for match in found]):
        return None
    return clause[found[0].start() : found[-1].end()]


def _is_description(found: list[str]) -> bool:
    plain = [normal(word) for word in found]
    return (
        1 < len(found) <= _LONGEST
        and plain[0] in DETERMINERS
        and found[-1].islower()
        and not _OTHER_CLAUSE & set(plain)
    )


def _is_aside(word: str) -> bool:
    return word in AUXILIARIES or word.endswith("ly")


def _name(found: list[str]) -> str | None:
    while found and normal(found[0]) in CLAUSE_OPENERS:
        found = found[1:]
    return None if _POSSESSIVE.search(" ".join(found[-1:])) else " ".join(found) or None


def _capitalised(text: str) -> list[str]:
    """The capitalised words that a text begins with."""
    found: list[str] = []
    end = 0
    for match in WORD.finditer(text):
        if text[end : match.start()].strip(_GAP) or not match.group()[0].isupper():
            break
        found.append(match.group())
        end = match.end()
    return found


def _capitalised_before(text: str) -> list[str]:
    """The capitalised words that a text ends with, but for adverbs and auxiliaries."""
    found: list[str] = []
    start = len(text)
    for match in reversed(list(WORD.finditer(text))):
        word = match.group()
        if text[match.end() : start].strip(_GAP):
            break
        start = match.start()
        if word[0].isupper():
            found.insert(0, word)
        elif found or not _is_aside(word):
            break
    return found
