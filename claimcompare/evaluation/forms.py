"""An evaluation in any of its forms."""

from claimcompare.evaluation.harness import Evaluation
from claimcompare.evaluation.junit import to_junit
from claimcompare.evaluation.page import to_html
from claimcompare.evaluation.tables import figures_in
from claimcompare.report import FiguresFormat


def evaluation_in(form: FiguresFormat, evaluation: Evaluation) -> str:
    """The evaluation in that form: all of it as JSON, else what people or CI read of it."""
    match form:
        case "json":
            return evaluation.model_dump_json(indent=1) + "\n"
        case "html":
            return to_html(evaluation)
        case "junit":
            return to_junit(evaluation)
    return figures_in(form, evaluation)
