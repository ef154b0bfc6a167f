"""Who is given what is said in transcripts and interviews, by the local model: right of all.

Run it with `python -m tests.benchmarks.turns`, `-v` to see what is wrong.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from claimcompare import LLM, Article, Claim, LLMSettings, read_article
from claimcompare.small.reader import SmallReader
from claimcompare.stages.flow import Count
from claimcompare.stages.settings import CompareSettings

TRANSCRIPTS = Path(__file__).parents[1] / "articles" / "transcripts"
# "{Beck}" stands before what Beck says, "{?}" before a question, "{}" before what nobody says.
_GOLD = re.compile(r"\{([^{}]*)\}([^{}\n<]*)")


class Said(NamedTuple):
    """Some words of an article, where they begin, and who says them."""

    speaker: str
    words: str
    start: int


def transcript(path: Path) -> tuple[Article, list[Said]]:
    """The article in a file as it is read without its gold, and that."""
    marked = path.read_text(encoding="utf-8")
    with TemporaryDirectory() as folder:
        bare = Path(folder, path.name)
        bare.write_text(_GOLD.sub(r"\2", marked), encoding="utf-8")
        article = read_article(bare)
    said: list[Said] = []
    start = 0
    for speaker, words in _GOLD.findall(marked):
        told = unescape(words).strip()
        start = article.text.index(told, start)
        said.append(Said(speaker, told, start))
        start += len(told)
    return article, said


def outcomes(said: list[Said], claims: tuple[Claim, ...]) -> Iterator[tuple[str, str]]:
    """What became of each: right, wrong or missed where somebody speaks, else right or wrong."""
    for one in said:
        given = [
            str(claim.speaker)
            for claim in claims
            for span in claim.evidence
            if span.start <= one.start + len(one.words) // 2 < span.end
        ]
        right = [name for name in given if one.speaker.casefold() in name.casefold()]
        silent = one.speaker in ("", "?")
        if silent:
            outcome = "wrong" if given else "right"
        elif len(right) == len(given):
            outcome = "right" if given else "missed"
        else:
            outcome = "wrong"
        yield outcome, f"{one.speaker or '-':10} {', '.join(given) or '-':20} {one.words}"


def main(*options: str) -> None:
    totals: dict[str, Counter[str]] = {"somebody": Counter(), "nobody": Counter()}
    with LLM("local", settings=LLMSettings(cache=False)) as llm:
        for path in sorted(TRANSCRIPTS.iterdir()):
            article, said = transcript(path)
            reader = SmallReader(llm, CompareSettings(), Count("extract", None))
            claims = llm.run(reader.read(article)).claims
            here: Counter[str] = Counter()
            for one, (outcome, shown) in zip(said, outcomes(said, claims), strict=True):
                totals["nobody" if one.speaker in ("", "?") else "somebody"][outcome] += 1
                here[outcome] += 1
                if outcome != "right" and "-v" in options:
                    print(f"  {outcome:7} {shown}")
            print(f"{path.name:18} {dict(here)}")
    for who, counted in totals.items():
        print(f"{who} speaks: {counted['right']} of {counted.total()} right, {dict(counted)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
