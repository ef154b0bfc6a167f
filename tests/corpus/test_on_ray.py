"""What is refused before Ray is there."""

import sys

import pytest

from claimcompare.corpus import Model
from claimcompare.corpus.on_ray import compare_on_ray


def test_without_ray_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'claimcompare\[ray\]'"):
        compare_on_ray([], llm=Model(name="m"), workers=2)


def test_nobody_does_no_work() -> None:
    with pytest.raises(ValueError, match="0 workers"):
        compare_on_ray([], llm=Model(name="m"), workers=0)
