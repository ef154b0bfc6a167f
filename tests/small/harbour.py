"""An article about a made-up harbour, and what becomes of what a model says of it."""

from collections.abc import Sequence

from claimcompare.schema import Article, Claim
from claimcompare.small.checks import check
from claimcompare.small.chunks import Chunk, chunks
from claimcompare.small.speakers import Said
from claimcompare.stages.settings import CompareSettings

TEXT = """Harbour master Ines Quill said on Monday that the north lock was sound.
“We have tested every gate since the flood,” she told reporters.
Councillor Oskar Bray flatly denied that 21 boats had been damaged.
According to Dr. Lena Marsh, the pumps failed twice in 2019.
The repairs to the north lock were useless.
He fears the quay will sink."""


def chunk_of(text: str, language: str | None = "en") -> Chunk:
    """A text that is read at once."""
    (chunk,) = chunks(Article(id="a", text=text, language=language), CompareSettings())
    return chunk


def checked(chunk: Chunk, answers: Sequence[str]) -> list[Claim]:
    """The claims of the first passages, where a model names these, in some of them nobody."""
    known: list[Claim] = []
    for marked, speaker in zip(chunk.read, answers, strict=False):
        if speaker:
            known.append(check(Said(marked, "", speaker), chunk, known))
    return known


def last_of(text: str, who: str, speaker: str, language: str | None = "en") -> Claim:
    """The claim of the last passage alone, where a model names that one."""
    chunk = chunk_of(text, language)
    return check(Said(chunk.read[-1], who, speaker), chunk)
