"""From log-probabilities or votes to probabilities."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare.llm.choices import option_probabilities, vote_shares

OPTIONS = ("support", "denial", "context")
HALF, QUARTER = math.log(0.5), math.log(0.25)
LOGPROBS = st.floats(max_value=0) | st.sampled_from([math.nan, math.inf, -math.inf, -9999.0])
TOKENS = st.text(max_size=8) | st.sampled_from(["sup", " denial", "Context", '"c', "support", " "])
BALLOTS = st.sampled_from([*OPTIONS, "maybe", ""]).map(lambda one: json.dumps({"answer": one}))


@pytest.mark.parametrize(
    "token", ["support", " support", "Support", "SUPPORT", "sup", " Sup", '"support', "s", "su\n"]
)
def test_a_token_counts_for_the_option_it_begins(token: str) -> None:
    found = option_probabilities({token: HALF, "denial": QUARTER}, OPTIONS)
    assert found == pytest.approx({"support": 2 / 3, "denial": 1 / 3, "context": 0})


def test_different_tokens_of_one_option_add_up() -> None:
    found = option_probabilities({"support": QUARTER, " Sup": QUARTER, "denial": HALF}, OPTIONS)
    assert found == pytest.approx({"support": 0.5, "denial": 0.5, "context": 0})


@pytest.mark.parametrize(
    "token", ["yes", "", " ", '"', "supports", "support.", "upport", "supdenial", "{"]
)
def test_a_token_that_begins_no_option_is_ignored(token: str) -> None:
    found = option_probabilities({token: 0.0, "denial": QUARTER}, OPTIONS)
    assert found == {"support": 0, "denial": 1, "context": 0}


def test_a_blank_token_begins_not_even_a_single_option() -> None:
    assert option_probabilities({" ": -0.1, "": -0.1, '"': -0.1}, ("support",)) is None


def test_a_token_that_begins_two_options_is_ignored() -> None:
    found = option_probabilities(
        {"con": 0.0, "cont": QUARTER, "conf": QUARTER}, ("context", "conf")
    )
    assert found == pytest.approx({"context": 0.5, "conf": 0.5})


@pytest.mark.parametrize("logprob", [math.nan, math.inf])
@pytest.mark.parametrize("token", ["support", " den"])
def test_a_token_of_an_option_needs_a_probability(token: str, logprob: float) -> None:
    with pytest.raises(ValueError, match=f"{token}.* is {logprob}"):
        option_probabilities({"context": HALF, token: logprob}, OPTIONS)


@pytest.mark.parametrize("logprob", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("token", ["yes", " ", "con"])
def test_a_token_of_no_option_or_of_two_needs_none(token: str, logprob: float) -> None:
    found = option_probabilities({token: logprob, "denial": HALF}, ("denial", "context", "conf"))
    assert found == {"denial": 1, "context": 0, "conf": 0}


def test_an_impossible_token_adds_nothing() -> None:
    found = option_probabilities({"support": -math.inf, "denial": HALF}, OPTIONS)
    assert found == {"support": 0, "denial": 1, "context": 0}


def test_a_logprob_above_zero_counts_as_certainty() -> None:
    found = option_probabilities({"support": 1e-7, "denial": 500.0}, OPTIONS)
    assert found == {"support": 0.5, "denial": 0.5, "context": 0}


@pytest.mark.parametrize(
    "logprobs", [{}, {"yes": -0.1}, {"yes": math.nan}, {"support": -math.inf, "denial": -9999}]
)
def test_tokens_that_say_nothing_give_nothing(logprobs: dict[str, float]) -> None:
    assert option_probabilities(logprobs, OPTIONS) is None


@given(st.dictionaries(TOKENS, LOGPROBS, max_size=20))
def test_probabilities_are_a_distribution_over_the_options(logprobs: dict[str, float]) -> None:
    try:
        found = option_probabilities(logprobs, OPTIONS)
    except ValueError:
        assert not all(logprob < math.inf for logprob in logprobs.values())
        return
    if found is not None:
        assert tuple(found) == OPTIONS
        assert all(0 <= probability <= 1 for probability in found.values())
        assert math.isclose(sum(found.values()), 1)


@given(st.dictionaries(st.sampled_from(OPTIONS), st.floats(-30, 0), min_size=2))
def test_a_likelier_token_never_makes_its_option_less_probable(logprobs: dict[str, float]) -> None:
    found = option_probabilities(logprobs, OPTIONS)
    assert found is not None
    ranked = sorted(logprobs, key=logprobs.__getitem__)
    assert [found[option] for option in ranked] == sorted(found[option] for option in ranked)


def test_votes_give_shares() -> None:
    votes = [json.dumps({"answer": one}) for one in ("support", "support", "denial", "support")]
    assert vote_shares(votes, OPTIONS) == {"support": 0.75, "denial": 0.25, "context": 0}


@pytest.mark.parametrize(
    "unreadable",
    ["", "support", "[]", "null", '"support"', "{}", '{"answer": 1}', '{"answer": ["support"]}'],
)
def test_an_unreadable_ballot_is_no_vote(unreadable: str) -> None:
    votes = [unreadable, '{"answer": "support"}', '{"answer": "denial"}']
    assert vote_shares(votes, OPTIONS) == {"support": 0.5, "denial": 0.5, "context": 0}


def test_a_ballot_for_something_else_is_no_vote() -> None:
    votes = ['{"answer": "maybe"}', '{"answer": "denial"}']
    assert vote_shares(votes, OPTIONS) == {"support": 0, "denial": 1, "context": 0}


@pytest.mark.parametrize("votes", [[], ["?"], ["null", '{"answer": "maybe"}']])
def test_without_a_vote_there_are_no_shares(votes: list[str]) -> None:
    assert vote_shares(votes, OPTIONS) is None


@given(st.lists(st.text(max_size=5) | BALLOTS, max_size=9))
def test_shares_are_a_distribution_over_the_options(votes: list[str]) -> None:
    found = vote_shares(votes, OPTIONS)
    if found is not None:
        assert tuple(found) == OPTIONS
        assert all(0 <= share <= 1 for share in found.values())
        assert math.isclose(sum(found.values()), 1)
