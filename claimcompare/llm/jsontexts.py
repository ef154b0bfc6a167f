"""JSON in the texts of models, which think aloud, draft, and stop in the midst of it."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic_core import from_json

_NAMES = "think|thinking|thought|thoughts|reasoning|reflection|analysis"
_THOUGHT = re.compile(rf"\s*<({_NAMES})>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
# Some chat templates open the thought themselves, so that its end alone is in the answer.
_END = re.compile(rf"\A(?!\s*[{{`\[]).*?</(?:{_NAMES})>", re.DOTALL | re.IGNORECASE)
# Not every bracket that writers use: what follows it must be able to stand in JSON.
_OBJECT = re.compile(r"\{(?=\s*(?:[\"}]|\Z))")
_VALUE = re.compile(rf"{_OBJECT.pattern}|\[(?=\s*(?:[\[{{\"\]]|\Z))")
# A text is scanned no more often than this, however its braces nest.
_MOST_SCANS = 20
_AFTER_JSON = "` \t\r\n"


class Found(NamedTuple):
    """A JSON value in a text, or the place where none could be read."""

    start: int
    value: Any = None
    is_whole: bool = False


def without_thoughts(text: str) -> str:
    """What follows the thoughts with which a text begins; a thought without an end is all of it."""
    start = 0
    while thought := _THOUGHT.match(text, start):
        start = thought.end()
    rest = text[start:]
    return rest if start else _END.sub("", rest, count=1)


def objects_in(text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects that begin somewhere after the thoughts of a text, in order."""
    for found in _scanned(without_thoughts(text), _OBJECT):
        if found.is_whole:
            yield _whole_letters(found.value)


def _whole_letters(value: Any) -> Any:
    """The value without halves of characters, which models write and nothing can keep."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_whole_letters(one) for one in value]
    if isinstance(value, dict):
        return {_whole_letters(name): _whole_letters(one) for name, one in value.items()}
    return value


def is_cut(text: str) -> bool:
    """Whether a text ends in the midst of JSON, or of a thought."""
    answer = without_thoughts(text)
    if not answer.strip():
        return bool(text.strip()) and not re.search(rf"</(?:{_NAMES})>\s*\Z", text, re.IGNORECASE)
    answer = answer.rstrip(_AFTER_JSON)
    return any(
        not found.is_whole and _begins_json(answer[found.start :])
        for found in _scanned(answer, _VALUE)
    )


def _scanned(text: str, opening: re.Pattern[str]) -> Iterator[Found]:
    """What begins at each opening bracket outside of the values before it."""
    decoder = json.JSONDecoder()
    left = _MOST_SCANS * len(text)
    begin = opening.search(text)
    while begin and left > 0:
        start = begin.start()
        try:
            value, end = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            # To make the error, the lines before it were counted.
            end, read = start + 1, error.pos
            yield Found(start)
        except (ValueError, RecursionError):
            end, read = start + 1, len(text)
        else:
            read = end - start
            yield Found(start, value, is_whole=True)
        left -= max(read, 1)
        begin = opening.search(text, end)


def _begins_json(text: str) -> bool:
    """Whether a text, which is no whole JSON value, could go on to be that."""
    try:
        from_json(text, allow_partial="trailing-strings")
    except ValueError:
        return False
    return True
