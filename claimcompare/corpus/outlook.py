"""Whether going on with stories is of any use."""

from collections.abc import Iterable

from claimcompare.corpus.records import StoryResult
from claimcompare.errors import LLMError

# Stories without any answer, from the first on, before the rest is given up.
_HOPELESS = 20


class Outlook:
    """Hopeless where nothing was ever answered."""

    def __init__(self) -> None:
        self._unanswered: int | None = 0

    def hear(self, results: Iterable[StoryResult]) -> None:
        """Learn what came of stories; raises LLMError where none of the first is answered."""
        for result in results:
            if result.comparison is not None:
                self._unanswered = None
            if self._unanswered is None:
                return
            self._unanswered += 1
            if self._unanswered >= _HOPELESS:
                why = result.failures[0]
                raise LLMError(f"none of the first {self._unanswered} stories is answered: {why}")
