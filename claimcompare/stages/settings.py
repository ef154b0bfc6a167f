"""How the stages work."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from claimcompare.schema import Record

Library = Literal["nupunkt", "pysbd"]


class CompareSettings(Record):
    """Settings of a comparison."""

    prompts: Path | None = Field(
        default=None, description="A folder with prompt files that replace the shipped ones."
    )
    segmenter: Library | None = Field(
        default=None,
        description="What splits sentences; else the library that does it best for the script.",
    )
    characters_per_call: int = Field(
        default=12_000,
        ge=1,
        description="An article with more is read in windows of whole paragraphs.",
    )
    claims_per_call: int = Field(
        default=150, ge=2, description="More claims are paired in windows that share claims."
    )
    nearest: int = Field(
        default=2,
        ge=0,
        description="Claims that were not placed and yet are judged, of each proposition.",
    )
    abstain_below: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="A side is given from this probability on, where one was measured.",
    )
