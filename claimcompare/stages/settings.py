"""How the stages work."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from claimcompare.schema import Record

Library = Literal["nupunkt", "pysbd"]


class CompareSettings(Record):
    """Settings of a comparison.

    `prompts` is a folder with prompt files in place of those shipped, laid out as these are.
    `segmenter` splits sentences, by default the library that does it best for the script.
    An article of more than `characters_per_call` is read in windows of whole paragraphs, and more
    claims than `claims_per_call` are paired in windows that share claims. Of the claims that were
    not placed, the `nearest` to a proposition are judged, too. A side is given only where it is at
    least as probable as `abstain_below`, of those that a probability was measured for.
    """

    prompts: Path | None = None
    segmenter: Library | None = None
    characters_per_call: int = Field(default=12_000, ge=1)
    claims_per_call: int = Field(default=150, ge=2)
    nearest: int = Field(default=2, ge=0)
    abstain_below: float = Field(default=0.5, ge=0, le=1)
