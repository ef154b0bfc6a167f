"""How the stages work."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from claimcompare.schema import Record

_MANY_AT_ONCE = 40
_PASSAGES_FOR_FEW = 18
_FEW_PLACED = 10
_MANY_PLACED = 30
Reading = Literal["full", "lean"]
Library = Literal["nupunkt", "pysbd"]
Judging = Literal["each", "together"]


class CompareSettings(Record):
    """Settings of a comparison.

    `prompts` is a folder with extract.md, pair.md, classify.md and
    classify_together.md in place of those shipped.
    `reading` is "full" or "lean", by default lean for small models: these are asked only about
    passages with a word that reports or a quotation, and only who speaks, and not even that where a
    name stands beside a verb of speech; the words of the claim are the article's own. `segmenter`
    splits sentences, by default the library that does it best for the script. A call reads
    `sentences_per_call` sentences or short quotations, by default 18 for small models and 40.
    `statements_per_call` defaults to 1 for those, which lose sight of longer tasks, and to 40 for
    others; one by one, only claims that object, negate or count otherwise by their words are held
    against others. The claims nearest to a proposition get a stance: `claims_per_proposition`, by
    default 10 and 30. `judging` is "each", a question for each of them, by default for small
    models, or "together", three ballots on all of them. A claim takes a side only where that is
    at least as probable as `abstain_below`, else it gets no stance; context is no side.
    """

    prompts: Path | None = None
    reading: Reading | None = None
    second_pass: bool = False
    segmenter: Library | None = None
    sentences_per_call: int | None = Field(default=None, ge=1)
    statements_per_call: int | None = Field(default=None, ge=1)
    claims_per_proposition: int | None = Field(default=None, ge=2)
    judging: Judging | None = None
    abstain_below: float = Field(default=0.45, ge=0, le=1)

    def sentences_at_once(self, *, small: bool) -> int:
        """How many sentences one call reads."""
        return self.sentences_per_call or (_PASSAGES_FOR_FEW if small else _MANY_AT_ONCE)

    def is_lean(self, *, small: bool) -> bool:
        """Whether the model is asked only for what the passages do not tell by themselves."""
        return small if self.reading is None else self.reading == "lean"

    def statements_at_once(self, *, small: bool) -> int:
        """How many claims one call holds against others."""
        return self.statements_per_call or (1 if small else _MANY_AT_ONCE)

    def judges_each(self, *, small: bool) -> bool:
        """Whether each claim gets a question of its own."""
        return small if self.judging is None else self.judging == "each"

    def claims_placed(self, *, small: bool) -> int:
        """How many claims are held against one proposition."""
        return self.claims_per_proposition or (_FEW_PLACED if small else _MANY_PLACED)
