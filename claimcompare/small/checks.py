"""Who a model says speaks is checked against the article before it is believed."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from claimcompare.articles import has_quotation_mark, quotations
from claimcompare.schema import Claim, Passage, Span
from claimcompare.small.chunks import Chunk
from claimcompare.small.lexicon import FUNCTION_WORDS, PERSONS, PRONOUNS, SUBJECT_PRONOUNS
from claimcompare.small.speakers import Said, carried, speaker_of
from claimcompare.small.words import normal, words
from claimcompare.stages.occurrence import Places, Vocabulary
from claimcompare.stages.proofs import Refused


def check(said: Said, chunk: Chunk, known: Sequence[Claim] = ()) -> Claim:
    """The passage as its speaker's claim; raises Refused where nobody of that name can say it.

    `known` are the claims of the passages before it.
    """
    turn = said.marked.turn
    if turn:
        speaker = _labelled(said, chunk)
    else:
        speaker = _attributed(said, chunk, known) if chunk.english else _occurring(said, chunk)
    return Claim(
        id=chunk.article.id,
        article_id=chunk.article.id,
        speaker=speaker,
        mention=turn.span if turn else _mention(said, speaker),
        text=said.marked.text,
        evidence=(said.marked.span,),
    )


def _labelled(said: Said, chunk: Chunk) -> str:
    """The name on the label, in English the one longer name that ends in it, if there is one."""
    label = _occurring(said, chunk)
    if len(label) == 1:
        raise Refused(f"the label {label!r} names nobody")
    own = set(words(label))
    longer = chunk.names.longer(words(label)[-1]) if chunk.english else set()
    others = sorted((name for name in longer if not set(words(name)) <= own), key=len)
    same = [name for name in others if name.endswith(others[0])]
    return others[0] if others and len(same) == len(others) else label


def _occurring(said: Said, chunk: Chunk) -> str:
    """The name, where the article has it; in what language does not matter."""
    name = " ".join(said.speaker.split())
    if not _vocabulary(chunk.article.text).names(name):
        raise Refused(f"speaker {said.speaker!r} does not occur in the article")
    return name


@lru_cache(maxsize=8)
def _vocabulary(text: str) -> Vocabulary:
    return Vocabulary(text)


def _attributed(said: Said, chunk: Chunk, known: Sequence[Claim]) -> str:
    """The speaker, to whom the passage must point by name, by a pronoun or in quotes."""
    speaker = carried(said, chunk, known) or speaker_of(said, chunk.article.text)
    text = said.marked.passage.text
    here = _parts(text)
    named = _parts(f"{speaker} {said.marked.subject or ''}") - (FUNCTION_WORDS - PERSONS)
    pointed = _parts(said.who) - (FUNCTION_WORDS - PRONOUNS)
    if has_quotation_mark(text) or here & (named | pointed | SUBJECT_PRONOUNS):
        return speaker
    raise Refused(f"the sentence is not attributed to {speaker}")


def _parts(text: str) -> set[str]:
    """The words of a text, those before and behind an apostrophe apart: "she'll"."""
    return {part for word in words(text) for part in word.split("'")}


def _mention(said: Said, speaker: str) -> Span | None:
    """Where the passage has the words for the speaker, outside quotations and near the cue."""
    passage, beside = said.marked.passage, said.marked.subject or ""
    cue = said.marked.cue.start if said.marked.cue else 0
    pointed = (said.who, beside) if normal(beside) in normal(said.who) else (beside, said.who)
    for name in (*pointed, speaker):
        places = list(_outside(passage, name))
        if places:
            start, end = min(places, key=lambda place: abs(place[0] - cue))
            first = passage.start
            return Span(start=first + start, end=first + end, text=passage.text[start:end])
    return None


def _outside(passage: Passage, name: str) -> Iterator[tuple[int, int]]:
    """Where a passage has a name outside of quotations."""
    quoted = list(quotations(passage.text, piece=True))
    for at, end in Places(passage.text).of(name):
        if not any(start <= at < stop for start, stop in quoted):
            yield at, end
