"""How many opposed statements stand among each other's nearest tenth, by words alone.

`python -m tests.benchmarks.candidates DATA [--share 0.1]`: all statements of a data set of pairs
are one pool; a pair is found where one of the two ranks the other within that share of it.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from claimcompare.evaluation import read_pairs
from claimcompare.stages.nearness import Nearness

_95 = 1.96


def found(data: Path, share: float) -> Iterator[bool]:
    """For each opposed pair whether it is within reach."""
    items = read_pairs(data).items
    texts = sorted({text for item in items for text in (item.one, item.other)})
    places = {text: at for at, text in enumerate(texts)}
    nearness = Nearness(texts)
    reach = round(share * len(texts))
    opposed = {frozenset((item.one, item.other)) for item in items if item.opposed}
    for pair in sorted(map(sorted, opposed)):
        # The nearest to a text is that text itself.
        yield len(pair) == 1 or any(
            places[other] in nearness.nearest(one, reach + 1) for one, other in (pair, pair[::-1])
        )


def interval(right: int, count: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share."""
    share, square = right / count, _95**2
    middle = share + square / (2 * count)
    reach = _95 * ((share * (1 - share) + square / (4 * count)) / count) ** 0.5
    whole = 1 + square / count
    return (middle - reach) / whole, (middle + reach) / whole


def main() -> None:
    """Print the recall."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--share", type=float, default=0.1)
    given = parser.parse_args()
    pairs = list(found(given.data, given.share))
    low, high = interval(sum(pairs), len(pairs))
    print(
        f"{given.data.name}: {sum(pairs)} of {len(pairs)} opposed pairs within a share of "
        f"{given.share:g}: {sum(pairs) / len(pairs):.3f} ({low:.3f} to {high:.3f})"
    )


if __name__ == "__main__":
    main()
