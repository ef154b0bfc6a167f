"""What calls may still cost: reserved before a call, settled after it."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from threading import Lock

from claimcompare.errors import BudgetExceeded
from claimcompare.usage import Usage

_SOON = 0.05


class Reservation:
    """What a call uses at most, and, once it is known, what it did use."""

    def __init__(self, most: Usage) -> None:
        self.most = most
        self.used = Usage()
        self.process = os.getpid()


class Budget:
    """Money and tokens for all calls of one model object, from whatever thread they come.

    A call is made only if everything under way, each call at its most, stays within the budget.
    """

    def __init__(self, max_cost: float | None = None, max_tokens: int | None = None) -> None:
        self.spent = Usage()
        self._refusal: Callable[[], BudgetExceeded] | None = None
        self._max_cost = max_cost
        self._max_tokens = max_tokens
        self._under_way: set[Reservation] = set()
        # By process: a fork leaves calls and locks in its child that nobody there will end.
        self._locks: dict[int, Lock] = {}

    @property
    def refusal(self) -> BudgetExceeded | None:
        """The error of the last call that there could be no room for."""
        return self._refusal() if self._refusal else None

    @asynccontextmanager
    async def reserved(self, most: Usage) -> AsyncIterator[Reservation]:
        """Room for a call; raises BudgetExceeded where there can be none."""
        reservation = Reservation(most)
        # What others use is known within seconds, and often less than what they may use: asking
        # again is simpler than waking callers in other event loops.
        while True:
            if self._reserve(reservation):
                break
            await asyncio.sleep(_SOON)
        try:
            yield reservation
        finally:
            with self._lock():
                self._under_way.discard(reservation)
                self.spent += reservation.used

    def _reserve(self, reservation: Reservation) -> bool:
        """Whether there is room now; False where there may be once others are done."""
        if self._max_cost is None and self._max_tokens is None:
            return True
        with self._lock():
            self._check(reservation.most)
            here = [one.most for one in self._under_way if one.process == reservation.process]
            promised = sum(here, self.spent + reservation.most)
            if self._excess(promised):
                return False
            self._under_way.add(reservation)
            return True

    def _lock(self) -> Lock:
        return self._locks.setdefault(os.getpid(), Lock())

    def _check(self, most: Usage) -> None:
        """Raise BudgetExceeded where a call does not fit, even with nothing else under way."""
        excess = self._excess(self.spent + most)
        if excess:
            self._refusal = partial(_refused, *excess)
            raise self._refusal()

    def _excess(self, usage: Usage) -> tuple[float, float, str, str] | None:
        if self._max_tokens is not None and usage.tokens > self._max_tokens:
            return self.spent.tokens, self._max_tokens, "tokens", "max_tokens"
        if self._max_cost is not None and (usage.cost or 0.0) > self._max_cost:
            return self.spent.cost or 0.0, self._max_cost, "USD", "max_cost"
        return None


def _refused(spent: float, limit: float, unit: str, setting: str) -> BudgetExceeded:
    return BudgetExceeded(
        f"{spent:.6g} of {limit:.6g} {unit} are spent, and the next call may use more than "
        f"is left; raise {setting} to go on",
        spent=spent,
        limit=limit,
    )
