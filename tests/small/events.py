"""Events of made-up claims, as the small stages are given them."""

from claimcompare.schema import Article, Claim, Span
from claimcompare.stages.protocols import Event

LANGUAGES = {"post": "en", "echo": "en", "blatt": "de"}


def claim(claim_id: str, speaker: str | None, text: str, *, evidence: str | None = None) -> Claim:
    """A claim whose id starts with its article's, as in "post:1"."""
    quoted = evidence if evidence is not None else text
    return Claim(
        id=claim_id,
        article_id=claim_id.partition(":")[0],
        speaker=speaker,
        speaker_id=speaker,
        text=text,
        evidence=(Span(start=0, end=len(quoted), text=quoted),),
    )


def event(*claims: Claim) -> Event:
    """An event of claims, in articles of the languages that their names tell."""
    articles = tuple(
        Article(id=name, text="It was said that all is well.", language=language)
        for name, language in LANGUAGES.items()
    )
    return Event(articles=articles, claims=claims)
