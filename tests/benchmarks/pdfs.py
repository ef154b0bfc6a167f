"""How much of a PDF is read whole, by the kind of its layout: `python -m tests.benchmarks.pdfs`

Our own articles are laid out as newspapers and programs do, in the orders in which they draw.
For each kind: the share of sentences that stand whole in what is read, the share of those that
follow one another as they do in the article, and the time a file takes; beside it what pypdf reads,
which goes by the order of drawing.
"""

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from statistics import mean, median
from time import perf_counter

from pypdf import PdfReader

from claimcompare.articles import sentences
from claimcompare.articles.pdf import read_pdf
from claimcompare.articles.records import Source
from claimcompare.articles.reflow import reflowed
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError
from claimcompare.schema import Article
from tests.articles.layouts import (
    Area,
    Line,
    by_column,
    by_row,
    by_word,
    column,
    columns,
    content,
    shuffled,
    width,
)  # fmt: skip
from tests.articles.pdfs import pdf
from tests.articles.pdfs_hebrew import hebrew

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("0*_*-*.txt"))
Made = tuple[bytes, list[str]]


def headed(
    made: Callable[[Sequence[str]], list[Line]], size: float = 22
) -> Callable[..., list[Line]]:
    """A page with its headline across, over all columns."""

    def drawn(paragraphs: Sequence[str]) -> list[Line]:
        head = column(paragraphs[:1], Area(50, 770, 500), size=size, indent=0)
        return head + made(paragraphs[1:])

    return drawn


def quoted(paragraphs: Sequence[str]) -> list[Line]:
    """Two columns with a quotation in large letters across the first of them."""
    left, right = columns(paragraphs, 2)
    place = len(left) // 2
    said = " ".join(paragraphs[2].split()[:9])
    pulled = column([said], Area(58, left[place].y - 16, 220), size=16, indent=0)
    room = 19.2 * len(pulled) + 20
    below = [one._replace(y=one.y - room) for one in left[place:]]
    return left[:place] + pulled + below + right


def quoted_across(paragraphs: Sequence[str]) -> list[Line]:
    """Two columns above a quotation across the page, and two below it."""
    half = len(paragraphs) // 2
    above = columns(paragraphs[:half], 2)
    low = min(one.y for one in by_row(above)) - 36
    pulled = column([" ".join(paragraphs[2].split()[:14])], Area(60, low, 480), size=16, indent=0)
    return by_row(above) + pulled + by_row(columns(paragraphs[half:], 2, top=low - 60))


def beside(paragraphs: Sequence[str]) -> list[Line]:
    """A broad column, and beside it a box with an article of its own."""
    main = column(paragraphs[:-2], Area(50, 740, 330))
    return by_row([main, column(paragraphs[-2:], Area(400, 700, 150), size=9, indent=0)])


def captioned(paragraphs: Sequence[str]) -> list[Line]:
    """Two columns; at the head of the second a picture and a line on it."""
    left, right = columns(paragraphs[:-1], 2)
    text = column(paragraphs[-1:], Area(310, right[0].y - 130, 240), size=8, indent=0)
    low = 150 + 9.6 * len(text) + 12
    return left + text + [one._replace(y=one.y - low) for one in right]


def uneven(paragraphs: Sequence[str]) -> list[Line]:
    """Two columns of which the second is short and stands on lines of its own."""
    lines = column(paragraphs, Area(50, 740, 240))
    cut = len(lines) * 3 // 4
    right = [one._replace(x=one.x + 260, y=737 - 12.7 * at) for at, one in enumerate(lines[cut:])]
    return by_row([lines[:cut], right])


def capital(paragraphs: Sequence[str]) -> list[Line]:
    """Two columns; the first letter is three lines high."""
    left, right = columns(paragraphs, 2)
    first = left[0].text[0]
    by = width(first, 36) + 3
    told = " ".join(one.text for one in left[:3])[1:]
    beside, below = column([told], Area(50 + by, 740, 240 - by), indent=0), Area(50, 704, 240)
    rest = column([" ".join(one.text for one in beside[3:])], below, indent=0)
    room = 12 * (len(rest) - len(left[:3]) + 3)
    moved = [one._replace(y=one.y - room) for one in left[3:]]
    return [Line(50, 716, first, 36), *beside[:3], *rest, *moved, *right]


def table(paragraphs: Sequence[str]) -> list[Line]:
    """A column of text around a table of short cells."""
    above = column(paragraphs[:3], Area(50, 740, 500))
    low = above[-1].y - 30
    rows = [
        ("Ward", "Votes for", "Votes against"),
        ("North Quay", "412", "388"),
        ("Mill Bank", "97", "1,204"),
        ("Old Town", "655", "640"),
        ("The Ness", "38", "51"),
    ]
    cells = [Line(50 + 160 * at, low - 14 * down, cell)
             for down, row in enumerate(rows) for at, cell in enumerate(row)]  # fmt: skip
    return above + cells + column(paragraphs[3:], Area(50, low - 100, 500))


def numbered(paragraphs: Sequence[str]) -> list[list[Line]]:
    """Three pages of two columns, with a head and a number on each."""
    pages = []
    third = -(-len(paragraphs) // 3)
    for at in range(3):
        made = by_row(columns(paragraphs[at * third : (at + 1) * third], 2, top=700))
        pages.append([Line(50, 760, "Kessavar Post, 3 May"), *made, Line(290, 40, str(at + 1))])
    return pages


def one_column(paragraphs: Sequence[str]) -> list[Line]:
    """A page as programs for letters lay it out."""
    return column(paragraphs, Area(50, 740, 500))


DRAWN: Mapping[str, Callable[[Sequence[str]], list[Line]]] = {
    "one column": one_column,
    "one column, word by word": lambda told: by_word(one_column(told)),
    "one column, in no order": lambda told: shuffled(one_column(told)),
    "two columns": lambda told: by_column(columns(told, 2)),
    "two columns, by row": lambda told: by_row(columns(told, 2)),
    "two, by row, word by word": lambda told: by_word(by_row(columns(told, 2))),
    "two, words in no order": lambda told: shuffled(by_word(by_row(columns(told, 2)))),
    "two, narrow gutter, by row": lambda told: by_row(columns(told, 2, gutter=10)),
    "two, uneven, by row": uneven,
    "two, headline across": headed(lambda told: by_column(columns(told, 2))),
    "two, headline, by row": headed(lambda told: by_row(columns(told, 2))),
    "three columns": lambda told: by_column(columns(told, 3)),
    "three columns, by row": headed(lambda told: by_row(columns(told, 3))),
    "four columns, by row": headed(lambda told: by_row(columns(told, 4, gutter=12, size=8))),
    "pull quote in a column": quoted,
    "pull quote across": quoted_across,
    "a box beside": beside,
    "picture and caption": captioned,
    "large first letter": capital,
    "a table in a column": table,
}


def turned(paragraphs: Sequence[str]) -> bytes:
    """A page that is drawn lying and shown upright."""
    lines = by_row(columns(paragraphs, 2))
    made = pdf([content(lines, before="0 1 -1 0 800 0 cm")])
    return made.replace(b"/MediaBox[0 0 600 800]", b"/MediaBox[0 0 800 600]/Rotate 90")


def paragraphs_of(path: Path) -> list[str]:
    """The paragraphs of an article of our own, its headline first."""
    return [one for one in path.read_text(encoding="utf-8").split("\n") if one.strip()]


def gold_of(paragraphs: Sequence[str]) -> list[str]:
    """The sentences that are to be read."""
    return [piece.text for one in paragraphs for piece in sentences(Article(id="a", text=one))]


def flat(text: str) -> str:
    """The text without its spaces, which end at other places in every layout."""
    return "".join(text.split())


def scores(text: str, gold: Sequence[str]) -> tuple[float, float]:
    """The share of sentences that stand whole in a text, and of those right after the last one."""
    found = flat(text)
    places = [found.find(flat(one)) for one in gold]
    whole = mean(at >= 0 for at in places)
    order = mean(0 <= a < b for a, b in pairwise(places))
    return whole, order


def ours(raw: bytes) -> str:
    """What the library reads, or says instead."""
    try:
        return read_pdf(Source("a.pdf", "a", raw, ".pdf"), ReadSettings()).text
    except ArticleError as error:
        return f"({error})"


def as_drawn(raw: bytes) -> str:
    """What pypdf reads, in the order of drawing."""
    return reflowed([page.extract_text() for page in PdfReader(BytesIO(raw)).pages])


def kinds() -> dict[str, list[Made]]:
    """The files of each kind, with their sentences."""
    told = [paragraphs_of(path) for path in SEEDS]
    found = {
        kind: [(pdf([content(draw(one))]), gold_of(one)) for one in told]
        for kind, draw in DRAWN.items()
    }
    found["pages with heads and numbers"] = [
        (pdf([content(lines) for lines in numbered(one)]), gold_of(one)) for one in told
    ]
    found["page turned"] = [(turned(one), gold_of(one)) for one in told]
    for count in (1, 2):
        found[f"right to left, {count}"] = [hebrew(count)]
    return found


def main() -> None:
    """Print a row for each kind of layout and a column for each reader."""
    readers = {"read_pdf": ours, "pypdf": as_drawn}
    print(f"{'whole, in order, per file':30}" + "".join(f"{name:>24}" for name in readers))
    wholes: dict[str, list[float]] = {name: [] for name in readers}
    for kind, made in kinds().items():
        cells = []
        for name, reader in readers.items():
            whole, order, seconds = measured(reader, made)
            wholes[name].append(whole)
            cells.append(f"{whole:8.0%} {order:6.0%} {seconds * 1_000:5.0f} ms")
        print(f"{kind:30}" + "".join(cells))
    print(f"{'mean':30}" + "".join(f"{mean(one):8.0%}{'':16}" for one in wholes.values()))


def measured(reader: Callable[[bytes], str], made: Sequence[Made]) -> tuple[float, float, float]:
    """The shares of sentences read whole and in their order, and the median of the seconds."""
    seconds, got = [], []
    for raw, gold in made:
        start = perf_counter()
        text = reader(raw)
        seconds.append(perf_counter() - start)
        got.append(scores(text, gold))
    return mean(one[0] for one in got), mean(one[1] for one in got), median(seconds)


if __name__ == "__main__":
    main()
