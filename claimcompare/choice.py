"""Who does the stages of a run: small models get simpler questions than those that read."""

from claimcompare.llm import LLM
from claimcompare.stages.classify import ModelJudge
from claimcompare.stages.decide import DecidingJudge
from claimcompare.stages.extract import ModelReader
from claimcompare.stages.flow import Count, Progress
from claimcompare.stages.pair import ModelPairer
from claimcompare.stages.protocols import Judge, Parts
from claimcompare.stages.settings import CompareSettings
from claimcompare.stages.speakers import ModelResolver


async def parts_for(
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
    judge: LLM | None = None,
) -> Parts:
    """The parts for a reader and a judge, by what each model is; raises PromptError."""
    settings = settings or CompareSettings()
    judging = await _judge(
        judge or llm, settings, Count("classify", progress), own=judge is not None
    )
    if await llm.ais_small():
        from claimcompare import small

        return small.parts(llm, settings, progress, judging)
    return Parts(
        reader=ModelReader(llm, settings, Count("extract", progress)),
        resolver=ModelResolver(llm, settings, Count("speakers", progress)),
        pairer=ModelPairer(llm, settings, Count("pair", progress)),
        judge=judging,
    )


async def _judge(llm: LLM, settings: CompareSettings, calls: Count, *, own: bool) -> Judge:
    """A judge of its own may be an endpoint that decides; of the reader's one has to say so."""
    if await llm.ais_small():
        from claimcompare import small

        return small.SmallJudge(llm, settings, calls)
    if own or llm.settings.decisions != "auto":
        return DecidingJudge(llm, settings, calls)
    return ModelJudge(llm, settings, calls)
