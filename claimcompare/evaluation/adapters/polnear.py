"""PolNeAR: articles in text/, and who says what in them in attributions/."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from claimcompare.articles import read_article
from claimcompare.errors import ArticleError, GoldError
from claimcompare.evaluation.adapters.brat import numbered_lines, read_attributions
from claimcompare.evaluation.adapters.fields import clipped
from claimcompare.evaluation.adapters.rows import Placed, bad
from claimcompare.evaluation.gold import AttributionItem, BadRow

FORM = "PolNeAR (a folder with text/ and attributions/, or a .txt list of articles beside these)"
_TEXTS, _MARKS = "text", "attributions"


def is_polnear(path: Path) -> bool:
    """Whether a folder is laid out like this, or a list lies beside such folders."""
    folder = _folder(path)
    is_list = path.suffix.lower() == ".txt" and path.is_file()
    laid_out = (folder / _TEXTS).is_dir() and (folder / _MARKS).is_dir()
    return laid_out and (path.is_dir() or is_list)


def read_polnear(path: Path) -> Iterator[Placed[AttributionItem] | BadRow]:
    """Each article with the attributions that its first annotator by file name found.

    As in the set's usual scoring, an attribution has one speaker, cue and content: the first.
    Rows are lines of the .ann file; an article of which no attribution is good is left out.
    """
    folder = _folder(path)
    texts = {file.name: file for file in sorted((folder / _TEXTS).glob("*.txt"))}
    marks = _marks_by_stem(folder / _MARKS)
    for one in _listed(path, texts) if path.is_file() else _all(texts, marks):
        if isinstance(one, BadRow):
            yield one
        elif one.stem not in marks:
            yield bad(one, 1, f"has no file in {_MARKS}/")
        else:
            yield from _read(one, marks[one.stem])


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _marks_by_stem(folder: Path) -> dict[str, Path]:
    marks: dict[str, Path] = {}
    for file in sorted(folder.glob("*.ann")):
        marks.setdefault(file.stem.rpartition("_")[0] or file.stem, file)
    return marks


def _all(texts: Mapping[str, Path], marks: Mapping[str, Path]) -> Iterator[Path | BadRow]:
    yield from texts.values()
    for stem in sorted(marks.keys() - {text.stem for text in texts.values()}):
        yield bad(marks[stem], 1, f"has no article {clipped(stem)} in {_TEXTS}/")


def _listed(path: Path, texts: Mapping[str, Path]) -> Iterator[Path | BadRow]:
    seen: set[str] = set()
    for line in numbered_lines(path):
        if isinstance(line, BadRow):
            yield line
            continue
        number, name = line[0], line[1].strip()
        if name in seen or name not in texts:
            reason = "is listed twice" if name in seen else f"is not in {_TEXTS}/"
            yield bad(path, number, f"{clipped(name)} {reason}")
            continue
        seen.add(name)
        yield texts[name]


def _read(text: Path, marks: Path) -> Iterator[Placed[AttributionItem] | BadRow]:
    try:
        article = read_article(text)
        attributions, bad_rows = read_attributions(marks, article)
    except (ArticleError, GoldError) as error:
        yield bad(text, 1, str(error).removeprefix(f"{text}: "))
        return
    if "\0" in article.text:
        yield bad(text, 1, "holds NUL")
        return
    yield from bad_rows
    if attributions or not bad_rows:
        item = AttributionItem(
            id=article.id, document=article.id, article=article, attributions=attributions
        )
        yield Placed(text, 1, item)
    else:
        yield bad(text, 1, f"no attribution in {marks.name} is good")
