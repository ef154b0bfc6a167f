"""What a server's complaint about a request is about."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

_FORMAT = re.compile(
    r"response_format|response_schema|json_schema|json_object|guided_json|xgrammar|llguidance|gbnf"
    r"|output_config\.format"
    r"|json mode|structured.outputs?"
    r"|\b(?:invalid|unsupported|bad|pars\w+|compil\w+|build|convert\w*)\b.{0,30}\b(?:schema|grammar)"
    r"|\b(?:schema|grammar)\b.{0,30}\b(?:not|invalid|unsupported|too|fail\w*|error|cannot|must)\b"
)
# Words that writers use as well: they name a field where they stand as fields do.
_PLAIN_WORDS = frozenset({"temperature", "seed", "stream"})
_KIND = r"(?:parameter|param|field|argument|option|input|setting|key|property|value)s?"
_WRONG = r"(?:unsupported|invalid|unknown|unexpected|unrecognized|extra)"
_VERB = r"(?:is|are|does|must|should|has to|may|can(?:not)?)"
_RANGE = r"(?:between|in \[|in the range|at (?:most|least)|less|greater|>|<|one of|positive|[01]\b)"
_UNSUPPORTED = re.compile(
    rf"{_WRONG}|not (?:be )?(?:supported|permitted|allowed|available|recognized)|n't supported"
    r"|not support|no support|deprecated"
)
_NOT_TAKEN = r"(?:not|n't|no longer) (?:accept|allow|permit|recogni[sz]e|support|take)(?:ed|s)?"
_NO_SUCH = rf"(?:{_UNSUPPORTED.pattern})[^.:]{{0,60}}"
_NUMBER = re.compile(r"(?<![\w.-])\d+(?![\w.]*\d)")
_LIMIT_OF_ANSWER = re.compile(r"max_(?:completion_|output_)?tokens|\bcompletion\b|output tokens")
_TOO_LONG = re.compile(
    r"context.(?:length|size|window)|too (?:large|long|many|big|high)|at most|exceed"
    r"|less than|up to|maximum"
)
# As many letters before or after a word as tell whether it is quoted from what was sent.
_CONTEXT = 10


class Complaint:
    """A complaint about a request, in which what it quotes of our texts does not count."""

    def __init__(self, words: str, sent: Mapping[str, Any]) -> None:
        self._words = _folded(words)
        self._sent = _folded(" ".join(str(one["content"]) for one in sent.get("messages", ())))

    @property
    def is_about_format(self) -> bool:
        """Whether it is about the schema, or about JSON."""
        return self._has(_FORMAT)

    @property
    def is_that_unsupported(self) -> bool:
        """Whether it says that there is no such thing."""
        return bool(_UNSUPPORTED.search(self._words))

    @property
    def is_that_too_long(self) -> bool:
        """Whether it says that an answer may not be as long as it was allowed to be."""
        return self._has(_LIMIT_OF_ANSWER) and self._has(_TOO_LONG)

    @property
    def numbers(self) -> list[int]:
        """The numbers in it."""
        return [int(number) for number in _NUMBER.findall(self._words)]

    def names(self, field: str) -> bool:
        """Whether it names a field of the request."""
        return self._has(_naming(field))

    def _has(self, pattern: re.Pattern[str]) -> bool:
        return any(not self._quotes(found) for found in pattern.finditer(self._words))

    def _quotes(self, found: re.Match[str]) -> bool:
        start, end = found.span()
        before = self._words[max(0, start - _CONTEXT) : end]
        after = self._words[start : end + _CONTEXT]
        least = end - start + _CONTEXT
        return any(len(one) >= least and one in self._sent for one in (before, after))


@cache
def _naming(field: str) -> re.Pattern[str]:
    if field not in _PLAIN_WORDS:
        return re.compile(rf"(?<!\w){field}(?!\w)")
    forms = (
        rf"['\"`]{field}['\"`]",
        rf"\b{_KIND}\b\W{{0,4}}{field}\b",
        rf"\b{_WRONG} {field}\b",
        rf"\b{field} {_KIND}\b",
        rf"(?:^|[:.;,(]) ?{field} ?(?:[:=]|{_VERB}\b|not\b|un)",
        rf"\b{field} (?:{_VERB}) be (?:\w+ )?{_RANGE}",
        rf"\b{field} ?= ?\d",
        rf"\b(?:range|values?) (?:of|for) (?:the )?{field}\b",
        rf"{_NOT_TAKEN} (?:(?:a|any|custom|setting|the) )*{field}\b",
        rf"{_NO_SUCH}: ?(?:[\w\[\]]+, ?){{0,5}}{field}(?=,|\.?$| and\b)",
    )
    return re.compile("|".join(forms))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
