"""Who is known stays who they are; new names are told to be theirs, or somebody new."""

import json

from claimcompare import Comparison, Prompt, Speaker, compare, update
from tests.report import again
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
    assert [one.name for one in after.speakers] == ["Ines Vale", "Tom Beck", "Una Marsh"]
    assert after.claims[-1].speaker_id == "s3"  # Whose it is of the two, nobody can tell.
    assert any("they were two before" in row.reason for row in after.ledger)
    assert after.claims[: len(first().claims)] == first().claims


def test_each_known_name_is_shown_once_however_much_it_says() -> None:
    much = article("herald", *(f"Ines Vale said that {one}" for one in (SAFE, COST, OPEN)))
    with reading() as (llm, model):
        before = compare([much], llm=llm)
        update(before, [article("gazette", f"Una Marsh said that {COST}", day=2)], llm=llm)
    (asked,) = [one.user for one in model.prompts if one.name == "speakers"]
    assert asked.count("] Ines Vale") == 1


def test_an_exact_known_name_is_its_speakers_whatever_is_joined() -> None:
    model = Joining("Ines Vale", "Tom Beck", "Una Marsh")
    new = article("gazette", f"Tom Beck said that {COST}", f"Una Marsh said that {OPEN}", day=2)
    with reading(model) as (llm, _):
        after = update(first(), [new], llm=llm)
    assert [(one.speaker, one.speaker_id) for one in after.claims[-2:]] == [
        ("Tom Beck", "s2"),
        ("Una Marsh", "s3"),
    ]
    assert [one.names for one in after.speakers] == [("Ines Vale",), ("Tom Beck",), ("Una Marsh",)]


def test_a_namesake_of_two_is_asked_about() -> None:
    before = first()
    namesake = Speaker(id="s2", name="Ines Vale", names=("Ines Vale",))
    claims = (
        before.claims[0],
        before.claims[1].model_copy(update={"speaker": "Ines Vale"}),
    )
    both = again(before, speakers=(before.speakers[0], namesake), claims=claims)
    with reading() as (llm, model):
        after = update(both, [article("gazette", f"Ines Vale said that {COST}", day=2)], llm=llm)
    assert after.claims[-1].speaker_id == "s3"
    assert any("they were two before" in row.reason for row in after.ledger)
    assert model.asked["extract"] == 1


ROOM = "The harbour board met in the old customs house on Monday"
RAIN = "Rain fell all day on the roofs of the lower town"


def test_who_speaks_in_a_corrected_article_is_told_anew() -> None:
    dry = "The mayor said that the quay is dry"
    before = article("a", f"Ada Low said that {OPEN}", dry, ROOM, RAIN)
    after = article("a", f"Ben Roe denied that {OPEN}", dry, ROOM, RAIN)
    denied = article("b", "Tam Weir denied that the quay is dry", day=2)
    with reading(Joining("Ada Low", "The mayor")) as (llm, _):
        known = compare([before, denied], llm=llm)
    assert known.speakers[0].names == ("Ada Low", "The mayor")
    with reading(Joining("Ben Roe", "The mayor")) as (llm, _):
        made = update(known, [after], llm=llm)
    assert [one.names for one in made.speakers] == [("Tam Weir",), ("Ben Roe", "The mayor")]
    assert {one.speaker_id for one in made.claims if one.article_id == "a"} == {"s3"}
    assert made.changes is not None
    assert made.changes.speakers == ("s3",)
    assert {one.reason for one in made.changes.gone if one.item.startswith("The mayor")} == {
        "was read again as said by somebody else"
    }


def test_names_that_only_the_former_version_had_are_gone() -> None:
    here = article("a", f"Ada Low said that {OPEN}", "The mayor said that it rained", ROOM, RAIN)
    now = article("a", f"Ada Low said that {OPEN}", ROOM, RAIN)
    there = article("b", f"Ada Low said that {SAFE}", day=2)
    with reading(Joining("Ada Low", "The mayor")) as (llm, _):
        known = compare([here, there], llm=llm)
        made = update(known, [now], llm=llm)
    assert [(one.id, one.names) for one in made.speakers] == [("s1", ("Ada Low",))]
    assert [one.id for one in made.claims] == ["a:1", "b:1"]


def test_ids_are_nobody_elses_later() -> None:
    herald = article("herald", f"Ines Vale said that {SAFE}")
    courier = [
        article("courier", *says, ROOM, RAIN, day=2)
        for says in ([f"Tom Beck denied that {SAFE}"], [], [f"Una Marsh denied that {SAFE}"])
    ]
    with reading() as (llm, _):
        known = compare([herald, courier[0]], llm=llm)
        at_once = update(known, [courier[2]], llm=llm)
        empty = update(known, [courier[1]], llm=llm)
        later = update(empty, [courier[2]], llm=llm)
    assert (empty.retired, [one.id for one in empty.claims]) == (("courier:1", "s2"), ["herald:1"])
    for made in (at_once, later):
        assert [(one.id, one.name) for one in made.speakers] == [
            ("s1", "Ines Vale"),
            ("s3", "Una Marsh"),
        ]
        assert [one.id for one in made.claims] == ["herald:1", "courier:2"]
    assert at_once.changes is not None
    assert [(one.speaker_id, one.stance) for one in at_once.changes.voices] == [("s3", "denial")]
    assert Comparison.model_validate_json(later.model_dump_json()) == later
