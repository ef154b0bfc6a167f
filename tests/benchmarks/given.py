"""What the extract stage makes of claims that a large model once gave.

`python -m tests.benchmarks.given CLAIMS.jsonl TEXTS...`: rows with `run`, `article`,
`passage_text`, `who`, `speaker`, `via`, `text` (and `arguable`), and the articles as JSON Lines
with `text`, or as text files. A scripted endpoint answers with the claims as they stand there.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from claimcompare import Article, CompareSettings
from claimcompare.articles import sentences
from claimcompare.stages.extract import ModelReader
from claimcompare.stages.flow import Count
from tests.stages.events import asking

Row = Mapping[str, Any]
_TOLD = 60


def main(claims: str, *texts: str) -> int:
    """Print how many claims keep speaker, relayers and wording, and which do not."""
    of: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for line in Path(claims).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        of[row["run"], row["article"]].append(row)
    known = list(_texts(texts))
    total, kept, doubts = 0, 0, Counter[str]()
    for (run, name), rows in of.items():
        found = _read(_article(name, rows, known), rows)
        for row in rows:
            doubted = found.get(_as_given(row))
            total, kept = total + 1, kept + (doubted is not None)
            doubts.update(doubted or ())
            if doubted is None:
                print(f"lost: {run}, {name}: {row['speaker']}: {row['text']}")
    print(f"{kept} of {total} claims as given; doubts beside them: {dict(doubts)}")
    return 0


def _texts(names: Sequence[str]) -> Iterator[str]:
    for path in map(Path, names):
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            yield from (json.loads(line)["text"] for line in text.splitlines())
        else:
            yield text


def _plain(text: str) -> str:
    return " ".join(text.split())


def _article(name: str, rows: Sequence[Row], texts: Sequence[str]) -> Article:
    """The article that has the beginning of every passage."""
    wanted = [_plain(row["passage_text"])[:_TOLD] for row in rows]
    found = max(texts, key=lambda text: sum(one in _plain(text) for one in wanted))
    return Article(id=name, text=found)


def _read(article: Article, rows: Sequence[Row]) -> dict[tuple[object, ...], list[str]]:
    """The kinds of doubt beside each claim that is kept, by what it says of whom."""
    numbered = [(one.number, _plain(one.text)) for one in sentences(article)]
    given = [_wire(row, numbered) for row in rows]
    with asking({"claims": given}) as (llm, _):
        reader = ModelReader(llm, CompareSettings(), Count("extract", None))
        claims = llm.run(reader.read(article)).claims
    return {
        (one.speaker, one.via, one.text): [doubt.kind for doubt in one.doubts] for one in claims
    }


def _wire(row: Row, numbered: Sequence[tuple[int, str]]) -> dict[str, Any]:
    passage = _plain(row["passage_text"])
    cited = [
        number for number, text in numbered if text[:_TOLD] in passage or passage[:_TOLD] in text
    ]
    return {
        "passages": cited,
        "speaker": row["speaker"] or "",
        "mention": row["who"] or "",
        "via": row["via"],
        "kind": "assertion",
        "text": row["text"],
    }


def _as_given(row: Row) -> tuple[object, ...]:
    return row["speaker"] or None, tuple(row["via"]), _plain(row["text"])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
