"""Who speaks where an article tells it without a doubt, so that no model is asked."""

from claimcompare.small.lexicon import PARTICLES
from claimcompare.small.marking import Marked
from claimcompare.small.names import Names, is_pronoun
from claimcompare.small.wire import LeanClaim
from claimcompare.small.words import WORD, is_negator, normal

_WITHIN = PARTICLES | {"and"}


def told(marked: Marked, names: Names) -> LeanClaim | None:
    """The claim of whom a label names, or an English verb of speech, under the fullest name."""
    if marked.turn:
        label = marked.turn.label
        return LeanClaim(who=label, speaker=label) if marked.may and len(label) > 1 else None
    beside = marked.subject
    if beside is None or not marked.cue or not marked.cue.speech or not _is_name(beside):
        return None
    longer = names.longer(beside) or {beside}
    return LeanClaim(who=beside, speaker=longer.pop()) if len(longer) == 1 else None


def _is_name(beside: str) -> bool:
    found = WORD.findall(beside)
    nobody = is_pronoun(beside) or is_negator(normal(found[0]))
    return not nobody and all(word[0].isupper() or word in _WITHIN for word in found)
