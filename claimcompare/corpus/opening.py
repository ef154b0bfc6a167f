"""The models that are open in this process."""

from claimcompare.corpus.models import Model
from claimcompare.llm import LLM

# Whoever calls a function for each story has no place for what stays open between two calls.
# A list, since settings hold mappings and have no hash; nobody uses more than a few models.
_open: list[tuple[Model, LLM]] = []


def open_here(model: Model) -> LLM:
    """The model as it is open here, at the first call for it; raises ClaimCompareError."""
    if model not in (known for known, _ in _open):
        # Two threads may each make one, which starts nothing: the first in the list is everybody's.
        _open.append((model, model.opened()))
    return next(llm for known, llm in _open if known == model)
