"""An evaluation as JUnit XML: a testcase for each item, for the pages of CI systems."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from claimcompare.articles import one_line
from claimcompare.evaluation.harness import Evaluation
from claimcompare.evaluation.showing import lines_of
from claimcompare.evaluation.worst import Shown, Verdict, shown

_ELEMENTS: dict[Verdict, str] = {"wrong": "failure", "failed": "error", "abstained": "skipped"}


def to_junit(evaluation: Evaluation) -> str:
    """A wrong item is a failure, a failed one an error, an abstention is skipped.

    The figures, and how much of the data was left out, are properties of the suite; bad rows stand
    in its error output. No times are in it: they are of a run, not of items.
    """
    items = [shown(one) for one in evaluation.outcomes]
    name = f"{evaluation.task} on {one_line(evaluation.data.name)}"
    counts = {"tests": str(len(items))} | {
        f"{element}s".replace("skippeds", "skipped"): str(sum(one.verdict == it for one in items))
        for it, element in _ELEMENTS.items()
    }
    root = Element("testsuites")
    suite = SubElement(root, "testsuite", {"name": name, **counts})
    _add_properties(suite, evaluation)
    for item in items:
        _add_case(suite, item, evaluation.task)
    if rows := evaluation.data.bad_rows:
        SubElement(suite, "system-err").text = "\n".join(
            one_line(f"bad row: {row}") for row in rows
        )
    indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _add_properties(suite: Element, evaluation: Evaluation) -> None:
    told = {"model": evaluation.model, "claimcompare": evaluation.claimcompare}
    figures = evaluation.figures.figures.items()
    told |= {name: f"{one.value:g}" for name, one in figures if one.value is not None}
    data = evaluation.data
    told |= {"copies": f"{data.copies}", "bad_rows": f"{len(data.bad_rows)}"}
    told |= {"unrelated": f"{data.unrelated}"}
    properties = SubElement(suite, "properties")
    for name, value in told.items():
        SubElement(properties, "property", {"name": name, "value": one_line(value)})


def _add_case(suite: Element, item: Shown, task: str) -> None:
    # The document is the class: CI systems show items below it.
    document = f"{task}.{one_line(item.document)}"
    case = SubElement(suite, "testcase", {"classname": document, "name": one_line(item.id)})
    if (element := _ELEMENTS.get(item.verdict)) is None:
        return
    gold = f"gold {item.gold}, found " if item.gold else ""
    message = item.reason if item.verdict == "failed" and item.reason else f"{gold}{item.found}"
    told = SubElement(case, element, {"message": one_line(message)})
    if element != "skipped":
        told.set("type", item.verdict)
    told.text = "\n".join(lines_of(item, one_line))
