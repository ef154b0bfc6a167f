"""Whom a passage in English names beside the word that reports."""

import re

from claimcompare.articles import has_quotation_mark
from claimcompare.small.cues import Cue
from claimcompare.small.lexicon import (
    ADDRESSING,
    ASIDES,
    AUXILIARIES,
    CLAUSE_OPENERS,
    DETERMINERS,
    HOME,
    OF_CLAUSES,
    PARTICLES,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
)
from claimcompare.small.words import WORD, normal

# "said Ann Roe" follows what she said.
_AFTER_CLAIM = re.compile('(?:[,?!"\u201d\u00bb\u300d\u2019\u2013\u2014]|\\s--?)\\s*$')
_POSSESSIVE = re.compile("['\u2019]s?$")
_CLAUSE_END = re.compile('[,;:()?!"\u201c\u201d\u201e\u00ab\u00bb\u2014\u2013]|\\.\\s|\\.$|\\s-\\s')
_ASIDE = re.compile(r",|\s--?\s|\s?[\u2013\u2014]\s?")
# "VESHWICK - " is where it was written.
_DATELINE = re.compile(r"^[^a-z]*\s(?:--?|[\u2013\u2014])\s")
# "The council expects" against "the council's plan".
_VERB = re.compile("^[a-z_ ]+(?:s|ed)$")
_LONGEST, _LONGEST_NAME = 8, 6
# "Ann Roe of the Norse Post".
_FROM = re.compile(rf"\s(?:{'|'.join(sorted(HOME))})\s(?:the\s)?")
_IN_APPOSITION = 2
_GAP = " .-\u00a0"
_AND = re.compile(r",?\s+and\s+$")
_COMMA = re.compile(r",\s+$")
_NEXT = re.compile(r"(?:,\s+and|,|\s+and)\s+")


def subject(text: str, cue: Cue | None) -> str | None:
    """The name, description or pronoun right before the verb that reports, or behind "…, said"."""
    if cue is None or cue.inner or cue.nobody:
        return None
    if not (cue.speech or _VERB.search(cue.text)):
        return None
    before, behind = text[: cue.start], text[cue.end :]
    if cue.names_source:
        return _behind(behind)
    if not _AFTER_CLAIM.search(before):
        return _before(before)
    if cue.text.endswith("ing"):
        return _pronoun(before)
    named = _in_apposition(before)
    told = cue.text.casefold() in ADDRESSING or (named and not _tells_only_who(behind))
    return named if told else _pronoun(behind) or _behind(behind)


def _before(text: str) -> str | None:
    if _is_named_before(text):
        return _together(text)
    found = [match.group() for match in WORD.finditer(text)]
    while found and _is_aside(found[-1]):
        found.pop()
    pronoun = _pronoun(found[-1]) if found else None
    named = pronoun or _name(_capitalised_before(text))
    return named or _described_before(text)


def _is_named_before(text: str) -> bool:
    """Whether a text ends with "Pohl and Orr", which may be the end of another clause, too."""
    last = _capitalised_before(text)
    joint = _AND.search(text[: last[0].start()]) if last else None
    return joint is not None and _ends_in(_capitalised_before(text[: joint.start()]), joint.start())


def _together(text: str) -> str | None:
    """All names of "Pohl, Orr and Weir" at the end of a text, where they make up a clause."""
    last = _capitalised_before(text)
    start, joint = last[0].start(), _AND.search(text[: last[0].start()])
    while joint:
        more = _capitalised_before(text[: joint.start()])
        if not _ends_in(more, joint.start()) or normal(more[0].group()) in CLAUSE_OPENERS:
            break
        start = more[0].start()
        joint = _COMMA.search(text[:start])
    opens = not text[:start].strip() or _AFTER_CLAIM.search(text[:start])
    return " ".join(text[start : last[-1].end()].split()) if opens else None


def _ends_in(found: list[re.Match[str]], end: int) -> bool:
    return bool(found) and found[-1].end() == end


def _pronoun(text: str) -> str | None:
    """The first word of a text, if it is "he" or "she"."""
    first = WORD.search(text)
    return first.group() if first and normal(first.group()) in SUBJECT_PRONOUNS else None


def _behind(text: str) -> str | None:
    return _together_behind(text) or _name(_capitalised(text))


def _together_behind(text: str) -> str | None:
    """All names of "Pohl, Orr and Weir" at the beginning of a text, where a clause ends there."""
    found, joint = _capitalised(text), None
    start = found[0].start() if found else 0
    while found:
        end = found[-1].end()
        ends = not text[end:].strip() or _CLAUSE_END.match(text, end)
        if joint and "and" in joint.group() and ends:
            return " ".join(text[start:end].split())
        joint = _NEXT.match(text, end)
        found = _capitalised(text, joint.end()) if joint else []
    return None


def _is_all_named(text: str) -> bool:
    """Whether a text is a name and nothing else."""
    return bool(_capitalised(text)) and len(_capitalised(text)) == len(WORD.findall(text))


def _tells_only_who(text: str) -> bool:
    """Whether a text is a name, perhaps with a description before it."""
    *described, named = text.strip(" .").split(",")
    return _is_all_named(named) and all(_is_description(WORD.findall(one)) for one in described)


def _in_apposition(text: str) -> str | None:
    """Ann Roe in "its director, Ann Roe of Oslo," and in "Ann Roe, who leads it,"."""
    *clauses, _ = _ASIDE.split(_DATELINE.sub("", text))
    if len(clauses) < _IN_APPOSITION or has_quotation_mark(text):
        return None
    *_, described, last = clauses
    named, *home = _FROM.split(last, maxsplit=1)
    if all(map(_is_all_named, [named, *home])) and _describes(WORD.findall(described)):
        return _name(_capitalised(named))
    relative = normal("".join(WORD.findall(clauses[1])[:1])) in RELATIVES
    described = _capitalised_before(clauses[0]) if relative else []
    first = _capitalised(clauses[0]) if _is_all_named(clauses[0]) else described
    return _name(first) if first and normal(first[0].group()) not in CLAUSE_OPENERS else None


def _describes(found: list[str]) -> bool:
    """Whether it ends in a noun, or begins with an article: "the Norse Foreign Minister"."""
    return bool(found) and (found[-1].islower() or normal(found[0]) in DETERMINERS)


def _described_before(text: str) -> str | None:
    """The description that makes up the last clause of a text, but for adverbs."""
    clause = _CLAUSE_END.split(text)[-1]
    found = list(WORD.finditer(clause))
    while found and (_is_aside(found[-1].group()) or normal(found[-1].group()) in ASIDES):
        found.pop()
    if not _is_description([match.group() for match in found]):
        return None
    return clause[found[0].start() : found[-1].end()]


def _is_description(found: list[str]) -> bool:
    """Whether it is an article with a few common nouns, or with one and "of" or "for" a name."""
    plain = [normal(word) for word in found]
    return (
        1 < len(found) <= _LONGEST
        and plain[0] in DETERMINERS
        and (found[-1].islower() or not PREPOSITIONS.isdisjoint(plain))
        and not OF_CLAUSES & set(plain)
    )


def _is_aside(word: str) -> bool:
    return word in AUXILIARIES or word.endswith("ly")


def _name(found: list[re.Match[str]]) -> str | None:
    """The name that some words are, as it is written there; of more words it is a headline."""
    while found and normal(found[0].group()) in CLAUSE_OPENERS:
        found = found[1:]
    if not 0 < len(found) <= _LONGEST_NAME or _POSSESSIVE.search(found[-1].group()):
        return None
    return " ".join(found[0].string[found[0].start() : found[-1].end()].split())


def _capitalised(text: str, start: int = 0) -> list[re.Match[str]]:
    """The words of a name that a text begins with."""
    found: list[re.Match[str]] = []
    end = start
    for match in WORD.finditer(text, start):
        within = match.group()[0].isupper() or (found and match.group() in PARTICLES)
        if text[end : match.start()].strip(_GAP) or not within:
            break
        found.append(match)
        end = match.end()
    while found and not found[-1].group()[0].isupper():
        found.pop()
    return found


def _capitalised_before(text: str) -> list[re.Match[str]]:
    """The words of a name that a text ends with, but for adverbs and auxiliaries."""
    found: list[re.Match[str]] = []
    before = list(WORD.finditer(text))
    start = len(text)
    while before and normal(before[-1].group()) in ASIDES:
        start = before.pop().start()
    for match in reversed(before):
        word = match.group()
        if text[match.end() : start].strip(_GAP):
            break
        start = match.start()
        if word[0].isupper() or (found and word in PARTICLES):
            found.insert(0, match)
        elif found and normal(word) in PREPOSITIONS:
            return []
        elif found or not _is_aside(word):
            break
    while found and not found[0].group()[0].isupper():
        found.pop(0)
    return found
