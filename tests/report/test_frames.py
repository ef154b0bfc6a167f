"""Frames: the same rows, with values instead of text."""

import subprocess
import sys

import pytest

from claimcompare.report.frames import assertions_frame, claims_frame, ledger_frame
from claimcompare.report.rows import CLAIM_COLUMNS
from tests.report import LOCK, comparison


def test_claims_are_found_by_their_ids() -> None:
    frame = claims_frame(LOCK)
    assert list(frame.index) == [one.id for one in LOCK.claims]
    assert frame.loc["post:2", "via"] == ("Fenwick Post",)
    assert frame.loc["post:1", "disputes"] == (1,)


def test_stances_can_be_counted() -> None:
    frame = assertions_frame(LOCK)
    assert frame["stance"].value_counts().to_dict() == {"support": 2, "denial": 1, "context": 1}
    assert frame.loc[(1, "post:3"), "confidence"] == 0.9


def test_the_ledger_can_be_counted() -> None:
    assert ledger_frame(LOCK)["outcome"].value_counts()["refused"] == 2


def test_an_empty_comparison_has_the_same_columns() -> None:
    frame = claims_frame(comparison())
    assert len(frame) == 0
    assert {frame.index.name, *frame.columns} == set(CLAIM_COLUMNS)
    assert "stance" in assertions_frame(comparison()).columns
    assert "reason" in ledger_frame(comparison()).columns


def test_pandas_is_loaded_only_for_frames() -> None:
    code = "import sys, claimcompare.report.frames; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'claimcompare\[pandas\]'"):
        claims_frame(LOCK)
