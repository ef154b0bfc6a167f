"""For pytest: a model whose answers are recorded beside the test, and replayed ever after.

`pytest --claimcompare-record` asks the model and records, for the tests that are run; without it
nothing is asked. The cassette of a test is `cassettes/MODULE/TEST.yaml` in the test's folder.
"""

import hashlib
import re
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from claimcompare.llm import LLM
from claimcompare.llm.recording import record, replay

_RECORD = "--claimcompare-record"
_PASSED = pytest.StashKey[bool]()
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+", re.ASCII)
_LONGEST_NAME = 80


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option, and the settings that say which model to record."""
    group = parser.getgroup("claimcompare")
    group.addoption(_RECORD, action="store_true", help="Ask the model, and record what it answers.")
    parser.addini("claimcompare_model", "The model to record.", default="local")
    parser.addini("claimcompare_base_url", "The endpoint to record.", default="")


@pytest.fixture(scope="session")
def claimcompare_model(request: pytest.FixtureRequest) -> Iterator[LLM]:
    """The model to record, by the settings of pytest; define it anew for another one."""
    config = request.config
    url = config.getini("claimcompare_base_url") or None
    with LLM(config.getini("claimcompare_model"), base_url=url) as llm:
        yield llm


@pytest.fixture
def claimcompare_llm(claimcompare_model: LLM, request: pytest.FixtureRequest) -> Iterator[LLM]:
    """The model with this test's recording; a test without one fails, and says what to do."""
    test = request.node.nodeid.partition("::")[2]
    path = cassette_of(request.path, test)
    if request.config.getoption(_RECORD):
        with suppress(_NotPassed), record(path):
            yield claimcompare_model
            if not request.node.stash.get(_PASSED, False):
                raise _NotPassed
        return
    if not path.is_file():
        pytest.fail(f"{path}: not recorded yet; make it with pytest {_RECORD}", pytrace=False)
    with replay(path):
        yield claimcompare_model


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: "pytest.CallInfo[None]"
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note whether a test passed: what another was answered is not worth keeping."""
    report = yield
    if call.when == "call":
        item.stash[_PASSED] = report.passed
    return report


def cassette_of(module: Path, test: str) -> Path:
    """Where a test's recording lies; a name that not all file systems tell apart gets a hash."""
    name = _NOT_IN_A_NAME.sub("-", test)
    if name.lower() != test or len(name) > _LONGEST_NAME:
        digest = hashlib.sha256(test.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        name = f"{name[:_LONGEST_NAME].strip('-')}-{digest}"
    return module.parent / "cassettes" / module.stem / f"{name}.yaml"


class _NotPassed(Exception):
    """Leaves a recording without keeping it."""
