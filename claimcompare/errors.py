"""Every exception this library raises on purpose.

ClaimCompareError
├─ ArticleError        unreadable, empty or undecodable input
├─ PromptError         missing prompt file or variable
├─ LLMError            the endpoint said no
│  ├─ LLMUnavailable   retries used up
│  └─ LLMOutputError   refused, truncated or invalid answer
└─ RecordingError      no recorded response for this request
"""

from pathlib import Path
from typing import Literal

from claimcompare.usage import Usage

OutputFault = Literal["empty", "refused", "filtered", "truncated", "invalid"]


class ClaimCompareError(Exception):
    """Root of the tree."""


class ArticleError(ClaimCompareError):
    """An article cannot be read."""

    def __init__(self, message: str, *, path: Path | str | None = None) -> None:
        super().__init__(message)
        self.path = path


class PromptError(ClaimCompareError):
    """A prompt file or one of its variables is missing."""

    def __init__(self, message: str, *, name: str) -> None:
        super().__init__(message)
        self.name = name


class LLMError(ClaimCompareError):
    """The endpoint rejected the request, or no endpoint is set up."""


class LLMUnavailable(LLMError):
    """The endpoint could not be reached; `__cause__` holds the last failure."""

    def __init__(self, message: str, *, attempts: int) -> None:
        super().__init__(message)
        self.attempts = attempts


class LLMOutputError(LLMError):
    """The model answered, but not with something usable."""

    def __init__(self, message: str, *, fault: OutputFault, output: str, usage: Usage) -> None:
        super().__init__(message)
        self.fault = fault
        self.output = output
        self.usage = usage


class RecordingError(ClaimCompareError):
    """A request was not found in the recording."""

    def __init__(self, message: str, *, prompt: str) -> None:
        super().__init__(message)
        self.prompt = prompt
