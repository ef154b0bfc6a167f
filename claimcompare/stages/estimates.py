"""What the stages take of a model that reads, before anything is sent."""

import json
import math
from collections.abc import Sequence
from functools import cache, partial

from pydantic import BaseModel

from claimcompare.llm.tokens import estimated_tokens
from claimcompare.llm.values import schema_of
from claimcompare.prompts import PromptName, load_prompt
from claimcompare.schema import Article
from claimcompare.stages.classify import WireStances
from claimcompare.stages.extract import WireClaims
from claimcompare.stages.join import WirePoints
from claimcompare.stages.pair import WireDisputes
from claimcompare.stages.settings import CompareSettings
from claimcompare.stages.speakers import WireSpeakers
from claimcompare.stages.windows import windows
from claimcompare.usage import Usage

# As found in seven articles of 105 sentences and 113 claims, read by a large model.
_NAMES_PER_CLAIM = 0.25
_DISPUTES_PER_CLAIM = 0.08
_CLAIMS_PER_DISPUTE = 6
_TOKENS_TO_WRITE_A_CLAIM = 65
_TOKENS_TO_READ_A_CLAIM = 40
_TOKENS_TO_READ_ITS_SENTENCE = 53
_TOKENS_TO_READ_A_NAME = 65
_TOKENS_TO_WRITE_A_NAME = 2
_TOKENS_TO_WRITE_A_DISPUTE = 65
_TOKENS_TO_WRITE_ITS_STANCES = 25
_TOKENS_TO_WRITE_A_STANCE = 3
_JUDGED_IN_A_CALL = 60
# As found in made-up stories of 300 to 2,000 claims: how often each is shown, and which part of a
# window is in no other.
_TIMES_SHOWN = 3
_OWN_PART = 0.3


class ReadingStages:
    """Of models that read: a call for a window of an article or of claims, or for some disputes."""

    claims_per_sentence = 1.1

    def __init__(self, settings: CompareSettings) -> None:
        self._settings = settings
        self._prompt = cache(partial(load_prompt, folder=settings.prompts))

    def reading(self, article: Article, known: frozenset[int]) -> Usage:
        """A call for each window."""
        settings = self._settings
        prompt = self._prompt("extract")
        total = Usage()
        for window in windows(article, settings.characters_per_call, settings.segmenter, known):
            filled = prompt.fill(**window.values())
            claims = math.ceil(self.claims_per_sentence * len(window.citable))
            total += Usage(
                calls=1,
                prompt_tokens=estimated_tokens(filled.system + filled.user) + _schema(WireClaims),
                completion_tokens=claims * _TOKENS_TO_WRITE_A_CLAIM,
            )
        return total

    def naming(self, claims: int) -> Usage:
        """One call where there are two names."""
        names = math.ceil(_NAMES_PER_CLAIM * claims)
        if names <= 1:
            return Usage()
        return Usage(
            calls=1,
            prompt_tokens=self._static("speakers", WireSpeakers) + names * _TOKENS_TO_READ_A_NAME,
            completion_tokens=names * _TOKENS_TO_WRITE_A_NAME,
        )

    def pairing(self, claims: int, _articles: Sequence[Article]) -> Usage:
        """A call where all claims fit, else one for each window and one to join their disputes."""
        size, disputes = self._settings.claims_per_call, math.ceil(_DISPUTES_PER_CLAIM * claims)
        if claims <= 1:
            return Usage()
        if claims <= size:
            return self._windows(1, claims, disputes)
        calls = math.ceil(claims / (size * _OWN_PART))
        return self._windows(calls, claims * _TIMES_SHOWN, disputes) + self.joining(disputes)

    def joining(self, disputes: int) -> Usage:
        """One call to tell which of them are the same."""
        return Usage(
            calls=1,
            prompt_tokens=self._static("join", WirePoints) + disputes * _TOKENS_TO_READ_A_CLAIM,
            completion_tokens=disputes * _TOKENS_TO_WRITE_A_STANCE,
        )

    def _windows(self, calls: int, shown: int, disputes: int) -> Usage:
        static = self._static("pair", WireDisputes)
        return Usage(
            calls=calls,
            prompt_tokens=calls * static + shown * _TOKENS_TO_READ_A_CLAIM,
            completion_tokens=disputes * _TOKENS_TO_WRITE_A_DISPUTE,
        )

    def judging(self, claims: int) -> Usage:
        """A call for a few disputes, each with the claims that are nearest to it."""
        disputes = math.ceil(_DISPUTES_PER_CLAIM * claims) if claims > 1 else 0
        judged = disputes * min(claims, _CLAIMS_PER_DISPUTE + self._settings.nearest)
        calls = math.ceil(judged / _JUDGED_IN_A_CALL)
        shown = _TOKENS_TO_READ_A_CLAIM + _TOKENS_TO_READ_ITS_SENTENCE
        stances, lists = judged * _TOKENS_TO_WRITE_A_STANCE, disputes * _TOKENS_TO_WRITE_ITS_STANCES
        return Usage(
            calls=calls,
            prompt_tokens=calls * self._static("classify", WireStances) + judged * shown,
            completion_tokens=stances + lists,
        )

    def _static(self, name: PromptName, wire: type[BaseModel]) -> int:
        prompt = self._prompt(name)
        return estimated_tokens(prompt.system) + _schema(wire)


def _schema(wire: type[BaseModel]) -> int:
    """Servers show the schema to the model, and charge for it."""
    return estimated_tokens(json.dumps(schema_of(wire).value))
