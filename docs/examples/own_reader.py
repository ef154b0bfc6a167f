"""A reader of your own: minutes of a meeting need no model to tell who says what.

Whatever has the method of `claimcompare.Reader` is one. The claims that it finds are paired and
judged as all others are; here the embedded model does that, from a recording.
"""

from pathlib import Path

from claimcompare import (
    LLM,
    Article,
    Claim,
    CompareSettings,
    Comparison,
    LLMSettings,
    Parts,
    Progress,
    Reading,
    Span,
    StageLog,
    compare,
    read_article,
    replay,
    shipped_parts,
)

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


async def parts(
    llm: LLM, settings: CompareSettings, progress: Progress | None, judge: LLM | None
) -> Parts:
    """The shipped parts, but for the reader."""
    shipped = await shipped_parts(llm, settings, progress, judge)
    return shipped._replace(reader=MinutesReader())


def main() -> None:
    """Print what is in dispute at the meeting."""
    with replay(RECORDED):
        comparison = compared()
    for dispute in comparison.disputes:
        print(dispute.proposition)
        for assertion in dispute.assertions:
            claim = comparison.claim(assertion.claim_id)
            print(f"  {assertion.stance or 'left open'}: {claim.speaker}: {claim.text}")


def compared() -> Comparison:
    """The comparison of the minutes with themselves."""
    llm = LLM("local", settings=LLMSettings(cache=False))
    return compare([read_article(MINUTES)], llm=llm, settings=CompareSettings(parts=parts))


if __name__ == "__main__":
    main()
