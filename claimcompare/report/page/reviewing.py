"""What the page's script needs to make marks: claims and stances by their numbers."""

import json
import re
from typing import Any

from claimcompare.report.page.index import Index
from claimcompare.report.page.wording import Words
from claimcompare.schema import Comparison
from claimcompare.schema.review import clipped, seen_in

_NOT_IN_NAMES = re.compile(r"[^\w-]+")
_LONGEST_NAME = 60
_SAID = (
    *("button", "claim", "claim_in", "right", "wrong", "check", "says_claim", "says_stance"),
    *("it_is", "itself", "count", "unsaved", "opened", "away", "saved", "unreadable"),
)
_PARTS = ("number", "dispute", "verdict", "right", "marked", "total", "away", "file")


def review_data(comparison: Comparison, index: Index, words: Words) -> str:
    """JSON in ASCII: hashes of articles, claims as a mark holds them, stances, and what it says.

    `articles` are hashes; `claims` by number are the article's place among these, the passages,
    the text, the speaker and all names of that; `disputes` by number are the proposition with the
    stance of each claim; `words` are sentences with names of what is filled in.
    """
    hashes = {one.id: one.sha256 for one in comparison.articles}
    places = {sha256: place for place, sha256 in enumerate(dict.fromkeys(hashes.values()))}
    claims: dict[int, Any] = {}
    for claim in comparison.claims:
        of = seen_in(hashes[claim.article_id], claim, comparison)
        evidence = [[one.start, one.end] for one in of.evidence]
        claims[index.claims[claim.id]] = [
            *(places[of.article], evidence, of.claim, of.speaker, of.names)
        ]
    disputes = {
        number: [
            clipped(dispute.proposition),
            {index.claims[one.claim_id]: one.stance for one in dispute.assertions},
        ]
        for number, dispute in enumerate(comparison.disputes, start=1)
    }
    told = {"name": _name(comparison), "articles": list(places), "words": _said(words)}
    return json.dumps(told | {"claims": claims, "disputes": disputes}, separators=(",", ":"))


def _said(words: Words) -> dict[str, str]:
    """What the script says."""
    own = {
        key: str(words(f"review_{key}", **{part: f"{{{part}}}" for part in _PARTS}))
        for key in _SAID
    }
    return own | {
        key: str(words(key))
        for key in ("comma", "between", "support", "denial", "context", "abstained")
    }


def _name(comparison: Comparison) -> str:
    """What a file of marks is called: safe letters of a title."""
    title = next((one.title or one.id for one in comparison.articles), "")
    return _NOT_IN_NAMES.sub("-", title)[:_LONGEST_NAME].strip("-") or "comparison"
