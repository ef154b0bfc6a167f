"""Made-up articles and claims that the tests of the stages share."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from claimcompare import LLM, Article, Claim, Event, LLMSettings, Span, Speaker
from tests.llm.server import FakeServer, Reply, Seen, says

POST = Article(
    id="post",
    text=(
        "Dam at Corrow safe, mayor says\n\n"
        "Mayor Ines Vale said on Monday that the dam at Corrow was safe. "
        "The engineer Tom Beck told the Quay Post that nobody had tested it."
    ),
    publisher="Quay Post",
    published="2026-05-03",
)
COURIER = Article(
    id="courier",
    text="“I was wrong about the dam,” Vale said on Tuesday. It had never been tested, she said.",
    publisher="Corrow Courier",
    published="2026-05-04",
)


def claim(number: int, speaker: str | None, text: str, **more: Any) -> Claim:
    """A claim of the first article, or of another that is named, taken from all of its text."""
    article = more.pop("article", POST)
    span = Span(start=0, end=len(article.text), text=article.text)
    given = {"speaker_id": speaker, "evidence": (span,)} | more
    return Claim(
        id=f"{article.id}:{number}", article_id=article.id, speaker=speaker, text=text, **given
    )


def event(*claims: Claim) -> Event:
    """The event of both articles with some claims, whose speakers are known by their names."""
    names = dict.fromkeys(one.speaker for one in claims if one.speaker)
    speakers = tuple(Speaker(id=name, name=name, names=(name,)) for name in names)
    return Event(articles=(POST, COURIER), speakers=speakers, claims=claims)


@contextmanager
def asking(script: Any) -> Iterator[tuple[LLM, list[Seen]]]:
    """A model that reads whole articles, and all requests that it gets.

    It answers with the JSON of a value, or of what a function makes of each request.
    """

    def reply(seen: Seen) -> Reply:
        answer = script(seen) if callable(script) else script
        return answer if isinstance(answer, Reply) else says(json.dumps(answer))

    settings = LLMSettings(cache=False, attempts=1, small=False)
    with closing(FakeServer().will_always(reply)) as server:
        llm = LLM("large", base_url=server.url, api_key="none", settings=settings)
        with closing(llm):
            yield llm, server.seen
