"""A comparison in three scripts, with long names, a copy, and claims that share their words."""

from claimcompare.schema import Article, Claim, Comparison, Copy, Dispute, OpposingPair, Span
from tests.report import assertion, comparison

ARABIC = "قالت وزيرة الميناء إن القفل الشمالي سليم (91%) ولا خطر. نفى أوسكار براي ذلك."
CHINESE = "港务大臣伊内斯·奎尔表示，北船闸完好无损。"
ENGLISH = "Oskar Bray said that the lock (القفل) is cracked and that nobody had looked."
LONG = "Sir Bartholomew Featherstonehaugh-Cholmondeley of the Joint Harbour Commission of Tarn " * 2
_END = ARABIC.index("نفى")


def _claim(number: int, speaker: str | None, article: Article, start: int, end: int) -> Claim:
    span = Span(start=start, end=end, text=article.text[start:end])
    return Claim(
        id=f"c{number}",
        article_id=article.id,
        speaker=speaker,
        text=f"{number}: {span.text.strip()}",
        evidence=(span,),
    )


def mixed() -> Comparison:
    """One dispute, told in Arabic, Chinese and English."""
    articles = (
        Article(
            id="ar",
            text=f"{ARABIC}\n\n{ENGLISH}",
            title="القفل الشمالي",
            publisher="صحيفة الميناء",
            published="2026-03-01T08:15:00+02:00",
            language="ar",
            url="https://port.example/lock",
        ),
        Article(id="zh", text=CHINESE, publisher="港口日报", published="2026-03-02", language="zh"),
        Article(id="copy", text=ARABIC, title=LONG, publisher=LONG, published="last Monday"),
    )
    at = len(ARABIC) + 2
    claims = (
        _claim(1, "وزيرة الميناء", articles[0], 0, _END),
        _claim(2, "أوسكار براي", articles[0], _END, len(ARABIC)),
        _claim(3, LONG, articles[1], 0, len(CHINESE)),
        _claim(4, "Oskar Bray", articles[0], at, at + 48),
        _claim(5, None, articles[0], at + 22, len(articles[0].text)),
    )
    placed = zip(("support", "denial", "support", "denial", "context"), claims, strict=True)
    sides = tuple(assertion(claim.id, stance, 0.7) for stance, claim in placed)  # type: ignore[arg-type]
    pair = OpposingPair(support="c1", denial="c2", kind="denied")
    dispute = Dispute(proposition="القفل الشمالي سليم.", assertions=sides, pairs=(pair,))
    copied = (Copy(article_id="copy", of="ar", share=0.92),)
    return comparison(claims, (dispute,)).model_copy(
        update={"articles": articles, "copies": copied}
    )
