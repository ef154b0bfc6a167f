"""A reader of your own: minutes of a meeting need no model to tell who says what.

Whatever has the method of `claimcompare.Reader` is one. The claims that it finds are paired and
judged as all others are; here the embedded model does that, from a recording.
"""

from pathlib import Path

from claimcompare import LLM, Article, Claim, Event, LLMSettings, Span, classify, pair, read_article
from claimcompare.llm import recording
from claimcompare.stages import Reader, Reading, StageLog

MINUTES = Path("docs/examples/articles/minutes.txt")
RECORDED = Path("docs/examples/recordings/own_reader")


class MinutesReader:
    """Reads lines of the form "Name: words" as what that person claims."""

    async def read(self, article: Article, known: frozenset[int]) -> Reading:  # noqa: ARG002
        """The claims of the minutes, each resting on its line."""
        claims: list[Claim] = []
        at = 0
        for line in article.text.splitlines(keepends=True):
            speaker, colon, words = line.rstrip().partition(": ")
            if colon:
                evidence = Span(start=at, end=at + len(line.rstrip()), text=line.rstrip())
                mention = Span(start=at, end=at + len(speaker), text=speaker)
                claims.append(
                    Claim(
                        id=f"{article.id}:{len(claims) + 1}",
                        article_id=article.id,
                        speaker=speaker,
                        mention=mention,
                        text=words,
                        evidence=(evidence,),
                    )
                )
            at += len(line)
        return Reading(tuple(claims), StageLog())


def main() -> None:
    """Print what is in dispute at the meeting."""
    llm = LLM("local", settings=LLMSettings(cache=False))
    with recording.replay(RECORDED):
        show(llm, MinutesReader())


def show(llm: LLM, reader: Reader) -> None:
    """Print the disputes among the claims that a reader finds."""
    minutes = read_article(MINUTES)
    claims = llm.run(reader.read(minutes, frozenset())).claims
    event = Event(articles=(minutes,), claims=claims)
    said = {claim.id: claim for claim in claims}
    for dispute in classify(pair(event, llm=llm).propositions, event, llm=llm):
        print(dispute.proposition)
        for assertion in dispute.assertions:
            claim = said[assertion.claim_id]
            print(f"  {assertion.stance or 'left open'}: {claim.speaker}: {claim.text}")


if __name__ == "__main__":
    main()
