"""Packages as pip installs them, made of a few lines."""

from pathlib import Path

import pytest


class Installed:
    """Where packages are installed, for one test."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._monkeypatch = monkeypatch

    def add(self, package: str, group: str, names: dict[str, str], code: str = "") -> None:
        """Install a package whose only module holds the code, and is called like it."""
        home = self._folder / package
        info = home / f"{package}-1.0.dist-info"
        info.mkdir(parents=True)
        (home / f"{package}.py").write_text(code, encoding="utf-8")
        told = "\n".join(f"{name} = {package}:{what}" for name, what in names.items())
        (info / "entry_points.txt").write_text(f"[claimcompare.{group}]\n{told}\n", "utf-8")
        (info / "METADATA").write_text(f"Name: {package}\nVersion: 1.0\n", "utf-8")
        self._monkeypatch.syspath_prepend(str(home))
