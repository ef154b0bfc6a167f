"""`--reasoning-effort` and `--max-output-tokens`: what a model that thinks first is told."""

from contextlib import closing
from pathlib import Path

from tests.llm.server import KEY, FakeServer, replies_json
from tests.test_cli import MODEL, run

THOUGHT = replies_json(
    {"choices": [{"message": {"content": "", "reasoning": "hm"}, "finish_reason": "length"}]}
)


def test_both_reach_the_endpoint_and_the_advice_names_them(tmp_path: Path) -> None:
    article = tmp_path / "quay.txt"
    article.write_text("Una Brock said the quay of Aldmere is dry.", encoding="utf-8")
    with closing(FakeServer().will_always(THOUGHT)) as server:
        done = run(
            "extract", article, "-m", MODEL, "--base-url", server.url, "--no-cache",
            "--reasoning-effort", "low", "--max-output-tokens", "500", OPENAI_API_KEY=KEY,
        )  # fmt: skip
        body = server.seen[0].body
    told = done.stderr.decode()
    assert body["reasoning_effort"] == "low"
    assert body["max_completion_tokens"] == 500
    assert "spent its output on thinking" in told
    assert "--reasoning-effort" in told
    assert "--max-output-tokens" in told


def test_an_answer_of_no_tokens_is_not_asked_for(tmp_path: Path) -> None:
    done = run("extract", tmp_path, "--max-output-tokens", "0")
    assert done.returncode == 2
    assert b"--max-output-tokens" in done.stderr
