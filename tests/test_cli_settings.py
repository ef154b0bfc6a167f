"""Options from the environment and from a file, and how much is said."""

import json
import logging
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimcompare import CompareSettings, LLMSettings
from claimcompare.cli import app, console
from tests.llm.server import FakeServer, Reply, Seen, says
from tests.test_cli import MODEL, SEED

KEY = "sk-no-key-at-all"
NO_CLAIMS = json.dumps({"claims": []})


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with closing(FakeServer()) as fake:
        fake.will_always(says(NO_CLAIMS))
        yield fake


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def sent(server: FakeServer, *arguments: str | Path) -> Seen:
    """The first request of an extraction with these options."""
    done = run("extract", SEED, "--base-url", server.url, "--no-cache", *arguments)
    assert done.exit_code == 0, done.stderr
    return server.seen[0]


def test_options_are_named_for_what_they_set() -> None:
    """So that whoever knows the record knows the command, and the other way round."""
    command = app.commands["compare"]
    options = {name for one in command.params for name in one.opts}
    apart = {"prices": "--price", "headers": "--header", "cache": "--no-cache"}
    for record in (LLMSettings, CompareSettings):
        for name in record.model_fields:
            assert apart.get(name, f"--{name.replace('_', '-')}") in options


def test_what_a_call_takes_is_what_was_said(server: FakeServer) -> None:
    told = ("--max-output-tokens", "77", "--temperature", "0.5", "--body", "top_k=3")
    seen = sent(server, "-m", MODEL, *told, "--header", "x-desk=7", "--reasoning-effort", "low")
    assert seen.body["temperature"] == 0.5
    assert seen.body["top_k"] == 3
    assert seen.body["reasoning_effort"] == "low"
    assert 77 in (seen.body.get("max_tokens"), seen.body.get("max_completion_tokens"))
    assert seen.headers["x-desk"] == "7"


def test_the_environment_sets_what_the_command_line_does_not(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMCOMPARE_MODEL", MODEL)
    monkeypatch.setenv("CLAIMCOMPARE_TEMPERATURE", "0.25")
    assert sent(server).body["temperature"] == 0.25
    server.seen.clear()
    assert sent(server, "--temperature", "0.75").body["temperature"] == 0.75


def test_a_misspelt_variable_of_the_environment_is_told(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CLAIMCOMPARE_HEADERS", "CLAIMCOMPARE_SOMETHING", "OPENAI_MODEL"):
        monkeypatch.setenv(name, "x=sk-desk")
    done = run("extract", SEED, "--base-url", server.url, "--no-cache", "-m", MODEL)
    assert done.exit_code == 0
    assert "CLAIMCOMPARE_HEADERS sets nothing; is it CLAIMCOMPARE_HEADER?" in done.stderr
    assert "sets nothing" not in done.stderr.replace("HEADERS sets nothing", "")
    assert "sk-desk" not in done.stderr


def test_a_file_sets_the_rest_and_says_so(server: FakeServer, tmp_path: Path) -> None:
    told = f'model = "{MODEL}"\ntemperature = 0.25\nmax-cost = 9\nprice = [1, 2]\n'
    (tmp_path / "claimcompare.toml").write_text(told, encoding="utf-8")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    done = run("extract", SEED, "--base-url", server.url, "--no-cache", "--temperature", "0.75")
    assert done.exit_code == 0, done.stderr
    assert server.seen[0].body["model"] == MODEL
    assert server.seen[0].body["temperature"] == 0.75
    assert f"settings from {tmp_path / 'claimcompare.toml'}" in done.stderr


def test_a_file_above_counts_and_its_tables_are_for_one_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = 'replay = "gone.yaml"\n[compare]\nformat = "json"\n[eval]\nseed = 3\n'
    (tmp_path / "claimcompare.toml").write_text(told, encoding="utf-8")
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    done = run("compare", SEED)
    assert done.exit_code == 2
    # From where the file lies, not from where the command runs.
    assert f"{tmp_path / 'gone.yaml'}: no such recording" in done.stderr


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("max-costs = 3", "'max-costs' is no option there; is it 'max-cost'?"),
        ("[compare]\nseed = 3", "'seed' is no option there"),
        ('config = "other.toml"', "'config' is no option there"),
        ("max-cost = ", "Invalid value"),
        ("cache = false", "'cache' is a command, so [cache] is to be a table"),
        ('max-cost = "much"', "is not a valid float"),
    ],
)
def test_what_a_file_says_wrong_is_named(tmp_path: Path, told: str, words: str) -> None:
    (tmp_path / "mine.toml").write_text(told, encoding="utf-8")
    done = run("compare", SEED, "--config", tmp_path / "mine.toml")
    assert done.exit_code == 2
    assert words in done.stderr


def test_a_header_is_not_shown_where_it_is_refused() -> None:
    done = run("compare", SEED, "--header", "sk-secret-7")
    assert done.exit_code == 2
    assert "NAME=VALUE" in done.stderr
    assert "sk-secret-7" not in done.stderr


def test_a_judge_elsewhere_does_not_get_the_headers(server: FakeServer, tmp_path: Path) -> None:
    """They may hold the key of the model's own endpoint."""
    with closing(FakeServer()) as judge:
        answer = json.dumps({"claims": [
            {"sentences": [1], "speaker": "Una Brock", "mention": "Una Brock", "via": [],
             "kind": "assertion", "claim": "The quay is dry."},
            {"sentences": [2], "speaker": "Tam Weir", "mention": "Tam Weir", "via": [],
             "kind": "denial", "claim": "The quay is not dry."},
        ]})  # fmt: skip
        dispute = json.dumps({"disputes": [{"proposition": "The quay is dry.", "support": [1],
                                            "denial": [2], "withdrawn": []}]})  # fmt: skip

        def reads(request: Seen) -> Reply:
            return says(dispute if "opposing" in str(request.body) else answer)

        server.will_always(reads)
        text = "Una Brock said that the quay is dry. Tam Weir denied that the quay is dry."
        (tmp_path / "a.txt").write_text(text, encoding="utf-8")
        run(
            "compare", "a.txt", "-m", MODEL, "--base-url", server.url, "--no-cache",
            "--header", "x-key=7", "--judge", MODEL, "--judge-url", judge.url, "--attempts", "1",
        )  # fmt: skip
        assert all(one.headers.get("x-key") == "7" for one in server.seen)
        assert not any("x-key" in one.headers for one in judge.seen)


def test_quiet_says_nothing_beside_the_result(server: FakeServer) -> None:
    arguments = ("extract", SEED, "-m", MODEL, "--base-url", server.url, "--no-cache")
    assert "used:" in run(*arguments).stderr
    assert "used:" not in run(*arguments, "-q").stderr


def test_a_file_says_how_much_is_said(server: FakeServer, tmp_path: Path) -> None:
    arguments = ("extract", SEED, "-m", MODEL, "--base-url", server.url, "--no-cache")
    (tmp_path / "claimcompare.toml").write_text("quiet = true", encoding="utf-8")
    assert run(*arguments).stderr == run(*arguments, "-q").stderr
    (tmp_path / "claimcompare.toml").write_text("verbose = 2", encoding="utf-8")
    assert "extract" in run(*arguments).stderr.partition("used:")[0]


def test_verbose_tells_each_call(server: FakeServer) -> None:
    arguments = ("extract", SEED, "-m", MODEL, "--base-url", server.url, "--no-cache")
    assert len(run(*arguments, "-vv").stderr.splitlines()) > len(
        run(*arguments).stderr.splitlines()
    )
    assert logging.getLogger("claimcompare").level == logging.NOTSET


def test_who_does_not_watch_is_told_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = iter([0.0, 1.0, 31.0, 31.0, 32.0])
    monkeypatch.setattr(console, "monotonic", lambda: next(now))
    with console.progress_shown() as progress:
        for done in range(3):
            progress("extract", done, 3)
    assert capsys.readouterr().err == "extract: 1 of 3 calls are done\n"


def test_help_has_groups_and_examples() -> None:
    told = run("compare", "-h").stdout
    headings = [one for one in told.splitlines() if one.endswith(":") and not one.startswith(" ")]
    assert headings[-1] == "Every command:"
    assert len(headings) > 5
    assert "claimcompare compare herald.txt courier.html" in told


def test_shells_complete_the_names_of_files() -> None:
    done = CliRunner().invoke(
        app,
        [],
        prog_name="claimcompare",
        env={
            "_CLAIMCOMPARE_COMPLETE": "bash_complete",
            "COMP_WORDS": "claimcompare compare se",
            "COMP_CWORD": "2",
        },
    )
    assert done.stdout.strip() == "file,se"


@pytest.mark.parametrize(
    "told",
    [
        'base-url = "http://there.example/v1"',
        '[compare]\njudge-key-env = "TOKEN"',
        'header = "a=b"',
    ],
)
def test_where_keys_go_is_for_a_file_that_is_named(tmp_path: Path, told: str) -> None:
    """A folder may hold what somebody else wrote."""
    (tmp_path / "claimcompare.toml").write_text(told, encoding="utf-8")
    done = run("compare", SEED, "--dry-run")
    assert done.exit_code == 2
    assert "counts only in a file that --config names" in done.stderr
    named = run("compare", SEED, "--dry-run", "--config", tmp_path / "claimcompare.toml")
    assert "counts only" not in named.stderr


@pytest.mark.parametrize("told", ["compare = 3", "price = 3", "price = [1, 2, 3]"])
def test_values_of_a_wrong_shape_are_named(tmp_path: Path, told: str) -> None:
    (tmp_path / "mine.toml").write_text(told, encoding="utf-8")
    done = run("compare", SEED, "--config", tmp_path / "mine.toml")
    assert done.exit_code == 2
    assert "mine.toml" in done.stderr


def test_a_table_of_a_group_is_for_all_its_commands(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("[eval]\nseed = 3\n", encoding="utf-8")
    done = run("eval", "schema", "--config", tmp_path / "mine.toml")
    assert done.exit_code == 0, done.stderr


def test_pairs_in_the_environment_stand_one_a_line(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMCOMPARE_HEADER", "x-desk=Bearer a b\nx-team=7")
    monkeypatch.setenv("CLAIMCOMPARE_BODY", 'top={"a": 1}')
    seen = sent(server, "-m", MODEL)
    assert (seen.headers["x-desk"], seen.headers["x-team"]) == ("Bearer a b", "7")
    assert seen.body["top"] == {"a": 1}
