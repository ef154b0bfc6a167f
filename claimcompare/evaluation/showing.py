"""Items of an evaluation for people: as text, as Markdown, or as JSON for programs."""

from collections.abc import Callable, Iterator

from claimcompare.articles import one_line
from claimcompare.evaluation.worst import Showing, Shown
from claimcompare.report import TablesFormat
from claimcompare.report.markdown import escaped
from claimcompare.report.sides import how_many


def shown_in(form: TablesFormat, showing: Showing) -> str:
    """The items in that form."""
    if form == "json":
        return showing.model_dump_json(indent=1) + "\n"
    items = items_as_markdown(showing) if form == "markdown" else _as_text(showing)
    return "\n\n".join([_heading(form, showing), *([items] if items else [])]) + "\n"


def items_as_markdown(showing: Showing) -> str:
    """The items as a numbered list."""
    return "\n".join(
        f"{number}. {_head(one, escaped, bold='**')}"
        + "".join(f"\n   - {line}" for line in lines_of(one, escaped))
        for number, one in enumerate(showing.shown, start=1)
    )


def lines_of(item: Shown, clean: Callable[[str], str]) -> Iterator[str]:
    """What an item was, a line each, and why nothing came of it."""
    for name, words in item.about:
        yield f"{name}: {clean(words)}"
    if item.reason:
        yield f"reason: {clean(item.reason)}"


def _as_text(showing: Showing) -> str:
    return "\n\n".join(
        "\n   ".join([f"{number}. {_head(one, one_line)}", *lines_of(one, one_line)])
        for number, one in enumerate(showing.shown, start=1)
    )


def _head(item: Shown, clean: Callable[[str], str], bold: str = "") -> str:
    gold = f"gold {item.gold}, found " if item.gold else ""
    return f"{bold}{item.verdict}{bold} {clean(item.id)}: {gold}{item.found}"


def _heading(form: TablesFormat, showing: Showing) -> str:
    clean, mark = (escaped, "### ") if form == "markdown" else (one_line, "")
    kind = "item" if showing.only == "all" else f"{showing.only} item"
    return (
        f"{mark}{showing.task} on {clean(showing.data)}, model {clean(showing.model)}: "
        f"{len(showing.shown)} of {how_many(showing.items, kind)}, the worst first"
    )
