"""Who a passage itself names beside the word that reports."""

import re

from claimcompare.stages.lexicon import (
    ADDRESSING,
    ASIDES,
    AUXILIARIES,
    CLAUSE_OPENERS,
    CLAUSE_VERBS,
    DETERMINERS,
    FUNCTION_WORDS,
    PERSONS,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
)
from claimcompare.stages.passages import Passage
from claimcompare.stages.quotes import has_quotation_mark
from claimcompare.stages.words import WORD, is_ended, is_negator, is_title_case, normal

# "said Ann Roe" follows what she said.
_AFTER_CLAIM = re.compile('(?:[,?!"\u201d\u00bb\u300d\u2019\u2013\u2014]|\\s--?)\\s*$')
_POSSESSIVE = re.compile("['\u2019]s?$")
_CLAUSE_END = re.compile('[,;:()?!"\u201c\u201d\u201e\u00ab\u00bb\u2014\u2013]|\\.\\s|\\.$|\\s-\\s')
_ASIDE = re.compile(r",|\s--?\s|\s?[\u2013\u2014]\s?")
# "VESHWICK - " is where it was written.
_DATELINE = re.compile(r"^[^a-z]*\s(?:--?|[\u2013\u2014])\s")
# "Ann Roe, and her staff" is Ann Roe.
_COMPANY = re.compile(
    r",?\s(?:and|und|et|y)\s(?:his|her|their|its|seine?|ihre?|son|sa|ses|sus?)\s\w+\s*$",
    re.IGNORECASE,
)
# "The council expects" against "the council's plan".
_VERB = re.compile("^[a-z_ ]+(?:s|ed)$")
_LONGEST = 8
_LONGEST_NAME = 4
_OF = frozenset("of to for".split())
# "Ann Roe of the Norse Post".
_FROM = re.compile(r"\s(?:of|at|from|with)\s(?:the\s)?")
_IN_APPOSITION = 2
_OTHER_CLAUSE = PERSONS | frozenset("was were is are been be being who which that when".split())
_GAP = " .-\u00a0"


def subject(passage: Passage) -> str | None:
    """The name, description or pronoun right before the verb that reports, or behind "…, said".

    In scripts without capitals, and in languages without articles, only a pronoun can be told.
    """
    cue = next(iter(passage.cues), None)
    if cue is None or not (cue.speech or _VERB.search(cue.text)) or _is_headline(passage.text):
        return None
    before, behind = passage.text[: cue.start], passage.text[cue.end :]
    if cue.names_source:
        return _behind(behind) or _source(behind)
    if company := _COMPANY.search(before):
        alone = before[: company.start()]
        return _in_apposition(f"{alone},") or _before(alone)
    if not _AFTER_CLAIM.search(before):
        return _before(before)
    if cue.text.endswith("ing"):
        return _pronoun(before)
    named = _in_apposition(before)
    told = cue.text.casefold() in ADDRESSING or (named and not _tells_only_who(behind))
    return named if told else _pronoun(behind) or _behind(behind)


def _is_headline(text: str) -> bool:
    """Whether all its words are capitalised as in a headline, so that no name stands out."""
    content = [word for word in WORD.findall(text) if normal(word) not in FUNCTION_WORDS]
    return len(content) > _LONGEST_NAME and not is_ended(text) and is_title_case(text)


def _before(text: str) -> str | None:
    found = [match.group() for match in WORD.finditer(text)]
    while found and _is_aside(found[-1]):
        found.pop()
    pronoun = _pronoun(found[-1]) if found else None
    named = pronoun or _name(_capitalised_before(text))
    return named or _described_before(text) or _group_before(text)


def _pronoun(text: str) -> str | None:
    """The first word of a text, if it is "he" or "she"."""
    first = WORD.search(text)
    return first.group() if first and normal(first.group()) in SUBJECT_PRONOUNS else None


def _behind(text: str) -> str | None:
    return _name(_capitalised(text)) or _described(text)


def _source(text: str) -> str | None:
    """A source without an article: "federal statistics", up to the end of the clause."""
    clause = _CLAUSE_END.split(text.lstrip(), maxsplit=1)[0].strip()
    found = WORD.findall(clause)
    is_noun = 0 < len(found) <= _LONGEST and (_OTHER_CLAUSE | CLAUSE_VERBS).isdisjoint(found)
    return clause if is_noun and not is_negator(normal(found[0])) else None


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
    return _name(first) if first and normal(first[0]) not in CLAUSE_OPENERS else None


def _describes(found: list[str]) -> bool:
    """Whether it ends in a noun, or begins with an article: "the Norse Foreign Minister"."""
    return bool(found) and (found[-1].islower() or normal(found[0]) in DETERMINERS)


def _described(text: str) -> str | None:
    """The description that a text begins with, or the name behind it."""
    clause, *rest = _CLAUSE_END.split(text.lstrip(), maxsplit=1)
    if not _is_description(WORD.findall(clause)):
        return None
    named = _CLAUSE_END.split(rest[0].lstrip(), maxsplit=1)[0] if rest else ""
    return (_name(_capitalised(named)) if _is_all_named(named) else None) or clause.strip()


def _described_before(text: str) -> str | None:
    """The description that makes up the last clause of a text, but for adverbs."""
    clause = _CLAUSE_END.split(text)[-1]
    found = list(WORD.finditer(clause))
    while found and (_is_aside(found[-1].group()) or normal(found[-1].group()) in ASIDES):
        found.pop()
    if not _is_description([match.group() for match in found]):
        return None
    return clause[found[0].start() : found[-1].end()]


def _group_before(text: str) -> str | None:
    """A group without an article that makes up the last clause: "Critics of the plan"."""
    clause = _CLAUSE_END.split(text)[-1].strip()
    plain = [normal(word) for word in WORD.findall(clause)]
    if not 1 < len(plain) <= _LONGEST or not (_OTHER_CLAUSE | CLAUSE_VERBS).isdisjoint(plain):
        return None
    is_group = plain[0].endswith("s") and plain[0] not in FUNCTION_WORDS
    return clause if is_group and plain[1] in _OF else None


def _is_description(found: list[str]) -> bool:
    """Whether it is an article with a few common nouns, or with one and "of" or "for" a name."""
    plain = [normal(word) for word in found]
    return (
        1 < len(found) <= _LONGEST
        and plain[0] in DETERMINERS
        and (found[-1].islower() or not PREPOSITIONS.isdisjoint(plain))
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
    before = list(WORD.finditer(text))
    start = len(text)
    while before and normal(before[-1].group()) in ASIDES:
        start = before.pop().start()
    for match in reversed(before):
        word = match.group()
        if text[match.end() : start].strip(_GAP):
            break
        start = match.start()
        if word[0].isupper():
            found.insert(0, word)
        elif found and normal(word) in PREPOSITIONS:
            return []
        elif found or not _is_aside(word):
            break
    return found
