"""How the stages work."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from claimcompare.llm import LLM
from claimcompare.plugins import BY_NAME
from claimcompare.schema import Record
from claimcompare.stages.flow import Progress
from claimcompare.stages.protocols import Parts

Library = Literal["nupunkt", "pysbd"]
# Gets the reader, the settings (a CompareSettings), who hears of progress, and the judge if that
# is another model; gives the parts, or a coroutine of them.
MakeParts = Callable[[LLM, Any, Progress | None, LLM | None], Parts | Awaitable[Parts]]


class CompareSettings(Record):
    """How articles are split, read, paired and judged; the defaults are those measured."""

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
    parts: Annotated[str | MakeParts | None, BY_NAME] = Field(
        default=None,
        description="Who does the stages, by the name under which another package brings them; "
        "else claimcompare itself.",
    )
