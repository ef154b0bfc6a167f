"""`review`: the claims of a comparison one by one, each marked right, wrong or to be checked."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from claimcompare import Comparison
from claimcompare.cli.asking import Asking
from claimcompare.cli.command import Command
from claimcompare.cli.console import errors_in_a_line, stop, tell
from claimcompare.cli.declared import FILE
from claimcompare.cli.evaluation import with_numpy
from claimcompare.cli.outputs import check_output, say
from claimcompare.cli.reading import load_comparison, load_review
from claimcompare.schema.review import Review
from claimcompare.whole import write_whole

SUFFIX = ".review.json"
_EXAMPLES = """\b
Examples:
  claimcompare review story.json
  claimcompare review story.json --marks desk.review.json --export story.gold.json
  claimcompare compare 'story/*.html' --review story.review.json -o story.html
"""


@click.command("review", cls=Command, epilog=_EXAMPLES)
@click.argument("comparison", type=FILE, metavar="COMPARISON.json")
@click.option("-o", "--output", type=FILE, help=f"Where marks are kept; else beside it, *{SUFFIX}.")
@click.option(
    "--marks", type=FILE, multiple=True, help="Take over marks, as of the page; later ones count."
)
@click.option("--by", help="Who marks.")
@click.option(
    "--export", type=FILE, metavar="GOLD.json", help="Write gold of what was marked; ask nothing."
)
def review_command(
    comparison: Path,
    output: Path | None,
    marks: tuple[Path, ...],
    by: str | None,
    export: Path | None,
) -> None:
    """Mark the claims of a comparison right, wrong or to be checked.

    Each mark is saved at once, and what is marked is not asked again. --review of compare and
    report applies marks, also to another run of the same articles; --export makes them gold for
    eval.
    """
    kept = output or comparison.with_name(comparison.name.removesuffix(".json") + SUFFIX)
    with errors_in_a_line():
        made = load_comparison(comparison)
        review = _review([*([kept] if kept.exists() else []), *marks], by)
        if export:
            _export(review, made, export, [comparison, kept, *marks])
            return
        if not _is_terminal():
            stop(
                "review asks in a terminal, and this is none; mark in the page (-f html) and give "
                "its file to --marks, or write gold with --export"
            )
        check_output(kept, [comparison])
        if marks:
            save(review, kept)
        _ask(review, made, kept)


def save(review: Review, path: Path) -> None:
    """Write the review in one step, so that a stop leaves the one before or this one."""
    write_whole(path, f"{review.model_dump_json(indent=1)}\n")


def _review(files: Iterable[Path], by: str | None) -> Review:
    review = Review()
    for path in files:
        more = load_review(path)
        review = review.with_marks(more.marks).model_copy(update={"by": more.by or review.by})
    return review.model_copy(update={"by": by or review.by})


def _ask(review: Review, comparison: Comparison, path: Path) -> None:
    asking = Asking(review, comparison, save=lambda made: save(made, path))
    try:
        asking.run(_line)
    finally:
        tell(f"{asking.marked} of {len(asking.items)} marked: {path}")


def _line(prompt: str) -> str | None:
    """What is typed, None at the end of the input."""
    click.echo(prompt, nl=False)
    line = sys.stdin.readline()
    if not line:
        return None
    # What a terminal sends need not be text that can be saved.
    return line.encode("utf-8", "replace").decode().strip()


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _export(review: Review, comparison: Comparison, path: Path, read: list[Path]) -> None:
    with with_numpy():
        from claimcompare.evaluation import write_gold

        check_output(path, read)
        written = write_gold(review, comparison, path)
    disputes = f"{written.disputes} disputes with {written.stances} stances"
    say(f"{path}: {written.claims} claims, {disputes}")
    for line in written.left_out:
        tell(f"left out: {line}")
