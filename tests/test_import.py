"""What `import claimcompare` costs and shows."""

import subprocess
import sys
from importlib.metadata import version

import pytest

import claimcompare

HEAVY = (
    *("openai", "numpy", "jinja2", "vcr", "nupunkt", "pysbd"),
    *("xllamacpp", "tenacity", "rich", "click", "pandas", "opentelemetry", "unicode_rbnf"),
    *("trafilatura", "lxml", "pypdfium2", "mammoth", "chardet", "urllib3", "markdown_it", "yaml"),
)


def test_import_loads_no_heavy_library() -> None:
    code = f"import sys, claimcompare; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_exists() -> None:
    assert all(hasattr(claimcompare, name) for name in claimcompare.__all__)
    assert list(claimcompare.__all__) == sorted(claimcompare.__all__, key=_isort)


def _isort(name: str) -> tuple[int, str]:
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def test_the_version_is_told_and_nothing_else_is_made_up() -> None:
    assert claimcompare.__version__ == version("claimcompare")
    with pytest.raises(AttributeError, match="no attribute 'versions'"):
        _ = claimcompare.versions  # type: ignore[attr-defined]
