"""Prompt files: find them, fill them, hash what was filled.

A prompt is a Markdown file: a front matter with `version` and `description`,
the static text for the system message, a line `<!-- user -->`, and a jinja2
template for the user message. Values are data: they are never compiled.
"""

import hashlib
import re
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from claimcompare.articles import one_line
from claimcompare.errors import PromptError
from claimcompare.schema import Prompt, prompt_hash

if TYPE_CHECKING:
    from jinja2 import Template

PromptName = Literal[
    "extract",
    "speakers",
    "pair",
    "join",
    "classify",
    "decide",
    "small/extract",
    "small/pair",
    "small/classify",
]
NAMES: tuple[PromptName, ...] = get_args(PromptName)
_USER = "<!-- user -->"
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
# Brackets and angle brackets are what sentence numbers, chat markers and tags are made of.
_DISARM = str.maketrans({"[": "(", "]": ")", "<": "\u2039", ">": "\u203a"})


class PromptFile:
    """One prompt file, read and checked."""

    def __init__(self, name: PromptName, source: str) -> None:
        self.name = name
        source = source.replace("\r\n", "\n")
        self.sha256 = hashlib.sha256(source.encode()).hexdigest()
        front = _FRONT_MATTER.match(source)
        version = front and re.search(r"^version: *(\S+)$", front[1], re.MULTILINE)
        if not front or not version:
            raise PromptError(f"{name}.md: no 'version' in its front matter", name=name)
        self.version = version[1]
        self.system, marker, self.user_template = source[front.end() :].partition(_USER)
        if not marker:
            raise PromptError(f"{name}.md: no line '{_USER}' before the user message", name=name)

    @property
    def example(self) -> str:
        """The worked example, from the line on that begins with the word; "" without one."""
        return self.system.partition("\nExample")[2]

    def fill(self, **values: object) -> Prompt:
        """The prompt with `values` in its user message; raises PromptError."""
        from jinja2 import TemplateError

        try:
            user = self._template.render(values).strip()
        except (TemplateError, TypeError, ValueError) as error:
            raise PromptError(f"{self.name}.md: {error}", name=self.name) from error
        system = self.system.strip()
        digest = prompt_hash(system, user)
        return Prompt(
            name=self.name,
            version=self.version,
            system=system,
            user=user,
            sha256=digest,
            template=self.sha256,
        )

    @cached_property
    def _template(self) -> "Template":
        from jinja2 import Environment, StrictUndefined, TemplateSyntaxError

        environment = Environment(
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,  # noqa: S701 - a prompt is plain text, entities would garble names
        )
        try:
            return environment.from_string(self.user_template)
        except TemplateSyntaxError as error:
            raise PromptError(
                f"{self.name}.md: line {error.lineno} of the user message: {error.message}",
                name=self.name,
            ) from error


def load_prompt(name: PromptName, folder: Path | None = None) -> PromptFile:
    """The prompt of that name, from `folder` or else as shipped; raises PromptError."""
    is_own = folder is not None and name in own_prompts(folder)
    home = folder if folder and is_own else _shipped()
    try:
        return _prompt(name, home.joinpath(f"{name}.md").read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"{name}.md: cannot be read from {home}", name=name) from error


# By its text, since a file may change. To compile a template takes longer than to fill it.
@lru_cache(maxsize=64)
def _prompt(name: PromptName, source: str) -> PromptFile:
    return PromptFile(name, source)


def own_prompts(folder: Path) -> list[PromptName]:
    """The prompts that a folder holds; raises PromptError where it holds none."""
    found = [name for name in NAMES if (folder / f"{name}.md").exists()]
    if not found:
        raise PromptError(
            f"{folder}: holds no prompt; 'claimcompare prompts copy {folder}' puts the shipped "
            "ones there, to be changed",
            name="",
        )
    return found


def copy_prompts(folder: Path) -> list[Path]:
    """Copy the shipped prompts to a folder, to be changed; raises PromptError, writes over none."""
    copies = {folder / f"{name}.md": _shipped().joinpath(f"{name}.md") for name in NAMES}
    taken = next((path for path in copies if path.exists()), None)
    if taken is not None:
        raise PromptError(f"{taken}: is there already; name another folder", name=taken.stem)
    try:
        for path, source in copies.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source.read_bytes())
    except OSError as error:
        raise PromptError(f"{folder}: cannot be written ({error.strerror})", name="") from error
    return list(copies)


def as_data(text: str) -> str:
    """Article text for a prompt: one line, nothing invisible, nothing that looks like markup."""
    return one_line(text).translate(_DISARM)


def _shipped() -> Traversable:
    """Inside the wheel, or beside the package in a checkout."""
    packaged = files("claimcompare") / "_prompts"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "prompts"
