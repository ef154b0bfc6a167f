"""`claimcompare eval` with recordings: replayed without server, and added to."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest

from claimcompare.prompts import load_prompt
from tests.llm.server import FakeServer, Reply, Seen, fails
from tests.test_eval_cli import (
    PLACES,
    SMALL,
    _only_the_fake_endpoint,
    at,
    cli,
    data,
    judge,
    judged,
    made,
    one_line,
    rows,
    server,
    written,
)

__all__ = ["_only_the_fake_endpoint", "data", "server"]
ROOT = Path(__file__).parents[1]
# A shell's background jobs ignore Ctrl-C, and so would what they start.
AS_A_COMMAND = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from claimcompare.cli import app; app()"
)


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    return tmp_path / "recorded"


def replayed(data: Path, tape: Path, *more: str | Path) -> tuple[str | Path, ...]:
    return ("eval", "stance", "--data", data, "--replay", tape, "-m", SMALL, "-f", "json", *more)


@pytest.mark.parametrize("name", ["recorded", "recorded.yaml"])
def test_a_replay_without_server_and_key_gives_the_same_bytes(
    server: FakeServer, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    tape = tmp_path / name
    recorded = judged(server, "--data", data, "--record", tape, "-f", "json")
    assert recorded.exit_code == 0, recorded.stderr
    server.close()
    monkeypatch.delenv("OPENAI_API_KEY")
    again = cli(*replayed(data, tape))
    assert again.stdout_bytes == recorded.stdout_bytes


def test_recording_again_asks_for_nothing_that_is_there(
    server: FakeServer, data: Path, tape: Path
) -> None:
    first = judged(server, "--data", data, "--record", tape, "-f", "json")
    assert len(server.seen) == 6
    second = judged(server, "--data", data, "--record", tape, "-f", "json")
    assert len(server.seen) == 6
    assert second.stdout == first.stdout


def test_recording_more_data_asks_only_for_what_is_new(
    server: FakeServer, data: Path, tape: Path
) -> None:
    judged(server, "--data", data, "--record", tape)
    written(data, rows(9))
    made(judged(server, "--data", data, "--record", tape, "-f", "json"))
    assert [_asked_for(server, place) for place in PLACES[:9]] == [1] * 9


def _asked_for(server: FakeServer, place: str) -> int:
    return sum(f"The quay of {place} is dry." in one.user for one in server.seen)


def test_a_refused_item_is_replayed_as_such_and_asked_for_when_recording_again(
    server: FakeServer, data: Path, tape: Path
) -> None:
    server.will_always(lambda seen: fails(404) if PLACES[0] in seen.user else judge(seen))
    first = judged(server, "--data", data, "--record", tape, "-f", "json")
    again = cli(*replayed(data, tape))
    assert (first.exit_code, again.exit_code) == (1, 1)
    assert again.stdout == first.stdout
    server.will_always(judge)
    before = len(server.seen)
    assert made(judged(server, "--data", data, "--record", tape, "-f", "json")).figures.failed == 0
    assert len(server.seen) == before + 1


def test_a_recording_holds_neither_data_nor_key_nor_host(
    server: FakeServer, data: Path, tape: Path
) -> None:
    judged(server, "--data", data, "--record", tape)
    files = [path for path in tape.rglob("*") if path.is_file()]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    assert text.count('"request"') == 6
    assert not [word for word in ("quay", "sk-", "127.0.0.1") if word in text]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to whole consoles")
def test_an_interrupted_recording_goes_on_where_it_was(
    server: FakeServer, data: Path, tape: Path
) -> None:
    arrived, over = Event(), Event()

    def holds_the_fourth(request: Seen) -> Reply:
        if len(server.seen) == 4:
            arrived.set()
            over.wait(60)
        return judge(request)

    server.will_always(holds_the_fourth)
    command = ("eval", "stance", "--data", data, "--record", tape, "--concurrency", "1", "-f")
    process = subprocess.Popen(
        [sys.executable, "-c", AS_A_COMMAND, *map(str, command), "json", *at(server)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert arrived.wait(60)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    finally:
        over.set()
        process.kill()
        process.wait()
    assert (process.returncode, out) == (130, "")
    assert err.splitlines()[-1] == (
        "claimcompare: stopped; what was answered is kept, and the same command goes on from there"
    )
    assert "Traceback" not in err
    server.will_always(judge)
    resumed = judged(server, "--data", data, "--record", tape, "-f", "json")
    assert made(resumed).figures.failed == 0
    # Three were kept; the fourth was asked for twice.
    assert len(server.seen) == 7
    assert cli(*replayed(data, tape)).stdout == resumed.stdout


def other_prompts(folder: Path) -> Path:
    """Prompts of which one is of a new version."""
    shutil.copytree(ROOT / "prompts", folder)
    file = folder / "small" / "classify.md"
    text = file.read_text(encoding="utf-8").replace("version: ", "version: 1")
    file.write_text(text.replace("You judge", "You weigh"), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["recorded", "recorded.yaml"])
def test_a_changed_prompt_is_named_by_a_replay(
    server: FakeServer, data: Path, tmp_path: Path, name: str
) -> None:
    tape = tmp_path / name
    judged(server, "--data", data, "--record", tape)
    line = one_line(
        cli(*replayed(data, tape, "-q", "--prompts", other_prompts(tmp_path / "prompts")))
    )
    assert "'small/classify'" in line
    assert "Traceback" not in line


def test_a_folder_tells_a_changed_prompt_from_changed_data(
    server: FakeServer, data: Path, tape: Path, tmp_path: Path
) -> None:
    judged(server, "--data", data, "--record", tape)
    changed = one_line(
        cli(*replayed(data, tape, "-q", "--prompts", other_prompts(tmp_path / "prompts")))
    )
    version = load_prompt("small/classify").version
    assert "the prompt 'small/classify' has changed: recorded are " in changed
    assert f"classify-v{version}-" in changed
    written(data, rows(7))
    other = cli(*replayed(data, tape))
    assert other.exit_code == 2
    # What was replayed before may be told first.
    line = other.stderr.splitlines()[-1]
    assert "the prompt is as it was: the nearest differs in text" in line
    other = cli(*replayed(data, tape), "-m", f"{SMALL}-new")
    assert f"differs in model ({SMALL}, now {SMALL}-new)" in other.stderr


def test_a_recording_that_is_not_there_is_named(data: Path, tape: Path) -> None:
    assert str(tape) in one_line(cli(*replayed(data, tape)))


def test_record_and_replay_exclude_each_other(data: Path, tape: Path) -> None:
    both = cli(*replayed(data, tape, "--record", tape))
    assert both.exit_code == 2
    assert "not both" in both.stderr
