"""Figures and differences for people, as text or as Markdown; differences as JSON, too."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from claimcompare.articles import one_line
from claimcompare.evaluation.changes import EvaluationDiff, Flip
from claimcompare.evaluation.harness import Evaluation
from claimcompare.evaluation.results import Differences, Figure
from claimcompare.evaluation.showing import items_as_markdown
from claimcompare.evaluation.worst import worst
from claimcompare.report import TablesFormat
from claimcompare.report.markdown import escaped
from claimcompare.report.sides import how_many

_SIGNIFICANT = 0.05
# Of the exchanges of so many documents, 2 of 64 differ as much as the runs themselves.
_FEWEST_DOCUMENTS = 6
_WORST_SHOWN = 10
Table = Sequence[Sequence[str]]
Clean = Callable[[str], str]


def figures_in(form: Literal["text", "markdown"], evaluation: Evaluation) -> str:
    """The figures; as Markdown, such as the summary of a job, with the worst items folded."""
    clean, table, is_markdown = _CLEAN[form], _TABLES[form], form == "markdown"
    title = "### " if is_markdown else ""
    parts = [title + heading(evaluation, clean), table(list(figures_table(evaluation)))]
    if evaluation.confusion:
        parts.append("Gold by row, answer by column:")
        parts.append(table(list(confusion_table(evaluation.confusion))))
    folded = _folded(evaluation) if is_markdown else ()
    return "\n\n".join([*parts, *folded, footing(evaluation, clean)]) + "\n"


def diff_in(form: TablesFormat, changes: EvaluationDiff) -> str:
    """The difference in that form."""
    if form == "json":
        return changes.model_dump_json(indent=1) + "\n"
    table, clean, found = _TABLES[form], _CLEAN[form], changes.differences
    seen = f"{how_many(found.items, 'item')} in {how_many(found.documents, 'document')}"
    parts = [
        f"{changes.task}: {seen}, after less before",
        "Changed: " + ("; ".join(map(clean, changes.changed)) or "nothing that is recorded"),
        table(list(_moves(changes))),
        _verdict(found),
        _flip_count(changes.flips),
    ]
    if changes.flips:
        parts.append(table(list(_flips(changes.flips, clean))))
    return "\n\n".join(parts) + "\n"


def heading(evaluation: Evaluation, clean: Clean) -> str:
    """What was evaluated, in a line."""
    data, figures = evaluation.data, evaluation.figures
    return (
        f"{evaluation.task} on {clean(data.name)}: {figures.items} of "
        f"{how_many(data.available, 'item')} in {how_many(figures.documents, 'document')}, "
        f"model {clean(evaluation.model)}, "
        f"seed {evaluation.settings.seed}"
    )


def footing(evaluation: Evaluation, clean: Clean) -> str:
    """What the figures rest on, in lines."""
    data, figures = evaluation.data, evaluation.figures
    prompts = ", ".join(f"{one.name} {clean(one.version)}" for one in evaluation.prompts)
    return (
        f"Headline: {figures.headline}. Failed: {figures.failed}, abstained: {figures.abstained}; "
        f"both count as errors.\n"
        f"Left out: copies {data.copies}, bad rows {len(data.bad_rows)}, "
        f"unrelated {data.unrelated}.\n"
        f"Intervals: 95%, {figures.resamples} resamples of documents. Prompts: {prompts}."
    )


def figures_table(evaluation: Evaluation) -> Iterator[Sequence[str]]:
    """The figures with their intervals, after a head."""
    yield "figure", "value", "95% interval"
    for name, figure in evaluation.figures.figures.items():
        yield name, _number(figure.value), _interval(figure)


def confusion_table(confusion: Mapping[str, Mapping[str, int]]) -> Iterator[Sequence[str]]:
    """Gold by row and answers by column, after a head."""
    yield "gold", *next(iter(confusion.values()), {})
    for gold, row in confusion.items():
        yield gold, *map(str, row.values())


def _folded(evaluation: Evaluation) -> Iterator[str]:
    """The worst items, to be unfolded."""
    showing = worst(evaluation, limit=_WORST_SHOWN)
    yield f"<details><summary>The worst {len(showing.shown)} of {showing.items}</summary>"
    yield items_as_markdown(showing)
    yield "</details>"


def _moves(changes: EvaluationDiff) -> Iterator[Sequence[str]]:
    yield "figure", "difference", "95% interval", "p"
    for name, move in changes.differences.differences.items():
        yield name, _number(move.value, signed=True), _interval(move), _p(move.p)


def _verdict(found: Differences) -> str:
    headline, move = found.headline, found.differences[found.headline]
    if move.value is None or move.p is None:
        return f"{headline}: not defined in at least one of the runs."
    significant = "significant" if move.p < _SIGNIFICANT else "not significant"
    told = f"{headline}: {move.value:+.3f}, {significant} at 5% (p = {_p(move.p)})."
    if found.documents >= _FEWEST_DOCUMENTS:
        return told
    return f"{told} No difference could be, in fewer than {_FEWEST_DOCUMENTS} documents."


def _flip_count(flips: Sequence[Flip]) -> str:
    better = sum(one.better is True for one in flips)
    worse = sum(one.better is False for one in flips)
    return f"{how_many(len(flips), 'item')} came out otherwise: {better} better, {worse} worse."


def _flips(flips: Iterable[Flip], clean: Clean) -> Iterator[Sequence[str]]:
    yield "item", "gold", "before", "after", ""
    for one in flips:
        verdict = {True: "better", False: "worse", None: ""}[one.better]
        yield clean(one.id), one.gold, one.before, one.after, verdict


def _p(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _number(value: float | None, *, signed: bool = False) -> str:
    if value is None:
        return "–"
    return f"{value:+.3f}" if signed else f"{value:.3f}"


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return figure.reason or "–"
    return f"{figure.low:.3f} to {figure.high:.3f}"


def _aligned(table: Table) -> str:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in table
    )
    return "\n".join(line.rstrip() for line in lines)


def _markdown(table: Table) -> str:
    head, *body = (f"| {' | '.join(row)} |" for row in table)
    return "\n".join([head, f"|{' --- |' * len(table[0])}", *body])


_TABLES: dict[str, Callable[[Table], str]] = {"text": _aligned, "markdown": _markdown}
# Names of items, files and models come from data.
_CLEAN: dict[str, Clean] = {"text": one_line, "markdown": escaped}
