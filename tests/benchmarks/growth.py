"""What pairing and classifying cost as a story grows: `python -m tests.benchmarks.growth [n ...]`

Made-up claims go to the tests' endpoint, which finds each denial: of ten claims, two deny a third.
Counted are the calls, and the characters of all requests by four as tokens.
"""

import os
import sys
import time
from typing import NamedTuple

from claimcompare import Claim, Span, aclassify, apair
from tests.endpoint.answers import NOT_TRUE, right_answer, task_of
from tests.llm.server import FakeServer, Reply, Seen, model_at, says

COUNTS = (10, 100, 1_000)
MODELS = {"small": "tiny-1b", "large": "vast-400b"}
THINGS = "quay lock ferry tunnel bridge pump mill tower market dam".split()
SYLLABLES = "ba do fi gu ka le mi no pa ru".split()
_CHARACTERS_PER_TOKEN = 4


class Cost(NamedTuple):
    """Of a story with so many claims."""

    calls: int
    tokens: int
    disputes: int
    seconds: float


def story(count: int) -> list[Claim]:
    """Claims each about a thing of its own, but for two of ten that deny what the first says."""
    texts: list[str] = []
    for number in range(count):
        first = number - number % 10
        denies = number % 10 in {1, 2}
        text = f"the {THINGS[number % 10]} of {_place(number)} was closed."
        texts.append(f"{NOT_TRUE}t{texts[first][1:]}" if denies else f"T{text[1:]}")
    return [
        Claim(
            id=f"post:{number}",
            article_id="post",
            speaker=f"Speaker {number}",
            cue="said",
            text=text,
            evidence=(Span(start=0, end=len(text), text=text),),
        )
        for number, text in enumerate(texts, start=1)
    ]


def _place(number: int) -> str:
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:04}").capitalize()


def cost(model: str, count: int) -> Cost:
    """What a story of so many claims takes."""
    server = FakeServer().will_always(_answer)
    claims = story(count)
    started = time.perf_counter()
    try:
        with model_at(server, model) as llm:
            pairing = llm.run(apair(claims, llm=llm))
            made = llm.run(aclassify(pairing.propositions, claims, llm=llm))
        seconds = time.perf_counter() - started
    finally:
        server.close()
    characters = sum(
        len(message["content"]) for seen in server.seen for message in seen.body["messages"]
    )
    tokens = characters // _CHARACTERS_PER_TOKEN
    return Cost(len(server.seen), tokens, len(made.disputes), seconds)


def _answer(seen: Seen) -> Reply:
    said = right_answer(seen.body, task_of(seen.body))
    return says(said.content, logprobs=said.logprobs)


def main() -> None:
    """Print a row for each number of claims, and how much each claim takes."""
    os.environ["NO_PROXY"] = "127.0.0.1"
    counts = [int(count) for count in sys.argv[1:]] or COUNTS
    print("model  claims  disputes  calls  calls/claim   tokens  tokens/claim  seconds")
    for name, model in MODELS.items():
        for count in counts:
            one = cost(model, count)
            print(
                f"{name:5} {count:7,} {one.disputes:9,} {one.calls:6,} {one.calls / count:12.2f}"
                f" {one.tokens:8,} {one.tokens / count:13,.0f} {one.seconds:8.1f}"
            )


if __name__ == "__main__":
    main()
