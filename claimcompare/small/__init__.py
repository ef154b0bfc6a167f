"""The stages for models too small to read a whole article: simpler questions, rules of thumb."""

from claimcompare.llm import LLM
from claimcompare.small.judge import SmallJudge
from claimcompare.small.pairer import SmallPairer
from claimcompare.small.reader import SmallReader
from claimcompare.stages.flow import Count, Progress
from claimcompare.stages.protocols import Judge, Parts
from claimcompare.stages.settings import CompareSettings
from claimcompare.stages.speakers import CodeResolver

__all__ = ["SmallJudge", "SmallPairer", "SmallReader", "parts"]


def parts(llm: LLM, settings: CompareSettings, progress: Progress | None, judge: Judge) -> Parts:
    """Who does the stages where a small model reads; raises PromptError."""
    return Parts(
        reader=SmallReader(llm, settings, Count("extract", progress)),
        resolver=CodeResolver(),
        pairer=SmallPairer(llm, settings, Count("pair", progress)),
        judge=judge,
        small=True,
    )
