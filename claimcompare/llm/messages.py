"""What a model said, in whichever place a server puts it."""

import json
from typing import Any

from pydantic import BaseModel

_TEXTS = frozenset({None, "text", "output_text"})

_THOUGHTS = frozenset({"thinking", "redacted_thinking", "reasoning", "reasoning_text"})


class _Part(BaseModel):
    type: str | None = None
    text: str | None = None
    refusal: str | None = None


class Message(BaseModel):
    """A message: its words in one text or in parts, beside it thoughts, or tools to call."""

    content: str | list[_Part | str] | None = None
    refusal: Any = None
    reasoning_content: Any = None
    reasoning: Any = None
    tool_calls: Any = None
    function_call: Any = None

    @property
    def text(self) -> str:
        """The answer; where only words are said, if any, what a tool is to be called with."""
        said = "".join(part.text or "" for part in self._parts if part.type in _TEXTS)
        return said if "{" in said else self._for_a_tool or said

    @property
    def refused(self) -> str | None:
        """Why there is no answer."""
        told = str(self.refusal) if self.refusal else ""
        return told or "".join(part.refusal or "" for part in self._parts) or None

    @property
    def is_thought(self) -> bool:
        """Whether the model thought in a place of its own."""
        apart = any(part.type in _THOUGHTS for part in self._parts)
        return apart or bool(self.reasoning_content or self.reasoning)

    @property
    def _parts(self) -> list[_Part]:
        given = self.content or []
        listed = [given] if isinstance(given, str) else given
        return [_Part(text=part) if isinstance(part, str) else part for part in listed]

    @property
    def _for_a_tool(self) -> str:
        calls = self.tool_calls if isinstance(self.tool_calls, list) else []
        return "\n".join(filter(None, map(_arguments, calls or [{"function": self.function_call}])))


def _arguments(call: Any) -> str:
    called = call.get("function") if isinstance(call, dict) else None
    given = called.get("arguments") if isinstance(called, dict) else None
    if isinstance(given, dict):
        return json.dumps(given, ensure_ascii=False)
    return given if isinstance(given, str) else ""
