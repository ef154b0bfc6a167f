"""The pytest plugin in somebody's tests: recorded once, replayed ever after."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.llm.server import KEY, FakeServer, Reply, Seen, says

ROOT = Path(__file__).parents[1]
RECORD = "--claimcompare-record"
ARTICLE = "Una Brock said that the quay is dry. Rain fell all day."
CLAIMS = f"""
    from claimcompare import Article, extract

    TEXT = {ARTICLE!r}

    def speakers(llm, text=TEXT):
        found = extract([Article(id="post", text=text)], llm=llm)
        return [claim.speaker for claim in found.claims]
"""
SPEAKER = """
    def test_speaker(claimcompare_llm):
        assert speakers(claimcompare_llm) == ["Una Brock"]
"""


REPORTED = re.compile(r"^\[(\d+)\] (.+?) (said|denied) that (.+)\.$", re.MULTILINE)
SAYING = {"said": "It is true that", "denied": "It is not true that"}
PROPOSED = re.compile(r"^Proposition (\d+), claims ([\d, ]+): ", re.MULTILINE)
ROW = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
SHOWN = ROOT / "docs" / "evaluation.md"
BLOCK = re.compile(r"```python\n(from claimcompare import Article, extract\n.*?)```", re.DOTALL)


def answer(request: Seen) -> Reply:
    """Who said or denied that something is so; "not true" denies what is judged."""
    rows = dict(ROW.findall(request.user))
    judged = [
        {"proposition": int(at), "support": [], "denial": [], "context": []}
        | {"denial" if "not true" in rows[claim] else "context": [int(claim)]}
        for at, claims in PROPOSED.findall(request.user)
        for claim in claims.split(", ")
    ]
    if judged:
        return says(json.dumps({"judged": judged}))
    claims = [
        {"passages": [int(at)], "speaker": who, "mention": who, "via": []}
        | {"kind": "assertion", "text": f"{SAYING[how]} {what}."}
        for at, who, how, what in REPORTED.findall(request.user)
    ]
    return says(json.dumps({"claims": claims}))


class Ran(NamedTuple):
    """How a run of pytest ended, and what it printed."""

    code: int
    text: str


class Suite:
    """Somebody's tests in a folder of their own, where only this plugin is loaded."""

    def __init__(self, folder: Path, server: FakeServer) -> None:
        self.folder = folder
        self.server = server
        self.settings(claimcompare_model="m", claimcompare_base_url=server.url)

    def settings(self, **named: str) -> None:
        lines = ["[pytest]", "filterwarnings = error"]
        lines += [f"{name} = {value}" for name, value in named.items()]
        (self.folder / "pytest.ini").write_text("\n".join(lines), encoding="utf-8")

    def write(self, name: str, *parts: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "\n".join(line.removeprefix("    ") for line in "".join(parts).splitlines())
        path.write_text(text, encoding="utf-8")
        return path

    def record(self, *options: str, mode: str = "") -> Ran:
        return self._run(f"{RECORD}{mode and f'={mode}'}", *options, OPENAI_API_KEY=KEY)

    def replay(self, *options: str) -> Ran:
        """A run without key and server."""
        self.server.close()
        return self._run(*options)

    def cassettes(self) -> list[str]:
        found = self.folder.rglob("*.yaml")
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def _run(self, *options: str, **environment: str) -> Ran:
        command = ["-m", "pytest", "-p", "claimcompare.pytest_plugin", "-p", "no:cacheprovider"]
        kept = {name: value for name, value in os.environ.items() if "OPENAI_" not in name}
        alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", "COLUMNS": "300"}
        reach = {"NO_PROXY": "127.0.0.1", "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, *command, "-q", *options],
            cwd=self.folder,
            env=kept | alone | reach | environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return Ran(done.returncode, done.stdout + done.stderr)


@pytest.fixture
def suite(tmp_path: Path) -> Iterator[Suite]:
    with closing(FakeServer()) as server:
        server.will_always(answer)
        folder = tmp_path / "theirs"
        folder.mkdir()
        yield Suite(folder, server)


def test_a_recorded_test_passes_without_option_key_and_server(suite: Suite) -> None:
    suite.write("unit/test_news.py", CLAIMS, SPEAKER)
    recorded = suite.record()
    assert recorded.code == 0, recorded.text
    assert len(suite.server.seen) == 1
    assert suite.cassettes() == ["unit/cassettes/test_news/test_speaker.yaml"]
    replayed = suite.replay()
    assert replayed.code == 0, replayed.text
    assert "1 passed" in replayed.text


def test_a_replay_gives_the_recorded_answers_and_not_new_ones(suite: Suite) -> None:
    suite.write("test_news.py", CLAIMS, SPEAKER)
    suite.record()
    cassette = suite.folder / "cassettes" / "test_news" / "test_speaker.yaml"
    text = cassette.read_text(encoding="utf-8")
    other = re.sub(r"(speaker\W+)Una\s+Brock", r"\1Rain", text)
    cassette.write_text(other, encoding="utf-8")
    assert other != text
    done = suite.replay()
    assert done.code == 1
    assert "assert ['Rain'] == ['Una Brock']" in done.text


def test_a_test_without_recording_fails_and_names_the_option(suite: Suite) -> None:
    suite.write("test_news.py", CLAIMS, SPEAKER)
    done = suite.replay()
    assert done.code == 1
    assert f"test_speaker.yaml: not recorded yet; make it with pytest {RECORD}" in done.text
    assert "Traceback" not in done.text
    assert suite.cassettes() == []


def test_recording_again_replaces(suite: Suite) -> None:
    module = suite.write("test_news.py", CLAIMS, SPEAKER)
    suite.record()
    module.write_text(
        module.read_text(encoding="utf-8").replace("Una Brock", "Tam Weir"), encoding="utf-8"
    )
    assert suite.record().code == 0
    (name,) = suite.cassettes()
    text = (suite.folder / name).read_text(encoding="utf-8")
    assert "Tam Weir said" in text
    assert "Una Brock" not in text
    assert suite.replay().code == 0


def test_a_changed_text_fails_the_test_and_names_the_prompt(suite: Suite) -> None:
    module = suite.write("test_news.py", CLAIMS, SPEAKER)
    suite.record()
    text = module.read_text(encoding="utf-8").replace("Rain fell", "Snow fell")
    module.write_text(text, encoding="utf-8")
    done = suite.replay()
    assert done.code == 1
    assert "the recording holds no response for this 'extract' prompt" in done.text
    assert "(the nearest differs in text)" in done.text


def test_the_example_of_the_readme_is_recorded_and_replayed(suite: Suite) -> None:
    (example,) = BLOCK.findall(SHOWN.read_text(encoding="utf-8"))
    (suite.folder / "test_news.py").write_text(example, encoding="utf-8")
    recorded = suite.record()
    assert recorded.code == 0, recorded.text
    # One request reads, and one places a claim.
    assert len(suite.server.seen) == 2
    assert "2 passed" in suite.replay().text


def test_the_settings_say_which_model_is_recorded(suite: Suite) -> None:
    suite.settings(claimcompare_model="theirs", claimcompare_base_url=f"{suite.server.url}/own")
    suite.write("test_news.py", CLAIMS, SPEAKER)
    assert suite.record().code == 0
    (request,) = suite.server.seen
    assert (request.body["model"], request.path) == ("theirs", "/v1/own/chat/completions")


def test_the_model_can_be_defined_anew(suite: Suite) -> None:
    suite.settings()
    suite.write("test_news.py", CLAIMS, SPEAKER)
    suite.write(
        "conftest.py",
        f"""
    import pytest
    from claimcompare.llm import LLM

    @pytest.fixture(scope="session")
    def claimcompare_model():
        with LLM("theirs", base_url={suite.server.url!r}) as llm:
            yield llm
    """,
    )
    assert suite.record().code == 0
    assert [one.body["model"] for one in suite.server.seen] == ["theirs"]
    assert suite.replay().code == 0


TWO = """
    def test_other(claimcompare_llm):
        assert speakers(claimcompare_llm, TEXT + " Snow fell.") == ["Una Brock"]
"""


def test_once_records_what_is_not_recorded_and_replays_the_rest(suite: Suite) -> None:
    suite.write("test_news.py", CLAIMS, SPEAKER)
    assert suite.record(mode="once").code == 0
    assert len(suite.server.seen) == 1
    suite.write("test_news.py", CLAIMS, SPEAKER, TWO)
    (name,) = suite.cassettes()
    before = (suite.folder / name).read_bytes()
    done = suite.record(mode="once")
    assert done.code == 0, done.text
    assert len(suite.server.seen) == 2
    assert (suite.folder / name).read_bytes() == before
    assert len(suite.cassettes()) == 2
    assert suite.replay().code == 0


def test_once_fails_where_a_recorded_test_asks_for_something_else(suite: Suite) -> None:
    module = suite.write("test_news.py", CLAIMS, SPEAKER)
    suite.record(mode="once")
    text = module.read_text(encoding="utf-8").replace("Rain fell", "Snow fell")
    module.write_text(text, encoding="utf-8")
    done = suite.record(mode="once")
    assert done.code == 1
    assert "holds no response for this 'extract' prompt" in done.text
    assert len(suite.server.seen) == 1


def test_new_asks_only_for_what_is_new_and_adds_it(suite: Suite) -> None:
    both = """
    def test_speaker(claimcompare_llm):
        assert speakers(claimcompare_llm) == ["Una Brock"]
        assert speakers(claimcompare_llm, TEXT + " Snow fell.") == ["Una Brock"]
    """
    suite.write("test_news.py", CLAIMS, SPEAKER)
    assert suite.record(mode="new").code == 0
    (name,) = suite.cassettes()
    before = (suite.folder / name).read_bytes()
    assert suite.record(mode="new").code == 0
    assert (suite.folder / name).read_bytes() == before
    assert len(suite.server.seen) == 1
    suite.write("test_news.py", CLAIMS, both)
    done = suite.record(mode="new")
    assert done.code == 0, done.text
    assert ["Snow fell" in one.user for one in suite.server.seen] == [False, True]
    assert suite.replay().code == 0


def test_none_asks_for_nothing(suite: Suite) -> None:
    suite.write("test_news.py", CLAIMS, SPEAKER)
    done = suite.record(mode="none")
    assert done.code == 1
    assert "not recorded yet" in done.text
    assert suite.server.seen == []


@pytest.mark.parametrize("mode", ["", "all"])
def test_all_asks_anew(suite: Suite, mode: str) -> None:
    suite.write("test_news.py", CLAIMS, SPEAKER)
    for times in (1, 2):
        assert suite.record(mode=mode).code == 0
        assert len(suite.server.seen) == times


def test_a_name_after_the_option_is_that_of_a_test(suite: Suite) -> None:
    suite.write("test_news.py", CLAIMS, SPEAKER)
    suite.write("test_more.py", CLAIMS, SPEAKER)
    done = suite.record("test_news.py")
    assert done.code == 0, done.text
    assert suite.cassettes() == ["cassettes/test_news/test_speaker.yaml"]


def test_a_mode_that_is_none_is_refused_and_all_are_in_the_help(suite: Suite) -> None:
    suite.write("test_news.py", CLAIMS, SPEAKER)
    done = suite.record(mode="sometimes")
    assert done.code == 4
    assert "sometimes" in done.text
    told = suite.replay("--help").text
    assert [mode for mode in ("none", "once", "new", "all") if f"{RECORD}={mode}" not in told] == []
