"""The options that several commands have."""

import math
import os
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import click

from claimcompare import LLM, ClaimCompareError, CompareSettings, LLMSettings, Prices
from claimcompare.llm import OnEvent, recording
from claimcompare.llm.recording import is_folder
from claimcompare.report import FORMS
from claimcompare.schema import Record

FILE = click.Path(path_type=Path)
_SOME = click.IntRange(min=1)


class _Amount(click.FloatRange):
    """A number that can be compared; "nan" is a number, too, and would switch off a limit."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        amount: float = super().convert(value, param, ctx)
        if not math.isfinite(amount):
            self.fail(f"{value!r} is no amount.", param, ctx)
        return amount


AMOUNT = _Amount(min=0)

OUTPUT = click.option("-o", "--output", type=FILE, help="Write to this file.")
FORMAT = click.option(
    "-f", "--format", "form", type=click.Choice(list(FORMS)), default="text", show_default=True
)
CACHE_FOLDER = click.option(
    "--cache-folder",
    type=FILE,
    help="Where answers are kept; else CLAIMCOMPARE_CACHE, else your own cache folder.",
)
_OPTIONS = (
    click.option(
        "-m",
        "--model",
        default="local",
        show_default=True,
        envvar="CLAIMCOMPARE_MODEL",
        help="The embedded model, or a model of the endpoint.",
    ),
    click.option("--base-url", help="An OpenAI-compatible endpoint."),
    click.option("--api-version", help="Of Azure OpenAI, if the endpoint is one of it."),
    click.option("--gguf", type=FILE, help="Another model file for -m local."),
    click.option("--prompts", type=FILE, help="A folder with prompts of your own."),
    click.option(
        "--record",
        type=FILE,
        help="Record the responses: to a cassette (.yaml), or what is missing to a folder.",
    ),
    click.option("--replay", type=FILE, help="Answer from a recording, without network."),
    click.option("--no-cache", is_flag=True, help="Keep no answers, and use none kept before."),
    CACHE_FOLDER,
    click.option(
        "--concurrency",
        type=_SOME,
        default=16,
        show_default=True,
        help="Requests at the same time; the embedded model takes one.",
    ),
    click.option("--requests-per-minute", type=_SOME, help="What the endpoint allows."),
    click.option("--tokens-per-minute", type=_SOME, help="What the endpoint allows."),
    click.option("--max-cost", type=AMOUNT, metavar="USD", help="Stop before costing more."),
    click.option("--max-tokens", type=_SOME, help="Stop before using more."),
    click.option(
        "--price",
        type=(AMOUNT, AMOUNT),
        metavar="IN OUT",
        help="USD per million tokens, for models without a public price.",
    ),
    click.option("--usage", "show_usage", is_flag=True, help="Show usage by stage and article."),
)


_JUDGE_OPTIONS = (
    click.option(
        "--judge",
        metavar="MODEL",
        help="Another model to say where claims stand; --max-cost and --max-tokens hold for each.",
    ),
    click.option(
        "--judge-url", help="The judge's endpoint, if it is another one than the model's."
    ),
    click.option(
        "--judge-key-env",
        metavar="NAME",
        help="The environment variable that holds the judge's key, if it has another one.",
    ),
)


class RunOptions(Record):
    """The options of the commands that use a model."""

    model: str
    base_url: str | None
    api_version: str | None
    gguf: Path | None
    prompts: Path | None
    record: Path | None
    replay: Path | None
    no_cache: bool
    cache_folder: Path | None
    concurrency: int
    requests_per_minute: int | None
    tokens_per_minute: int | None
    max_cost: float | None
    max_tokens: int | None
    price: tuple[float, float] | None
    show_usage: bool

    def llm(self, on_event: OnEvent | None = None, *, api_key: str | None = None) -> LLM:
        """The model to call; without a key that of the SDK's environment variables is sent."""
        settings = LLMSettings(
            gguf=self.gguf,
            api_version=self.api_version,
            cache=not self.no_cache,
            cache_folder=self.cache_folder,
            concurrency=self.concurrency,
            requests_per_minute=self.requests_per_minute,
            tokens_per_minute=self.tokens_per_minute,
            max_cost=self.max_cost,
            max_tokens=self.max_tokens,
            prices=self.price and Prices(prompt=self.price[0], completion=self.price[1]),
        )
        return LLM(
            self.model,
            base_url=self.base_url,
            api_key=api_key,
            settings=settings,
            on_event=on_event,
        )

    @property
    def files(self) -> list[Path]:
        """What a run reads or records beside articles."""
        return [one for one in (self.gguf, self.prompts, self.record, self.replay) if one]

    def settings(self) -> CompareSettings:
        """How to compare."""
        return CompareSettings(prompts=self.prompts)

    def after_a_stop(self) -> str:
        """What to say to whoever interrupts a run."""
        kept = is_folder(self.record) if self.record else not self.no_cache
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
        if self.judge is None:
            if self.judge_url or self.judge_key_env:
                raise click.UsageError("--judge-url and --judge-key-env go with --judge MODEL")
            return nullcontext()
        # The reader's price is of that model, its URL and API version are of that endpoint.
        of_its_own: dict[str, str | None] = {"model": self.judge, "price": None}
        if self.judge_url or self.judge == "local":
            of_its_own |= {"base_url": self.judge_url, "api_version": None}
        return run.model_copy(update=of_its_own).llm(api_key=self._key())

    def _key(self) -> str | None:
        if self.judge_key_env is None:
            return None
        key = os.environ.get(self.judge_key_env)
        if not key:
            raise ClaimCompareError(f"--judge-key-env: {self.judge_key_env} is not set, or empty")
        return key


def run_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of every command that uses a model."""
    return _with(_OPTIONS, command)


def judge_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of the judge."""
    return _with(_JUDGE_OPTIONS, command)


def _with(
    options: Iterable[Callable[..., Any]], command: Callable[..., None]
) -> Callable[..., None]:
    for option in reversed(tuple(options)):
        command = option(command)
    return command
