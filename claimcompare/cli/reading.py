"""What a command line names: comparisons, reviews and evaluations made before."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from claimcompare import ArticleError, Comparison, GoldError
from claimcompare.schema import Record
from claimcompare.schema.review import Review

if TYPE_CHECKING:
    from claimcompare.evaluation import Evaluation

R = TypeVar("R", bound=Record)
_MOST_REVIEW = 100_000_000


def load_comparison(path: Path) -> Comparison:
    """A comparison in JSON in which all ids lead somewhere; raises ArticleError."""
    return comparison_in(bytes_of(path, ArticleError), path)


def comparison_in(read: bytes, path: Path) -> Comparison:
    """The comparison in what was read from a file; raises ArticleError as `load_comparison`."""
    _refuse_older(read, path)
    made = _record(read, path, Comparison, ArticleError)
    for fault in _loose_ends(made):
        raise ArticleError(f"{path}: not a whole comparison ({fault})", path=path)
    return made


def load_evaluation(path: Path) -> "Evaluation":
    """An evaluation in JSON; raises GoldError."""
    from claimcompare.evaluation import Evaluation

    return _load(path, Evaluation, GoldError)


def load_review(path: Path) -> Review:
    """A review in JSON, as the page and the terminal save it; raises ArticleError."""
    if path.is_file() and path.stat().st_size > _MOST_REVIEW:
        raise ArticleError(f"{path}: is larger than any review", path=path)
    return _load(path, Review, ArticleError)


def bytes_of(path: Path, fault: type[ArticleError] | type[GoldError]) -> bytes:
    """What is in a file; raises that error where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise fault(f"{path}: cannot be read ({error.strerror})", path=path) from error


def _refuse_older(read: bytes, path: Path) -> None:
    """Raise ArticleError for a comparison as versions before this one wrote it."""
    try:
        older = _is_older(json.loads(read))
    except (ValueError, TypeError, KeyError):
        return  # It is no comparison of any version.
    if older:
        message = f"{path}: is of an older version of claimcompare; run compare again"
        raise ArticleError(message, path=path)


def _is_older(read: dict[str, Any]) -> bool:
    """Whether a comparison has what earlier versions wrote and this one does not."""
    placed = (one for dispute in read["disputes"] for one in dispute["assertions"])
    return (
        any(row["outcome"] == "rejected" for row in read["ledger"])
        or any("cue" in claim for claim in read["claims"])
        or any("confidence" in one for one in placed)
    )


def _loose_ends(comparison: Comparison) -> Iterator[str]:
    """Ids that two have, and ids that lead to nothing."""
    articles = Counter(one.id for one in comparison.articles)
    claims = Counter(one.id for one in comparison.claims)
    for kind, count in (("articles", articles), ("claims", claims)):
        yield from (f"two {kind} have the id {one!r}" for one in count if count[one] > 1)
    for claim in comparison.claims:
        if claim.article_id not in articles:
            yield f"claim {claim.id!r} is of article {claim.article_id!r}, which is not in it"
    for number, dispute in enumerate(comparison.disputes, start=1):
        placed = [one.claim_id for one in dispute.assertions]
        paired = [one for pair in dispute.pairs for one in (pair.support, pair.denial)]
        withdrawing = [one.withdrawn_by for one in dispute.assertions if one.withdrawn_by]
        for claim_id in {*placed, *paired, *withdrawing} - claims.keys():
            yield f"dispute {number} is about claim {claim_id!r}, which is not in it"
    if comparison.changes:
        voices = {one for voice in comparison.changes.voices for one in voice.claims}
        moved = (*comparison.changes.reversed, *comparison.changes.withdrawn)
        for claim_id in voices.union(*((one.claim, one.by) for one in moved)) - claims.keys():
            yield f"its changes are about claim {claim_id!r}, which is not in it"


def _load(path: Path, kind: type[R], fault: type[ArticleError] | type[GoldError]) -> R:
    """A record in JSON, as this version writes it."""
    return _record(bytes_of(path, fault), path, kind, fault)


def _record(
    read: bytes, path: Path, kind: type[R], fault: type[ArticleError] | type[GoldError]
) -> R:
    try:
        return kind.model_validate_json(read)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "JSON"
        name = {Comparison: "a comparison", Review: "a review"}.get(kind, "an evaluation")
        raise fault(
            f"{path}: not {name} of this version ({where}: {first['msg']})", path=path
        ) from error
