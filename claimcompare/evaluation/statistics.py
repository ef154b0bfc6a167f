"""Figures with the uncertainty that comes from having seen only these documents.

Items of one document depend on each other, so documents are drawn, or exchanged, as wholes. Items
are put in order and fractions summed on a fixed grid first: neither the order that they came in
nor the machine changes a digit.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from claimcompare.evaluation.outcomes import Outcome
from claimcompare.evaluation.results import Difference, Differences, Figure, Figures, Sampling

Floats = NDArray[np.float64]
# One row for each resample, one column for each item.
Weights = Floats
# By name of the figure, one value for each resample; nan where it is not defined.
Values = dict[str, Floats]
Scorer = Callable[[Weights], Values]
OutcomeT = TypeVar("OutcomeT", bound=Outcome)
DIGITS = 6
_PERCENTILES = (2.5, 97.5)
# Cells of one batch of weights: few enough to stay near the processor.
_CELLS = 300_000
_SAME = 1e-9
_NOTHING = "nothing to count"
_NOT_IN_BOTH = "not defined in both"


@dataclass(frozen=True)
class Metrics(Generic[OutcomeT]):
    """What outcomes are scored by; a scorer tells every figure for any weights of the items.

    `lacking` says what is missing where a figure is not defined.
    """

    headline: str
    scorer: Callable[[Sequence[OutcomeT]], Scorer]
    lacking: Mapping[str, str] = field(default_factory=dict)


_DEFAULT = Sampling()


def figures(
    metrics: Metrics[OutcomeT], outcomes: Iterable[OutcomeT], sampling: Sampling = _DEFAULT
) -> Figures:
    """Every figure of these metrics, with percentile bootstrap intervals over documents.

    A resample in which a figure is not defined is left out of its interval. Raises ValueError if
    two outcomes have the same id.
    """
    items = _in_order(outcomes)
    score = metrics.scorer(items)
    documents = _documents(items)
    values = score(np.ones((1, len(items))))
    resampled = _joined(score(weights) for weights in _resamples(documents, sampling))
    return Figures(
        headline=metrics.headline,
        figures={
            name: _figure(value, resampled.get(name), metrics.lacking.get(name, _NOTHING))
            for name, value in values.items()
        },
        items=len(items),
        documents=_count(documents),
        failed=sum(one.status == "failed" for one in items),
        abstained=sum(one.status == "abstained" for one in items),
        resamples=sampling.resamples,
        seed=sampling.seed,
    )


def differences(
    metrics: Metrics[OutcomeT],
    one: Iterable[OutcomeT],
    other: Iterable[OutcomeT],
    sampling: Sampling = _DEFAULT,
) -> Differences:
    """Every figure of `one` less that of `other`, with paired intervals and p-values.

    Intervals: percentile bootstrap, the same documents drawn for both. p: approximate
    randomisation (Noreen 1989), the two outcomes of a document exchanged at random, two-sided,
    (1 + as large ones) / (1 + permutations). Raises ValueError unless both have the same items.
    """
    items, others = _in_order(one), _in_order(other)
    if [(left.id, left.document) for left in items] != [(it.id, it.document) for it in others]:
        raise ValueError("two runs can be compared only over the same items")
    gap = _gap(metrics.scorer([*items, *others]))
    documents, whole = _documents(items), np.ones((1, len(items)))
    values = gap(whole, 0 * whole)
    drawn = _joined(gap(draw, 0 * draw) for draw in _resamples(documents, sampling))
    mixed = _joined(gap(1 - swap, swap) for swap in _exchanges(documents, sampling))
    return Differences(
        headline=metrics.headline,
        differences={
            name: Difference(
                **dict(_figure(value, drawn.get(name), _NOT_IN_BOTH)),
                p=_p_value(value, mixed.get(name)),
            )
            for name, value in values.items()
        },
        items=len(items),
        documents=_count(documents),
        **sampling.model_dump(),
    )


def column(values: Iterable[float]) -> Floats:
    """Values of the items, on a grid so fine and so coarse that sums are exact in any order."""
    return on_grid(np.fromiter(values, dtype=np.float64))


def total(weights: Weights, values: Floats) -> Floats:
    """The weighed sums of values over items."""
    # Not `@`, whose threads cost more than they save where other processes run.
    sums: Floats = np.einsum("ri,i...->r...", weights, values)
    return sums


def on_grid(values: Floats) -> Floats:
    """Values rounded to multiples of 2**-30."""
    return np.ldexp(np.rint(np.ldexp(values, 30)), -30)


def _gap(score: Scorer) -> Callable[[Weights, Weights], Values]:
    """What the two runs' items, one weighed in this way and one in that, differ by."""

    def gap(weights: Weights, others: Weights) -> Values:
        ahead, behind = score(np.hstack((weights, others))), score(np.hstack((others, weights)))
        return {name: value - behind[name] for name, value in ahead.items()}

    return gap


def _in_order(outcomes: Iterable[OutcomeT]) -> list[OutcomeT]:
    items = sorted(outcomes, key=lambda one: (one.document, one.id))
    seen: set[str] = set()
    for one in items:
        if one.id in seen:
            raise ValueError(f"two outcomes have the id {one.id!r}")
        seen.add(one.id)
    return items


def _documents(items: Sequence[Outcome]) -> NDArray[np.intp]:
    """The number of each item's document, counted from 0."""
    return np.unique([one.document for one in items], return_inverse=True)[1]


def _count(documents: NDArray[np.intp]) -> int:
    return int(documents.max(initial=-1)) + 1


def _resamples(documents: NDArray[np.intp], sampling: Sampling) -> Iterator[Weights]:
    """How often each item is drawn, documents being drawn with replacement; none from just one."""
    random, count = np.random.default_rng(sampling.seed), _count(documents)
    for rows in _batches(sampling.resamples, len(documents)) if count > 1 else ():
        drawn = random.integers(count, size=(rows, count)) + count * np.arange(rows)[:, None]
        often = np.bincount(drawn.ravel(), minlength=rows * count).reshape(rows, count)
        yield often.take(documents, axis=1).astype(np.float64)


def _exchanges(documents: NDArray[np.intp], sampling: Sampling) -> Iterator[Weights]:
    """1 for the items whose document's outcomes change places, else 0."""
    random, count = np.random.default_rng(sampling.seed), _count(documents)
    for rows in _batches(sampling.permutations, len(documents)):
        yield random.integers(2, size=(rows, count)).take(documents, axis=1).astype(np.float64)


def _batches(rows: int, items: int) -> Iterator[int]:
    """Numbers of rows that fit into memory."""
    most = max(1, _CELLS // max(1, items))
    for start in range(0, rows, most):
        yield min(most, rows - start)


def _joined(batches: Iterable[Values]) -> Values:
    parts = list(batches)
    names = parts[0] if parts else ()
    return {name: np.concatenate([part[name] for part in parts]) for name in names}


def _figure(value: Floats, resampled: Floats | None, lacking: str) -> Figure:
    defined = resampled[~np.isnan(resampled)] if resampled is not None else np.empty(0)
    low, high = np.percentile(defined, _PERCENTILES) if defined.size else (np.nan, np.nan)
    reason = lacking if np.isnan(value[0]) else None
    return Figure(value=_rounded(value[0]), low=_rounded(low), high=_rounded(high), reason=reason)


def _p_value(value: Floats, mixed: Floats | None) -> float | None:
    if mixed is None or np.isnan(value[0]):
        return None
    # One that is not defined speaks for chance; what differs by rounding alone is as large.
    smaller = np.abs(mixed) < np.abs(value[0]) - _SAME
    return _rounded((1 + np.count_nonzero(~smaller)) / (1 + mixed.size))


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), DIGITS) + 0.0
