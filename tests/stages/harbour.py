"""An article about a made-up harbour, and what a model might say of it."""

from claimcompare.schema import Article, Span
from claimcompare.stages.names import Names
from claimcompare.stages.passages import Passage, passages
from claimcompare.stages.statements import Given, Said
from claimcompare.stages.wording import own_words

SENTENCES = (
    "Harbour master Ines Quill said on Monday that the north lock was sound and may reopen in May.",
    "“We have tested every gate since the flood,” she told reporters.",
    "Councillor Oskar Bray flatly denied that 21 boats had been damaged.",
    "According to Dr. Lena Marsh, the pumps failed twice in 2019.",
    "Bray added that the council did not close the tunnel.",
    "The ferry costs 1,200 crowns a day, the Fenwick Post reported, citing treasurer Milo Strand.",
    "“The north pier is dry,” Quill said.",
    "The repairs to the north lock were useless.",
    "He fears the quay will sink.",
)
EXAMPLES = "Baker Lotte Prim said that her ovens were stolen. Prim: The ovens were stolen at dawn."
ARTICLE = Article(id="post", text="\n".join(SENTENCES))


def given_text(text: str) -> Given:
    """What a model is shown of a text that is read at once."""
    read = tuple(passages(Article(id="a", text=text)))
    names = Names(text, [(one.start, one.end) for one in read])
    return Given(read=read, before=(), names=names, examples=EXAMPLES)


ALL = given_text(ARTICLE.text)
PASSAGES = passages(ARTICLE)
GIVEN = ALL._replace(read=ALL.read[1:], before=ALL.read[:1])


def said(
    speaker: str | None,
    wording: str | None,
    evidence: int | Passage,
    *,
    who: str | None = None,
    via: tuple[str, ...] = (),
) -> Said:
    """What a model says of a passage, and what the code says of it."""
    passage = PASSAGES[evidence - 1] if isinstance(evidence, int) else evidence
    return Said(
        evidence=passage,
        who=speaker or "" if who is None else who,
        speaker=speaker,
        via=via,
        cue=passage.cues[0].text if passage.cues else None,
        wording=wording,
        own_words=" ".join(own_words(passage)),
    )


def mention_of(evidence: Span, words: str) -> Span:
    """The first stretch of a passage with these words."""
    start = evidence.start + evidence.text.index(words)
    return Span(start=start, end=start + len(words), text=words)
