"""What pairing and classifying cost as a story grows: `python -m tests.benchmarks.growth [n ...]`

Made-up claims, the opposed ones far apart and in other words, go to an endpoint that finds every
dispute of which it is shown both sides. Counted are the calls, the characters of all requests by
four as tokens, and how many of the disputes are found. Then the tables of
`tests.benchmarks.windows`, which say why.
"""

import json
import os
import re
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from claimcompare import Article, Claim, Span, aclassify, apair
from claimcompare.stages import Event
from tests.benchmarks import windows
from tests.benchmarks.windows import DENIAL, Side, Story, about, story
from tests.evaluation.model import asked_for
from tests.llm.server import FakeServer, Reply, Seen, model_at, says

COUNTS = (10, 100, 300, 1_000)
MODELS = {"small": True, "large": False}
_CHARACTERS_PER_TOKEN = 4
_ROW = re.compile(r"^\[(\d+)\] (?:[^:]*: )?(.*)$", re.MULTILINE)
_PROPOSITION = re.compile(r"^Proposition (\d+), claims ([\d, ]+): (.*)$", re.MULTILINE)


class Cost(NamedTuple):
    """Of a story with so many claims."""

    calls: int
    tokens: int
    disputes: int
    seconds: float


class Knowing:
    """An endpoint that knows on which side of what each claim of a story is."""

    def __init__(self, told: Story) -> None:
        known = zip(told.texts, told.sides, strict=True)
        self._matters = {about(text): side.matter for text, side in known if side}

    def __call__(self, seen: Seen) -> Reply:
        """The right answer to the prompts of a model that reads, or of a small one."""
        user = seen.user
        if user.endswith("Contradicts:"):
            return says("x", logprobs={self._contradicted(user): -0.1})
        if "logprobs" in seen.body:
            return says("x", logprobs={self._small_stance(user): -0.1})
        answers: Mapping[str, Any] = {
            "WireDisputes": lambda: {"disputes": list(self._disputes(user))},
            "WirePoints": lambda: {"same": list(self._same(user))},
            "WireStances": lambda: {"judged": list(self._judged(user))},
        }
        return says(json.dumps(answers.get(asked_for(seen), lambda: {"claim": ""})()))

    def _disputes(self, user: str) -> Iterator[dict[str, Any]]:
        sides: dict[int, tuple[list[int], list[int]]] = {}
        worded: dict[int, str] = {}
        for number, text in _ROW.findall(user):
            if side := self._of(text):
                sides.setdefault(side.matter, ([], []))[not side.says].append(int(number))
                worded |= {side.matter: text} if side.says else {}
        for matter, (support, deny) in sides.items():
            if support and deny:
                both = {"support": support, "deny": deny, "withdrawn": []}
                yield {"proposition": worded[matter], "form": "plain", **both}

    def _same(self, user: str) -> Iterator[dict[str, Any]]:
        points: dict[int, list[int]] = {}
        for number, text in _ROW.findall(user):
            points.setdefault(self._matters[about(text)], []).append(int(number))
        for best, *equal in points.values():
            if equal:
                yield {"as": best, "equal": equal, "opposite": []}

    def _judged(self, user: str) -> Iterator[dict[str, Any]]:
        said = dict(_ROW.findall(user))
        for number, claims, text in _PROPOSITION.findall(user):
            found: dict[str, Any] = {"support": [], "denial": [], "context": []}
            for claim in claims.split(", "):
                found[self._stance(text, said[claim])].append(int(claim))
            yield {"proposition": int(number), **found}

    def _stance(self, proposition: str, text: str) -> str:
        proposed, side = self._of(proposition), self._of(text)
        if proposed is None or side is None or proposed.matter != side.matter:
            return "context"
        return "support" if side.says == proposed.says else "denial"

    def _small_stance(self, user: str) -> str:
        told = dict(line.split(": ", 1) for line in user.splitlines() if ": " in line)
        proposition = told.pop("Proposition")
        return self._stance(proposition, next(iter(told.values())))

    def _contradicted(self, user: str) -> str:
        statement = self._of(user.rpartition("Statement:\n")[2].splitlines()[0].split(": ", 1)[1])
        for number, text in _ROW.findall(user):
            side = self._of(text)
            if statement and side == Side(statement.matter, says=not statement.says):
                return str(number)
        return "0"

    def _of(self, text: str) -> Side | None:
        """The side of a claim, also of one that somebody has worded anew."""
        matter = self._matters.get(about(text))
        return None if matter is None else Side(matter, says=not DENIAL.search(text))


def event_of(told: Story) -> Event:
    """A story's claims, each by somebody else in an article of its own."""
    articles, claims = [], []
    for number, text in enumerate(told.texts, start=1):
        span = Span(start=0, end=len(text), text=text)
        name, speaker = f"post-{number}", f"Speaker {number}"
        articles.append(Article(id=name, text=text, language="en"))
        made = {"speaker": speaker, "speaker_id": speaker, "text": text, "evidence": (span,)}
        claims.append(Claim(id=f"{name}:1", article_id=name, **made))
    return Event(articles=tuple(articles), claims=tuple(claims))


def cost(count: int, *, small: bool, seed: int = 0) -> Cost:
    """What a story of so many claims takes."""
    told = story(count, seed)
    event = event_of(told)
    server = FakeServer().will_always(Knowing(told))
    started = time.perf_counter()
    try:
        with model_at(server, small=small) as llm:
            pairing = llm.run(apair(event, llm=llm))
            made = llm.run(aclassify(pairing.propositions, event, llm=llm))
        seconds = time.perf_counter() - started
    finally:
        server.close()
    characters = sum(
        len(message["content"]) for seen in server.seen for message in seen.body["messages"]
    )
    return Cost(len(server.seen), characters // _CHARACTERS_PER_TOKEN, len(made), seconds)


def main() -> None:
    """Print a row for each number of claims, and how much each claim takes."""
    os.environ["NO_PROXY"] = "127.0.0.1"
    counts = [int(count) for count in sys.argv[1:]] or COUNTS
    print("model  claims  disputes      calls  calls/claim   tokens  tokens/claim  seconds")
    for name, small in MODELS.items():
        for count in counts:
            one = cost(count, small=small)
            found = f"{one.disputes} of {count // 10}"
            print(
                f"{name:5} {count:7,} {found:>10} {one.calls:9,} {one.calls / count:12.2f}"
                f" {one.tokens:9,} {one.tokens / count:12,.0f} {one.seconds:8.1f}",
                flush=True,
            )
    print()
    windows.main()


if __name__ == "__main__":
    main()
