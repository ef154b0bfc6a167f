"""Objections: which words reject a statement, and which only look as if they did."""

import pytest

from claimcompare.small.objections import rejects, withdraws

FAMILIES = """
deny denies denied denying denial
reject rejects rejected rejecting rejection
dispute disputes disputed disputing
refute refutes refuted refuting
rebut rebuts rebutted rebutting rebuttal
contradict contradicts contradicted contradicting
repudiate repudiates repudiated repudiating
disavow disavows disavowed
debunk debunks debunked debunking
disprove disproves disproved disproven disproving
discredit discredited
disagree disagrees disagreed disagreeing
false falsely falsehood falsehoods
untrue untruth untruths untruthful
inaccurate inaccurately inaccuracy inaccuracies
incorrect incorrectly erroneous
baseless unfounded groundless unsubstantiated unsupported
misquoted misrepresented misstated
bogus fake phony phoney hoax
fiction fictional fabrication fabricated made-up
nonsense nonsensical rubbish ridiculous preposterous absurd ludicrous
slander slanderous libellous smear
"""
WITHDRAWN = """
withdraw withdraws withdrew withdrawn withdrawing
retract retracts retracted retracting retraction
recant recants recanted recanting
backtracked backtracks backpedalled misspoke misspoken
"""


@pytest.mark.parametrize("word", FAMILIES.split())
def test_a_word_of_rejection_is_known_in_all_its_forms(word: str) -> None:
    assert rejects(f"Bray, {word.upper()}, {word}.")


@pytest.mark.parametrize("word", WITHDRAWN.split())
def test_a_word_of_withdrawal_is_known_in_all_its_forms(word: str) -> None:
    assert withdraws(f"Bray {word} what she said.")


@pytest.mark.parametrize(
    "text",
    [
        "Bray denied that the quay is dry.",
        "The harbour rejected the allegations.",
        "It is a lie.",
        "What she says is untrue.",
        "Pure fiction!",
        "Bray challenged the figures.",
        "Bray dismissed the bishops’ critique.",
        "Russia denied meddling in the election.",
        "Bray denied a role in the attack.",
        "Bray denied he had a place there.",
        "Bray called the report inaccurate.",
        "That is bogus, she said.",
        "There is no truth in it.",
        "That isn't true.",
        "She denied that it will not rain.",
        "The claim is not true.",
        "He is denying it.",
        "His denial came late.",
        "Bray hit back at claims that the quay is dry.",
    ],
)
def test_a_rejected_statement_is_known(text: str) -> None:
    assert rejects(text)


@pytest.mark.parametrize(
    "text",
    [
        "The quay is dry.",
        "He could not confirm or deny that the quay is dry.",
        "Bray can neither confirm nor deny it.",
        "She didn't deny it.",
        "She did not directly deny it.",
        "Bray did not reject the offer.",
        "Bray cannot deny that the quay is dry.",
        "Nobody denied that the quay is dry.",
        "It has never been disputed that the quay is dry.",
        "The army took back the village.",
        "She writes science fiction.",
        "There is no doubt that the quay is dry.",
        "The rule allows denying a candidate a seat.",
        "The council denied him a permit.",
        "He pleaded guilty to false testimony.",
        "She was cleared of wrongdoing.",
        "The skipper lied to the court.",
        "The villages lie below the dam.",
        "The mayor was dismissed in May.",
        "He refused to meet the crews.",
        "A sailor will challenge her for the seat.",
        "She did not call it untrue.",
        "Bray rejected the offer.",
        "Bray declined to dispute the figure.",
    ],
)
def test_what_only_looks_like_a_rejection_is_none(text: str) -> None:
    assert not rejects(text)


@pytest.mark.parametrize(
    "text",
    [
        "She withdrew what she had said.",
        "He took it back.",
        "The mayor took back her words.",
        "The minister walked back his remark.",
        "She misspoke, an aide said.",
        "He retracted his statement.",
        "She said she was wrong about the dock.",
        "Felk takes back what she said about the dock.",
    ],
)
def test_what_takes_a_statement_back_is_known(text: str) -> None:
    assert withdraws(text)


@pytest.mark.parametrize(
    "text",
    [
        "The country withdrew its troops.",
        "Bray withdrew from the race.",
        "The army took back the village.",
        "The boats no longer call here.",
        "He would not retract it.",
        "The prices were corrected.",
    ],
)
def test_what_only_looks_like_a_withdrawal_is_none(text: str) -> None:
    assert not withdraws(text)
