"""Who is meant by whom a model names."""

import re
from collections.abc import Sequence
from itertools import pairwise

from claimcompare.schema import Span
from claimcompare.stages.cues import is_verb
from claimcompare.stages.lexicon import (
    ARTICLES,
    CLAUSE_VERBS,
    FUNCTION_WORDS,
    SINGULAR_PRONOUNS,
    SUBJECT_PRONOUNS,
)
from claimcompare.stages.mentions import may_be
from claimcompare.stages.names import is_pronoun
from claimcompare.stages.quotes import quotations
from claimcompare.stages.statements import Checked, Given, Refused, Said
from claimcompare.stages.words import WORD, is_unspaced, normal, stems

_MOST_NOUNS, _SHORTEST_PARTICIPLE = 4, 5


def carried(said: Said, given: Given, known: Sequence[Checked]) -> str | None:
    """Who spoke right before, where a quotation goes on or only "he" or "she" stands there.

    A model that words its claims reads well enough to be trusted with these.
    """
    if said.wording is not None:
        return None
    before = {passage.start: earlier.start for earlier, passage in pairwise(given.read)}
    place = before.get(said.evidence.start)
    last = next((one for one in reversed(known) if one.evidence.start == place), None)
    if last is None:
        return None
    pronoun = normal(said.subject or "")
    is_called = pronoun in SUBJECT_PRONOUNS and _may_be_called(pronoun, last)
    return last.speaker if said.goes_on or is_called else None


def _may_be_called(pronoun: str, last: Checked) -> bool:
    """Whether "he" or "she" stands for one name, or "they" for a noun."""
    mention = normal(last.mention.text) if last.mention else ""
    if mention in SUBJECT_PRONOUNS and mention != pronoun:
        return False
    named: str = (WORD.findall(last.speaker or "") or [""])[-1]
    return named[:1].isupper() if pronoun in SINGULAR_PRONOUNS else named.islower()


def speaker_of(said: Said, name: str, given: Given) -> str:
    """The name; what the passage calls its speaker if that is somebody else; or that for want."""
    mention = _mention(said, given)
    if mention and not may_be(mention, name, said, given):
        return _without_article(mention)
    try:
        return named(noun_phrase(name), given)
    except Refused:
        if is_pronoun(said.who) or given.names.resolve(said.who) is None:
            raise
        return named(noun_phrase(said.who), given)


def _mention(said: Said, given: Given) -> str | None:
    """What stands beside the verb; else what a model points at that does not word its claims."""
    beside = said.subject and given.names.resolve(said.subject)
    if beside or said.wording is not None or is_pronoun(said.who):
        return beside
    here = stems(said.who) <= stems(said.evidence.text)
    return given.names.resolve(said.who) if here else None


def noun_phrase(name: str) -> str:
    """The beginning of a name that reads on: "A poll" of "A poll shows that Ann Roe leads".

    Raises Refused where no name is left.
    """
    found = list(WORD.finditer(name))
    cut = next((at for at, match in enumerate(found) if _ends_noun(match.group())), len(found))
    kept = found[:cut]
    nouns = [one for one in kept if one.group().islower() and one.group() not in FUNCTION_WORDS]
    if found and (not kept or len(nouns) > _MOST_NOUNS):
        raise Refused(f"speaker {name!r} is a clause, not a name")
    return name[: kept[-1].end()] if cut < len(found) else name


def _ends_noun(word: str) -> bool:
    """Whether a word goes on with a verb or with a participle."""
    participle = len(word) > _SHORTEST_PARTICIPLE and word.endswith("ing")
    return word.islower() and (participle or word in CLAUSE_VERBS or is_verb(word))


def _without_article(name: str) -> str:
    first, *rest = name.split(" ")
    described = rest and (rest[0].islower() or rest[-1].islower())
    return " ".join(rest) if described and normal(first) in ARTICLES else name


def named(name: str, given: Given) -> str:
    """The name as the article has it; raises Refused for a pronoun and for what it has not."""
    if not name.strip():
        raise Refused("names no speaker")
    if is_pronoun(name):
        raise Refused(f"speaker {name!r} is not resolved to a name")
    resolved = given.names.resolve(name)
    if resolved is None:
        origin = "comes from the worked example" if normal(name) in normal(given.examples) else ""
        raise Refused(f"speaker {name!r} {origin or 'does not occur in the article'}")
    return resolved


def mention_of(said: Said, speaker: str) -> Span | None:
    """Where the passage has the words for the speaker, outside quotations and near the cue."""
    cited = said.evidence
    quoted = list(quotations(cited.text))
    cue = max(0, cited.text.find(said.cue or ""))
    beside = said.subject or ""
    pointed = (said.who, beside) if normal(beside) in normal(said.who) else (beside, said.who)
    for name in (*pointed, speaker):
        parts = [re.escape(match.group()) for match in WORD.finditer(name)]
        pattern = r"\W+".join(parts)
        if not is_unspaced(name):
            pattern = rf"(?<!\w){pattern}(?!\w)"
        found = re.finditer(pattern, cited.text, re.IGNORECASE) if parts else ()
        places = [
            match.span()
            for match in found
            if not any(start <= match.start() < end for start, end in quoted)
        ]
        if places:
            start, end = min(places, key=lambda place: abs(place[0] - cue))
            text = cited.text[start:end]
            return Span(start=cited.start + start, end=cited.start + end, text=text)
    return None
