"""Checks: a claim is believed only where the article bears it out."""

from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimcompare.schema import Article
from claimcompare.stages.checks import Checked, Given, Refused, WireClaim, check
from claimcompare.stages.names import Names
from claimcompare.stages.words import negated, normal, numbers, rejecting

SENTENCES = (
    "Harbour master Ines Quill said on Monday that the north lock was sound and may reopen in May.",
    "“We have tested every gate since the flood,” she told reporters.",
    "Councillor Oskar Bray flatly denied that 21 boats had been damaged.",
    "According to Dr. Lena Marsh, the pumps failed twice in 2019.",
    "Bray added that the council did not close the tunnel.",
    "The ferry costs 1,200 crowns a day, the Fenwick Post reported, citing treasurer Milo Strand.",
    "“The north pier is dry,” Quill said.",
    "The repairs to the north lock were useless.",
    "Ferry fares doubled in spring.",
)
EXAMPLES = "Baker Lotte Prim said that her ovens were stolen. Prim: The ovens were stolen at dawn."
ARTICLE = Article(id="post", text="\n".join(SENTENCES))
LAST_TO_READ = 8


def given_text(text: str, *, first: int = 1, last: int = LAST_TO_READ) -> Given:
    sentences = Article(id="a", text=text).sentences()
    return Given(
        read=sentences[first - 1 : last],
        before=sentences[: first - 1],
        names=Names(text),
        examples=EXAMPLES,
    )


GIVEN = given_text(ARTICLE.text, first=2)
ALL = given_text(ARTICLE.text)


def wire(
    speaker: str | None,
    text: str,
    *sentences: int,
    cue: str | None = "said",
    via: tuple[str, ...] = (),
) -> WireClaim:
    return WireClaim(sentences=list(sentences), speaker=speaker, via=list(via), cue=cue, text=text)


class Kept(NamedTuple):
    """A good claim, and what comes out."""

    claim: WireClaim
    speaker: str | None
    cue: str | None
    via: tuple[str, ...] = ()


KEPT = {
    "indirect speech": Kept(
        wire("Ines Quill", "The north lock is sound and may reopen in May.", 1),
        "Ines Quill",
        "said",
    ),
    "direct quote": Kept(
        wire("Ines Quill", "The harbour has tested every gate since the flood.", 2, cue="told"),
        "Ines Quill",
        "told",
    ),
    "direct quote without a cue": Kept(
        wire("Ines Quill", "The harbour has tested every gate since the flood.", 2, cue=None),
        "Ines Quill",
        None,
    ),
    "denial": Kept(
        wire("Oskar Bray", "It is untrue that 21 boats were damaged.", 3, cue="denied"),
        "Oskar Bray",
        "denied",
    ),
    "denial as a plain negation": Kept(
        wire("Oskar Bray", "Twenty-one boats have not been damaged.", 3, cue="denied"),
        "Oskar Bray",
        "denied",
    ),
    "an adverb in place of a cue": Kept(
        wire("Oskar Bray", "It is untrue that 21 boats were damaged.", 3, cue="flatly"),
        "Oskar Bray",
        None,
    ),
    "according to": Kept(
        wire("Lena Marsh", "The pumps failed twice in 2019.", 4, cue="according to"),
        "Lena Marsh",
        "according to",
    ),
    "according to, with another cue": Kept(
        wire("Lena Marsh", "The pumps failed twice in 2019.", 4, cue="stated"),
        "Lena Marsh",
        "According to",
    ),
    "a title the article lacks": Kept(
        wire("Professor Lena Marsh", "The pumps failed in 2019.", 4), "Lena Marsh", "According to"
    ),
    "a title the article has": Kept(
        wire("Harbour master Ines Quill", "The north lock is sound.", 1),
        "Harbour master Ines Quill",
        "said",
    ),
    "a cue in another form": Kept(
        wire("Milo Strand", "The ferry costs 1,200 crowns.", 6, cue="reports"),
        "Milo Strand",
        "reported",
    ),
    "a negation": Kept(
        wire("Oskar Bray", "The council did not close the tunnel.", 5, cue="added"),
        "Oskar Bray",
        "added",
    ),
    "several sentences": Kept(
        wire("Ines Quill", "The north lock is sound as every gate was tested.", 1, 2),
        "Ines Quill",
        "said",
    ),
    "a chain": Kept(
        wire("Milo Strand", "The ferry costs 1200 crowns.", 6, cue="citing", via=("Fenwick Post",)),
        "Milo Strand",
        "citing",
        ("Fenwick Post",),
    ),
    "a speaker who relays himself": Kept(
        wire("Milo Strand", "The ferry costs 1200 crowns.", 6, cue=None, via=("Milo Strand",)),
        "Milo Strand",
        None,
    ),
    "the article's own voice": Kept(
        wire(None, "The repairs to the north lock were useless.", 8, cue=None), None, None
    ),
    "the article's own voice with a needless cue": Kept(
        wire(None, "The repairs to the north lock were useless.", 8, cue="said"), None, None
    ),
    "white space": Kept(
        wire("Ines Quill", " The north\nlock\t is sound. ", 1), "Ines Quill", "said"
    ),
}


@pytest.mark.parametrize("kept", KEPT.values(), ids=KEPT.keys())
def test_a_claim_that_the_article_bears_out_is_kept(kept: Kept) -> None:
    checked = check(kept.claim, ALL)
    assert checked == Checked(
        evidence=tuple(one for one in ALL.read if one.number in kept.claim.sentences),
        speaker=kept.speaker,
        via=kept.via,
        cue=kept.cue,
        text=" ".join(kept.claim.text.split()),
    )


REFUSED = {
    "no sentence": (wire("Ines Quill", "The lock is sound."), r"no sentence .*\(none\)"),
    "a sentence before": (
        wire("Ines Quill", "The north lock is sound.", 1),
        r"no sentence .*\(1\)",
    ),
    "a sentence behind": (wire(None, "Ferry fares doubled in spring.", 9), r"no sentence .*\(9\)"),
    "sentences that do not exist": (wire(None, "It is sound.", 0, -2, 99), r"\(0, -2, 99\)"),
    "an invented speaker": (
        wire("Carla Zell", "The pumps failed twice in 2019.", 4),
        "'Carla Zell' does not occur in the article",
    ),
    "a surname swapped": (
        wire("Lena Zell", "The pumps failed twice in 2019.", 4),
        "'Lena Zell' does not occur in the article",
    ),
    "the worked example's speaker": (
        wire("Lotte Prim", "The pumps failed twice in 2019.", 4),
        "'Lotte Prim' comes from the worked example",
    ),
    "a pronoun": (
        wire("she", "The harbour has tested every gate.", 2, cue="told"),
        "'she' is not resolved to a name",
    ),
    "a pronoun in the chain": (
        wire("Milo Strand", "The ferry costs 1,200 crowns.", 6, via=("They",)),
        "'They' is not resolved to a name",
    ),
    "an invented name in the chain": (
        wire("Milo Strand", "The ferry costs 1,200 crowns.", 6, via=("Zell Gazette",)),
        "'Zell Gazette' does not occur",
    ),
    "an invented number": (
        wire("Oskar Bray", "The council did not close 3 tunnels.", 5),
        "not hold the number 3",
    ),
    "a changed number": (
        wire("Oskar Bray", "It is untrue that 12 boats were damaged.", 3, cue="denied"),
        "not hold the number 12",
    ),
    "a changed spelled number": (
        wire("Oskar Bray", "Twenty-two boats have not been damaged.", 3, cue="denied"),
        "not hold the number 22",
    ),
    "a cut number": (
        wire("Milo Strand", "The ferry costs 200 crowns a day.", 6, cue="citing"),
        "not hold the number 200",
    ),
    "a number of another sentence": (
        wire("Oskar Bray", "The council did not close the tunnel in 2019.", 5, cue="added"),
        "not hold the number 2019",
    ),
    "an added negation": (
        wire("Lena Marsh", "The pumps have not failed in 2019.", 4),
        "negates what the sentence does not",
    ),
    "an added rejection": (
        wire("Lena Marsh", "It is a lie that the pumps failed twice.", 4),
        "negates what the sentence does not",
    ),
    "content of another sentence": (
        wire("Oskar Bray", "The pumps failed twice.", 5, cue="added"),
        "shares no content word",
    ),
    "a copy of another sentence": (
        wire("Ines Quill", "The repairs to the north lock were useless.", 7),
        "those of sentence 8, which it does not cite",
    ),
    "words of no sentence": (
        wire("Oskar Bray", "Dragons guard buried treasure under boats.", 3, cue="denied"),
        "its words are not those of the article",
    ),
    "words of the worked example": (
        wire("Oskar Bray", "The ovens were stolen at dawn.", 3, cue="denied"),
        "its words are those of the worked example",
    ),
    "a fragment": (
        wire("Ines Quill", "tested every gate", 2, cue="told"),
        "is not a full sentence",
    ),
    "a quoted fragment": (wire("Ines Quill", "“tested every gate”", 2), "is not a full sentence"),
    "nothing": (wire("Ines Quill", " ", 2), "is not a full sentence"),
    "only marks": (wire("Ines Quill", "“...”", 2), "is not a full sentence"),
    "only little words": (wire("Ines Quill", "That was so.", 2), "no content words"),
    "a pronoun out of nowhere": (
        wire("Oskar Bray", "They denied the damage.", 3, cue="denied"),
        "says 'they' where the sentence does not",
    ),
    "no cue and no quote": (
        wire("Oskar Bray", "The repairs to the north lock were useless.", 8, cue=None),
        "no word reports it",
    ),
    "a cue that is not there": (
        wire("Oskar Bray", "The repairs to the north lock were useless.", 8, cue="claimed"),
        "nothing in the sentence says 'claimed'",
    ),
    "a cue out of the claim": (
        wire("Oskar Bray", "The repairs to the north lock were useless.", 8, cue="useless"),
        "not attributed to Oskar Bray",
    ),
}


@pytest.mark.parametrize(("claim", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_claim_that_the_article_does_not_bear_out_is_refused(
    claim: WireClaim, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        check(claim, GIVEN)


@pytest.mark.parametrize(
    "text",
    ["The council did close the tunnel.", "The council closed the tunnel.", "Close tunnels."],
)
def test_the_sentence_replaces_a_claim_that_lost_its_negation(text: str) -> None:
    checked = check(wire("Oskar Bray", text, 5, cue="added"), GIVEN)
    assert checked.text == SENTENCES[4]
    assert text in checked.note


def test_the_sentence_replaces_a_denial_that_reads_like_what_is_denied() -> None:
    checked = check(wire("Oskar Bray", "Damage to 21 boats.", 3, cue="denied"), GIVEN)
    assert checked.text == SENTENCES[2]
    assert "Damage to 21 boats." in checked.note


@pytest.mark.parametrize(
    ("article", "speaker", "cue", "text"),
    [
        ("It was not Eva's fault, Bray said.", "Bray", "said", "It was Eva's fault."),
        ("王明说大桥不安全。", "王明", "说", "大桥安全。"),
    ],
)
def test_a_negation_is_never_lost(article: str, speaker: str, cue: str, text: str) -> None:
    assert negated(check(wire(speaker, text, 1, cue=cue), given_text(article)).text)


def test_a_claim_is_refused_the_second_time() -> None:
    claim = wire("Oskar Bray", "It is untrue that 21 boats were damaged.", 3, cue="denied")
    first = check(claim, GIVEN)
    with pytest.raises(Refused, match="repeats another claim"):
        check(claim, GIVEN, [first])


def test_a_sentence_replaces_two_claims_only_once() -> None:
    texts = ("The council did close the tunnel.", "The council closed the tunnel.")
    claims = [wire("Oskar Bray", text, 5, cue="added") for text in texts]
    first = check(claims[0], GIVEN)
    with pytest.raises(Refused, match="repeats another claim"):
        check(claims[1], GIVEN, [first])


def test_another_claim_of_the_same_sentence_is_kept() -> None:
    first = check(wire("Ines Quill", "The north lock is sound.", 1), ALL)
    other = check(wire("Ines Quill", "The north lock may reopen in May.", 1), ALL, [first])
    assert other.text == "The north lock may reopen in May."


def test_a_reader_of_another_language_is_believed_by_the_same_rules() -> None:
    given_here = given_text("王明说北门有21条裂缝。李华否认北门有裂缝。")
    kept = check(wire("李华", "北门没有裂缝。", 2, cue="否认"), given_here)
    assert (kept.speaker, kept.cue) == ("李华", "否认")
    with pytest.raises(Refused, match="not hold the number 12"):
        check(wire("王明", "北门有12条裂缝。", 1, cue="说"), given_here)


FRAGMENTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from([*SENTENCES, *EXAMPLES.split(), *ARTICLE.text.split()]),
    st.sampled_from(["not", "denied", "She", "He", "99", "ninety-nine", "王明", "\u202e", "\x00"]),
)
PHRASES = st.lists(FRAGMENTS, max_size=5).map(" ".join)
GOOD = [kept.claim for kept in KEPT.values()]
MUTATED = st.builds(
    lambda claim, update: claim.model_copy(update=update),
    st.sampled_from(GOOD),
    st.fixed_dictionaries(
        {},
        optional={
            "sentences": st.lists(st.integers(-3, 12), max_size=4),
            "speaker": st.none() | PHRASES,
            "via": st.lists(PHRASES, max_size=3),
            "cue": st.none() | PHRASES,
            "text": PHRASES,
        },
    ),
)


@settings(max_examples=300)
@given(claim=MUTATED)
@example(claim=GOOD[2])
@example(claim=WireClaim(sentences=[10**30], speaker="\x00", via=[""], cue="", text="\u0301"))
def test_whatever_the_model_answers_only_what_the_article_has_is_kept(claim: WireClaim) -> None:
    try:
        checked = check(claim, ALL)
    except Refused:
        return
    cited = " ".join(one.text for one in checked.evidence)
    assert checked.evidence
    assert set(checked.evidence) <= set(ALL.read)
    for name in (checked.speaker, *checked.via):
        assert name is None or normal(name) in normal(" ".join(SENTENCES))
    assert numbers(checked.text) <= numbers(cited)
    assert negated(cited) or rejecting(cited) or not negated(checked.text)
