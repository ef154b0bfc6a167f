"""A claim before and after it is checked."""

from typing import NamedTuple

from claimcompare.schema import Span
from claimcompare.stages.names import Names


class Given(NamedTuple):
    """What the model was shown: what to read, what stands before it, the prompt's examples."""

    read: tuple[Span, ...]
    before: tuple[Span, ...]
    names: Names
    examples: str


class Said(NamedTuple):
    """A claim as a model gives it for a stretch of the article: worded by it, or not."""

    evidence: Span
    who: str
    speaker: str | None
    via: tuple[str, ...]
    cue: str | None
    wording: str | None
    own_words: str
    subject: str | None = None
    goes_on: bool = False


class Refused(Exception):
    """A claim that fails a check; its message is the reason."""


class Checked(NamedTuple):
    """A claim that passed, with what the article has for its names."""

    evidence: Span
    speaker: str | None
    mention: Span | None
    via: tuple[str, ...]
    cue: str | None
    text: str
    note: str = ""
