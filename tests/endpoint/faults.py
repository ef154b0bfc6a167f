"""What goes wrong, and when: a plan that depends on nothing but the seed and the request."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from tests.endpoint.answers import TASKS, Task

Kind = Literal["transient", "final", "answer"]
KINDS: frozenset[Kind] = frozenset(get_args(Kind))
# From this arrival of one body on, counted from 0, no fault of the transient kind occurs.
TRANSIENT_ARRIVALS = 2

_OFTEN, _RARE = 6, 1
_CHAT = TASKS - {"decide"}
_JSON = _CHAT - {"choose"}
_DECIDE: frozenset[Task] = frozenset({"decide"})


class Fault(NamedTuple):
    """One way to fail, and the tasks that can fail so."""

    name: str
    kind: Kind
    weight: int = _OFTEN
    tasks: frozenset[Task] = TASKS


FAULTS = (
    Fault("408", "transient"),
    Fault("409", "transient"),
    Fault("429", "transient"),
    # Whoever is told to wait waits for real, so these are rare.
    Fault("429-seconds", "transient", _RARE),
    Fault("429-date", "transient", _RARE),
    Fault("429-ms", "transient", _RARE),
    Fault("500", "transient"),
    Fault("502", "transient"),
    Fault("503-seconds", "transient", _RARE),
    Fault("closed-early", "transient"),
    Fault("closed-midway", "transient"),
    Fault("stall", "transient"),
    Fault("400", "final"),
    Fault("401", "final"),
    Fault("403", "final"),
    Fault("404", "final"),
    Fault("422", "final"),
    Fault("truncated", "answer", tasks=_JSON),
    Fault("empty", "answer", tasks=_CHAT),
    Fault("not-json", "answer", tasks=_JSON),
    Fault("fenced", "answer", tasks=_JSON),
    Fault("off-schema", "answer", tasks=_JSON),
    Fault("refusal", "answer", tasks=_CHAT),
    Fault("filtered", "answer", tasks=_CHAT),
    Fault("out-of-range", "answer", tasks=frozenset({"extract"})),
    Fault("nan", "answer", tasks=frozenset({"choose", "decide"})),
    Fault("error-in-200", "answer"),
    Fault("html", "answer"),
    Fault("501", "final", tasks=_DECIDE),
    Fault("refused", "answer", tasks=_DECIDE),
    Fault("missing", "answer", tasks=_DECIDE),
    Fault("doubled", "answer", tasks=_DECIDE),
    Fault("low-sum", "answer", tasks=_DECIDE),
    Fault("cut", "answer", tasks=_DECIDE),
)
# Not of the plan: what a call gets that comes on top of too many others.
TOO_MANY = Fault("429", "transient")


@dataclass(frozen=True)
class FaultPlan:
    """A share `rate` of all calls fails, in these kinds of ways."""

    seed: int = 0
    rate: float = 0.0
    kinds: frozenset[Kind] = KINDS

    def fault_for(self, body_id: str, attempt: int, task: Task | None = None) -> Fault | None:
        """What befalls this arrival of this body; without a task, any fault may."""
        digest = hashlib.sha256(f"{self.seed}:{body_id}:{attempt}".encode()).digest()
        if _fraction(digest[:8]) >= self.rate:
            return None
        possible = [
            fault
            for fault in FAULTS
            if fault.kind in self.kinds and (task is None or task in fault.tasks)
        ]
        fault = _weighed(possible, _fraction(digest[8:16]))
        return None if fault.kind == "transient" and attempt >= TRANSIENT_ARRIVALS else fault


def fault_for(seed: int, rate: float, body_id: str, attempt: int) -> Fault | None:
    """What befalls this arrival of this body under the plan with all kinds of faults."""
    return FaultPlan(seed, rate).fault_for(body_id, attempt)


def _fraction(digest: bytes) -> float:
    """A number from 0 up to 1."""
    return int.from_bytes(digest) / 2.0 ** (8 * len(digest))


def _weighed(possible: Sequence[Fault], fraction: float) -> Fault:
    rest = fraction * sum(fault.weight for fault in possible)
    for fault in possible:
        rest -= fault.weight
        if rest < 0:
            return fault
    return possible[-1]
