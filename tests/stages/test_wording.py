"""The article's own words, without those that report them."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimcompare.schema import Article, Span
from claimcompare.stages import wording
from claimcompare.stages.passages import Passage, passages
from claimcompare.stages.wording import with_name
from claimcompare.stages.words import words

DRY = "The quay was dry."


def own_words(one: Passage) -> str:
    return " ".join(wording.own_words(one))


def passage(text: str) -> Passage:
    (one,) = passages(Article(id="a", text=text))
    return one


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("“The quay of Aldmere is dry,” Una Brock said.", "The quay of Aldmere is dry."),
        ('"The quay of Aldmere is dry," Una Brock said.', "The quay of Aldmere is dry."),
        ("„Der Kai von Aldmere ist trocken“, sagte Una.", "Der Kai von Aldmere ist trocken."),
        ("« Le quai de la ville est sec », a dit Una.", "Le quai de la ville est sec."),
        ("“Is the quay of Aldmere dry?” Una Brock asked.", "Is the quay of Aldmere dry?"),
        ("Una Brock told us: “The quay is dry and safe.”", "The quay is dry and safe."),
        (
            "“The quay is dry,” Una Brock said. “Ships may land.”",
            "The quay is dry. Ships may land.",
        ),
    ],
)
def test_a_quotation_is_what_stands_in_it(text: str, claimed: str) -> None:
    found = passages(Article(id="a", text=text))
    start, end = found[0].start, found[-1].end
    sentences = tuple(sentence for one in found for sentence in one.sentences)
    whole = Passage(start=start, end=end, text=text[start:end], sentences=sentences)
    assert own_words(whole) == claimed


@pytest.mark.parametrize(
    "text",
    [
        "Una Brock said that the quay was dry.",
        "Una Brock said on Monday that the quay was dry.",
        "Una Brock told reporters that the quay was dry.",
        "Una Brock  said\tthat  the quay was dry.",
        "Una Brock said: the quay was dry.",
        "According to Una Brock, the quay was dry.",
        "According to the keeper Una Brock, the quay was dry.",
        "The quay was dry, she said.",
        "The quay was dry, Una said.",
        "The quay was dry, according to Una.",
    ],
)
def test_the_clause_that_is_reported_is_a_sentence_of_its_own(text: str) -> None:
    assert own_words(passage(text)) == DRY


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("Una Brock a dit que le quai était sec.", "Le quai était sec."),
        ("Una Brock dijo que el muelle estaba seco.", "El muelle estaba seco."),
        ("Una Brock said that the quay was not dry.", "The quay was not dry."),
        ("The quay is not dry, Una said.", "The quay is not dry."),
    ],
)
def test_the_clause_is_kept_as_it_is(text: str, claimed: str) -> None:
    assert own_words(passage(text)) == claimed


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("Milo Strand said boats were lost there.", "Boats were lost there."),
        ("Milo Strand, who keeps the quay, said boats were lost.", "Boats were lost."),
        ("Milo Strand, who keeps the quay, said that it was dry.", "It was dry."),
    ],
)
def test_no_word_need_open_what_follows_said(text: str, claimed: str) -> None:
    assert own_words(passage(text)) == claimed


@pytest.mark.parametrize(
    "text",
    [
        "The man who said boats were lost has left.",
        "Milo Strand said no to the new boats.",
        "Milo Strand said on Monday boats were lost.",
        "Milo Strand said it was all dry.",
    ],
)
def test_what_follows_said_need_not_be_what_was_said(text: str) -> None:
    assert own_words(passage(text)) == text


def test_each_that_opens_a_claim_of_its_own() -> None:
    text = "Milo Strand said that boats were lost, and that the quay was not dry."
    assert wording.own_words(passage(text)) == ("Boats were lost.", "The quay was not dry.")


@pytest.mark.parametrize(
    "text",
    [
        "Milo Strand denied that boats were lost and that the quay was dry.",
        "“We know that boats were lost and that the quay was dry,” Milo Strand said.",
        "Milo Strand said that boats were lost and that is all.",
        "Milo Strand said that boats were lost and that hurt.",
    ],
)
def test_not_every_that_opens_a_claim(text: str) -> None:
    assert len(wording.own_words(passage(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "She said that her quay was dry.",
        "Una Brock said that they had dried the quay.",
        "“We have told him so,” Una Brock said.",
        "Her quay was dry and safe, she said.",
        "Сказала Уна Брок, что её причал сухой.",
    ],
    ids=["her", "they", "him", "her before", "её"],
)
def test_who_needs_the_sentence_to_be_understood_keeps_it(text: str) -> None:
    assert own_words(passage(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Una Brock denied that the quay was dry.",
        "Una Brock rejected the claim that the quay was dry.",
        "Una Brock disputed that the quay was dry.",
        "Una Brock doubted that the quay was dry.",
        "Una Brock did not deny that the quay was dry.",
        "Una Brock bestritt, dass der Kai trocken war.",
        "Una Brock dément que le quai soit sec.",
        "Una Brock negó que el muelle estuviera seco.",
        "Уна Брок опровергла, что причал сухой.",
    ],
)
def test_a_denial_keeps_the_whole_sentence(text: str) -> None:
    assert own_words(passage(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Nobody claimed that the quay was dry.",
        "Una Brock never said that the quay was dry.",
        "Una Brock did not say that the quay was dry.",
        "Una Brock does not believe that the quay was dry.",
        "Una Brock refused to confirm that the quay was dry.",
    ],
)
def test_what_is_not_said_is_not_claimed(text: str) -> None:
    assert own_words(passage(text)) == text


@pytest.mark.parametrize(
    "text", ["“Dry,” she said.", "Una Brock said so.", "Una Brock said that it was.", "Dry."]
)
def test_a_word_or_two_are_no_claim(text: str) -> None:
    assert own_words(passage(text)) == text


def test_a_quoted_word_is_not_all_that_is_said() -> None:
    text = "The old quay of Aldmere was “dry”, Una Brock said."
    assert own_words(passage(text)) == "The old quay of Aldmere was “dry”."


def test_a_quoted_title_is_not_all_that_is_said() -> None:
    text = "The book “The Quay of Aldmere” was too dry, Una said."
    assert own_words(passage(text)) == "The book “The Quay of Aldmere” was too dry."


def test_a_quotation_that_goes_on_a_sentence_is_no_sentence() -> None:
    text = "Una Brock said “was dry and safe on Monday”."
    assert own_words(passage(text)) == "Una Brock said “was dry and safe on Monday”."


@pytest.mark.parametrize("text", ["The quay is dry", "The quay is dry,", "the quay is dry"])
def test_a_sentence_begins_large_and_ends_with_a_stop(text: str) -> None:
    assert own_words(passage(text)) == "The quay is dry."


PARTS = st.sampled_from(
    'Una Brock said that told us denied She her the quay was dry , , : . ? “ ” " „ « » \n — '
    "according to According dit que sagte dass сказала что 说 「 」 码头是干的。 not 12".split(" ")
)
TEXTS = st.lists(PARTS, max_size=25).map(" ".join) | st.text(max_size=60)


@settings(max_examples=300)
@given(text=TEXTS)
@example(text="，“，” said that ,.")
def test_own_words_are_some_words_of_the_passage(text: str) -> None:
    for one in passages(Article(id="a", text=text)):
        found = own_words(one)
        assert bool(words(found)) == bool(words(one.text))
        assert set(words(found)) <= set(words(one.text))
        assert len(found.splitlines()) <= 1


def renamed(text: str, mention: str, claimed: str | None = None) -> str:
    one = passage(text)
    start = text.index(mention)
    span = Span(start=start, end=start + len(mention), text=mention)
    return with_name(one, own_words(one) if claimed is None else claimed, span, "Una Brock")


@pytest.mark.parametrize(
    ("text", "mention", "claimed"),
    [
        (
            "She said that her quay was dry.",
            "She",
            "Una Brock said that her quay was dry.",
        ),
        ("On Monday\tshe denied it.", "she", "On Monday Una Brock denied it."),
        ("The mayor denied it.", "The mayor", "The mayor denied it."),
    ],
)
def test_a_name_stands_for_the_pronoun_of_a_whole_passage(
    text: str, mention: str, claimed: str
) -> None:
    assert renamed(text, mention) == claimed


def test_a_part_of_a_passage_is_left_as_it_is() -> None:
    assert renamed("She said that the quay was dry.", "She") == DRY


def test_a_name_stands_for_a_pronoun_wherever_the_passage_is_in_its_article() -> None:
    text = "It rained. She denied it."
    one = passages(Article(id="a", text=text))[1]
    span = Span(start=11, end=14, text="She")
    assert with_name(one, own_words(one), span, "Una Brock") == "Una Brock denied it."


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("The quay, Una Brock said, would be dry.", "The quay would be dry."),
        ("To land, Una Brock said, ships must wait.", "To land, ships must wait."),
        ("The quay was dry, a keeper said.", DRY),
        ("“The quay was dry,” a keeper told Oskar Bray of the Fenwick Morning Post.", DRY),
        ("The quay was dry, a keeper said on Monday.", DRY),
        ("The quay was dry, the keeper said, waving a map.", DRY),
        ("The quay was dry, the Post wrote, citing a keeper.", DRY),
        ("The quay was dry, the keeper of the quay, Una Brock, told reporters there.", DRY),
    ],
)
def test_what_stands_around_an_inserted_clause_is_one_claim(text: str, claimed: str) -> None:
    assert own_words(passage(text)) == claimed


@pytest.mark.parametrize(
    "text",
    [
        "In a letter to the whole quay board, Una Brock acknowledged the loss.",
        "The keeper of the old quay, meanwhile, is supported by many.",
        "The quay of the whole town, Una Brock, this is what I have seen.",
        "The quay was dry and safe, Una said, adding that boats were lost.",
        '"The quay," Una Brock said, "is as dry as my hat."',
        "If the quay of Aldmere is wet, Una Brock said, ''boats are lost.''",
        "Una Brock, a spokeswoman, did not answer.",
        "Of all the old boats at the quay, this was the one she feared.",
        "The quay is dry, as was the ferry of the town, Una Brock, said.",
    ],
)
def test_no_half_of_a_sentence_is_taken_for_the_claim(text: str) -> None:
    found = passages(Article(id="a", text=text))
    assert [own_words(one) for one in found] == [text]
