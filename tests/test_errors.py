"""Errors reach whoever waits in another process."""

import pickle
from pathlib import Path

import pytest

from claimcompare.errors import (
    ArticleError,
    BudgetExceeded,
    ClaimCompareError,
    GoldError,
    LLMError,
    LLMOutputError,
    LLMUnavailable,
    PluginError,
    PromptError,
    RecordingError,
)
from claimcompare.usage import Usage

ERRORS = (
    ClaimCompareError("no"),
    ArticleError("no", path=Path("a.txt"), row=3),
    GoldError("no", path="a.csv"),
    PluginError("no", name="parts", packages=["mine 1.0"]),
    PromptError("no", name="extract"),
    LLMError("no", usage=Usage(calls=1)),
    LLMUnavailable("no", attempts=5),
    LLMOutputError("no", fault="invalid", output="{", usage=Usage(calls=2)),
    BudgetExceeded("no", spent=1.0, limit=2.0),
    RecordingError("no", prompt="pair"),
)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_comes_out_of_a_pickle_as_it_was(error: ClaimCompareError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - made above
    assert type(again) is type(error)
    assert str(again) == "no"
    assert vars(again) == vars(error)
