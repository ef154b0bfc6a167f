"""`claimcompare eval`: what it prints, and what it asks for."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from claimcompare.cli import app
from claimcompare.evaluation import Evaluation, EvaluationDiff
from claimcompare.prompts import load_prompt
from tests.evaluation.model import SIDES as STANCES
from tests.evaluation.model import Model, likely
from tests.llm.server import KEY, FakeServer, Reply, Seen, says

# By its name it is one that is asked about each claim.
SMALL = "m-1b"
SAID = "Ann Roe said that the quay is dry."
DENIED = "Tom Beck denied that the quay is dry."
DRY, NOT_DRY = "The quay is dry.", "The quay is not dry."
PLACES = ["".join(letters) for letters in product("BDGKLM", "aeiou", "ln")]


def said_of(place: str, stance: str) -> str:
    """A claim to which a judge gives that stance."""
    return f"Those of {place} voiced {stance} when asked."


KNOWING = Model(
    claims={SAID: ("Ann Roe", DRY), DENIED: ("Tom Beck", NOT_DRY)},
    objections=[(NOT_DRY, DRY)],
    stances={DRY: likely("support"), NOT_DRY: likely("denial")}
    | {said_of(place, stance): likely(stance) for place, stance in product(PLACES, STANCES)},
)


def row(place: str, said: str, gold: str | None = None) -> dict[str, str]:
    """A claim to which the judge gives the stance that is `said` in it."""
    return {
        "id": place,
        "proposition": f"The quay of {place} is dry.",
        "claim": said_of(place, said),
        "stance": gold or said,
    }


def rows(count: int) -> list[dict[str, str]]:
    """Rows that the judge places as gold does, of the three stances in turn."""
    return [row(place, STANCES[at % 3]) for at, place in enumerate(PLACES[:count])]


def written(path: Path, items: Sequence[object]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in items), encoding="utf-8")
    return path


def judge(request: Seen) -> Reply:
    """The stance that is said in the claim; to others what a model answers that knows the quay."""
    if "logprobs" not in request.body:
        return KNOWING(request)
    claim = next(line for line in request.user.splitlines() if " voiced " in line)
    return choice(next(one for one in STANCES if f" voiced {one} " in claim))


def choice(stance: str) -> Reply:
    chances = {one: -0.01 if one == stance else -5.5 for one in (stance, *STANCES)}
    return says(stance, finish="length", logprobs=chances)


def cli(*arguments: str | Path) -> Result:
    """The command in this process."""
    return CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)


def at(server: FakeServer, model: str = SMALL) -> tuple[str, ...]:
    return ("-m", model, "--base-url", server.url)


def judged(server: FakeServer, *arguments: str | Path, task: str = "stance") -> Result:
    """An evaluation by the fake endpoint."""
    return cli("eval", task, *arguments, *at(server, SMALL if task == "stance" else "m"))


def made(result: Result) -> Evaluation:
    assert result.exit_code == 0, result.stderr
    return Evaluation.model_validate_json(result.stdout)


def one_line(result: Result) -> str:
    """The error, which is one line."""
    assert result.exit_code == 2, result.stderr
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    return line


@pytest.fixture(autouse=True)
def _only_the_fake_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with closing(FakeServer()) as fake:
        yield fake.will_always(judge)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return written(tmp_path / "quays.jsonl", rows(6))


def test_text_names_data_model_figures_and_prompts(server: FakeServer, data: Path) -> None:
    text = judged(server, "--data", data).stdout
    assert text.startswith(
        "stance on quays.jsonl: 6 of 6 items in 6 documents, model m-1b, seed 0\n"
    )
    assert "\nmacro_f1" in text
    assert "Gold by row, answer by column:" in text
    assert "Headline: macro_f1. Failed: 0, abstained: 0" in text
    version = load_prompt("small/classify").version
    assert text.rstrip().endswith(f"Prompts: small/classify {version}.")


def test_markdown_has_tables_of_even_width(server: FakeServer, data: Path) -> None:
    lines = judged(server, "--data", data, "-f", "markdown").stdout.splitlines()
    start = lines.index("| figure | value | 95% interval |")
    assert lines[start + 1] == "| --- | --- | --- |"
    assert lines[start + 2].startswith("| macro_f1 | 1.000 |")
    assert all(line.count("|") in (0, 4, 7) for line in lines)


def test_json_holds_every_outcome(server: FakeServer, data: Path) -> None:
    evaluation = made(judged(server, "--data", data, "-f", "json"))
    assert [(one.id, one.status) for one in evaluation.outcomes] == [
        (place, "answered") for place in PLACES[:6]
    ]
    assert evaluation.figures.figures["accuracy"].value == 1
    assert evaluation.usage.calls == len(server.seen) == 6


def test_output_goes_to_a_file_in_a_new_folder(
    server: FakeServer, data: Path, tmp_path: Path
) -> None:
    target = tmp_path / "new" / "made.json"
    done = judged(server, "--data", data, "-f", "json", "-o", target)
    assert (done.exit_code, done.stdout) == (0, "")
    assert Evaluation.model_validate_json(target.read_bytes()).task == "stance"


def test_an_output_that_cannot_be_written_is_told_before_anything_is_asked(
    server: FakeServer, data: Path, tmp_path: Path
) -> None:
    assert "cannot be written" in one_line(judged(server, "--data", data, "-o", tmp_path))
    assert server.seen == []


def _marked(speaker: str, text: str) -> dict[str, Any]:
    return {"speaker": speaker, "evidence": [{"start": 0, "end": len(text), "text": text}]}


def _attribution() -> dict[str, Any]:
    marked = _marked("Ann Roe", SAID) | {"cue": "said"}
    return {"article": {"id": "post", "text": f"{SAID} Rain fell."}, "attributions": [marked]}


def test_attribution_scores_speakers_and_sentences(server: FakeServer, tmp_path: Path) -> None:
    data = written(tmp_path / "articles.jsonl", [_attribution()])
    evaluation = made(judged(server, "--data", data, "-f", "json", task="attribution"))
    assert evaluation.figures.figures[evaluation.figures.headline].value == 1
    assert [one.name for one in evaluation.prompts] == ["extract"]


def test_pairs_scores_who_opposes_whom(server: FakeServer, tmp_path: Path) -> None:
    pairs = [
        {"id": "one", "one": DRY, "other": NOT_DRY, "opposed": True},
        {"id": "two", "one": "The ferry is late.", "other": "Rain fell.", "opposed": True},
    ]
    data = written(tmp_path / "pairs.jsonl", pairs)
    done = judged(server, "--data", data, "-f", "json", task="pairs")
    assert made(done).figures.figures["recall"].value == 0.5
    assert [one["opposed"] for one in json.loads(done.stdout)["outcomes"]] == [True, False]


def test_compare_scores_a_folder_of_gold_files(server: FakeServer, tmp_path: Path) -> None:
    for name, text in (("post", SAID), ("bell", DENIED)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    spans = {"c1": ("post", "Ann Roe", SAID), "c2": ("bell", "Tom Beck", DENIED)}
    stances = {"c1": "support", "c2": "denial"}
    sides = [{"claim_id": name, "stance": stance} for name, stance in stances.items()]
    gold = {
        "articles": [{"id": name, "path": f"{name}.txt"} for name in ("post", "bell")],
        "claims": [
            {"id": name, "article_id": article, **_marked(speaker, text), "text": text}
            for name, (article, speaker, text) in spans.items()
        ],
        "disputes": [{"proposition": "The quay is dry.", "assertions": sides}],
    }
    (tmp_path / "quay.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    evaluation = made(judged(server, "--data", tmp_path, "-f", "json", task="compare"))
    assert [one.id for one in evaluation.outcomes] == ["quay"]
    assert evaluation.figures.figures[evaluation.figures.headline].value == 1


def test_limit_draws_the_same_items_for_the_same_seed(server: FakeServer, tmp_path: Path) -> None:
    data = written(tmp_path / "quays.jsonl", rows(12))

    def drawn(seed: int) -> list[str]:
        options = ("--data", data, "--limit", "4", "--seed", str(seed), "-f", "json")
        return [one.id for one in made(judged(server, *options)).outcomes]

    first, again, other = drawn(1), drawn(1), drawn(2)
    assert len(first) == 4
    assert first == again != other
    assert first == sorted(first, key=PLACES.index)


def test_schema_is_that_of_gold_files() -> None:
    schema = json.loads(cli("eval", "schema").stdout)
    assert {"articles", "claims", "disputes"} <= schema["properties"].keys()


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_diff_says_what_moved_and_which_items(
    server: FakeServer, data: Path, tmp_path: Path, form: str
) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    judged(server, "--data", data, "-f", "json", "-o", good, "--no-cache")
    server.will_always(lambda _: choice("context"))
    judged(server, "--data", data, "-f", "json", "-o", bad, "--no-cache")
    text = cli("eval", "diff", good, bad, "-f", form).stdout
    assert "Changed: nothing that is recorded" in text
    assert "4 items came out otherwise: 0 better, 4 worse." in text
    assert text.count("worse") == 5


def test_diff_in_json_is_a_diff(server: FakeServer, data: Path, tmp_path: Path) -> None:
    one, target = tmp_path / "one.json", tmp_path / "new" / "diff.json"
    judged(server, "--data", data, "-f", "json", "-o", one)
    assert cli("eval", "diff", one, one, "-f", "json", "-o", target).exit_code == 0
    changes = EvaluationDiff.model_validate_json(target.read_bytes())
    assert (changes.changed, changes.flips) == ((), ())


def test_quiet_tells_of_no_progress(server: FakeServer, tmp_path: Path) -> None:
    data = tmp_path / "stances.csv"
    rows = "".join(f"The quay is dry.,Weir {at} voiced denial of it.,denial\n" for at in range(12))
    data.write_text(f"proposition,claim,stance\n{rows}", encoding="utf-8")
    server.will_always(judge)
    told = judged(server, "--data", data)
    assert "stance: 12 of 12" in told.stderr
    assert judged(server, "--data", data, "-q").stderr == ""
