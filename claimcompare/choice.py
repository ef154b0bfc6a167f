"""Who does the stages of a run: small models get simpler questions than those that read."""

from inspect import isawaitable

from claimcompare.errors import ClaimCompareError, PluginError
from claimcompare.llm import LLM
from claimcompare.plugins import called, load
from claimcompare.stages.classify import ModelJudge
from claimcompare.stages.decide import DecidingJudge
from claimcompare.stages.extract import ModelReader
from claimcompare.stages.flow import Count, Progress
from claimcompare.stages.pair import ModelPairer
from claimcompare.stages.protocols import Judge, Parts
from claimcompare.stages.settings import CompareSettings, MakeParts
from claimcompare.stages.speakers import ModelResolver


def model(given: LLM | str | None, given_as: str = "llm") -> LLM:
    """A model as it was given; raises ClaimCompareError where that is only its name, or nothing."""
    if given is None or isinstance(given, str):
        name = given or "gpt-5-mini"
        raise ClaimCompareError(
            f"{given_as}={given!r} is no model; make one of a name, as in {given_as}=LLM({name!r})"
        )
    return given


async def parts_for(
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
    judge: LLM | None = None,
) -> Parts:
    """The parts that the settings name, else ours; raises PluginError, PromptError."""
    for given_as, one in (("llm", llm), ("judge", llm if judge is None else judge)):
        model(one, given_as)
    settings = settings or CompareSettings()
    given = settings.parts
    if given is None:
        return await shipped_parts(llm, settings, progress, judge)
    make: MakeParts = load("parts", given) if isinstance(given, str) else given
    made = make(llm, settings, progress, judge)
    parts = await made if isawaitable(made) else made
    if isinstance(parts, Parts):
        return parts
    name = called(given)
    raise PluginError(f"the parts {name!r} are {type(parts).__name__}, and no Parts", name=name)


async def shipped_parts(
    llm: LLM,
    settings: CompareSettings | None = None,
    progress: Progress | None = None,
    judge: LLM | None = None,
) -> Parts:
    """Our parts for a reader and a judge, by what each model is, so that some can be replaced.

    `(await shipped_parts(llm, settings, progress, judge))._replace(judge=mine)` are ours but for
    the judge. Raises PromptError.
    """
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
