"""What the stages take of a small model, before anything is sent."""

import math
from collections.abc import Sequence
from functools import cache, partial

from claimcompare.llm.tokens import estimated_tokens
from claimcompare.prompts import PromptName, load_prompt
from claimcompare.schema import Article
from claimcompare.small.candidates import TARGETS
from claimcompare.small.chunks import chunks
from claimcompare.small.lexicon import is_english
from claimcompare.small.pairer import PLACED
from claimcompare.stages.settings import CompareSettings
from claimcompare.usage import Usage

# As found in 105 sentences of news, read by the embedded model.
_PROPOSITIONS_PER_CLAIM = 0.1
_TOKENS_TO_READ_A_CLAIM = 45
_TOKENS_TO_WRITE_A_CLAIM = 25
_TOKENS_TO_WORD_A_CLAIM = 25


class SmallStages:
    """A call for a few passages, for a proposition and for a stance."""

    claims_per_sentence = 0.8

    def __init__(self, settings: CompareSettings) -> None:
        self._settings = settings
        self._prompt = cache(partial(load_prompt, folder=settings.prompts))

    def reading(self, article: Article, known: frozenset[int]) -> Usage:
        """A call for each chunk of which something is asked."""
        prompt = self._prompt("small/extract")
        total = Usage()
        for chunk in chunks(article, self._settings, known):
            if asked := len(chunk.asked()):
                filled = prompt.fill(**chunk.values())
                total += Usage(
                    calls=1,
                    prompt_tokens=estimated_tokens(filled.system + filled.user),
                    completion_tokens=asked * _TOKENS_TO_WRITE_A_CLAIM,
                )
        return total

    def naming(self, _claims: int) -> Usage:
        """Nothing is asked."""
        return Usage()

    def pairing(self, claims: int, articles: Sequence[Article]) -> Usage:
        """A call to word each proposition; where no rules hold, also a few about each claim."""
        if claims <= 1:
            return Usage()
        worded, foreign = self._propositions(claims), sum(not is_english(one) for one in articles)
        asked = math.ceil(TARGETS * claims * foreign / max(1, len(articles)))
        words = self._static("small/pair") + _TOKENS_TO_READ_A_CLAIM
        stances = self._static("small/classify") + 2 * _TOKENS_TO_READ_A_CLAIM
        return Usage(
            calls=worded + asked,
            prompt_tokens=worded * words + asked * stances,
            completion_tokens=worded * _TOKENS_TO_WORD_A_CLAIM + asked,
        )

    def joining(self, _disputes: int) -> Usage:
        """Nothing is asked."""
        return Usage()

    def judging(self, claims: int) -> Usage:
        """A call of one token for each claim on a proposition."""
        calls = self._propositions(claims) * min(claims, PLACED)
        read = self._static("small/classify") + 2 * _TOKENS_TO_READ_A_CLAIM
        return Usage(calls=calls, prompt_tokens=calls * read, completion_tokens=calls)

    def _propositions(self, claims: int) -> int:
        return math.ceil(_PROPOSITIONS_PER_CLAIM * claims) if claims > 1 else 0

    def _static(self, name: PromptName) -> int:
        return estimated_tokens(self._prompt(name).system)
