"""The form for the web of data: schema.org in JSON-LD, shaped as ClaimReview, with no verdict.

A dispute is a ClaimReview without the `reviewRating` that would say who is right. Its
`itemReviewed` is the proposition as a Claim: the authors are those who assert it, and it appears
where they do. What is said for, against and beside it is cited as Claims of their own, each with
its stance as a keyword and based on a Quotation; where the model abstained, nothing is cited.
What could not be proved of a claim is its description. Speakers have a name and no type: whether
"Oslo" is a person is not known.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from claimcompare.report.fields import language_tag, moment, web_address
from claimcompare.report.opposition import oppositions_in_words
from claimcompare.report.outlets import by_id, printed_also
from claimcompare.report.sides import Tone, doubts_in_words, other_claims, tones
from claimcompare.report.sureness import how_sure
from claimcompare.report.voices import OWN_VOICE, full_name
from claimcompare.report.withdrawals import withdrawals
from claimcompare.schema import Article, Assertion, Claim, Comparison, Dispute

Node = dict[str, Any]
# Any page can hold it in a script element: no tag begins or ends in it.
_IN_A_PAGE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def to_jsonld(comparison: Comparison) -> str:
    """The disputes, then the claims that are in none; no article's text."""
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
        claim.id: _claim(
            claim,
            full_name(claim, comparison),
            [articles[one] for one in (claim.article_id, *also[claim.id])],
        )
        for claim in comparison.claims
    }


def _claim(claim: Claim, speaker: str, articles: list[Article]) -> Node:
    publisher = articles[0].publisher
    own_voice = {"@type": "Organization", "name": publisher} if publisher else None
    return _known(
        {
            "@type": "Claim",
            "identifier": claim.id,
            "text": claim.text,
            "description": doubts_in_words(claim) or None,
            "author": {"name": speaker} if speaker else own_voice,
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
    opposing, shown = oppositions_in_words(dispute, comparison), tones(dispute)
    for one in dispute.assertions:
        does = _does(one, shown[one.claim_id], opposing.get(one.claim_id))
        if does:
            name = full_name(comparison.claim(one.claim_id), comparison) or OWN_VOICE
            yield f"{name}: {does}."
    for taken in withdrawals(dispute, comparison):
        yield f"{full_name(taken.claim, comparison) or OWN_VOICE}: {taken.words}."
    yield "No verdict."


def _does(one: Assertion, tone: Tone, opposes: str | None) -> str:
    if tone == "support":
        return "; ".join(filter(None, ("asserts it", opposes)))
    if tone == "denial":
        return opposes or "denies it"
    return f"not placed, {how_sure(one)}" if tone == "abstained" else ""


def _distinct(nodes: Iterable[Node]) -> list[Node]:
    return list({json.dumps(one): one for one in nodes}.values())


def _known(node: Node) -> Node:
    return {name: value for name, value in node.items() if value is not None}
