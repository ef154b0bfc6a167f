"""What an update changed, in the forms that people read."""

from datetime import UTC, datetime

import pytest

from claimcompare import Changes, Comparison, Gone
from claimcompare.report import render
from claimcompare.report.news import since
from claimcompare.report.page import to_html
from claimcompare.report.text import news_text, to_text
from tests.report import again, is_clean
from tests.updating.stories import updated

MADE = updated()
NEWS = """\
New since 1 March 2026: 1 article, 3 claims, 1 new dispute, 1 new voice, 1 changed position.

Now on the other side
- Ines Vale, support of “The dam at Corrow is safe.” before, denial now [Gazette Post]: It is not
  true that the dam at Corrow is safe.

New disputes
- 2. The dam at Corrow will cost 40 million crowns.

New voices
- Una Marsh, support of “The dam at Corrow is safe.” [Gazette Post]: The dam at Corrow is safe.

New articles
- Gazette Post

New outlets
- Gazette Post

New speakers
- Una Marsh"""
HOSTILE = "<img src=x onerror=alert(1)>\x1b[2J"


def with_changes(**update: object) -> Comparison:
    assert MADE.changes is not None
    return again(MADE, changes=MADE.changes.model_copy(update=update))


def test_the_text_of_what_is_new_has_nothing_else() -> None:
    assert news_text(MADE) == NEWS


def test_the_whole_text_begins_with_it_and_marks_what_is_new() -> None:
    text = to_text(MADE, everything=True)
    assert text.index("New since 1 March 2026") < text.index("1. The dam")
    assert "Una Marsh (new; " in text
    assert "Tom Beck (new" not in text


def test_where_nothing_is_new_that_is_said() -> None:
    assert MADE.changes is not None
    made = again(MADE, changes=Changes(before=MADE.changes.before, since=MADE.changes.since))
    assert news_text(made) == "Nothing is new since 1 March 2026."


def test_without_an_update_nothing_is_said_of_it() -> None:
    made = again(MADE, changes=None)
    assert "New since" not in to_text(made, everything=True)
    assert 'id="new"' not in to_html(made)


def test_markdown_says_it_first() -> None:
    text = render(MADE, "markdown")
    assert text.index("**New since 1 March 2026") < text.index("## ")
    assert "New voices:\n\n- Una Marsh, support of" in text


def test_the_page_links_to_what_is_new_and_marks_it() -> None:
    page = to_html(MADE)
    assert "New since 1 March 2026" in page
    assert '<a href="#d2">Dispute 2</a>' in page
    number = [one.proposition for one in MADE.disputes].index("The dam at Corrow is safe.") + 1
    assert f'<a href="#d{number}"><bdi>Ines Vale</bdi>: Support before, Denial now</a>' in page
    assert '<a href="#a3"><bdi>Gazette Post</bdi></a>' in page
    claims = len(MADE.changes.claims) if MADE.changes else 0
    placed = sum(
        one.claim_id.startswith("gazette") for it in MADE.disputes for one in it.assertions
    )
    assert page.count('<small class="new">new</small>') == max(claims, placed) + 1 + 1


@pytest.mark.parametrize("form", ["html", "markdown", "text"])
def test_what_is_gone_is_told_as_text(form: str) -> None:
    gone = Gone(kind="claim", item=HOSTILE, reason=HOSTILE, article_id="herald")
    made = with_changes(gone=(gone,), outlets=(HOSTILE,))
    text = render(made, form)
    assert form == "text" or "<img" not in text.replace("\\<", "")
    assert is_clean(text) or form == "html"
    assert "\x1b" not in text


def test_since_leaves_out_what_earlier_articles_change() -> None:
    assert MADE.changes is not None
    late = since(MADE.changes, MADE, datetime(2026, 5, 3, tzinfo=UTC))
    assert late == MADE.changes
    none = since(MADE.changes, MADE, datetime(2026, 5, 4, tzinfo=UTC))
    assert none.is_empty
