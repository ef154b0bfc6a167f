"""Whose a folder of results is: of one run in one form, and of nobody else."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from claimcompare.corpus.shardfiles import PARTIAL, UNFINISHED, Form, reading, writing
from claimcompare.errors import ClaimCompareError

_EDITION = 1
_PART = "part-"
# Programs that read a folder of Parquet pass over what begins like this.
RUN = "_run.json"


def claim(folder: Path, form: Form, run: Mapping[str, str]) -> None:
    """Make a folder that run's; raises ClaimCompareError where it is another's already."""
    path = folder / RUN
    if not path.exists():
        _begin(path, form, run)
    check_run(folder, form, run)
    for one in _others(folder):
        if not one.name.startswith(_PART) or not one.name.endswith(
            (PARTIAL, UNFINISHED, f".{form}")
        ):
            raise ClaimCompareError(f"{one}: is no shard of these results; move it elsewhere")


def check_run(folder: Path, form: Form, run: Mapping[str, str]) -> None:
    """Raise ClaimCompareError where a folder is another run's, or holds something else."""
    path = folder / RUN
    if not path.exists():
        _check_empty(folder)
        return
    with reading(path):
        told = json.loads(path.read_bytes())
        edition, known = told["edition"], {"form": told["form"], **told["run"]}
    if edition != _EDITION:
        raise ClaimCompareError(f"{path}: was written by another version of claimcompare")
    own = {"form": form, **run}
    for name in sorted(known.keys() | own.keys()):
        if known.get(name) != own.get(name):
            raise ClaimCompareError(
                f"{folder}: holds the results of another run ({name}: {known.get(name)} there, "
                f"{own.get(name)} now); use another folder"
            )


def disclaim(folder: Path) -> None:
    """Leave a folder to whoever wants it, where nothing came of a run."""
    path = folder / RUN
    if not shards(folder) and not partials(folder):
        with writing(path):
            path.unlink(missing_ok=True)


def form_in(folder: Path) -> Form | None:
    """The form of the results in a folder; None where there are none."""
    path = folder / RUN
    if not path.exists():
        return None
    with reading(path):
        is_parquet = json.loads(path.read_bytes())["form"] == "parquet"
        return "parquet" if is_parquet else "jsonl"


def shards(folder: Path) -> list[Path]:
    """The shards that are full, or as full as they get."""
    return sorted((*folder.glob(f"{_PART}*.parquet"), *folder.glob(f"{_PART}*.jsonl")))


def partials(folder: Path) -> list[Path]:
    """Shards that are not full yet, but for those that have become one."""
    full = {number(path) for path in shards(folder)}
    return [path for path in sorted(folder.glob(f"{_PART}*{PARTIAL}")) if number(path) not in full]


def shard_at(folder: Path, place: int, ending: str) -> Path:
    """The shard of that number."""
    return folder / f"{_PART}{place:05}{ending}"


def number(path: Path) -> int:
    """The number of a shard; raises ClaimCompareError where its name tells none."""
    told = path.name.removeprefix(_PART).partition(".")[0]
    if not told.isascii() or not told.isdigit():
        raise ClaimCompareError(f"{path}: is no shard of these results; move it elsewhere")
    return int(told)


def _begin(path: Path, form: Form, run: Mapping[str, str]) -> None:
    _check_empty(path.parent)
    told = {"edition": _EDITION, "form": form, "run": dict(run)}
    with writing(path):
        unfinished = path.with_name(path.name + UNFINISHED)
        unfinished.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
        unfinished.replace(path)


def _check_empty(folder: Path) -> None:
    for one in _others(folder) if folder.exists() else ():
        raise ClaimCompareError(
            f"{folder}: holds {one.name}, and no results of stories; use a folder of their own"
        )


def _others(folder: Path) -> Iterator[Path]:
    """What is in a folder, but for hidden files and those that tell of the run."""
    names = (RUN, f"{RUN}{UNFINISHED}")
    for path in sorted(folder.iterdir()):
        if not path.name.startswith(".") and path.name not in names:
            yield path
