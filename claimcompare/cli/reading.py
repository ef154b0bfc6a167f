"""What a command line names: comparisons and evaluations made before."""

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from claimcompare import ArticleError, Comparison, GoldError
from claimcompare.schema import Record

if TYPE_CHECKING:
    from claimcompare.evaluation import Evaluation

R = TypeVar("R", bound=Record)


def load_comparison(path: Path) -> Comparison:
    """A comparison in JSON; raises ArticleError."""
    return _load(path, Comparison, ArticleError)


def load_evaluation(path: Path) -> "Evaluation":
    """An evaluation in JSON; raises GoldError."""
    from claimcompare.evaluation import Evaluation

    return _load(path, Evaluation, GoldError)


def _load(path: Path, kind: type[R], fault: type[ArticleError] | type[GoldError]) -> R:
    """A record in JSON, as this version writes it."""
    try:
        return kind.model_validate_json(path.read_bytes())
    except OSError as error:
        raise fault(f"{path}: cannot be read ({error.strerror})", path=path) from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "JSON"
        name = "a comparison" if kind is Comparison else "an evaluation"
        raise fault(
            f"{path}: not {name} of this version ({where}: {first['msg']})", path=path
        ) from error
