"""A fake endpoint for each test, and no endpoint of the user's."""

import os
from collections.abc import Iterator

import pytest

from claimcompare.llm import LLM
from tests.llm.server import FakeServer, model_at


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("OPENAI_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """An endpoint that is shut down with the test."""
    fake = FakeServer()
    try:
        yield fake
    finally:
        fake.close()


@pytest.fixture
def llm(server: FakeServer) -> LLM:
    """A model on that endpoint."""
    return model_at(server)
