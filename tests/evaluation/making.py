"""Small gold about made-up people, and how well a model does on it."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from claimcompare.evaluation import Evaluation, EvaluationSettings, TaskName, evaluate
from claimcompare.evaluation.runs import OnItems
from claimcompare.llm import LLM
from claimcompare.stages import CompareSettings
from tests.evaluation.model import SIDES, Model, claim_of, likely, steady
from tests.llm.server import FakeServer, Script, model_at

if TYPE_CHECKING:
    from claimcompare.schema import Stance

PROMPTS = Path(__file__).parents[2] / "prompts"
ONE = "The bridge is safe."
OTHER = "The bridge is not safe."
FEW = EvaluationSettings(resamples=20)
Row = dict[str, Any]


def stance_row(item_id: str, stance: str, document: str = "d") -> Row:
    """A row of gold for stances."""
    return {
        "id": item_id,
        "document": document,
        "proposition": ONE,
        "claim": claim_of(item_id),
        "stance": stance,
    }


def pair_row(item_id: str, *, opposed: bool) -> Row:
    """A row of gold for pairs, about its own bridge."""
    return {
        "id": item_id,
        "one": f"The bridge of {item_id} is safe.",
        "other": f"The bridge of {item_id} is not safe.",
        "opposed": opposed,
    }


def objection(item_id: str) -> tuple[str, str]:
    """That the pair of that id is opposed, as the model finds it."""
    return f"The bridge of {item_id} is not safe.", f"The bridge of {item_id} is safe."


def article_row(item_id: str, *said: tuple[str, str | None]) -> Row:
    """A row of gold for attributions: sentences, each with whoever is quoted in it."""
    text = " ".join(sentence for sentence, _ in said)
    return {
        "article": {"id": item_id, "text": text},
        "attributions": [
            {"speaker": speaker, "evidence": [_stretch(text, sentence)]}
            for sentence, speaker in said
            if speaker
        ],
    }


def _stretch(text: str, words: str) -> dict[str, Any]:
    return {"start": text.index(words), "end": text.index(words) + len(words)}


SPEAKERS = ("Ada Holm", "Ben Ives")


def said_in(event: str) -> tuple[str, str]:
    """What each of the two articles of an event says."""
    return (
        f"Ada Holm said that the {event} bridge is safe.",
        f"Ben Ives said that nobody calls the {event} bridge safe.",
    )


def claimed_in(event: str) -> tuple[str, str]:
    """What the two speakers of an event claim."""
    return f"The {event} bridge is safe.", f"Nobody calls the {event} bridge safe."


def put_event(folder: Path, event: str) -> Path:
    """A gold comparison of two articles that disagree."""
    articles, claims = [], []
    told = zip(SPEAKERS, said_in(event), claimed_in(event), strict=True)
    for number, (speaker, text, claim) in enumerate(told):
        name = f"{event}-{number}"
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        articles.append({"id": name, "path": f"{name}.txt"})
        evidence = [{**_stretch(text, text), "text": text}]
        own = {"id": f"{name}:1", "article_id": name, "speaker": speaker, "text": claim}
        claims.append({**own, "evidence": evidence})
    sides = [
        {"claim_id": claim["id"], "stance": stance}
        for claim, stance in zip(claims, ("support", "denial"), strict=True)
    ]
    disputes = [{"proposition": claimed_in(event)[0], "assertions": sides}]
    path = folder / f"{event}.gold.json"
    path.write_text(json.dumps({"articles": articles, "claims": claims, "disputes": disputes}))
    return path


def reading(*events: str, seeing: Sequence[str] = (), down: Sequence[str] = ()) -> Model:
    """Finds all claims of the events, and the disputes of those that it is `seeing`."""
    claims = {
        sentence: (speaker, claim)
        for event in events
        for speaker, sentence, claim in zip(
            SPEAKERS, said_in(event), claimed_in(event), strict=True
        )
    }
    objections = [(claimed_in(event)[1], claimed_in(event)[0]) for event in seeing]
    stances = {
        claim: likely(stance)
        for event in events
        for claim, stance in zip(claimed_in(event), SIDES, strict=False)
    }
    return Model(claims, objections, stances, down)


def put_rows(path: Path, rows: Sequence[Row]) -> Path:
    """A file of JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def with_prompt(folder: Path, name: str, text: str) -> EvaluationSettings:
    """Settings by which one of the prompts is another, and the others are as shipped."""
    if not folder.joinpath("extract.md").exists():
        shutil.copytree(PROMPTS, folder, dirs_exist_ok=True)
    folder.joinpath(f"{name}.md").write_text(text, encoding="utf-8")
    return FEW.model_copy(update={"compare": CompareSettings(prompts=folder)})


@contextmanager
def serving(script: Script, **settings: Any) -> Iterator[LLM]:
    """A model that answers by the script."""
    is_small = isinstance(script, Model) and script.small
    with closing(FakeServer().will_always(script)) as server:
        llm = model_at(server, **{"attempts": 1, "small": is_small, **settings})
        with closing(llm):
            yield llm


def measured(
    task: TaskName,
    data: Path,
    script: Script,
    settings: EvaluationSettings = FEW,
    on_items: OnItems | None = None,
) -> Evaluation:
    """The model on that data."""
    with serving(script) as llm:
        return evaluate(task, data, llm=llm, settings=settings, on_items=on_items)


def values(evaluation: Evaluation, *names: str) -> list[float | None]:
    """The figures of those names."""
    return [evaluation.figures.figures[name].value for name in names]


def two_runs(folder: Path) -> tuple[Evaluation, Evaluation]:
    """Of the same three items, all support: one right and two denied, then two right."""
    rows = [stance_row(one, "support", f"d-{one}") for one in ("s1", "s2", "s3")]
    data = put_rows(folder / "gold.jsonl", rows)
    sides: list[list[Stance]] = [["support", "denial", "denial"], ["support", "support", "denial"]]
    of = ({claim_of(f"s{at}"): likely(one) for at, one in enumerate(run, 1)} for run in sides)
    before, after = (measured("stance", data, Model(stances=stances)) for stances in of)
    return before, after


def small(task: TaskName, folder: Path) -> tuple[Path, Model]:
    """A few items of a task, of which one fails, and a model for them."""
    match task:
        case "stance":
            rows = [stance_row(one, "support", one) for one in ("s1", "s2", "s3", "s4")]
            model = steady("s1", "s2", "s3")
            down = Model(stances=model.stances, down=["of s4"])
            return put_rows(folder / "stance.jsonl", rows), down
        case "pairs":
            rows = [pair_row(one, opposed=True) for one in ("p1", "p2", "p3")]
            model = Model(objections=[objection("p1")], down=["of p3"])
            return put_rows(folder / "pairs.jsonl", rows), model
        case "attribution":
            said = [(one, *said_in(one)) for one in ("north", "south")]
            rows = [article_row(one, (text, "Ada Holm"), (more, None)) for one, text, more in said]
            model = reading("north", down=["south"])
            return put_rows(folder / "articles.jsonl", rows), model
        case "compare":
            for event in ("north", "south"):
                put_event(folder, event)
            return folder, reading("north", seeing=["north"], down=["south"])
