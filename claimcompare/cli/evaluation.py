"""The commands that measure: `eval TASK`, `eval show`, and `eval diff`."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from claimcompare.cli.command import Command
from claimcompare.cli.console import errors_in_a_line, leave, note_all, stop, tell, tell_all
from claimcompare.cli.declared import FILE, with_options
from claimcompare.cli.forms import form_of, form_option
from claimcompare.cli.group import Group
from claimcompare.cli.items import items_done
from claimcompare.cli.options import AMOUNT, OUTPUT, RunOptions, run_options
from claimcompare.cli.outputs import check_output, opened
from claimcompare.cli.reading import load_evaluation
from claimcompare.cli.usage import total_lines
from claimcompare.report import FiguresFormat, TablesFormat
from claimcompare.schema import Record

if TYPE_CHECKING:
    from claimcompare.evaluation import BadRow, Evaluation, Only, Sample, TaskName

_TASKS: dict["TaskName", str] = {
    "attribution": "Who is said to say what: articles with marked attributions.",
    "stance": "Where claims stand on propositions: support, denial or context.",
    "pairs": "Which pairs of statements oppose each other.",
    "compare": "Whole comparisons: claims, disputes and stances.",
}
_FORMS: tuple[FiguresFormat, ...] = get_args(FiguresFormat)
_TABLES: tuple[TablesFormat, ...] = get_args(TablesFormat)
_ONLY: tuple["Only", ...] = ("all", "wrong", "abstained", "failed")
_ITEMS_SHOWN = 20
_BAD_ROWS_SHOWN = 10
_REASONS_SHOWN = 5
_OPTIONS = (
    click.option("--data", type=FILE, required=True, help="The data set, in its published form."),
    click.option("--adapter", metavar="NAME", help="What reads it; else its form is recognised."),
    click.option("--limit", type=click.IntRange(min=1), help="So many items, drawn by --seed."),
    click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True),
    click.option("--baseline", type=FILE, help="An evaluation in JSON to hold this one against."),
    click.option(
        "--max-drop",
        type=AMOUNT,
        default=0.02,
        show_default=True,
        help="Exit with 1 if the headline figure is lower than the baseline's by more.",
    ),
    form_option(lambda: _FORMS),
    OUTPUT,
)


class EvalOptions(Record):
    """The options of an evaluation, beside those of every run."""

    data: Path
    adapter: str | None
    limit: int | None
    seed: int
    baseline: Path | None
    max_drop: float
    form: FiguresFormat
    output: Path | None

    @property
    def files(self) -> list[Path]:
        """What an evaluation reads."""
        return [self.data, self.baseline] if self.baseline else [self.data]


@click.group("eval", cls=Group)
def eval_group() -> None:
    """Measure a model and prompts on gold, live or from recordings."""


@eval_group.command("diff")
@click.argument("before", type=FILE, metavar="BEFORE.json")
@click.argument("after", type=FILE, metavar="AFTER.json")
@form_option(lambda: _TABLES)
@OUTPUT
def diff_command(before: Path, after: Path, form: str | None, output: Path | None) -> None:
    """What changed between two evaluations, which items flipped, and whether it is significant."""
    with errors_in_a_line(), with_numpy():
        from claimcompare.evaluation import diff, diff_in

        chosen = form_of(form, output, _TABLES)
        changes = diff(load_evaluation(before), load_evaluation(after))
        check_output(output, [before, after])
        with opened(output) as file:
            file.write(diff_in(chosen, changes))


@eval_group.command("show")
@click.argument("evaluation", type=FILE, metavar="EVALUATION.json")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=_ITEMS_SHOWN,
    show_default=True,
    help="At most so many items.",
)
@click.option(
    "--only", type=click.Choice(_ONLY), default="all", show_default=True, help="Items of this kind."
)
@form_option(lambda: _TABLES)
@OUTPUT
def show_command(
    evaluation: Path, limit: int, only: "Only", form: str | None, output: Path | None
) -> None:
    """The items of an evaluation, the worst first: what each was, what is right, what was said."""
    with errors_in_a_line(), with_numpy():
        from claimcompare.evaluation import shown_in, worst

        chosen = form_of(form, output, _TABLES)
        showing = worst(load_evaluation(evaluation), only=only, limit=limit)
        check_output(output, [evaluation])
        with opened(output) as file:
            file.write(shown_in(chosen, showing))


@eval_group.command("schema")
def schema_command() -> None:
    """The JSON schema of gold files of our own form."""
    import json

    with with_numpy():
        from claimcompare.evaluation import gold_schema

        with opened(None) as file:
            file.write(f"{json.dumps(gold_schema(), indent=2)}\n")


def _task_command(name: "TaskName", about: str) -> click.Command:
    def command(**options: Any) -> None:
        own = {field: options.pop(field) for field in EvalOptions.model_fields}
        own["form"] = form_of(own["form"], own["output"], _FORMS)
        _evaluate(name, EvalOptions(**own), RunOptions.of(**options))

    return click.command(name, cls=Command, help=about)(
        with_options(_OPTIONS, run_options(command))
    )


def _evaluate(name: "TaskName", options: EvalOptions, run: RunOptions) -> None:
    with errors_in_a_line(hint=run.after_a_stop()), with_numpy(), run.llm() as llm:
        from claimcompare.evaluation import EvaluationSettings, draw, evaluate, evaluation_in

        check_output(options.output, [*options.files, *run.files])
        settings = EvaluationSettings(
            compare=run.comparing,
            limit=options.limit,
            seed=options.seed,
            adapter=options.adapter,
        )
        run.tell_prompts()
        sample = draw(name, options.data, settings)
        _tell_bad_rows(sample.data.bad_rows)
        baseline = _baseline(options.baseline, sample)
        with run.recording(), items_done(name) as on_items:
            made = evaluate(name, sample, llm=llm, on_items=on_items)
        with opened(options.output) as file:
            file.write(evaluation_in(options.form, made))
        tell_all(_failures(made))
        note_all(total_lines(made.usage, llm.spent))
        is_lower = baseline is not None and _is_lower(baseline, made, options.max_drop)
    leave(made.figures.failed + is_lower)


def _baseline(path: Path | None, sample: "Sample[Any]") -> "Evaluation | None":
    """The evaluation to hold against, if it is of the same items."""
    from claimcompare.evaluation import check_same

    if path is None:
        return None
    baseline = load_evaluation(path)
    check_same(baseline, sample)
    return baseline


def _failures(made: "Evaluation") -> Iterator[str]:
    """The commonest reasons why items failed."""
    reasons = Counter(one.reason for one in made.outcomes if one.status == "failed")
    for reason, times in reasons.most_common(_REASONS_SHOWN):
        yield f"{times} failed: {reason}"


def _tell_bad_rows(rows: Iterable["BadRow"]) -> None:
    rows = tuple(rows)
    for row in rows[:_BAD_ROWS_SHOWN]:
        tell(f"bad row: {row}")
    if len(rows) > _BAD_ROWS_SHOWN:
        tell(f"and {len(rows) - _BAD_ROWS_SHOWN} more bad rows; -f json names them all")


def _is_lower(baseline: "Evaluation", made: "Evaluation", most: float) -> bool:
    from claimcompare.evaluation import dropped

    drop, headline = dropped(baseline, made), made.figures.headline
    verb = "dropped" if drop > 0 else "rose"
    moved = f"{verb} by {abs(drop):.4f} against the baseline" if drop else "is as in the baseline"
    tell(f"{headline} {moved}; a drop of {most:g} is allowed")
    return drop > most


@contextmanager
def with_numpy() -> Iterator[None]:
    """What evaluations need, or an end in one line that says how to get it."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != "numpy":
            raise
        stop(str(error))


for _name, _about in _TASKS.items():
    eval_group.add_command(_task_command(_name, _about))
