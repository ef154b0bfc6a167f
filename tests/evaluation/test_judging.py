"""Stances that are judged one by one or together: what is asked, named and counted."""

from pathlib import Path

import pytest

from claimcompare.errors import PromptError
from claimcompare.evaluation import Evaluation, EvaluationSettings, TaskName
from claimcompare.evaluation.outcomes import StanceOutcome
from claimcompare.stages import CompareSettings
from claimcompare.stages.settings import Judging
from tests.evaluation.making import (
    FEW,
    Model,
    claim_of,
    likely,
    measured,
    put_rows,
    small,
    stance_row,
    steady,
)
from tests.llm.server import Reply, Seen

THREE = ("s1", "s2", "s3")
BOTH = ["classify", "classify_together"]
OWN = "---\nversion: mine\n---\nJudge.\n<!-- user -->\n"
OWN_EACH = f"{OWN}{{{{ proposition }}}}: {{{{ claim }}}}\n"
OWN_TOGETHER = (
    f"{OWN}{{{{ proposition }}}}{{% if negated %}} It is not true.{{% endif %}}\nClaims:\n"
    "{% for number, speaker, text in claims %}\n[{{ number }}] {{ speaker }}: {{ text }}\n"
    "{% endfor %}\n"
)


def judging(how: Judging | None, prompts: Path | None = None) -> EvaluationSettings:
    compare = CompareSettings(judging=how, prompts=prompts)
    return FEW.model_copy(update={"compare": compare})


def stances(evaluation: Evaluation) -> list[StanceOutcome]:
    return [one for one in evaluation.outcomes if isinstance(one, StanceOutcome)]


def three(folder: Path) -> Path:
    """Three claims about one proposition."""
    return put_rows(folder / "gold.jsonl", [stance_row(one, "support") for one in THREE])


@pytest.mark.parametrize(
    ("how", "names"), [("each", BOTH[:1]), ("together", BOTH[1:]), (None, BOTH)]
)
@pytest.mark.parametrize(
    ("task", "others"), [("stance", []), ("compare", ["extract", "pair"]), ("pairs", ["pair"])]
)
def test_the_result_names_the_prompts_that_stances_may_be_judged_with(
    tmp_path: Path, task: TaskName, others: list[str], how: Judging | None, names: list[str]
) -> None:
    some = (three(tmp_path), steady(*THREE)) if task == "stance" else small(task, tmp_path)
    found = measured(task, *some, judging(how))
    expected = others + (names if task != "pairs" else [])
    assert [one.name for one in found.prompts] == expected


@pytest.mark.parametrize(
    ("how", "name", "text"),
    [("each", "classify", OWN_EACH), ("together", "classify_together", OWN_TOGETHER)],
)
def test_a_folder_of_prompts_needs_only_the_one_that_is_used(
    tmp_path: Path, how: Judging, name: str, text: str
) -> None:
    (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    found = measured("stance", three(tmp_path), steady(*THREE), judging(how, tmp_path))
    assert [(one.name, one.version) for one in found.prompts] == [(name, "mine")]
    assert [one.stance for one in stances(found)] == ["support", "denial", "context"]


@pytest.mark.parametrize(("given", "missing"), [BOTH, BOTH[::-1]])
def test_where_the_model_decides_a_folder_needs_both(
    tmp_path: Path, given: str, missing: str
) -> None:
    text = {"classify": OWN_EACH, "classify_together": OWN_TOGETHER}[given]
    (tmp_path / f"{given}.md").write_text(text, encoding="utf-8")
    with pytest.raises(PromptError, match=rf"{missing}\.md"):
        measured("stance", three(tmp_path), steady(*THREE), judging(None, tmp_path))


def test_a_claim_is_put_to_the_model_as_its_speakers_among_others(tmp_path: Path) -> None:
    seen: list[str] = []

    def noting(request: Seen) -> Reply:
        seen.append(request.user)
        return steady(*THREE)(request)

    first, *rest = (stance_row(one, "support") for one in THREE)
    data = put_rows(tmp_path / "gold.jsonl", [{**first, "speaker": "Cleo Dahl"}, *rest])
    measured("stance", data, noting, judging("together"))
    rows = sorted(
        next(row for row in user.splitlines() if row.endswith(f"Cleo Dahl: {claim_of('s1')}"))
        for user in seen
    )
    assert [row.partition(" ")[0] for row in rows] == ["[1]", "[1]", "[3]"]
    assert all(f": {claim_of(one)}" in user for one in THREE for user in seen)


def test_a_claim_that_is_judged_alone_is_put_to_the_model_with_its_speaker(
    tmp_path: Path,
) -> None:
    seen: list[str] = []

    def noting(request: Seen) -> Reply:
        seen.append(request.user)
        return steady(*THREE)(request)

    rows = [{**stance_row("s1", "support"), "speaker": "Cleo Dahl"}]
    measured("stance", put_rows(tmp_path / "gold.jsonl", rows), noting, judging("each"))
    said = f"Cleo Dahl said: {claim_of('s1')}\n"
    assert [user.startswith(said) for user in seen] == [True]


def test_three_ballots_on_a_proposition_give_all_its_items_their_probabilities(
    tmp_path: Path,
) -> None:
    found = measured("stance", three(tmp_path), steady(*THREE), judging("together"))
    assert found.usage.calls == 3
    # Three ballots and a half of four and a half.
    for one, stance in zip(stances(found), ("support", "denial", "context"), strict=True):
        assert one.stance == stance
        assert one.probabilities is not None
        assert getattr(one.probabilities, stance) == pytest.approx(3.5 / 4.5, abs=1e-4)


def test_a_ballot_that_failed_fails_all_items_of_its_proposition_and_no_others(
    tmp_path: Path,
) -> None:
    rows = [stance_row(one, "support") for one in THREE]
    rows += [{**stance_row("s4", "support"), "proposition": "The road is wide."}]
    said = {claim_of(one): likely("support") for one in (*THREE, "s4")}
    data = put_rows(tmp_path / "gold.jsonl", rows)
    # The last claim is the first of the ballot that has them backwards.
    model = Model(stances=said, down=[f"[1] the article: {claim_of('s3')}"])
    found = measured("stance", data, model, judging("together"))
    assert [one.status for one in found.outcomes] == ["failed"] * 3 + ["answered"]
    assert all("out of order" in (one.reason or "") for one in found.outcomes[:3])
    assert [one.stance for one in stances(found)] == [None, None, None, "support"]
    assert found.usage.calls == 5
