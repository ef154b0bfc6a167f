"""The options that several commands have."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, Self

import click

from claimcompare import LLM, ClaimCompareError, CompareSettings, LLMSettings, Prices
from claimcompare.cli.console import note
from claimcompare.cli.declared import FILE, Amount, Pair, option, settings, with_options
from claimcompare.corpus import Model
from claimcompare.llm import OnEvent, recording
from claimcompare.llm.recording import is_folder
from claimcompare.prompts import NAMES, own_prompts
from claimcompare.schema import Record

AMOUNT = Amount(min=0)
OUTPUT = click.option(
    "-o",
    "--output",
    type=FILE,
    callback=lambda _, __, told: None if told == Path("-") else told,
    help="Write to this file; - is standard output.",
)
CACHE_FOLDER = settings(LLMSettings, {"Options": ["cache_folder"]})[0]
_MODEL = "The model"
_ANSWERS = "What is kept"
_SETTINGS = {
    _MODEL: (
        "api_version", "gguf", "small", "temperature", "max_output_tokens", "reasoning_effort",
        "decisions", "logprobs", "votes",
    ),
    "Limits": ("concurrency", "requests_per_minute", "tokens_per_minute", "max_cost", "max_tokens"),
    "Failures": ("attempts", "timeout", "deadline", "max_wait", "max_retry_after"),
    _ANSWERS: ("cache_folder", "cache_bytes", "store", "traces"),
}  # fmt: skip
_COMPARING = (
    "prompts", "segmenter", "characters_per_call", "claims_per_call", "nearest", "abstain_below",
    "parts",
)  # fmt: skip
_OPTIONS = (
    option(
        "-m",
        "--model",
        group=_MODEL,
        default="local",
        show_default=True,
        help="The embedded model, or a model of the endpoint.",
    ),
    option("--base-url", group=_MODEL, help="An OpenAI-compatible endpoint."),
    option(
        "--header",
        "headers",
        group=_MODEL,
        multiple=True,
        type=Pair(),
        help=LLMSettings.model_fields["headers"].description,
    ),
    option(
        "--body",
        group=_MODEL,
        multiple=True,
        type=Pair(is_json=True),
        help=LLMSettings.model_fields["body"].description,
    ),
    option(
        "--price",
        "prices",
        group="Limits",
        type=(AMOUNT, AMOUNT),
        metavar="IN OUT",
        help=LLMSettings.model_fields["prices"].description,
    ),
    *settings(LLMSettings, _SETTINGS),
    *settings(CompareSettings, {"How it is compared": _COMPARING}),
    option(
        "--record",
        group=_ANSWERS,
        type=FILE,
        help="Record the responses: to a cassette (.yaml), or what is missing to a folder.",
    ),
    option(
        "--replay",
        group=_ANSWERS,
        type=FILE,
        help="Answer from a recording, without network.",
    ),
    option(
        "--no-cache",
        group=_ANSWERS,
        is_flag=True,
        help="Keep no answers, and use none kept before.",
    ),
    option(
        "--usage",
        "show_usage",
        group=_ANSWERS,
        is_flag=True,
        help="Show usage by stage and article.",
    ),
)
_JUDGE = "The judge"
_JUDGE_OPTIONS = (
    option(
        "--judge",
        group=_JUDGE,
        metavar="MODEL",
        help="Another model to say where claims stand; --max-cost and --max-tokens hold for each.",
    ),
    option(
        "--judge-url",
        group=_JUDGE,
        help="The judge's endpoint, if it is another one than the model's.",
    ),
    option(
        "--judge-key-env",
        group=_JUDGE,
        metavar="NAME",
        help="The environment variable that holds the judge's key, if it has another one.",
    ),
)


class RunOptions(Record):
    """The options of the commands that use a model."""

    model: str
    base_url: str | None
    calls: LLMSettings
    comparing: CompareSettings
    record: Path | None
    replay: Path | None
    show_usage: bool

    @classmethod
    def of(cls, *, no_cache: bool, prices: tuple[float, float] | None, **given: Any) -> Self:
        """What the command line says, in the records that Python callers fill."""
        calls = {name: given.pop(name) for names in _SETTINGS.values() for name in names}
        for name in ("headers", "body"):
            calls[name] = dict(given.pop(name))
        calls["prices"] = prices and Prices(prompt=prices[0], completion=prices[1])
        comparing = {name: given.pop(name) for name in _COMPARING}
        return cls(
            calls=LLMSettings(cache=not no_cache, **calls),
            comparing=CompareSettings(**comparing),
            **given,
        )

    def tell_prompts(self) -> None:
        """Say which prompts of the user's own folder are used, and which are not in it."""
        folder = self.comparing.prompts
        if folder is not None:
            own = own_prompts(folder)
            rest = " and the shipped ones for the rest" if len(own) < len(NAMES) else ""
            note(f"prompts: {', '.join(own)} from {folder}{rest}")

    def llm(self, on_event: OnEvent | None = None, *, api_key: str | None = None) -> LLM:
        """The model to call; without a key that of the SDK's environment variables is sent."""
        return LLM(
            self.model,
            base_url=self.base_url,
            api_key=api_key,
            settings=self.calls,
            on_event=on_event,
        )

    def as_model(self, key_env: str | None = None) -> Model:
        """The same model, to be opened in whatever process."""
        return Model(name=self.model, base_url=self.base_url, key_env=key_env, settings=self.calls)

    @property
    def files(self) -> list[Path]:
        """What a run reads or records beside articles."""
        given = (self.calls.gguf, self.comparing.prompts, self.record, self.replay)
        return [one for one in given if one]

    def after_a_stop(self) -> str:
        """What to say to whoever interrupts a run."""
        kept = is_folder(self.record) if self.record else self.calls.cache
        if self.replay or not kept:
            return ""
        return "; what was answered is kept, and the same command goes on from there"

    def recording(self) -> AbstractContextManager[None]:
        """Where responses are recorded to or replayed from, if at all."""
        if self.record and self.replay:
            raise click.UsageError("use --record or --replay, not both")
        if self.record:
            return recording.record(self.record)
        return recording.replay(self.replay) if self.replay else nullcontext()


class JudgeOptions(Record):
    """The options of who says where claims stand, if that is another model."""

    judge: str | None
    judge_url: str | None
    judge_key_env: str | None

    def llm(self, run: RunOptions) -> AbstractContextManager[LLM | None]:
        """The judge, called as the reader is but for what is its own; raises ClaimCompareError."""
        judge = self._of(run)
        return judge.llm(api_key=self._key()) if judge else nullcontext()

    def as_model(self, run: RunOptions) -> Model | None:
        """The same judge, to be opened in whatever process; raises ClaimCompareError."""
        judge = self._of(run)
        self._key()
        return judge.as_model(self.judge_key_env) if judge else None

    def _of(self, run: RunOptions) -> RunOptions | None:
        if self.judge is None:
            if self.judge_url or self.judge_key_env:
                raise click.UsageError("--judge-url and --judge-key-env go with --judge MODEL")
            return None
        # The reader's price is of that model; its API version and headers, of that endpoint.
        own: dict[str, Any] = {"prices": None}
        moved = bool(self.judge_url) or self.judge == "local"
        if moved:
            own |= {"api_version": None, "headers": {}, "body": {}}
        return run.model_copy(
            update={
                "model": self.judge,
                "base_url": self.judge_url if moved else run.base_url,
                "calls": run.calls.model_copy(update=own),
            }
        )

    def _key(self) -> str | None:
        if self.judge_key_env is None:
            return None
        key = os.environ.get(self.judge_key_env)
        if not key:
            raise ClaimCompareError(f"--judge-key-env: {self.judge_key_env} is not set, or empty")
        return key


def run_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of every command that uses a model."""
    return with_options(_OPTIONS, command)


def judge_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of the judge."""
    return with_options(_JUDGE_OPTIONS, command)
