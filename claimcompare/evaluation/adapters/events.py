"""Our own form: a JSON file with the gold comparison of one event, its articles beside it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_core import from_json

from claimcompare.articles import read_text
from claimcompare.errors import ArticleError, GoldError
from claimcompare.evaluation.adapters.fields import clipped, first_fault, in_utf8
from claimcompare.evaluation.adapters.rows import Placed, RowFault, bad, read_bytes
from claimcompare.evaluation.gold import BadRow, ComparisonItem, GoldClaim, GoldDispute, Item
from claimcompare.schema import Article, Record, Span

SUFFIX = ".gold.json"
FORM = f"comparisons (*{SUFFIX}, or a folder of them)"
_KEYS = frozenset({"articles", "claims", "disputes"})
_ONLY_ROW = 1


class GoldArticle(Record):
    """An article, and where its text lies from the gold file."""

    id: str = Field(min_length=1)
    path: str = Field(min_length=1)
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None


class GoldFile(Record):
    """What a gold file holds."""

    # An editor that checks the file against its schema wants to be told where that is.
    schema_location: str | None = Field(default=None, alias="$schema")
    articles: tuple[GoldArticle, ...] = Field(min_length=1)
    claims: tuple[GoldClaim, ...]
    disputes: tuple[GoldDispute, ...]


def gold_schema() -> dict[str, Any]:
    """The JSON schema of a gold file."""
    return GoldFile.model_json_schema()


def event_files(path: Path) -> list[Path]:
    """The gold files of a folder, or the path itself if it is one."""
    if path.is_dir():
        return sorted(file for file in path.glob(f"*{SUFFIX}") if file.is_file())
    if path.name.endswith(SUFFIX):
        return [path]
    return [path] if path.suffix.lower() == ".json" and _is_event(path) else []


def _is_event(path: Path) -> bool:
    try:
        value = from_json(read_bytes(path))
    except ValueError:
        return False
    return isinstance(value, dict) and value.keys() >= _KEYS


def read_events(files: list[Path]) -> Iterator[Placed[ComparisonItem] | BadRow]:
    """The comparison in each file; a file with any fault is one bad row."""
    for path in files:
        try:
            yield Placed(path, _ONLY_ROW, _read_event(path))
        except RowFault as fault:
            yield bad(path, _ONLY_ROW, fault)
        except GoldError as error:
            yield bad(path, _ONLY_ROW, str(error).removeprefix(f"{path}: "))


def read_from_events(
    files: list[Path], items: Callable[[ComparisonItem], Iterator[Item]]
) -> Iterator[Placed[Item] | BadRow]:
    """The items that the comparison in each file gives."""
    for event in read_events(files):
        if isinstance(event, BadRow):
            yield event
        else:
            yield from (Placed(event.path, event.row, one) for one in items(event.item))


def _read_event(path: Path) -> ComparisonItem:
    try:
        gold = GoldFile.model_validate_json(read_bytes(path), strict=True)
    except ValidationError as error:
        raise RowFault(first_fault(error)) from error
    articles = tuple(
        _article(one, path.parent, f"articles[{at}]") for at, one in enumerate(gold.articles)
    )
    fault = next(_faults(gold, {article.id: article.text for article in articles}), None)
    if fault:
        raise RowFault(fault)
    name = in_utf8(path.name.removesuffix(SUFFIX) if path.name.endswith(SUFFIX) else path.stem)
    return ComparisonItem(
        id=name, document=name, articles=articles, claims=gold.claims, disputes=gold.disputes
    )


def _article(one: GoldArticle, folder: Path, place: str) -> Article:
    path = _resolved(folder, one.path, place)
    if not path.is_relative_to(folder.resolve()):
        raise RowFault(f"{place}.path: {clipped(one.path)} leads out of the gold file's folder")
    try:
        article = Article(text=read_text(path), **one.model_dump(exclude={"path"}))
    except ArticleError as error:
        raise RowFault(f"{place}.path: {error}") from error
    if "\0" in article.text:
        raise RowFault(f"{place}.path: {clipped(one.path)} holds NUL")
    return article


def _resolved(folder: Path, name: str, place: str) -> Path:
    try:
        return (folder / name).resolve()
    # A loop of links is a RuntimeError before Python 3.13.
    except (OSError, ValueError, RuntimeError) as error:
        raise RowFault(f"{place}.path: {clipped(name)} is no path ({error})") from error


def _faults(gold: GoldFile, texts: Mapping[str, str]) -> Iterator[str]:
    yield from _repeated("articles", [one.id for one in gold.articles])
    yield from _repeated("claims", [one.id for one in gold.claims])
    for at, claim in enumerate(gold.claims):
        yield from (f"claims[{at}].{fault}" for fault in _claim_faults(claim, texts))
    known = {claim.id for claim in gold.claims}
    for at, dispute in enumerate(gold.disputes):
        yield from (f"disputes[{at}]{fault}" for fault in _dispute_faults(dispute, known))


def _claim_faults(claim: GoldClaim, texts: Mapping[str, str]) -> Iterator[str]:
    if not _says_something(claim.text):
        yield "text: is empty, or holds NUL"
    if claim.speaker is not None and not claim.speaker.strip():
        yield "speaker: is empty; null stands for the article's own voice"
    if claim.article_id not in texts:
        yield f"article_id: {clipped(claim.article_id)} is the id of no article"
        return
    for at, span in enumerate(claim.evidence):
        if not _is_in(span, texts[claim.article_id]):
            yield f"evidence[{at}]: the article has other text at {span.start} to {span.end}"


def _dispute_faults(dispute: GoldDispute, known: set[str]) -> Iterator[str]:
    if not _says_something(dispute.proposition):
        yield ".proposition: is empty, or holds NUL"
    for at, assertion in enumerate(dispute.assertions):
        if assertion.claim_id not in known:
            yield f".assertions[{at}].claim_id: {clipped(assertion.claim_id)} is no claim's id"
    yield from _repeated(".assertions", [one.claim_id for one in dispute.assertions])
    for stance in ("support", "denial"):
        if stance not in {one.stance for one in dispute.assertions}:
            yield f".assertions: none has the stance {stance}, so nothing is disputed"


def _says_something(text: str) -> bool:
    return bool(text.strip()) and "\0" not in text


def _repeated(place: str, ids: list[str]) -> Iterator[str]:
    repeated = [one for one, times in Counter(ids).items() if times > 1]
    return (f"{place}: {clipped(one)} is there twice" for one in repeated)


def _is_in(span: Span, text: str) -> bool:
    """Whether the article has these words at that place."""
    return span.start < span.end and text[span.start : span.end] == span.text
