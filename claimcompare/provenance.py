"""What a comparison was made with."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version

from claimcompare.llm import LLM, LLMSettings
from claimcompare.llm.recording import open_replay
from claimcompare.schema import PromptUse, Provenance, Record
from claimcompare.stages import CompareSettings, Extraction, StageLog
from claimcompare.usage import RunUsage

# Of a model's settings those that change answers. Headers may hold keys.
_OF_ANSWERS = frozenset(
    "temperature max_output_tokens reasoning_effort votes logprobs decisions small body".split()
)


def provenance_of(
    llm: LLM,
    judge: LLM | None,
    settings: CompareSettings | None,
    logs: Sequence[StageLog],
    *,
    small: bool,
) -> Provenance:
    """That a run was made now with these; a replay is of no time, so that it is always the same."""
    return Provenance(
        claimcompare=_version(),
        model=llm.identity,
        endpoint=llm.base_url or ("embedded" if llm.is_local else "default"),
        prompts=_prompts(logs),
        small=small,
        judge=judge.identity if judge else None,
        made=None if open_replay() is not None else _now(),
        settings=settings_told(
            llm.settings, judge.settings if judge else None, settings or CompareSettings()
        ),
    )


def usage_of(extraction: Extraction, logs: Sequence[StageLog]) -> RunUsage:
    """What reading, telling speakers, pairing and classifying took, by their logs in that order."""
    extract_log, speakers_log, pair_log, classify_log = logs
    return RunUsage(
        extract=extract_log.usage,
        speakers=speakers_log.usage,
        pair=pair_log.usage,
        classify=classify_log.usage,
        extract_by_article=extraction.usage_by_article,
    )


@cache
def _version() -> str:
    """Read once: that takes as long as many a call's own work."""
    return version("claimcompare")


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _prompts(logs: Iterable[StageLog]) -> tuple[PromptUse, ...]:
    uses = tuple(use for log in logs for use in log.prompts)
    return tuple(
        PromptUse(
            name=name,
            version=edition,
            filled=tuple(one for use in uses if use.name == name for one in use.filled),
        )
        for name, edition in dict.fromkeys((use.name, use.version) for use in uses)
    )


def settings_told(
    llm: LLMSettings, judge: LLMSettings | None, settings: CompareSettings
) -> dict[str, Mapping[str, object]]:
    """What changes results and differs from the defaults, by whose it is."""
    changed = _changed(settings, CompareSettings.model_fields)
    if settings.prompts is not None:
        # Where it lies on this machine is nobody's business.
        changed["prompts"] = settings.prompts.absolute().name
    found = {
        "compare": changed,
        "llm": _changed(llm, _OF_ANSWERS),
        "judge": _changed(judge or LLMSettings(), _OF_ANSWERS),
    }
    return {whose: changes for whose, changes in found.items() if changes}


def _changed(settings: Record, names: Iterable[str]) -> dict[str, object]:
    return settings.model_dump(mode="json", include=set(names), exclude_defaults=True)
