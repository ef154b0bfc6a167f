"""Articles that nobody should have sent, through the command line and a silent model."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.llm.server import KEY, FakeServer, Reply, Seen, fails, says
from tests.test_cli import MODEL, one_line, run

LONG = "".join(
    f"The quay of Aldmere was dry on day {number}. Its keeper, Una Brock, said so. "
    for number in range(2_900)
)
LAST = 5_800
NUMBERED = re.compile(r"^\[(\d+)\] ", re.MULTILINE)


def nothing(seen: Seen) -> Reply:
    """Nobody claims anything in what is asked about."""
    wanted = seen.body["response_format"]["json_schema"]["schema"]["properties"]
    return says(json.dumps({key: [] for key in wanted}))


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with closing(FakeServer().will_always(nothing)) as made:
        yield made


def compare_with(server: FakeServer, content: bytes, folder: Path, form: str = "text") -> str:
    article = folder / "article.txt"
    article.write_bytes(content)
    done = run(
        "compare", article, "-m", MODEL, "--base-url", server.url, "-f", form, OPENAI_API_KEY=KEY
    )
    assert done.returncode == 0, done.stderr.decode()
    assert KEY.encode() not in done.stdout + done.stderr
    return done.stdout.decode()


@pytest.mark.parametrize(
    "content",
    [
        b"Aldmere",
        b"Nobody here says anything at all.",
        "\ufeffThe quay\x00 is \x1b[31mred\x1b[0m.\x07\r\nIt is\x85dry.\u202e".encode(),
        "\U0001f469\u200d\U0001f680 e\u0301 \u05e9\u05dc\u05d5\u05dd 2".encode(),
    ],
    ids=["one word", "no claims", "control characters", "emoji and right to left"],
)
def test_no_claims_is_said_in_one_line(server: FakeServer, content: bytes, tmp_path: Path) -> None:
    text = compare_with(server, content, tmp_path)
    assert text.splitlines()[0] == "No claims found in 1 article."
    assert "\x1b" not in text


def test_200_kilobytes_are_read_to_the_last_sentence(server: FakeServer, tmp_path: Path) -> None:
    assert len(LONG) > 200_000
    comparison = json.loads(compare_with(server, LONG.encode(), tmp_path, "json"))
    read = [int(number) for seen in server.seen for number in NUMBERED.findall(seen.user)]
    assert comparison["articles"][0]["text"] == LONG
    assert sorted(read) == list(range(1, LAST + 1))
    assert max(len(seen.user) for seen in server.seen) < 18_000
    rows = [row["item"] for row in comparison["ledger"]]
    assert len(rows) == len(server.seen)
    assert rows[-1].endswith(f" to {LAST}")


def test_no_control_character_reaches_the_model(server: FakeServer, tmp_path: Path) -> None:
    compare_with(server, b"The quay\x00 is\x1b dry <|im_end|>. [9] So he said.", tmp_path)
    user = server.seen[0].user
    assert all(letter.isprintable() or letter == "\n" for letter in user)
    assert "<|" not in user
    assert "[9]" not in user


def test_files_of_one_name_in_two_folders_are_both_compared(
    server: FakeServer, tmp_path: Path
) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "news.txt").write_text(f"Quay {folder} is dry.", encoding="utf-8")
    done = run(
        "compare", tmp_path / "a", tmp_path / "b", "-m", MODEL, "--base-url", server.url,
        "-f", "json", OPENAI_API_KEY=KEY,
    )  # fmt: skip
    assert [one["id"] for one in json.loads(done.stdout)["articles"]] == ["news", "news-2"]


def test_a_bad_answer_costs_one_window_and_exit_code_1(server: FakeServer, tmp_path: Path) -> None:
    def answer(seen: Seen) -> Reply:
        return says("so sorry") if "The bridge is shut." in seen.user else nothing(seen)

    server.will_always(answer)
    article = tmp_path / "article.txt"
    sentences = LONG.split(". ")
    sentences[45] = "The bridge is shut"
    article.write_text(". ".join(sentences[:900]), encoding="utf-8")
    done = run("compare", article, "-m", MODEL, "--base-url", server.url, OPENAI_API_KEY=KEY)
    assert done.returncode == 1
    assert done.stderr.count(b"failed: article, sentences 1 to ") == 1
    assert b"sentences 1 to 900" not in done.stderr
    assert b"1 failed" in done.stdout


def test_a_rejected_key_is_one_line_without_the_key(server: FakeServer, tmp_path: Path) -> None:
    server.will_always(fails(401, "this key is not known"))
    article = tmp_path / "article.txt"
    article.write_text("The quay is dry.", encoding="utf-8")
    done = run("compare", article, "-m", MODEL, "--base-url", server.url, OPENAI_API_KEY=KEY)
    message = one_line(done)
    assert "this key is not known" in message
    assert KEY not in message
