"""What a model says an article claims is checked against the article before it is believed."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from claimcompare.schema import Sentence
from claimcompare.stages.lexicon import ACCORDING, PERSONS
from claimcompare.stages.names import Names, is_pronoun
from claimcompare.stages.words import (
    negated,
    negated_stems,
    normal,
    numbers,
    rejecting,
    stems,
    words,
)

_QUOTED = re.compile('["\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d]')
_ADVERB = re.compile(r"(?!reply)\w+ly", re.IGNORECASE)
_KNOWN_SHARE = 0.5
_CUE_STEM = 4


class WireClaim(BaseModel):
    """A claim as the model writes it."""

    model_config = ConfigDict(extra="forbid")

    sentences: list[int]
    speaker: str | None
    via: list[str]
    cue: str | None
    text: str


class Given(NamedTuple):
    """What the model was shown: sentences to read, those before them, the prompt's examples."""

    read: tuple[Sentence, ...]
    before: tuple[Sentence, ...]
    names: Names
    examples: str


class Refused(Exception):
    """A claim that fails a check; its message is the reason."""


class Checked(NamedTuple):
    """A claim that passed, with what the article has for its numbers and names."""

    evidence: tuple[Sentence, ...]
    speaker: str | None
    via: tuple[str, ...]
    cue: str | None
    text: str
    note: str = ""


def check(claim: WireClaim, given: Given, known: Sequence[Checked] = ()) -> Checked:
    """The claim in the article's own terms; raises Refused with the reason."""
    checked = _against_article(claim, given)
    if any(checked[:-1] == one[:-1] for one in known):
        raise Refused("repeats another claim of the same answer")
    return checked


def _against_article(claim: WireClaim, given: Given) -> Checked:
    evidence = _cited(claim, given)
    cited = " ".join(sentence.text for sentence in evidence)
    speaker = None if claim.speaker is None else _named(claim.speaker, given)
    text = " ".join(claim.text.split())
    _full_sentence(text)
    _no_new_pronoun(text, cited)
    cue = _cue(claim.cue, text, speaker, cited)
    _attributed(text, speaker, cue, cited)
    _same_matter(text, evidence, given)
    _same_numbers(text, cited)
    note = ""
    if _lost_negation(text, cue, cited):
        text, note = " ".join(cited.split()), f"stands for {text!r}, which lost its negation"
    relayers = dict.fromkeys(_named(name, given) for name in claim.via)
    via = tuple(name for name in relayers if name != speaker)
    return Checked(evidence, speaker, via, cue, text, note)


def _cited(claim: WireClaim, given: Given) -> tuple[Sentence, ...]:
    cited = tuple(sentence for sentence in given.read if sentence.number in claim.sentences)
    if not cited:
        numbers_cited = ", ".join(map(str, claim.sentences)) or "none"
        raise Refused(f"cites no sentence that was to be read ({numbers_cited})")
    return cited


def _named(name: str, given: Given) -> str:
    if not name.strip():
        raise Refused("names no speaker")
    if is_pronoun(name):
        raise Refused(f"speaker {name!r} is not resolved to a name")
    resolved = given.names.resolve(name)
    if resolved is None:
        origin = "comes from the worked example" if normal(name) in normal(given.examples) else ""
        raise Refused(f"speaker {name!r} {origin or 'does not occur in the article'}")
    return resolved


def _cue(cue: str | None, text: str, speaker: str | None, cited: str) -> str | None:
    """The cue if the sentence has it; a quotation, or a speaker beside the claim, needs none."""
    if speaker is None:
        return None
    given = (cue or "").strip()
    if given and normal(given) in normal(cited) and not _ADVERB.fullmatch(given):
        return given
    found = [word for word in words(cited) if word[:_CUE_STEM] in _cue_stems(given)]
    if found:
        return found[0]
    if set(words(speaker)) & set(words(cited)):
        according = ACCORDING.search(cited)
        if according:
            return according.group()
    beside = set(words(cited)) - set(words(text))
    if _QUOTED.search(cited) or beside & (set(words(speaker)) | PERSONS):
        return None
    raise Refused(f"nothing in the sentence says {given!r}" if given else "no word reports it")


def _cue_stems(cue: str) -> set[str]:
    return {
        word[:_CUE_STEM]
        for word in words(cue)
        if len(word) >= _CUE_STEM and not _ADVERB.fullmatch(word)
    }


def _full_sentence(text: str) -> None:
    first = next((letter for letter in text if letter.isalnum()), "")
    if not first or first.islower():
        raise Refused("is not a full sentence")


def _no_new_pronoun(text: str, cited: str) -> None:
    new = set(words(text)) & PERSONS - set(words(cited))
    if new:
        raise Refused(f"says {', '.join(sorted(new))!r} where the sentence does not")


def _attributed(text: str, speaker: str | None, cue: str | None, cited: str) -> None:
    """Somebody must be said to speak: by name, by a pronoun, in quotes, or beside the claim."""
    here = set(words(cited))
    if speaker is None or here & (set(words(speaker)) | PERSONS) or _QUOTED.search(cited):
        return
    if cue is None or set(words(cue)) & set(words(text)):
        raise Refused(f"the sentence is not attributed to {speaker}")


def _same_matter(text: str, evidence: Sequence[Sentence], given: Given) -> None:
    claimed = stems(text)
    if not claimed:
        raise Refused("holds no content words")
    cited = frozenset[str]().union(*(stems(sentence.text) for sentence in evidence))
    shown = cited.union(*(stems(sentence.text) for sentence in (*given.before, *given.read)))
    if len(claimed & shown) < _KNOWN_SHARE * len(claimed):
        copied = len(claimed & stems(given.examples)) >= _KNOWN_SHARE * len(claimed)
        origin = "are those of the worked example" if copied else "are not those of the article"
        raise Refused(f"its words {origin}")
    if not claimed & cited:
        raise Refused("shares no content word with the sentence it cites")
    _not_another(claimed, cited, evidence, given)


def _not_another(
    claimed: frozenset[str], cited: frozenset[str], evidence: Sequence[Sentence], given: Given
) -> None:
    """A claim cited to one sentence must not be the copy of another."""
    for other in (*given.before, *given.read):
        there = stems(other.text)
        if other not in evidence and claimed <= there and not claimed <= cited:
            raise Refused(f"its words are those of sentence {other.number}, which it does not cite")


def _same_numbers(text: str, cited: str) -> None:
    invented = numbers(text) - numbers(cited)
    if invented:
        raise Refused(f"the sentence does not hold the number {', '.join(sorted(invented))}")


def _lost_negation(text: str, cue: str | None, cited: str) -> bool:
    """Whether the sentence says "not" or "denied" of what the text asserts."""
    if negated(text) or rejecting(text):
        if not (negated(cited) or rejecting(cited)):
            raise Refused("negates what the sentence does not")
        return False
    claimed = stems(text)
    lost = any(behind and behind <= claimed for behind in negated_stems(cited))
    return lost or rejecting(cue or "")
