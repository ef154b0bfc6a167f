"""What is cut off is asked for in parts, in order, and never without end."""

import asyncio
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import pytest

from claimcompare.schema import LedgerRow
from claimcompare.stages.log import StageLog
from claimcompare.stages.parts import in_parts, smaller_windows
from claimcompare.usage import Usage

Items = tuple[int, ...]


class Told(NamedTuple):
    """The items that were asked for."""

    items: Items
    log: StageLog
    cut_off: bool


def halves(items: Items) -> list[Items]:
    middle = len(items) // 2
    return [items[:middle], items[middle:]] if middle else []


def told(count: int, room: int, **more: float) -> tuple[list[Told], StageLog]:
    """What comes of so many items where an answer has room for some of them."""

    async def ask(items: Items) -> Told:
        row = LedgerRow(stage="pair", outcome="kept", item=str(items), reason="told")
        log = StageLog(ledger=(row,), usage=Usage(calls=1))
        return Told(items, log, len(items) > room)

    return asyncio.run(in_parts(ask, tuple(range(count)), halves, **more))


def test_what_fits_is_asked_once() -> None:
    answers, replaced = told(8, 8)
    assert [one.items for one in answers] == [tuple(range(8))]
    assert replaced == StageLog()


@pytest.mark.parametrize("count", [2, 3, 7, 64])
@pytest.mark.parametrize("room", [1, 2, 5])
def test_parts_are_told_in_order_each_once_and_none_is_lost(count: int, room: int) -> None:
    answers, replaced = told(count, room)
    assert [item for one in answers for item in one.items] == list(range(count))
    assert not any(one.cut_off for one in answers)
    assert replaced.usage.calls + len(answers) <= 2 * count
    assert replaced.ledger == ()


def test_what_cannot_be_split_stays_as_it_was_answered() -> None:
    answers, _ = told(4, 0)
    assert [(one.items, one.cut_off) for one in answers] == [((at,), True) for at in range(4)]


@pytest.mark.parametrize("most", [1, 2, 3, 6, 7])
def test_no_more_is_asked_than_is_allowed(most: int) -> None:
    answers, replaced = told(64, 1, most=most)
    assert replaced.usage.calls + len(answers) <= most
    assert [item for one in answers for item in one.items] == list(range(64))


def test_smaller_windows_part_no_item_from_its_nearest() -> None:
    def beside(items: Sequence[str], count: int) -> list[list[int]]:
        at = range(len(items))
        return [sorted(at, key=lambda two: abs(one - two))[1 : 1 + count] for one in at]

    items = [f"item {at}" for at in range(30)]
    found = smaller_windows(items, beside)
    assert set().union(*found) == set(items)
    assert all(len(window) <= 18 for window in found)
    pairs = pairwise(items)
    assert all(any({one, two} <= set(window) for window in found) for one, two in pairs)
    assert smaller_windows(items[:2], beside) == []
