"""A folder of articles becomes two spreadsheets: its claims, and who takes which side.

`python docs/examples/folder_to_spreadsheet.py FOLDER OUT` asks the embedded model; without
arguments it replays a recording for two articles in `seeds/`.
"""

import sys
from contextlib import nullcontext
from pathlib import Path

from claimcompare import LLM, ArticleError, LLMSettings, compare, read_articles, replay
from claimcompare.report import render

STORY = "seeds/003_dry-dock_*.txt"
RECORDED = Path("tests/recordings/small/003_dry-dock_local.yaml")


def main(source: str, out: Path, *, replayed: bool) -> None:
    """Write claims.csv and assertions.csv, and name the files that could not be read."""
    unread: list[ArticleError] = []
    articles = read_articles([source], skip=unread.append)
    settings = LLMSettings(cache=not replayed)
    recorded = replay(RECORDED) if replayed else nullcontext()
    with LLM("local", settings=settings) as llm, recorded:
        comparison = compare(articles, llm=llm)
    out.mkdir(parents=True, exist_ok=True)
    for name, form in (("claims.csv", "csv"), ("assertions.csv", "assertions-csv")):
        # A byte order mark, since spreadsheets misread accents without.
        (out / name).write_text(render(comparison, form), encoding="utf-8-sig", newline="")
        print(f"{out / name}")
    for error in unread:
        print(f"not read: {error}")


if __name__ == "__main__":
    given = sys.argv[1:]
    main(
        given[0] if given else STORY,
        Path(given[1] if len(given) > 1 else "out"),
        replayed=not given,
    )
