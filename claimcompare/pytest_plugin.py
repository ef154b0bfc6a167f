"""For pytest: a model whose answers are recorded beside the test, and replayed ever after.

`pytest --claimcompare-record` asks the model and records, for the tests that are run;
`--claimcompare-record=once` only for those that have no recording yet, `=new` only for requests
that are in none; without it nothing is asked.
The cassette of a test is `cassettes/MODULE/TEST.yaml` in the test's folder.
"""

import hashlib
import re
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from claimcompare.errors import RecordingError
from claimcompare.llm import LLM
from claimcompare.llm.recording import record, replay

_RECORD = "--claimcompare-record"
_MODES = {
    "none": "Ask nothing; a test that is not recorded fails. So it is without any such option.",
    "once": "Ask the model for tests that are not recorded yet, and replay the others.",
    "new": "Ask the model for what no recording holds yet, and add that to the recordings.",
    "all": "Ask the model anew, and record what it answers in place of what was recorded.",
}
_PASSED = pytest.StashKey[bool]()
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+", re.ASCII)
_LONGEST_NAME = 80
# The recording of a test that passes and asks nothing, as where no article is left to read.
_OF_NOTHING = "interactions: []\nversion: 1\n"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option, and the settings that say which model to record."""
    group = parser.getgroup("claimcompare")
    for mode, what in _MODES.items():
        # Each is an option of its own: one with a value that may be left out would take whatever
        # stands after it, such as the name of a test.
        names = [f"{_RECORD}={mode}", *([_RECORD] if mode == "all" else [])]
        group.addoption(
            *names,
            action="store_const",
            const=mode,
            default="none",
            dest="claimcompare_record",
            help=what,
        )
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
    mode = request.config.getoption("claimcompare_record")
    if mode in ("new", "all") or (mode == "once" and not path.exists()):
        before, has_passed = claimcompare_model.spent.calls, False
        try:
            with suppress(_NotPassed), record(path, adding=mode == "new"):
                yield claimcompare_model
                has_passed = request.node.stash.get(_PASSED, False)
                if not has_passed:
                    raise _NotPassed
        except RecordingError:
            if not has_passed or claimcompare_model.spent.calls > before:
                raise
            # So that a replay knows that nothing is missing.
            path.write_text(_OF_NOTHING, encoding="utf-8")
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
