"""Settings of every test."""

import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

# Examples are bounded by number: a slow machine must not fail a test.
settings.register_profile("claimcompare", deadline=None)
settings.load_profile("claimcompare")

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take long."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c_is_heard() -> None:
    """What a shell starts in the background ignores it, and so would what tests start."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _all_made_at_one_time() -> Iterator[None]:
    """So that two runs that ought to give the same do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("claimcompare.provenance._now", lambda: NOW)
        yield


@pytest.fixture(autouse=True)
def _a_response_cache_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees what another one, or the user, has asked for."""
    monkeypatch.setenv("CLAIMCOMPARE_CACHE", str(tmp_path / "response-cache"))
