"""What speakers are called on the page, and where and when they said something."""

from claimcompare.report.page.index import Index
from claimcompare.report.page.wording import Words
from claimcompare.report.voices import voice_names
from claimcompare.schema import Article, Comparison


def speaker_names(comparison: Comparison, index: Index, words: Words) -> dict[int, str]:
    """The name of each speaker by the number; an article's own voice is called that."""
    # Names are escaped where they are shown, so here they are not.
    named = voice_names(
        comparison,
        alone=str(words("own_voice")),
        among=lambda outlet: words("own_voice_of", outlet=outlet).unescape(),
    )
    return {number: named[voice] for voice, number in index.speakers.items()}


def where_and_when(article: Article, index: Index, words: Words) -> str:
    """The outlet with the date, if one is known."""
    name = index.names[article.id]
    date = words.date(article.published)
    return f"{name}{words('comma')}{date}" if date else name
