"""What stands in for a wrong wording, an unknown speaker or a pronoun."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimcompare.schema import Article, Span
from claimcompare.stages.checks import check
from claimcompare.stages.passages import Passage, passages
from claimcompare.stages.statements import Refused, Said
from claimcompare.stages.words import negated, normal, numbers, rejecting
from tests.stages.harbour import (
    ALL,
    ARTICLE,
    EXAMPLES,
    GIVEN,
    PASSAGES,
    SENTENCES,
    given_text,
    mention_of,
    said,
)

STOOD_IN = {
    "an invented number": (said("Bray", "The council did not close 3 tunnels.", 5), "number 3"),
    "a changed number": (said("Bray", "It is untrue that 12 boats were damaged.", 3), "number 12"),
    "a changed spelled number": (
        said("Oskar Bray", "Twenty-two boats have not been damaged.", 3),
        "number 22",
    ),
    "a cut number": (said("Milo Strand", "The ferry costs 200 crowns a day.", 6), "number 200"),
    "a number of another sentence": (
        said("Bray", "The council did not close the tunnel in 2019.", 5),
        "number 2019",
    ),
    "an added negation": (
        said("Lena Marsh", "The pumps have not failed in 2019.", 4),
        "negates what the sentence does not",
    ),
    "an added rejection": (
        said("Lena Marsh", "It is a lie that the pumps failed twice.", 4),
        "negates what the sentence does not",
    ),
    "a lost negation": (said("Bray", "The council did close the tunnel.", 5), "lost its negation"),
    "a lost negation, reworded": (
        said("Bray", "The council closed the tunnel.", 5),
        "lost its negation",
    ),
    "a denial that reads like what is denied": (
        said("Oskar Bray", "Damage to 21 boats.", 3),
        "lost its negation",
    ),
    "a fragment": (said("Ines Quill", "tested every gate", 2), "is not a full sentence"),
    "a quoted fragment": (said("Ines Quill", "“tested gates”", 2), "is not a full sentence"),
    "a pronoun out of nowhere": (
        said("Oskar Bray", "They denied the damage.", 3),
        "says 'they' where the sentence does not",
    ),
}
OWN_WORDS = {
    2: "We have tested every gate since the flood.",
    3: SENTENCES[2],
    4: "The pumps failed twice in 2019.",
    5: "The council did not close the tunnel.",
    6: "The ferry costs 1,200 crowns a day.",
}


@pytest.mark.parametrize(("claim", "fault"), STOOD_IN.values(), ids=STOOD_IN.keys())
def test_the_articles_own_words_stand_in_for_a_wrong_wording(claim: Said, fault: str) -> None:
    checked = check(claim, GIVEN)
    assert checked.text == OWN_WORDS[PASSAGES.index(claim.evidence) + 1]  # type: ignore[arg-type]
    assert checked.note.startswith(f"stands for {claim.wording!r}, which ")
    assert fault in checked.note


@pytest.mark.parametrize("number", OWN_WORDS)
def test_a_claim_that_is_not_worded_has_the_articles_own_words(number: int) -> None:
    speaker = {3: "Oskar Bray", 4: "Lena Marsh", 5: "Bray", 6: "Milo Strand"}.get(number, "Quill")
    checked = check(said(speaker, None, number), GIVEN)
    assert (checked.text, checked.note) == (OWN_WORDS[number], "")


def test_a_name_stands_for_a_pronoun_in_the_articles_own_words() -> None:
    checked = check(said("Oskar Bray", None, 9, who="He"), GIVEN)
    assert checked.text == "Oskar Bray fears the quay will sink."
    assert checked.mention == mention_of(PASSAGES[8], "He")


def test_no_pronoun_is_replaced_in_a_models_own_wording() -> None:
    wording = "He fears the quay will sink soon."
    assert check(said("Oskar Bray", wording, 9, who="He"), GIVEN).text == wording


@pytest.mark.parametrize(
    ("who", "name", "speaker"),
    [
        ("the Fenwick Post", "Zell Gazette", "the Fenwick Post"),
        ("the Fenwick Post", "they", "the Fenwick Post"),
        ("the Fenwick Post", "", "the Fenwick Post"),
        ("treasurer Milo Strand", "Milo Zell", "treasurer Milo Strand"),
    ],
)
def test_the_passages_words_stand_in_for_an_unknown_speaker(
    who: str, name: str, speaker: str
) -> None:
    checked = check(said(name, None, 6, who=who), GIVEN)
    assert checked.speaker == speaker
    assert checked.mention == mention_of(PASSAGES[5], speaker)


def test_the_name_beside_the_verb_is_believed_before_another() -> None:
    claim = said("Milo Strand", None, 7, who="she")._replace(subject="Quill")
    checked = check(claim, ALL)
    assert (checked.speaker, checked.mention) == ("Quill", mention_of(PASSAGES[6], "Quill"))


@pytest.mark.parametrize(("who", "name"), [("Quill", "Ines Quill"), ("she", "Ines Quill")])
def test_a_fuller_name_than_that_beside_the_verb_is_kept(who: str, name: str) -> None:
    assert check(said(name, None, 7, who=who)._replace(subject="Quill"), ALL).speaker == name


def test_a_mention_is_outside_quotations_and_near_the_verb() -> None:
    text = "“Quill lies,” Quill of the harbour board wrote, but Quill said it was a joke."
    passage = given_text(text).read[0]
    assert isinstance(passage, Passage)
    claim = said("Quill", None, passage)._replace(cue="said")
    start = text.index("Quill said")
    assert check(claim, given_text(text)).mention == Span(start=start, end=start + 5, text="Quill")


@pytest.mark.parametrize(("other", "start"), [("Anna", 10), ("Joann", 11)])
def test_a_mention_is_no_part_of_a_word(other: str, start: int) -> None:
    text = f"{other} told Ann Roe that an answer was due."
    passage = given_text(text).read[0]
    assert isinstance(passage, Passage)
    mention = check(said("Ann Roe", None, passage, who="Ann"), given_text(text)).mention
    assert mention == Span(start=start, end=start + 3, text="Ann")


@pytest.mark.parametrize(
    ("article", "speaker", "text"),
    [
        ("It was not Eva's fault, Bray said.", "Bray", "It was Eva's fault."),
        ("王明说大桥不安全。", "王明", "大桥安全。"),
    ],
)
def test_a_negation_is_never_lost(article: str, speaker: str, text: str) -> None:
    (passage,) = passages(Article(id="a", text=article))
    assert negated(check(said(speaker, text, passage), given_text(article)).text)


def test_own_words_stand_in_for_two_claims_only_once() -> None:
    texts = ("The council did close the tunnel.", "The council closed the tunnel.")
    one, other = (said("Oskar Bray", text, 5) for text in texts)
    first = check(one, GIVEN)
    with pytest.raises(Refused, match="repeats another claim"):
        check(other, GIVEN, [first])


def test_a_reader_of_another_language_is_believed_by_the_same_rules() -> None:
    text = "王明说北门有21条裂缝。李华否认北门有裂缝。"
    here, (first, second) = given_text(text), passages(Article(id="a", text=text))
    kept = check(said("李华", "北门没有裂缝。", second), here)
    assert (kept.speaker, kept.cue, kept.text) == ("李华", "否认", "北门没有裂缝。")
    assert "number 12" in check(said("王明", "北门有12条裂缝。", first), here).note


WORDINGS = (
    "The harbour has tested every gate since the flood.",
    "Twenty-one boats have not been damaged.",
    "The pumps failed in 2019.",
    "The north lock is sound.",
)
FRAGMENTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from([*SENTENCES, *EXAMPLES.split(), *ARTICLE.text.split()]),
    st.sampled_from(["not", "denied", "She", "He", "99", "ninety-nine", "王明", "\u202e", "\x00"]),
)
PHRASES = st.lists(FRAGMENTS, max_size=5).map(" ".join)
SAID = st.builds(
    said,
    st.none() | PHRASES | st.sampled_from(["Ines Quill", "Oskar Bray", "she"]),
    st.none() | PHRASES | st.sampled_from([*WORDINGS]),
    st.integers(1, len(SENTENCES)),
    who=PHRASES | st.sampled_from(["he", "she", "Quill", ""]),
    via=st.lists(PHRASES, max_size=2).map(tuple),
)


@settings(max_examples=300)
@given(claim=SAID)
@example(claim=said("Ines Quill", WORDINGS[0], 2, who="she"))
@example(claim=said("\x00", "\u0301", 1, who="", via=("",)))
def test_whatever_the_model_answers_only_what_the_article_has_is_kept(claim: Said) -> None:
    try:
        checked = check(claim, ALL)
    except Refused:
        return
    cited, named = checked.evidence.text, checked.speaker or ""
    assert checked.evidence in ALL.read
    for name in (named, *checked.via):
        assert normal(name) in normal(" ".join(SENTENCES))
    assert numbers(checked.text) <= numbers(f"{cited} {named}")
    assert negated(f"{cited} {named}") or rejecting(cited) or not negated(checked.text)
    if checked.mention:
        start, end = checked.mention.start, checked.mention.end
        assert checked.evidence.start <= start < end <= checked.evidence.end
        assert checked.mention.text == ARTICLE.text[start:end]
