"""Budgets: reserved before a call, settled after it, and never exceeded."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare.errors import BudgetExceeded
from claimcompare.llm.budget import Budget
from claimcompare.usage import Usage
from tests.llm.clock import virtually

LIMIT = 100


class Call(NamedTuple):
    """What a call may use, what it does use, and when it begins and ends."""

    most: int
    used: int
    begins: int
    takes: int


CALLS = st.builds(
    lambda most, share, begins, takes: Call(most, most * share // 4, begins, takes),
    st.integers(0, 130),
    st.integers(0, 4),
    st.integers(0, 5),
    st.integers(0, 5),
)


def tokens(count: int) -> Usage:
    return Usage(prompt_tokens=count, cost=count / 100)


class Ledger:
    """Makes calls, and checks at each that all of them fit."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.under_way = 0
        self.most_promised = 0
        self.refused: list[BudgetExceeded] = []

    async def make(self, call: Call) -> None:
        """Make a call."""
        await asyncio.sleep(call.begins)
        try:
            async with self.budget.reserved(tokens(call.most)) as reservation:
                self.under_way += call.most
                promised = self.budget.spent.tokens + self.under_way
                self.most_promised = max(self.most_promised, promised)
                await asyncio.sleep(call.takes)
                reservation.used = tokens(call.used)
                self.under_way -= call.most
        except BudgetExceeded as error:
            assert self.budget.spent.tokens + call.most > LIMIT
            self.refused.append(error)

    async def make_all(self, calls: list[Call]) -> None:
        """Make them at once."""
        await asyncio.gather(*map(self.make, calls))


@given(st.lists(CALLS, max_size=12))
def test_whatever_is_asked_for_the_budget_holds(calls: list[Call]) -> None:
    ledger = Ledger(Budget(max_tokens=LIMIT))
    virtually(ledger.make_all(calls))
    assert ledger.most_promised <= LIMIT
    assert ledger.budget.spent.tokens <= LIMIT
    assert not ledger.under_way


def test_a_call_waits_while_those_under_way_may_leave_room() -> None:
    ledger = Ledger(Budget(max_tokens=LIMIT))
    virtually(ledger.make_all([Call(80, 30, 0, 10), Call(60, 60, 1, 0)]))
    assert ledger.budget.spent.tokens == 90
    assert not ledger.refused


def test_a_call_that_waited_in_vain_is_refused() -> None:
    ledger = Ledger(Budget(max_tokens=LIMIT))
    virtually(ledger.make_all([Call(80, 80, 0, 10), Call(60, 60, 1, 0)]))
    (error,) = ledger.refused
    assert (error.spent, error.limit) == (80, LIMIT)


def test_a_small_call_fits_beside_one_that_waits() -> None:
    async def test() -> None:
        ledger = Ledger(Budget(max_tokens=LIMIT))
        under_way = asyncio.create_task(ledger.make_all([Call(70, 70, 0, 10), Call(80, 0, 1, 0)]))
        await asyncio.sleep(2)
        await ledger.make(Call(20, 20, 0, 0))
        assert ledger.budget.spent.tokens == 20
        await under_way

    virtually(test())


@pytest.mark.parametrize(
    ("budget", "spent", "limit", "words"),
    [
        (Budget(max_tokens=LIMIT), 70, 100, "70 of 100 tokens.*raise max_tokens"),
        (Budget(max_cost=1.0), 0.7, 1.0, r"0\.7 of 1 USD.*raise max_cost"),
        (Budget(max_cost=1.0, max_tokens=10**9), 0.7, 1.0, "raise max_cost"),
        (Budget(max_cost=10**9, max_tokens=LIMIT), 70, 100, "raise max_tokens"),
    ],
    ids=["tokens", "USD", "USD first", "tokens first"],
)
def test_a_refusal_says_what_is_spent_and_what_the_limit_is(
    budget: Budget, spent: float, limit: float, words: str
) -> None:
    async def test() -> None:
        await Ledger(budget).make(Call(70, 70, 0, 0))
        async with budget.reserved(tokens(31)):
            pass

    with pytest.raises(BudgetExceeded, match=words) as caught:
        virtually(test())
    assert caught.value.spent == pytest.approx(spent)
    assert caught.value.limit == limit


def test_the_last_token_may_be_spent() -> None:
    ledger = Ledger(Budget(max_tokens=LIMIT))
    virtually(ledger.make_all([Call(50, 50, 0, 0), Call(50, 50, 0, 0)]))
    assert ledger.budget.spent.tokens == LIMIT


def test_nothing_is_left_of_no_budget() -> None:
    ledger = Ledger(Budget(max_tokens=0))
    virtually(ledger.make(Call(LIMIT + 1, 0, 0, 0)))
    assert len(ledger.refused) == 1


@pytest.mark.parametrize("error", [LookupError("lost"), asyncio.CancelledError()], ids=repr)
def test_a_call_that_fails_leaves_its_room_but_not_what_it_used(error: BaseException) -> None:
    async def test() -> None:
        async with budget.reserved(tokens(90)) as reservation:
            reservation.used = tokens(5)
            raise error

    async def both() -> None:
        await asyncio.gather(test(), return_exceptions=True)
        async with budget.reserved(tokens(95)):
            pass

    budget = Budget(max_tokens=LIMIT)
    virtually(both())
    assert budget.spent.tokens == 5


def test_without_limits_what_is_spent_is_counted_and_nothing_waits() -> None:
    ledger = Ledger(Budget())
    virtually(ledger.make_all([Call(10**9, 10**9, 0, 5)] * 3))
    assert ledger.budget.spent.tokens == ledger.most_promised == 3 * 10**9


def test_a_price_that_is_not_known_is_not_taken_for_nothing() -> None:
    async def test() -> None:
        async with budget.reserved(Usage()) as reservation:
            reservation.used = Usage(calls=1, cost=None)

    budget = Budget()
    virtually(test())
    assert budget.spent == Usage(calls=1, cost=None)


def test_threads_share_a_budget() -> None:
    def spend(_: int) -> bool:
        ledger = Ledger(budget)
        asyncio.run(ledger.make(Call(7, 7, 0, 0)))
        return not ledger.refused

    budget = Budget(max_tokens=LIMIT)
    with ThreadPoolExecutor(4) as threads:
        made = sum(threads.map(spend, range(30)))
    assert made == LIMIT // 7
    assert budget.spent.tokens == 7 * made
