"""Whether the words that a passage has for its speaker can be of the name that a model gives."""

from claimcompare.stages.lexicon import DEFINITE, FUNCTION_WORDS, PREPOSITIONS
from claimcompare.stages.statements import Given, Said
from claimcompare.stages.words import WORD, normal, stems

_LONGEST_FULL_NAME = 4


def may_be(mention: str, name: str, said: Said, given: Given) -> bool:
    """Whether a name or a description can be of that speaker.

    "Oslo council" is not Oslo. "A source" has no name, and "the club" has that of somebody only
    where the article puts the two together, or where a model points there that words its claims:
    such a one reads well enough to be trusted.
    """
    found = WORD.findall(mention)
    noun = _noun(found)
    has_noun = bool(stems(noun) & stems(name))
    if all(word[0].isupper() or normal(word) in FUNCTION_WORDS for word in found):
        # "Critics of Oslo" are Oslo only if the name has "Critics", too.
        return _is_called(mention, name) and (has_noun or noun == found[-1])
    if stems(name) <= stems(mention) - stems(noun):
        return False
    if has_noun:
        return True
    is_known = normal(found[0]) in DEFINITE and given.names.stand_together(noun, name)
    return bool(stems(noun) & stems(said.who)) and (said.wording is not None or is_known)


def _is_called(mention: str, name: str) -> bool:
    """Whether a name is a form of the other, not a headline that begins with it."""
    runs_on = normal(name).startswith(f"{normal(mention)} ")
    is_headline = runs_on and len(WORD.findall(name)) > _LONGEST_FULL_NAME
    return bool(stems(mention) & stems(name)) and not is_headline


def _noun(found: list[str]) -> str:
    """What a description calls somebody: "spokesman" of "a spokesman for Oslo"."""
    ends = [at for at, word in enumerate(found) if normal(word) in PREPOSITIONS]
    before = found[: ends[0]] if ends else found
    return before[-1] if before else ""
