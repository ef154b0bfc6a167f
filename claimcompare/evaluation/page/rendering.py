"""From an evaluation to one HTML file: the template, our own style, and the policy."""

from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, NamedTuple

from claimcompare.articles import one_line
from claimcompare.evaluation.harness import Evaluation
from claimcompare.evaluation.metrics.reliability import reliability
from claimcompare.evaluation.outcomes import PairOutcome, StanceOutcome
from claimcompare.evaluation.page.charts import matrix_chart, reliability_chart, risk_chart
from claimcompare.evaluation.tables import (
    Table,
    confusion_table,
    figures_table,
    footing,
    heading,
)
from claimcompare.evaluation.worst import worst
from claimcompare.report.page.shell import policy, templates

_WORST_SHOWN = 50


class Chart(NamedTuple):
    """A diagram as SVG, with the numbers that it shows."""

    title: str
    svg: str
    table: Table


def to_html(evaluation: Evaluation) -> str:
    """A page with figures, diagrams and the worst items.

    It loads nothing and runs nothing: its content security policy allows only its own style.
    What data, models and prompts say is text everywhere in it.
    """
    from markupsafe import Markup

    def visible(value: Any) -> Any:
        return one_line(value) if type(value) is str else value

    style = (files(__package__) / "assets" / "evaluation.css").read_text(encoding="utf-8")
    charts = [one._replace(svg=Markup(one.svg)) for one in _charts(evaluation)]  # noqa: S704 - ours
    return (
        templates(__package__, visible)
        .get_template("evaluation.html")
        .render(
            evaluation=evaluation,
            style=Markup(style),  # noqa: S704 - a file of ours
            policy=policy(style),
            heading=heading(evaluation, str),
            figures=list(figures_table(evaluation)),
            charts=charts,
            worst=worst(evaluation, limit=_WORST_SHOWN),
            footing=footing(evaluation, str).splitlines(),
        )
    )


def _charts(evaluation: Evaluation) -> Iterator[Chart]:
    """The diagrams of which something is known."""
    if confusion := evaluation.confusion or _of_pairs(evaluation):
        table = list(confusion_table(confusion))
        yield Chart("Confusion: gold by row, answer by column", matrix_chart(confusion), table)
    stances = [one for one in evaluation.outcomes if isinstance(one, StanceOutcome)]
    if bins := reliability(stances):
        rows = [(f"{one.confidence:.3f}", f"{one.right:.3f}", str(one.items)) for one in bins]
        table = [("mean probability", "share right", "items"), *rows]
        yield Chart(
            "Reliability: is it as often right as it is sure?", reliability_chart(bins), table
        )
    if curve := evaluation.risk_coverage:
        lines = [(f"{one.coverage:.3f}", f"{one.risk:.3f}") for one in curve]
        table = [("coverage", "risk"), *lines]
        yield Chart(
            "Risk at coverage: what leaving out unsure answers gains", risk_chart(curve), table
        )


def _of_pairs(evaluation: Evaluation) -> Mapping[str, Mapping[str, int]]:
    """Pairs by what is right, and then by what the model made of them."""
    pairs = [one for one in evaluation.outcomes if isinstance(one, PairOutcome)]
    counts = Counter((one.wanted, one.in_words) for one in pairs)
    rows, columns = ("opposed", "not opposed"), ("opposed", "not opposed", "failed")
    return {gold: {one: counts[gold, one] for one in columns} for gold in rows} if pairs else {}
