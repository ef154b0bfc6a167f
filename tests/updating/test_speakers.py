"""Who is known stays who they are; new names are told to be theirs, or somebody new."""

import json

from claimcompare import Comparison, Prompt, compare, update
from tests.updating.stories import COST, OPEN, SAFE, Model, article, reading

HERALD = article("herald", f"Ines Vale said that {SAFE}", f"Tom Beck denied that {SAFE}")


class Joining(Model):
    """Says of some names that they are one speaker's."""

    def __init__(self, *same: str) -> None:
        super().__init__()
        self.same = same

    def __call__(self, prompt: Prompt) -> object:
        if prompt.name != "speakers":
            return super().__call__(prompt)
        self.prompts.append(prompt)
        lines = prompt.user.strip().splitlines()
        numbers = [
            at for at, line in enumerate(lines, 1) if any(f"] {one} (" in line for one in self.same)
        ]
        return json.dumps({"same": [numbers]})


def first() -> Comparison:
    with reading() as (llm, _):
        return compare([HERALD], llm=llm)


def test_a_new_name_is_a_known_speakers() -> None:
    model = Joining("Ines Vale", "Mayor Vale")
    with reading(model) as (llm, _):
        after = update(
            first(), [article("gazette", f"Mayor Vale said that {COST}", day=2)], llm=llm
        )
    assert [(one.id, one.name, one.names) for one in after.speakers] == [
        ("s1", "Ines Vale", ("Ines Vale", "Mayor Vale")),
        ("s2", "Tom Beck", ("Tom Beck",)),
    ]
    assert after.claims[-1].speaker_id == "s1"
    assert after.changes is not None
    assert after.changes.speakers == ()


def test_a_new_speaker_gets_an_id_that_nobody_has() -> None:
    with reading() as (llm, _):
        after = update(first(), [article("gazette", f"Una Marsh said that {COST}", day=2)], llm=llm)
    assert [one.id for one in after.speakers] == ["s1", "s2", "s3"]
    assert after.speaker(after.claims[-1]) == after.speakers[-1]


def test_two_known_speakers_are_never_joined() -> None:
    model = Joining("Ines Vale", "Tom Beck", "Una Marsh")
    with reading(model) as (llm, _):
        after = update(first(), [article("gazette", f"Una Marsh said that {COST}", day=2)], llm=llm)
    assert [one.name for one in after.speakers] == ["Ines Vale", "Tom Beck"]
    assert any("they were two before" in row.reason for row in after.ledger)
    assert after.claims[: len(first().claims)] == first().claims


def test_each_known_name_is_shown_once_however_much_it_says() -> None:
    much = article("herald", *(f"Ines Vale said that {one}" for one in (SAFE, COST, OPEN)))
    with reading() as (llm, model):
        before = compare([much], llm=llm)
        update(before, [article("gazette", f"Una Marsh said that {COST}", day=2)], llm=llm)
    (asked,) = [one.user for one in model.prompts if one.name == "speakers"]
    assert asked.count("] Ines Vale") == 1
