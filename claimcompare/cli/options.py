"""The options that several commands have."""

import math
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import click

from claimcompare import LLM, CompareSettings, LLMSettings, Prices
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
OPEN = click.option("--open", "show", is_flag=True, help="Open the page (-f html) in a browser.")
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

    def llm(self, on_event: OnEvent | None = None) -> LLM:
        """The model to call."""
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
        return LLM(self.model, base_url=self.base_url, settings=settings, on_event=on_event)

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


def run_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add them to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
