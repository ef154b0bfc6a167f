"""Answers recorded in a folder: a file for each version of a prompt and each shard of the data.

`FOLDER/classify-v3-1f00ba44/7.jsonl` holds the answers to requests whose hash begins with 7,
made with version 3 of that prompt, whose file has a hash that begins with 1f00ba44. A line has
the request's hash and what was answered, no request, header or host: texts that may not be passed
on stay where they are. Lines are sorted, so that the order of answers leaves no trace.
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock
from typing import Any

from pydantic import ValidationError

from claimcompare.errors import LLMError, LLMOutputError, LLMUnavailable, RecordingError
from claimcompare.llm.completion import Completion
from claimcompare.schema import Prompt
from claimcompare.usage import Usage

_SHARD = 1
_FINGERPRINT = 8
# A version is whatever a prompt file says, and becomes part of a path.
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+", re.ASCII)
Entry = dict[str, Any]


class RecordedAnswers:
    """What an endpoint answered, by request; threads may share it, processes may not write it."""

    def __init__(self, folder: Path, *, writing: bool) -> None:
        if not writing and not folder.is_dir():
            raise RecordingError(f"{folder}: no such recording; make one with --record", prompt="")
        self._folder = folder
        self._writing = writing
        self._shards: dict[Path, dict[str, Entry]] = {}
        self._changed: set[Path] = set()
        self._lock = Lock()

    def get(self, key: str, prompt: Prompt) -> Completion | None:
        """The answer to a request; a complaint in its place is none."""
        path = self._path(key, prompt)
        entry = self._entry(path, key)
        return _completion(entry["answer"], path) if entry and "answer" in entry else None

    def find(self, keys: Iterable[str], prompt: Prompt) -> Completion:
        """The answer to any of some requests; raises RecordingError, or LLMError as recorded."""
        complaint: Entry | None = None
        for key in keys:
            path = self._path(key, prompt)
            entry = self._entry(path, key)
            if entry and "answer" in entry:
                return _completion(entry["answer"], path)
            complaint = entry or complaint
        raise _complaint(complaint["error"]) if complaint else self._unrecorded(prompt)

    def put(self, key: str, prompt: Prompt, answer: Completion) -> None:
        """Add an answer; it is on disk when this returns."""
        # Prices change: what it costs is worked out when it is read.
        kept = answer.model_dump(exclude_defaults=True, exclude={"usage": {"cost"}})
        self._add(key, prompt, {"answer": kept})

    def put_complaint(self, key: str, prompt: Prompt, error: LLMError) -> None:
        """Add what an endpoint said in place of an answer."""
        kept: Entry = {"message": str(error)}
        if isinstance(error, LLMOutputError):
            kept["fault"] = error.fault
        if isinstance(error, LLMUnavailable):
            kept["attempts"] = error.attempts
        self._add(key, prompt, {"error": kept})

    def close(self) -> None:
        """Put the lines of what was added to in order."""
        with self._lock:
            for path in self._changed:
                lines = [_line(key, entry) for key, entry in sorted(self._shards[path].items())]
                sorted_ = path.with_suffix(".partial")
                sorted_.write_text("".join(lines), encoding="utf-8", newline="\n")
                sorted_.replace(path)
            self._changed.clear()

    def _add(self, key: str, prompt: Prompt, entry: Entry) -> None:
        path = self._path(key, prompt)
        with self._lock:
            self._shard(path)[key] = entry
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("a", encoding="utf-8", newline="\n") as file:
                    file.write(_line(key, entry))
            except OSError as error:
                reason = f"{path}: cannot be written ({error.strerror})"
                raise RecordingError(reason, prompt=prompt.name) from error
            self._changed.add(path)

    def _path(self, key: str, prompt: Prompt) -> Path:
        return self._folder / _edition(prompt) / f"{key[:_SHARD]}.jsonl"

    def _entry(self, path: Path, key: str) -> Entry | None:
        with self._lock:
            return self._shard(path).get(key)

    def _shard(self, path: Path) -> dict[str, Entry]:
        if path not in self._shards:
            if self._writing:
                _without_torn_line(path)
            self._shards[path] = dict(_read(path))
        return self._shards[path]

    def _unrecorded(self, prompt: Prompt) -> RecordingError:
        """Why there is no answer: another prompt, or another request."""
        editions = sorted(one.name for one in self._folder.glob(f"{prompt.name}-v*"))
        if not editions:
            why = f"nothing is recorded for the prompt '{prompt.name}'"
        elif _edition(prompt) not in editions:
            why = (
                f"the prompt '{prompt.name}' has changed: recorded are {', '.join(editions)}, "
                f"and this is {_edition(prompt)}"
            )
        else:
            why = (
                f"a request with the prompt '{prompt.name}' is not recorded, though the prompt is "
                "as it was: the data, the model, its settings or this library differ"
            )
        reason = f"{self._folder}: {why}; add what is missing with --record {self._folder}"
        return RecordingError(reason, prompt=prompt.name)


def _edition(prompt: Prompt) -> str:
    version = _NOT_IN_A_NAME.sub("-", prompt.version)
    return f"{prompt.name}-v{version}-{prompt.template[:_FINGERPRINT]}"


def _line(key: str, entry: Entry) -> str:
    return json.dumps({"request": key, **entry}, ensure_ascii=False) + "\n"


def _without_torn_line(path: Path) -> None:
    """Cut off what a killed process wrote of its last line."""
    if path.exists():
        with path.open("rb+") as file:
            file.truncate(file.read().rfind(b"\n") + 1)


def _read(path: Path) -> Iterator[tuple[str, Entry]]:
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            try:
                entry = json.loads(line)
                yield entry.pop("request"), entry
            except (ValueError, KeyError, AttributeError) as error:
                reason = f"{path}, line {number}: no recorded answer"
                raise RecordingError(reason, prompt="") from error


def _completion(answer: Entry, path: Path) -> Completion:
    try:
        return Completion.model_validate(answer)
    except ValidationError as error:
        raise RecordingError(
            f"{path}: an answer that this version cannot read", prompt=""
        ) from error


def _complaint(error: Entry) -> LLMError:
    if "attempts" in error:
        return LLMUnavailable(error["message"], attempts=error["attempts"])
    if "fault" not in error:
        return LLMError(error["message"])
    return LLMOutputError(error["message"], fault=error["fault"], output="", usage=Usage())
