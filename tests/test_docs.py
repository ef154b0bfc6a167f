"""Whatever the README and the docs show runs: Python blocks, commands, and programs."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

import claimcompare
from tests.endpoint.process import EndpointProcess

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "docs" / "examples"
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINKED = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)(#[^)]*)?\)")
COMMAND = re.compile(r"^\$ (claimcompare .*)$", re.MULTILINE)
# What only installs or is data for another program; a page that needs more is to run its blocks.
NOT_RUN = {"sh": 4, "toml": 1, "yaml": 1, "text": 1}
# What an update ends with where something has changed.
_FINE = {0, 3}
# Addresses of the docs are those of nobody; here a scripted endpoint answers for all of them.
ADDRESSES = re.compile(r"https?://(?:[\w.]+\.example\.org|127\.0\.0\.1:8000)/v1")

A = "Una Brock said that the quay is dry. Rain fell all day.\n"
B = "Tam Weir denied that the quay is dry. The fair begins on Monday.\n"
PAGE = f"""<html lang="en"><head><title>Quay</title></head><body><article><h1>The quay is dry</h1>
<p>{A}</p><p>{B}</p><p>The board met on Monday in the old customs house and heard both of them at
length, with the harbour master in the chair.</p></article></body></html>"""
PAIRS = """{"proposition": "The quay is dry.", "claim": "Una Brock said so.", "stance": "support"}
{"proposition": "The quay is dry.", "claim": "It is not true that it is dry.", "stance": "denial"}
"""


class Block(NamedTuple):
    """A fenced block and the line that it begins on."""

    kind: str
    text: str
    line: int


def blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    found = FENCED.finditer(text)
    return [Block(one[1], one[2], text.count("\n", 0, one.start()) + 2) for one in found]


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def endpoint() -> Iterator[EndpointProcess]:
    with EndpointProcess(decisions="openai") as endpoint:
        yield endpoint


@pytest.fixture
def short() -> Iterator[Path]:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def desk(
    tmp_path: Path, short: Path, endpoint: EndpointProcess, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A folder with everything that the pages speak of, and a model that answers."""
    desk = tmp_path / "desk"
    (desk / "news").mkdir(parents=True)
    (desk / "a.txt").write_text(A, encoding="utf-8")
    (desk / "b.txt").write_text(B, encoding="utf-8")
    (desk / "news" / "quay.html").write_text(PAGE, encoding="utf-8")
    (desk / "archive.jsonl").write_text('{"text": "Una Brock said that it is dry."}\n')
    (desk / "pairs.jsonl").write_text(PAIRS, encoding="utf-8")
    for folder in ("seeds", "tests/recordings"):
        shutil.copytree(ROOT / folder, desk / folder)
    monkeypatch.chdir(desk)
    monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url)
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    # Ray tells nobody, keeps no token in the home folder, and its sockets need short paths.
    ray = {"USAGE_STATS_ENABLED": "0", "AUTH_MODE": "disabled", "TMPDIR": str(short)}
    for name, value in ray.items():
        monkeypatch.setenv(f"RAY_{name}", value)
    return desk


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_blocks_of_python_run_in_their_order(
    page: Path, desk: Path, endpoint: EndpointProcess
) -> None:
    program = desk / f"{page.stem}.py"
    program.write_text(ADDRESSES.sub(endpoint.url, code_of(page)), encoding="utf-8")
    command = [sys.executable, program.name]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, f"{named(page)}: {ran.stderr}"


def code_of(page: Path) -> str:
    """The blocks of Python as one program, each on the lines that it has on its page."""
    lines: list[str] = []
    for block in blocks(page):
        # What is to be run by pytest, its plugin's test runs.
        if block.kind == "python" and "claimcompare_llm" not in block.text:
            lines += [""] * (block.line - 1 - len(lines)) + block.text.splitlines()
    return "\n".join([*lines, ""])


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_say_what_is_shown(page: Path) -> None:
    for block in blocks(page):
        if block.kind == "console":
            _, *pairs = COMMAND.split(block.text)
            for command, shown in zip(pairs[::2], pairs[1::2], strict=True):
                told = printed(command)
                missing = [part for part in parts_of(shown) if part not in told]
                assert not missing, f"{named(page)}:{block.line}: {command}\n{told}"


def printed(command: str) -> str:
    """What a command says; patterns are those that a shell would spell out."""
    found = [
        str(path)
        for part in shlex.split(command)[1:]
        for path in (sorted(Path().glob(part)) if "*" in part else [part])
    ]
    ran = subprocess.run(
        [sys.executable, "-m", "claimcompare", *found],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        check=False,
    )
    assert ran.returncode in _FINE, f"{command}: {ran.stderr}"
    return ran.stdout


def parts_of(shown: str) -> list[str]:
    """What stands between the lines that leave something out."""
    return [
        part.strip("\n") for part in re.split(r"^…$", shown, flags=re.MULTILINE) if part.strip()
    ]


def test_few_blocks_are_not_run() -> None:
    kinds = [block.kind for page in PAGES for block in blocks(page)]
    assert {kind: kinds.count(kind) for kind in set(kinds) - {"python", "console"}} == NOT_RUN
    asking = [one for page in PAGES for one in blocks(page) if "claimcompare " in one.text]
    # To mark claims takes somebody at a terminal.
    by_hand = ("install", "claimcompare review")
    assert all(one.kind != "sh" or any(word in one.text for word in by_hand) for one in asking)


@pytest.mark.parametrize("page", sorted({*PAGES, *ROOT.glob("*.md")}), ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    linked = LINKED.findall(page.read_text(encoding="utf-8"))
    assert not [path for path, _ in linked if not (page.parent / path).exists()]


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 150


def test_every_public_name_is_in_the_reference() -> None:
    reference = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"^::: claimcompare\.(\w+)$", reference, re.MULTILINE))
    assert shown == set(claimcompare.__all__)


def test_every_program_is_run() -> None:
    assert {path.name for path in EXAMPLES.glob("*.py")} == set(SAYS)


SAYS = {
    "two_outlets.py": "  against: Tomas Wraye",
    "folder_to_spreadsheet.py": "assertions.csv",
    "notebook.py": "Karrowby Evening Bell",
    "own_prompt.py": "Changed: prompt small/classify",
    "judge.py": "large reads, local judges",
    "own_reader.py": "north quay",
}


@pytest.mark.parametrize("program", SAYS)
def test_programs_run_from_recordings(program: str, tmp_path: Path) -> None:
    for folder in ("seeds", "docs/examples", "tests/recordings", "tests/evaluation/baseline"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    ran = run_alone(["docs/examples/" + program], tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert SAYS[program] in ran.stdout


def test_the_harness_runs_from_its_recordings(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "harness", tmp_path / "harness")
    ran = run_alone(["-m", "pytest", "-q", "-p", "no:cacheprovider", "harness"], tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def run_alone(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """A program in a folder, with no endpoint to ask."""
    environment = {name: value for name, value in os.environ.items() if "OPENAI" not in name}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env=environment | {"PYTHONUTF8": "1"},
        check=False,
    )
