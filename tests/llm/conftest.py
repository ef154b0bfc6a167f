"""A fake endpoint for each test, and no endpoint of the user's."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimcompare.llm import LLM, pace
from claimcompare.llm.running import BackgroundLoop
from tests.llm.clock import Clock
from tests.llm.server import FakeServer, model_at


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith(("OPENAI_", "AZURE_OPENAI_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _nothing_asked_for_by_endpoints_before() -> None:
    """A port may be given twice, and a pace is kept for the life of the process."""
    pace._paces.clear()
    pace._pauses.clear()


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """An endpoint that is shut down with the test, after the models that use it."""
    fake = FakeServer()
    try:
        yield fake
    finally:
        for model in fake.models:
            model.close()
        fake.close()


@pytest.fixture
def llm(server: FakeServer) -> LLM:
    """A model on that endpoint."""
    return model_at(server)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock that no test waits for."""
    return Clock.installed(monkeypatch)


@pytest.fixture
def background() -> Iterator[BackgroundLoop]:
    """A loop that is closed with the test."""
    loop = BackgroundLoop()
    yield loop
    loop.close(_nothing())


async def _nothing() -> None:
    pass


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where answers go; not there yet."""
    return tmp_path / "recordings"
