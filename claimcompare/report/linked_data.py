"""The form for the web of data: schema.org in JSON-LD, claims and whose they are, and no verdict.

What is written are Claims of somebody: the author is the speaker, the articles are where the claim
appears, and it is based on Quotations. Only where it is sure how a claim stands on a proposition
does it stand here, with the stance as its keyword and the proposition as what it is about. A
ClaimReview would be a verdict by its shape, and is for people to write; this software is credited
as what read the articles, and is the author of nothing. What is doubted of a claim is its
description. Speakers have a name and no type: whether "Oslo" is a person is not known.
"""

import json
from collections.abc import Iterator
from typing import Any

from claimcompare.report.fields import language_tag, moment, web_address
from claimcompare.report.outlets import by_id, printed_also
from claimcompare.report.sides import doubts_in_words
from claimcompare.report.sureness import is_sure
from claimcompare.report.voices import full_name
from claimcompare.schema import Article, Claim, Comparison

Node = dict[str, Any]
# Any page can hold it in a script element: no tag begins or ends in it.
_IN_A_PAGE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def to_jsonld(comparison: Comparison) -> str:
    """The claims of speakers whose stance is sure, once for each dispute; no article's text."""
    made = {"@context": "https://schema.org", "@graph": list(_stances(comparison))}
    return json.dumps(made, ensure_ascii=False, indent=2).translate(_IN_A_PAGE)


def _stances(comparison: Comparison) -> Iterator[Node]:
    articles, also = by_id(comparison), printed_also(comparison)
    for dispute in comparison.disputes:
        for one in dispute.assertions:
            claim = comparison.claim(one.claim_id)
            speaker = full_name(claim, comparison)
            if speaker and is_sure(one):
                where = [articles[name] for name in (claim.article_id, *also[claim.id])]
                yield _claim(claim, speaker, where) | {
                    "about": {"@type": "Thing", "name": dispute.proposition},
                    "keywords": one.stance,
                    "creditText": _credit(comparison),
                }


def _credit(comparison: Comparison) -> str:
    made = comparison.provenance
    return f"Read by {made.model} with claimcompare {made.claimcompare}; not a verdict"


def _claim(claim: Claim, speaker: str, articles: list[Article]) -> Node:
    return _known(
        {
            "@type": "Claim",
            "identifier": claim.id,
            "text": claim.text,
            "description": doubts_in_words(claim) or None,
            "author": {"name": speaker},
            "appearance": [_article(one) for one in articles],
            "isBasedOn": [{"@type": "Quotation", "text": span.text} for span in claim.evidence],
        }
    )


def _article(article: Article) -> Node:
    publisher = article.publisher
    return _known(
        {
            "@type": "Article",
            "identifier": article.id,
            "headline": article.title,
            "url": web_address(article.url),
            "datePublished": article.published if moment(article.published) else None,
            "inLanguage": language_tag(article.language),
            "publisher": {"@type": "Organization", "name": publisher} if publisher else None,
        }
    )


def _known(node: Node) -> Node:
    return {name: value for name, value in node.items() if value is not None}
