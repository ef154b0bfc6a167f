"""Whether an English sentence says of a statement that it is not so, or no longer."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from claimcompare.small.words import normal


@cache
def entries() -> Mapping[str, Mapping[str, str]]:
    """The lists of `languages/objections.en.toml`, read once."""
    home = files("claimcompare.small").joinpath("languages", "objections.en.toml")
    return tomllib.loads(home.read_text(encoding="utf-8"))


def rejects(text: str) -> bool:
    """Whether it calls a statement untrue or denies it: "denied it", "inaccurate", "a lie"."""
    return bool(_rejection().search(_seeming("rejection").sub(" ", normal(text))))


def withdraws(text: str) -> bool:
    """Whether it takes a statement back: "withdrew", "took it back", "misspoke"."""
    found = _any_of(entries()["withdrawal"]["words"])
    return bool(found.search(_seeming("withdrawal").sub(" ", normal(text))))


@cache
def _rejection() -> re.Pattern[str]:
    lists = entries()["rejection"]
    behind = rf"\s+(?:\S+\s+){{0,3}}?(?:{_one_line(lists['statements'])})\b"
    loose = [f"(?:{line}){behind}" for line in lists["loose_verbs"].split("\n") if line]
    return _any_of("\n".join([lists["verbs"], lists["words"], *loose]))


@cache
def _any_of(lines: str) -> re.Pattern[str]:
    """A pattern for any of the word families, one a line."""
    families = [line for line in lines.split("\n") if line]
    return re.compile(rf"\b(?:{'|'.join(families)})\b")


@cache
def _seeming(kind: str) -> re.Pattern[str]:
    return re.compile(_one_line(entries()[kind]["seeming"]))


def _one_line(pattern: str) -> str:
    return pattern.replace("\n", "")
