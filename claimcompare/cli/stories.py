"""`claimcompare stories`, and the stories of a command line."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from math import floor
from pathlib import Path

import click
from pydantic import ValidationError

from claimcompare import Article, ArticleError
from claimcompare.cli.command import Command
from claimcompare.cli.console import errors_in_a_line, leave, note, printable, stop, tell
from claimcompare.cli.forms import form_of, form_option
from claimcompare.cli.grouping import Grouping, story_options
from claimcompare.cli.options import OUTPUT
from claimcompare.cli.outputs import check_output, opened_late
from claimcompare.cli.sources import SOURCES, Articles, read_options
from claimcompare.cli.twice import Twice
from claimcompare.corpus import Story, stories
from claimcompare.corpus.moments import moment

_EXAMPLES = """\b
Examples:
  claimcompare stories 'news/*.html'
  claimcompare stories archive.parquet --field text=body --days 2 -o stories.jsonl
  claimcompare corpus --stories stories.jsonl results/ -m gpt-5-mini
"""
_FORMS = ("text", "jsonl")
_EPOCH = date(1970, 1, 1).toordinal()


class Told:
    """Stories that come once, counted; what cannot be read is told of, and counted."""

    def __init__(self, articles: Articles, grouping: Grouping, *, ready: bool = False) -> None:
        self._articles = articles
        self._grouping = grouping
        self._ready = ready
        self._first: ArticleError | None = None
        self._is_twice = Twice()
        self.articles = self.stories = self.singles = self.largest = self.left_out = 0
        self.unread = 0

    def __iter__(self) -> Iterator[Story]:
        """Raises ArticleError where nothing can be read at all."""
        for story in self._made():
            size = len(story.articles)
            self.stories += 1
            self.singles += size == 1
            self.largest = max(self.largest, size)
            if size >= self._grouping.least:
                yield story
            else:
                self.left_out += 1

    def lines(self) -> Iterator[str]:
        """How many there were."""
        sizes = f"of one article: {self.singles:,}; the largest: {self.largest:,} articles"
        yield f"articles: {self.articles:,}; stories: {self.stories:,} ({sizes})"
        if self.left_out:
            least = self._grouping.least
            yield f"left out: {self.left_out:,} stories of fewer than {least:,} articles (--least)"
        if self._is_twice.count:
            yield f"passed over: {self._is_twice.count:,} articles that are there twice"
        if self.unread:
            yield f"not read: {self.unread:,}, as told above"

    def _made(self) -> Iterator[Story]:
        if self._ready:
            yield from self._read_before()
        else:
            yield from stories(self._read(), settings=self._grouping.settings)

    def _read(self) -> Iterator[Article]:
        for article in self._articles(self._skip):
            self._tell_first()
            if not self._is_twice(article):
                self.articles += 1
                yield article
        self._end()

    def _read_before(self) -> Iterator[Story]:
        """Stories as they were written, one a line."""
        for source in self._articles.sources:
            for story in stories_in(source, self._articles.settings.max_bytes):
                if isinstance(story, ArticleError):
                    self._skip(story)
                else:
                    self._tell_first()
                    self.articles += len(story.articles)
                    yield story
        self._end()

    def _skip(self, error: ArticleError) -> None:
        """Tell of it; of the first only once there is more, as it may be all there is to say."""
        self.unread += 1
        if self.unread == 1 and not self.articles:
            self._first = error
        else:
            self._tell_first()
            tell(f"failed: {error}")

    def _tell_first(self) -> None:
        if self._first:
            tell(f"failed: {self._first}")
            self._first = None

    def _end(self) -> None:
        if self._first:
            raise self._first
        if not self.unread and not self.articles:
            raise ArticleError(f"{', '.join(self._articles.sources)}: holds no story")
        if not self.articles:
            raise ArticleError(f"none of {self.unread:,} articles can be read, as told above")


@click.command("stories", cls=Command, epilog=_EXAMPLES)
@SOURCES
@form_option(lambda: _FORMS)
@OUTPUT
@story_options()
@read_options
def stories_command(
    articles: Articles, grouping: Grouping, *, form: str | None, output: Path | None
) -> None:
    """Group articles into stories, each about one event.

    No model is asked, and a story is told as soon as nothing can join it.

    PATH is a file, a folder, a quoted pattern such as 'news/**/*.html', a URL, or - for standard
    input. A file is text, Markdown, HTML, PDF, DOCX, mail or subtitles, or holds many
    articles: JSON Lines, CSV, Parquet, RSS or Atom.

    In text it is a list to read; in jsonl a line has a story with its whole articles, which
    `claimcompare corpus --stories` takes.
    """
    chosen = form_of(form, output, _FORMS)
    told = Told(articles, grouping)
    with errors_in_a_line():
        check_output(output, articles.sources)
        with opened_late(output, told) as (file, found):
            for story in found:
                lines = _listed(story) if chosen == "text" else [_whole(story)]
                file.writelines(f"{line}\n" for line in lines)
                file.flush()
        for line in told.lines():
            note(line)
    leave(told.unread)


def days_of(dates: Iterable[str | None]) -> tuple[str, str] | None:
    """The first day and the last, as far as dates are known."""
    known = [found for found in map(moment, dates) if found is not None]
    return (_day(min(known)), _day(max(known))) if known else None


def when(dates: Iterable[str | None]) -> str:
    """The days in words."""
    days = days_of(dates)
    return " to ".join(dict.fromkeys(days)) if days else "no date"


def _day(days: float) -> str:
    """The day in UTC; the first or the last of the calendar, where a zone leads out of it."""
    number = _EPOCH + floor(days)
    return str(date.fromordinal(min(max(number, 1), date.max.toordinal())))


def _listed(story: Story) -> Iterator[str]:
    count = len(story.articles)
    before = f", goes on from {story.continues}" if story.continues else ""
    dates = when(one.published for one in story.articles)
    yield f"{dates}, {count} {'article' if count == 1 else 'articles'} ({story.id}{before})"
    for article in story.articles:
        named = ": ".join(filter(None, (article.publisher, article.title or article.id)))
        yield f"  {printable(named)}"
    yield ""


def _whole(story: Story) -> str:
    since, until = days_of(one.published for one in story.articles) or (None, None)
    told = {"id": story.id, "since": since, "until": until, **story.model_dump(mode="json")}
    return json.dumps(told, ensure_ascii=False)


def stories_in(path: str, max_bytes: int) -> Iterator[Story | ArticleError]:
    """The stories in a file of JSON Lines; an error stands for each that cannot be read."""
    try:
        with Path(path).open("rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(max_bytes + 1), b""), start=1):
                if len(line) > max_bytes:
                    stop(f"{path}: row {number}: is larger than --max-bytes")
                if line.strip():
                    yield _story(line, path, number)
    except OSError as error:
        yield ArticleError(f"{path}: cannot be read ({error.strerror})", path=path)


def _story(line: bytes, path: str, number: int) -> Story | ArticleError:
    try:
        return Story.from_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        why = f"{where}: {first['msg']}" if where else first["msg"]
    except (ValueError, RecursionError) as error:
        why = f"no JSON: {error}"
    return ArticleError(f"{path}: row {number}: is no story ({why})", path=path, row=number)
