"""One-to-one matches."""

from collections.abc import Sequence

Gains = Sequence[Sequence[int]]
Columns = dict[int, int]


def best_matches(gains: Gains) -> Columns:
    """Rows to columns, one to one, with the greatest total gain; a gain of 0 is no match.

    Rows are added one by one, each with the chain of exchanges that gains most: Kuhn's method
    (1955), the chain found as Bellman and Ford find a path.
    """
    columns: Columns = {}
    for row in range(len(gains)):
        columns = _with_row(gains, columns, row)
    return dict(sorted(columns.items()))


def _with_row(gains: Gains, columns: Columns, newcomer: int) -> Columns:
    """The best columns for one more row, which may displace a row that may displace another."""
    owners = {column: row for row, column in columns.items()}
    without = {newcomer: (0, columns)}
    best = without[newcomer]
    displaced = [newcomer]
    for row in displaced:
        total, others = without[row]
        for column in (at for at, gain in enumerate(gains[row]) if gain):
            owner = owners.get(column)
            lost = gains[owner][column] if owner is not None else 0
            moved = {other: at for other, at in others.items() if other != owner} | {row: column}
            chain = (total + gains[row][column] - lost, moved)
            if owner is not None and (owner not in without or chain[0] > without[owner][0]):
                without[owner] = chain
                displaced.append(owner)
            best = max(best, chain, key=lambda one: one[0])
    return best[1]
