"""What a model says an article claims is checked against the article before it is believed."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from claimcompare.schema import Span
from claimcompare.stages.lexicon import FUNCTION_WORDS, PERSONS
from claimcompare.stages.names import Names, is_pronoun
from claimcompare.stages.quotes import has_quotation_mark, quotations
from claimcompare.stages.wording import with_name
from claimcompare.stages.words import (
    WORD,
    is_unspaced,
    negated,
    negated_stems,
    normal,
    numbers,
    rejecting,
    stems,
    words,
)

_KNOWN_SHARE = 0.5


class Given(NamedTuple):
    """What the model was shown: what to read, what stands before it, the prompt's examples."""

    read: tuple[Span, ...]
    before: tuple[Span, ...]
    names: Names
    examples: str


class Said(NamedTuple):
    """A claim as a model gives it for a stretch of the article: worded by it, or not."""

    evidence: Span
    who: str
    speaker: str | None
    via: tuple[str, ...]
    cue: str | None
    wording: str | None
    own_words: str
    subject: str | None = None


class Refused(Exception):
    """A claim that fails a check; its message is the reason."""


class Checked(NamedTuple):
    """A claim that passed, with what the article has for its names."""

    evidence: Span
    speaker: str | None
    mention: Span | None
    via: tuple[str, ...]
    cue: str | None
    text: str
    note: str = ""


def check(said: Said, given: Given, known: Sequence[Checked] = ()) -> Checked:
    """The claim in the article's own terms; raises Refused with the reason."""
    checked = _against_article(said, given)
    if any(checked[:-1] == one[:-1] for one in known):
        raise Refused("repeats another claim of the same answer")
    return checked


def _against_article(said: Said, given: Given) -> Checked:
    cited = said.evidence.text
    speaker = None if said.speaker is None else _speaker(said, said.speaker, given)
    cue = _cue(said, speaker, cited)
    _attributed(said, speaker, cue)
    mention = _mention(said, speaker) if speaker else None
    text, note = _worded(said, cue, given)
    if mention and text == said.own_words:
        text = with_name(said.evidence, text, mention, speaker or "")
    relayers = dict.fromkeys(_named(name, given) for name in said.via)
    return Checked(
        evidence=said.evidence,
        speaker=speaker,
        mention=mention,
        via=tuple(name for name in relayers if name != speaker),
        cue=cue,
        text=text,
        note=note,
    )


def _mention(said: Said, speaker: str) -> Span | None:
    """Where the passage has the words for the speaker, outside quotations and near the cue."""
    cited = said.evidence
    quoted = list(quotations(cited.text))
    cue = max(0, cited.text.find(said.cue or ""))
    for name in (said.who, speaker, said.subject or ""):
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


def _worded(said: Said, cue: str | None, given: Given) -> tuple[str, str]:
    """The model's wording if it is true to the passage, else the passage's own words."""
    if said.wording is None:
        return said.own_words, ""
    text = " ".join(said.wording.split())
    _same_matter(text, said.evidence, given)
    fault = _fault(text, cue, said.evidence.text)
    return (said.own_words, f"stands for {text!r}, which {fault}") if fault else (text, "")


def _fault(text: str, cue: str | None, cited: str) -> str:
    """What a wording gets wrong, which the article's own words can stand in for."""
    first = next((letter for letter in text if letter.isalnum()), "")
    new = set(words(text)) & PERSONS - set(words(cited))
    invented = numbers(text) - numbers(cited)
    if not first or first.islower():
        return "is not a full sentence"
    if new:
        return f"says {', '.join(sorted(new))!r} where the sentence does not"
    if invented:
        return f"has the number {', '.join(sorted(invented))}, which the sentence does not hold"
    return _wrong_negation(text, cue, cited)


def _speaker(said: Said, name: str, given: Given) -> str:
    """The name; what stands beside the verb if that is somebody else; the words for the name."""
    beside = said.subject and given.names.resolve(said.subject)
    if beside and not _may_be(beside, name, said.who):
        return beside
    try:
        return _named(name, given)
    except Refused:
        if is_pronoun(said.who) or given.names.resolve(said.who) is None:
            raise
        return _named(said.who, given)


def _may_be(beside: str, name: str, who: str) -> bool:
    """Whether a name, or a description that the model pointed at, can be of that speaker."""
    described = WORD.findall(beside)[-1].islower()
    return bool(stems(beside) & (stems(name) | (stems(who) if described else frozenset())))


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


def _cue(said: Said, speaker: str | None, cited: str) -> str | None:
    """The word that reports it; a quotation, or a speaker beside the claim, needs none."""
    if speaker is None or said.cue:
        return said.cue if speaker else None
    beside = set(words(cited)) - set(words(said.wording or said.own_words))
    if has_quotation_mark(cited) or beside & (set(words(speaker)) | PERSONS):
        return None
    raise Refused("no word reports it")


def _attributed(said: Said, speaker: str | None, cue: str | None) -> None:
    """Somebody must be said to speak: by name, by a pronoun, in quotes, or beside the claim."""
    cited = said.evidence.text
    here = set(words(cited)) - (FUNCTION_WORDS - PERSONS)
    named = set(words(speaker or "")) | set(words(said.who)) | PERSONS
    if speaker is None or here & named or has_quotation_mark(cited):
        return
    if cue is None or set(words(cue)) & set(words(said.wording or said.own_words)):
        raise Refused(f"the sentence is not attributed to {speaker}")


def _same_matter(text: str, evidence: Span, given: Given) -> None:
    claimed = stems(text)
    if not claimed:
        raise Refused("holds no content words")
    cited = stems(evidence.text)
    shown = cited.union(*(stems(sentence.text) for sentence in (*given.before, *given.read)))
    if len(claimed & shown) < _KNOWN_SHARE * len(claimed):
        copied = len(claimed & stems(given.examples)) >= _KNOWN_SHARE * len(claimed)
        origin = "are those of the worked example" if copied else "are not those of the article"
        raise Refused(f"its words {origin}")
    if not claimed & cited:
        raise Refused("shares no content word with the sentence it cites")
    _not_another(claimed, cited, evidence, given)


def _not_another(
    claimed: frozenset[str], cited: frozenset[str], evidence: Span, given: Given
) -> None:
    """A claim cited to one sentence must not be the copy of another."""
    for other in (*given.before, *given.read):
        there = stems(other.text)
        if other != evidence and claimed <= there and not claimed <= cited:
            raise Refused(f"its words are those of another sentence: {other.text!r}")


def _wrong_negation(text: str, cue: str | None, cited: str) -> str:
    """What a wording adds or loses where the sentence says "not" or "denied"."""
    if negated(text) or rejecting(text):
        denied = negated(cited) or rejecting(cited)
        return "" if denied else "negates what the sentence does not"
    claimed = stems(text)
    lost = any(behind and behind <= claimed for behind in negated_stems(cited))
    return "lost its negation" if lost or rejecting(cue or "") else ""
