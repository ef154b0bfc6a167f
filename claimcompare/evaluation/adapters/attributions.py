"""Gold for attributions: articles, and who says what on which stretches of them."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field, StrictInt, ValidationError

from claimcompare.evaluation.adapters.collect import attribution_sameness, collect
from claimcompare.evaluation.adapters.events import FORM as EVENTS_FORM
from claimcompare.evaluation.adapters.events import event_files, read_from_events
from claimcompare.evaluation.adapters.fields import first_fault
from claimcompare.evaluation.adapters.forms import Form, by_row, in_folder, read_forms, unrecognised
from claimcompare.evaluation.adapters.polnear import FORM as POLNEAR_FORM
from claimcompare.evaluation.adapters.polnear import is_polnear, read_polnear
from claimcompare.evaluation.adapters.rows import Placed, Row, RowFault, located, read_table
from claimcompare.evaluation.gold import (
    AttributionItem,
    BadRow,
    ComparisonItem,
    Gold,
    GoldAttribution,
)
from claimcompare.schema import Article, Record, Span

_FOLDERS = (POLNEAR_FORM, EVENTS_FORM)


class _Stretch(Record):
    start: StrictInt
    end: StrictInt
    text: str | None = None


class _Attribution(Record):
    speaker: str | None = Field(min_length=1)
    cue: str | None = None
    evidence: tuple[_Stretch, ...] = Field(min_length=1)


class _Attributed(Record):
    article: Article
    attributions: tuple[_Attribution, ...]


def read_attributions(path: Path | str) -> Gold[AttributionItem]:
    """The articles of a data set with what is attributed to whom; raises GoldError.

    An article whose text is there twice counts once, as annotated first. Of a comparison, the
    claims in the article's own voice are left out: they are attributed to nobody.
    """
    source = located(path)
    return collect(source, _found(source), Gold[AttributionItem], attribution_sameness)


def _found(path: Path) -> Iterator[Placed[AttributionItem] | BadRow]:
    if is_polnear(path):
        return read_polnear(path)
    files = event_files(path)
    if files:
        return read_from_events(files, _articles)
    if path.is_dir():
        raise unrecognised(path, in_folder(path), (*map(str, _FORMS), *_FOLDERS))
    return read_forms(read_table(path), _FORMS, _FOLDERS)


def _own(row: Row) -> AttributionItem:
    try:
        found = _Attributed.model_validate(row.cells)
    except ValidationError as error:
        raise RowFault(first_fault(error)) from error
    article = found.article
    if not article.text.strip() or "\0" in article.text:
        raise RowFault("article.text: is empty, or holds NUL")
    attributions = tuple(
        _attribution(one, article.text, f"attributions[{at}]")
        for at, one in enumerate(found.attributions)
    )
    return AttributionItem(
        id=article.id, document=article.id, article=article, attributions=attributions
    )


def _attribution(one: _Attribution, text: str, place: str) -> GoldAttribution:
    spans = tuple(
        _span(stretch, text, f"{place}.evidence[{at}]") for at, stretch in enumerate(one.evidence)
    )
    return GoldAttribution(speaker=one.speaker, cue=one.cue, evidence=spans)


def _span(stretch: _Stretch, text: str, place: str) -> Span:
    if not 0 <= stretch.start < stretch.end <= len(text):
        raise RowFault(
            f"{place}: {stretch.start} to {stretch.end} is no stretch of {len(text)} characters"
        )
    words = text[stretch.start : stretch.end]
    if stretch.text not in (None, words):
        raise RowFault(f"{place}: the article has other text at {stretch.start} to {stretch.end}")
    return Span(start=stretch.start, end=stretch.end, text=words)


_FORMS = (Form("articles with attributions", ("article", "attributions"), by_row(_own)),)


def _articles(event: ComparisonItem) -> Iterator[AttributionItem]:
    for article in event.articles:
        attributions = tuple(
            GoldAttribution(speaker=claim.speaker, cue=claim.cue, evidence=claim.evidence)
            for claim in event.claims
            if claim.article_id == article.id and claim.speaker is not None
        )
        yield AttributionItem(
            id=f"{event.id}/{article.id}",
            document=event.id,
            article=article,
            attributions=attributions,
        )
