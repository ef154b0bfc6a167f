"""Settings of every test."""

from pathlib import Path

import pytest
from hypothesis import settings

# Examples are bounded by number: a slow machine must not fail a test.
settings.register_profile("claimcompare", deadline=None)
settings.load_profile("claimcompare")


@pytest.fixture(autouse=True)
def _a_response_cache_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees what another one, or the user, has asked for."""
    monkeypatch.setenv("CLAIMCOMPARE_CACHE", str(tmp_path / "response-cache"))
