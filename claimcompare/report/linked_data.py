"""The form for the web of data: schema.org in JSON-LD, shaped as ClaimReview, with no verdict.

A dispute is a ClaimReview without the `reviewRating` that would say who is right. Its
`itemReviewed` is the proposition as a Claim: the authors are those who assert it, and it appears
where they do. What is said for, against and beside it is cited as Claims of their own, each with
its stance as a keyword and based on a Quotation; where the model abstained, nothing is cited.
Speakers have a name and no type: whether "Oslo" is a person is not known.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from claimcompare.report.fields import language_tag, moment, web_address
from claimcompare.report.opposition import OWN_VOICE, denials_in_words
from claimcompare.report.outlets import by_id, printed_also
from claimcompare.report.sides import other_claims
from claimcompare.schema import Article, Claim, Comparison, Dispute

Node = dict[str, Any]
# Any page can hold it in a script element: no tag begins or ends in it.
_IN_A_PAGE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def to_jsonld(comparison: Comparison) -> str:
    """The disputes, then the claims that nobody disputes; no article's text."""
    claims = _claims(comparison)
    graph = [_review(one, claims, comparison) for one in comparison.disputes]
    graph += [claims[one.id] for one in other_claims(comparison)]
    made = {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(made, ensure_ascii=False, indent=2).translate(_IN_A_PAGE)


def _review(dispute: Dispute, claims: dict[str, Node], comparison: Comparison) -> Node:
    made = {"name": "claimcompare", "softwareVersion": comparison.provenance.claimcompare}
    cited = [
        claims[one.claim_id] | {"keywords": one.stance}
        for one in dispute.assertions
        if one.stance is not None
    ]
    for_it = [one for one in cited if one["keywords"] == "support"]
    return {
        "@type": "ClaimReview",
        "claimReviewed": dispute.proposition,
        "author": {"@type": "SoftwareApplication", **made},
        "reviewBody": " ".join(dict.fromkeys(_sentences(dispute, comparison))),
        "itemReviewed": {
            "@type": "Claim",
            "text": dispute.proposition,
            "author": _distinct(one["author"] for one in for_it if "author" in one),
            "appearance": _distinct(where for one in for_it for where in one["appearance"]),
        },
        "citation": cited,
    }


def _claims(comparison: Comparison) -> dict[str, Node]:
    articles, also = by_id(comparison), printed_also(comparison)
    return {
        claim.id: _claim(claim, [articles[one] for one in (claim.article_id, *also[claim.id])])
        for claim in comparison.claims
    }


def _claim(claim: Claim, articles: list[Article]) -> Node:
    publisher = articles[0].publisher
    own_voice = {"@type": "Organization", "name": publisher} if publisher else None
    return _known(
        {
            "@type": "Claim",
            "identifier": claim.id,
            "text": claim.text,
            "author": {"name": claim.speaker} if claim.speaker else own_voice,
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


def _sentences(dispute: Dispute, comparison: Comparison) -> Iterator[str]:
    """Who is on which side and how, whom the model would not place and why, and no verdict."""
    denials = denials_in_words(dispute, comparison)
    for one in dispute.assertions:
        name = comparison.claim(one.claim_id).speaker or OWN_VOICE
        if one.stance == "support":
            yield f"{name}: asserts it."
        elif one.stance == "denial":
            yield f"{name}: {denials.get(one.claim_id, 'denies it')}."
        elif one.stance is None:
            yield f"{name}: not placed, {one.reason or 'no stance'}."
    yield "No verdict."


def _distinct(nodes: Iterable[Node]) -> list[Node]:
    return list({json.dumps(one): one for one in nodes}.values())


def _known(node: Node) -> Node:
    return {name: value for name, value in node.items() if value is not None}
