"""In what requests differ, told by the nearest that was recorded."""

import pytest

from claimcompare.llm.differing import Fields, fields, nearest, summary


def body(text: str = "Rain fell.", system: str = "Read.", **more: object) -> dict[str, object]:
    messages = [{"role": "system", "content": system}, {"role": "user", "content": text}]
    return {"messages": messages, "model": "m", "temperature": 0, **more}


@pytest.mark.parametrize(
    ("asked", "differing"),
    [
        (body("Snow fell."), "text"),
        (body(system="Read all."), "prompt"),
        (body(model="n"), "model (m, now n)"),
        (body(temperature=1), "temperature"),
        (body("Snow fell.", model="n", top=2), "model (m, now n), text, top"),
        (body(), "the way it was sent"),
    ],
)
def test_the_nearest_says_what_differs(asked: Fields, differing: str) -> None:
    others = [body("Hail.", "Write.", model="k", temperature=2), body(stream=False)]
    found = nearest([fields(asked)], map(fields, others))
    assert found == f"the nearest differs in {differing}"


def test_summaries_tell_settings_as_one() -> None:
    found = nearest([summary(body("Snow fell.", temperature=1, seed=2))], [summary(body())])
    assert found == "the nearest differs in text, settings"


def test_a_summary_holds_no_words_of_a_request() -> None:
    told = summary(body("An article of Una Brock.", "A secret prompt.", user="key"))
    assert told.keys() == {"model", "prompt", "text", "settings"}
    assert all(len(value) <= 8 for value in told.values())
    assert told["model"] == "m"


def test_without_recorded_requests_nothing_is_told() -> None:
    assert nearest([fields(body())], []) == ""


def test_the_form_that_differs_least_counts() -> None:
    forms = [fields(body("Snow fell.", seed=1)), fields(body("Snow fell."))]
    assert nearest(forms, [fields(body())]) == "the nearest differs in text"
