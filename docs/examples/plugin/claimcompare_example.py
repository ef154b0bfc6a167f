"""What a package may add to claimcompare: a form of a comparison, and a reader of files."""

import re
from collections.abc import Iterator

from claimcompare import Article, ArticleError, Comparison

_COLUMNS = ("proposition", "stance", "speaker", "claim", "article")
_KEYWORD = re.compile(r"^#\+(\w+):[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_LEFT_OUT = re.compile(r"^#(?:\+\w+:|[ \t]).*\n?", re.MULTILINE)
_STARS = re.compile(r"^\*+[ \t]+", re.MULTILINE)


def to_tsv(comparison: Comparison) -> str:
    """Each claim that takes a side or none in a dispute, a row each, tabs between its cells."""
    rows = [
        (dispute.proposition, one.stance or "", claim.speaker or "", claim.text, claim.article_id)
        for dispute in comparison.disputes
        for one in dispute.assertions
        for claim in (comparison.claim(one.claim_id),)
    ]
    return "\n".join("\t".join(map(_cell, row)) for row in (_COLUMNS, *rows))


def read_org(raw: bytes, name: str) -> Iterator[Article]:
    """The article in an Org file, with what it says of itself in lines such as "#+TITLE: …"."""
    try:
        whole = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError(f"is not in UTF-8 ({error})") from error
    whole = whole.replace("\r\n", "\n")
    told = {key.lower(): value for key, value in _KEYWORD.findall(whole)}
    yield Article(
        id=name,
        text=_STARS.sub("", _LEFT_OUT.sub("", whole)).strip(),
        title=told.get("title"),
        author=told.get("author"),
        published=told.get("date"),
        language=told.get("language"),
    )


def _cell(text: str) -> str:
    """Text on one line; a sign that spreadsheets would calculate with is quoted."""
    line = " ".join(text.split())
    return f"'{line}" if line.startswith(("=", "+", "-", "@")) else line
