"""Who speaks where a passage tells it without a doubt, so that no model need be asked."""

from claimcompare.stages.names import Names, is_pronoun
from claimcompare.stages.passages import Passage
from claimcompare.stages.subjects import subject
from claimcompare.stages.wire import LeanClaim
from claimcompare.stages.words import WORD, is_negator, normal

# German writes all nouns with a capital: "Der Minister" is no name.
_DESCRIBING = frozenset("der die das ein eine".split())


def told(passage: Passage, names: Names) -> LeanClaim | None:
    """The claim of whoever is named beside a verb of speech, under the fullest name."""
    beside = subject(passage)
    if beside is None or not passage.cues[0].speech or not _is_name(beside):
        return None
    speaker = _in_full(beside, passage, names)
    return LeanClaim(who=beside, speaker=speaker) if speaker else None


def _is_name(beside: str) -> bool:
    found = WORD.findall(beside)
    first = normal(found[0])
    nobody = is_pronoun(beside) or is_negator(first) or first in _DESCRIBING
    return not nobody and all(word[0].isupper() for word in found)


def _in_full(name: str, passage: Passage, names: Names) -> str | None:
    """The one longer name that ends in this word, else the name; None where it is not sure."""
    if len(names.longer(name)) > 1:
        return None
    longer = names.longer(name, headlines=False)
    if longer:
        return longer.pop()
    # "Critics say" begins with a capital for its place alone.
    return None if _begins(name, passage) and names.has_in_lower_case(name) else name


def _begins(word: str, passage: Passage) -> bool:
    first = WORD.search(passage.text)
    return first is not None and first.group() == word
