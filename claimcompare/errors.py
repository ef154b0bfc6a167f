"""Every exception this library raises on purpose.

ClaimCompareError
├─ ArticleError        unreadable, empty or undecodable input
├─ GoldError           a data set that cannot be read as gold
├─ PluginError         a part of another package that cannot be used
├─ PromptError         missing prompt file or variable
├─ LLMError            the endpoint said no
│  ├─ LLMUnavailable   retries used up, or out of time
│  ├─ LLMOutputError   refused, truncated or invalid answer
│  └─ BudgetExceeded   the next call could cost more than is left
└─ RecordingError      no recorded response for this request
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from claimcompare.usage import Usage

OutputFault = Literal["empty", "refused", "filtered", "truncated", "invalid"]


class ClaimCompareError(Exception):
    """Whatever this library raises on purpose: catch this, and nothing of it escapes."""

    def __reduce__(self) -> tuple[object, ...]:
        """What it is told by to other processes, whose engines pass errors on as pickles."""
        return _as_it_was, (type(self), self.args), dict(self.__dict__)


class ArticleError(ClaimCompareError):
    """An article cannot be read; `row` counts from 1 where it is one of several in a file."""

    def __init__(
        self, message: str, *, path: Path | str | None = None, row: int | None = None
    ) -> None:
        super().__init__(message)
        self.path = path
        self.row = row


class GoldError(ClaimCompareError):
    """A data set cannot be read as gold, or holds no item for the task; `path` says which."""

    def __init__(self, message: str, *, path: Path | str) -> None:
        super().__init__(message)
        self.path = path


class PluginError(ClaimCompareError):
    """A part of another package cannot be used; `packages` are those that bring it."""

    def __init__(self, message: str, *, name: str, packages: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.name = name
        self.packages = tuple(packages)


class PromptError(ClaimCompareError):
    """A prompt file is missing or broken, or uses a variable that there is not.

    `name` is that of the prompt.
    """

    def __init__(self, message: str, *, name: str) -> None:
        super().__init__(message)
        self.name = name


class LLMError(ClaimCompareError):
    """The endpoint rejected the request, or no endpoint is set up.

    `usage` is what answers that could not be used have cost.
    """

    def __init__(self, message: str, *, usage: Usage | None = None) -> None:
        super().__init__(message)
        self.usage = usage or Usage()


class LLMUnavailable(LLMError):
    """The endpoint gave no answer within `attempts` tries or the deadline.

    `__cause__` holds the last failure, in the server's own words.
    """

    def __init__(self, message: str, *, attempts: int) -> None:
        super().__init__(message)
        self.attempts = attempts


class LLMOutputError(LLMError):
    """The model answered, but not with something usable.

    `fault` says how: "empty", "refused", "filtered", "truncated" or "invalid". `output` is what it
    said, `usage` what that cost.
    """

    def __init__(self, message: str, *, fault: OutputFault, output: str, usage: Usage) -> None:
        super().__init__(message, usage=usage)
        self.fault = fault
        self.output = output


def is_cut_off(error: LLMError) -> bool:
    """Whether a model had more to say than it was given room for: less may be asked at once."""
    return isinstance(error, LLMOutputError) and error.fault == "truncated"


class BudgetExceeded(LLMError):
    """A call was not made; `spent` and `limit` are in USD, or in tokens where those are limited."""

    def __init__(self, message: str, *, spent: float, limit: float) -> None:
        super().__init__(message)
        self.spent = spent
        self.limit = limit


class RecordingError(ClaimCompareError):
    """A recording holds no answer to a request, is not there, or cannot be written.

    `prompt` names the prompt of the request; it is empty where none was made.
    """

    def __init__(self, message: str, *, prompt: str) -> None:
        super().__init__(message)
        self.prompt = prompt


def _as_it_was(kind: type[ClaimCompareError], args: tuple[object, ...]) -> ClaimCompareError:
    # Not by its constructor, which wants by name what stands in no args.
    return kind.__new__(kind, *args)
