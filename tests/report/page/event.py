"""An event in one article: twelve claims, four of them by one speaker, on every side."""

from claimcompare.schema import Article, Claim, Comparison, Dispute, OpposingPair, Span
from tests.report import again, assertion, comparison, doubted, known, small

_SAID = (
    ("Ines Quill", "the north lock is sound"),
    ("Quill", "no water comes through it"),
    ("Ines Quill", "it was painted in May"),
    ("Quill", "it may well outlast the quay"),
    ("Lena Marsh", "the north lock is about to give way"),
    ("Lena Marsh", "its hinges are older than the harbour"),
    ("Oskar Bray", "the north lock is not sound"),
    ("Milo Strand", "the lock was sound last week"),
    ("the council", "nobody has looked at it"),
    ("Milo Strand", "the lock is not what it was"),
    ("Una Brock", "the toll goes up"),
    ("Una Brock", "the ferry runs on Sundays"),
)
_SENTENCES = tuple(f"{who} said on Monday that {what}." for who, what in _SAID)
_STANCES = ("support", "support", "context", None, "denial", "context", "denial")


def _claim(number: int, article: Article) -> Claim:
    sentence = _SENTENCES[number - 1]
    who, what = _SAID[number - 1]
    start = article.text.index(sentence)
    return Claim(
        id=f"post:{number}",
        article_id=article.id,
        speaker=who,
        text=f"{what.capitalize()}.",
        evidence=(Span(start=start, end=start + len(sentence), text=sentence),),
    )


def event() -> Comparison:
    """A small model's reading, with a claim that is doubted and one that was taken back."""
    article = Article(
        id="post",
        text="\n\n".join(_SENTENCES),
        title="The north lock",
        publisher="Fenwick Post",
        published="2026-05-04",
        language="en",
    )
    first, *rest = (_claim(number, article) for number in range(1, len(_SAID) + 1))
    claims = (doubted(first, "'91' is not in the cited sentences"), *rest)
    placed = [
        assertion(f"post:{at}", stance, 0.95 - at / 20)  # type: ignore[arg-type]
        for at, stance in enumerate(_STANCES, start=1)
    ]
    taken = assertion("post:8", "support", 0.5).model_copy(update={"withdrawn_by": "post:10"})
    pairs = tuple(
        OpposingPair(support=f"post:{one}", denial=f"post:{other}", kind="denied")
        for one in (1, 2)
        for other in (5, 7)
    )
    dispute = Dispute(
        proposition="The north lock is sound.", assertions=(*placed, taken), pairs=pairs
    )
    made = again(comparison(claims, (dispute,)), articles=(article,))
    return small(known(made, ("Ines Quill", "Quill")))
