"""Answers recorded in a folder: a file for each version of a prompt and each shard of the data.

`FOLDER/classify-v3-1f00ba44/7.jsonl` holds the answers to requests whose hash begins with 7,
made with version 3 of that prompt, whose file has a hash that begins with 1f00ba44. A line has
the request's hash, the model and short hashes that say in what another request differs, and what
was answered: no request, header or host; what a model says of a text may repeat some of it. Lines
are sorted, so that the order of answers leaves no trace.

An answer is found by its request alone: a folder is for one endpoint.
"""

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from threading import Lock
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, model_validator

from claimcompare.errors import (
    LLMError,
    LLMOutputError,
    LLMUnavailable,
    OutputFault,
    RecordingError,
)
from claimcompare.llm.answers import Told, Unrecorded, writing
from claimcompare.llm.completion import Completion
from claimcompare.llm.differing import nearest, summary
from claimcompare.llm.requests import Request
from claimcompare.schema import Prompt
from claimcompare.usage import Usage

_SHARD = 1
_FINGERPRINT = 8
# A version is whatever a prompt file says, and becomes part of a path.
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+", re.ASCII)


class Entry(BaseModel):
    """A line: a request's hash, and its answer or a complaint in its place."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    request: str
    asked: dict[str, str] | None = None
    answer: Completion | None = None
    error: "Complaint | None" = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.answer is None) == (self.error is None):
            raise ValueError("holds neither an answer nor an error, or both")
        return self

    @classmethod
    def of(cls, key: str, request: Request, told: Told) -> Self:
        """What is kept of a request, and of what was told."""
        asked = summary(request.body)
        if isinstance(told, Completion):
            return cls(request=key, asked=asked, answer=told)
        return cls(request=key, asked=asked, error=Complaint.of(told))

    def told(self) -> Told | None:
        """What was told."""
        return self.error.again() if self.error else self.answer


class Complaint(BaseModel):
    """What an endpoint said in place of an answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    message: str
    fault: OutputFault | None = None
    attempts: int | None = None

    @classmethod
    def of(cls, error: LLMError) -> Self:
        """An error, to be raised again."""
        fault = error.fault if isinstance(error, LLMOutputError) else None
        attempts = error.attempts if isinstance(error, LLMUnavailable) else None
        return cls(message=str(error), fault=fault, attempts=attempts)

    def again(self) -> LLMError:
        """The error."""
        if self.attempts is not None:
            return LLMUnavailable(self.message, attempts=self.attempts)
        if self.fault is not None:
            return LLMOutputError(self.message, fault=self.fault, output="", usage=Usage())
        return LLMError(self.message)


class RecordedAnswers:
    """What an endpoint answered, by request; threads may share it, processes may not write it."""

    keeps_all = True
    # Of all folders: several recordings of a process may add to the same files.
    _lock: ClassVar[Lock] = Lock()

    def __init__(self, folder: Path, *, recording: bool) -> None:
        if not recording and not folder.is_dir():
            raise RecordingError(f"{folder}: no such recording; make one with --record", prompt="")
        self._folder = folder
        self._recording = recording
        self._shards: dict[Path, dict[str, Entry]] = {}
        self._changed: set[Path] = set()
        if recording:
            with writing(folder):
                folder.mkdir(parents=True, exist_ok=True)

    def get(self, key: str, request: Request) -> Told | None:
        """The answer to a request, else the complaint in its place."""
        path = self._path(key, request.prompt)
        with self._lock:
            entry = self._shard(path).get(key)
        return entry.told() if entry else None

    def put(self, key: str, request: Request, told: Told) -> None:
        """Add what was told; it is on disk when this returns."""
        entry, path = Entry.of(key, request, told), self._path(key, request.prompt)
        with self._lock:
            self._shard(path)[key] = entry
            with writing(path):
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("a", encoding="utf-8", newline="\n") as file:
                    file.write(_line(entry))
            self._changed.add(path)

    def hear(self, response: object, secrets: object) -> None:
        """Do nothing: answers are all that a folder holds."""

    def end(self, *, well: bool) -> None:
        """Put the lines of what was added to in order."""
        # What is not in order can be read all the same.
        with self._lock, nullcontext() if well else suppress(RecordingError):
            for path in self._changed:
                self._sort(path)

    def unrecorded(self, tried: Sequence[Request]) -> Unrecorded:
        """Why there is no answer: another prompt, or another request."""
        prompt = tried[0].prompt
        found = self._folder.glob(f"{prompt.name}-v*")
        editions = sorted(one.relative_to(self._folder).as_posix() for one in found)
        if not editions:
            why = f"nothing is recorded for the prompt '{prompt.name}'"
        elif _edition(prompt) not in editions:
            why = (
                f"the prompt '{prompt.name}' has changed: recorded are {', '.join(editions)}, "
                f"and this is {_edition(prompt)}"
            )
        else:
            how = nearest([summary(one.body) for one in tried], self._summaries(prompt))
            differ = "the data, the model, its settings or this library differ"
            why = (
                f"a request with the prompt '{prompt.name}' is not recorded, though the prompt is "
                f"as it was: {how or differ}"
            )
        reason = f"{self._folder}: {why}; add what is missing with --record {self._folder}"
        return Unrecorded(reason, prompt=prompt.name)

    def _summaries(self, prompt: Prompt) -> list[dict[str, str]]:
        """What was asked with this edition of a prompt; earlier versions did not note it."""
        shards = sorted((self._folder / _edition(prompt)).glob("*.jsonl"))
        return [entry.asked for path in shards for entry in _read(path) if entry.asked]

    def _path(self, key: str, prompt: Prompt) -> Path:
        return self._folder / _edition(prompt) / f"{key[:_SHARD]}.jsonl"

    def _shard(self, path: Path) -> dict[str, Entry]:
        if path not in self._shards:
            if self._recording:
                _mend(path)
            self._shards[path] = {entry.request: entry for entry in _read(path)}
        return self._shards[path]

    def _sort(self, path: Path) -> None:
        # Another thread may have added to the same file.
        entries = self._shards[path] | {entry.request: entry for entry in _read(path)}
        ordered = path.with_suffix(".partial")
        with writing(path):
            try:
                lines = [_line(entry) for _, entry in sorted(entries.items())]
                ordered.write_text("".join(lines), encoding="utf-8", newline="\n")
                ordered.replace(path)
            except OSError:
                ordered.unlink(missing_ok=True)
                raise


def _edition(prompt: Prompt) -> str:
    version = _NOT_IN_A_NAME.sub("-", prompt.version)
    return f"{prompt.name}-v{version}-{prompt.template[:_FINGERPRINT]}"


def _line(entry: Entry) -> str:
    # Prices change: what it costs is worked out when it is read.
    unpriced = {"answer": {"usage": {"cost"}}}
    kept = entry.model_dump(exclude_defaults=True, exclude=unpriced)
    return json.dumps(kept, ensure_ascii=False) + "\n"


def _mend(path: Path) -> None:
    """End the last line, or cut it off where a killed process wrote only some of it."""
    if not path.is_file():
        return
    whole, end, last = path.read_bytes().rpartition(b"\n")
    if last:
        with writing(path):
            path.write_bytes(whole + end + (last + b"\n" if _is_entry(last) else b""))


def _is_entry(line: bytes) -> bool:
    try:
        _parsed(line)
    except ValueError:
        return False
    return True


def _read(path: Path) -> Iterator[Entry]:
    try:
        lines = path.read_bytes().splitlines() if path.exists() else []
    except OSError as error:
        reason = f"{path}: cannot be read ({error.strerror})"
        raise RecordingError(reason, prompt="") from error
    for number, line in enumerate(lines, start=1):
        try:
            yield _parsed(line)
        except ValueError as error:
            reason = f"{path}, line {number}: no answer that this version can read"
            raise RecordingError(reason, prompt="") from error


def _parsed(line: bytes) -> Entry:
    """The entry in a line; raises ValueError."""
    return Entry.model_validate(json.loads(line))
