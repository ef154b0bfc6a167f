"""What a model says an article claims is checked against the article before it is believed."""

from collections.abc import Sequence

from claimcompare.schema import Span
from claimcompare.stages.lexicon import (
    FUNCTION_WORDS,
    PERSONS,
    PRONOUNS,
    SUBJECT_PRONOUNS,
)
from claimcompare.stages.quotes import has_quotation_mark
from claimcompare.stages.speakers import carried, mention_of, named, speaker_of
from claimcompare.stages.statements import Checked, Given, Refused, Said
from claimcompare.stages.wording import with_name
from claimcompare.stages.words import (
    negated,
    negated_stems,
    numbers,
    rejecting,
    stems,
    words,
)

_KNOWN_SHARE = 0.5


def check(said: Said, given: Given, known: Sequence[Checked] = ()) -> Checked:
    """The claim in the article's own terms; raises Refused with the reason."""
    checked = _against_article(said, given, known)
    if any(checked[:-1] == one[:-1] for one in known):
        raise Refused("repeats another claim of the same answer")
    return checked


def _against_article(said: Said, given: Given, known: Sequence[Checked]) -> Checked:
    cited = said.evidence.text
    if any(stems(name) & stems(said.subject or "") for name in said.via):
        said = said._replace(subject=None)
    speaker = None
    if said.speaker is not None:
        speaker = carried(said, given, known) or speaker_of(said, said.speaker, given)
    cue = _cue(said, speaker, cited)
    _attributed(said, speaker, cue)
    mention = mention_of(said, speaker) if speaker else None
    text, note = _worded(said, cue, given)
    if mention and text == said.own_words:
        text = with_name(said.evidence, text, mention, speaker or "")
    relayers = dict.fromkeys(named(name, given) for name in said.via)
    return Checked(
        evidence=said.evidence,
        speaker=speaker,
        mention=mention,
        via=tuple(name for name in relayers if name != speaker),
        cue=cue,
        text=text,
        note=note,
    )


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
    here = _parts(cited)
    is_quoted = has_quotation_mark(cited) or said.goes_on
    named = _parts(f"{speaker} {said.subject or ''}") - (FUNCTION_WORDS - PERSONS)
    if speaker is None or is_quoted or here & named or _points(said, here):
        return
    if said.wording is None or cue is None or set(words(cue)) & set(words(said.wording)):
        raise Refused(f"the sentence is not attributed to {speaker}")


def _points(said: Said, here: set[str]) -> bool:
    """Whether the model points at somebody in the passage, or a pronoun there may be meant.

    Of a model that does not word its claims, "her" in "by her account" is too little.
    """
    pointed = _parts(said.who) - (FUNCTION_WORDS - PRONOUNS)
    pronouns = SUBJECT_PRONOUNS if said.wording is None else PERSONS
    return not here.isdisjoint(pointed | pronouns)


def _parts(text: str) -> set[str]:
    """The words of a text, those before and behind an apostrophe apart: "she'll", "qu'il"."""
    return {part for word in words(text) for part in word.split("'")}


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
