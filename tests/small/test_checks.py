"""Checks: somebody speaks only where the article bears it out."""

import pytest

from claimcompare.small.checks import check
from claimcompare.small.speakers import Said
from claimcompare.stages.proofs import Refused
from tests.small.harbour import TEXT, chunk_of, last_of

BRAY, MARSH = "Councillor Oskar Bray", "Dr. Lena Marsh"
KEPT = {
    "indirect speech": (1, "Ines Quill", "Ines Quill", "Ines Quill", "Ines Quill"),
    "a pronoun": (2, "she", "Ines Quill", "Ines Quill", "she"),
    "a speaker told of before": (2, "", "Ines Quill", "Ines Quill", "she"),
    "a title the article has": (3, "COUNCILLOR", "Oskar Bray", "Oskar Bray", BRAY),
    "words that are not there": (3, "the keeper", "Oskar Bray", "Oskar Bray", BRAY),
    "according to": (4, "Dr Lena Marsh", "Lena Marsh", "Lena Marsh", "Dr. Lena Marsh"),
    "a title the article lacks": (
        4,
        "",
        "Professor Lena Marsh",
        "Dr. Lena Marsh",
        "Dr. Lena Marsh",
    ),
    "who stands beside the verb": (3, "", "Ines Quill", BRAY, BRAY),
    "a pronoun without quotation": (6, "He", "Oskar Bray", "Oskar Bray", "He"),
}


def of(number: int, who: str, speaker: str) -> tuple[Said, str]:
    """What a model says of a passage, and the passage."""
    marked = chunk_of(TEXT).read[number - 1]
    return Said(marked, who, speaker), marked.passage.text


@pytest.mark.parametrize(
    ("number", "who", "named", "speaker", "mention"), KEPT.values(), ids=KEPT.keys()
)
def test_a_claim_is_its_whole_passage_as_it_stands_there(
    number: int, who: str, named: str, speaker: str, mention: str
) -> None:
    said, passage = of(number, who, named)
    claim = check(said, chunk_of(TEXT))
    assert (claim.speaker, claim.text) == (speaker, passage)
    assert (claim.kind, claim.via, claim.doubts) == ("assertion", (), ())
    (span,) = claim.evidence
    assert TEXT[span.start : span.end] == span.text == passage
    assert claim.mention is not None
    assert TEXT[claim.mention.start : claim.mention.end] == claim.mention.text == mention


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Ines Vale declined to confirm that the dam at Corrow is safe.",
        "Ines Vale stopped short of saying that the dam was safe.",
        "Ines Vale warned against saying that the dam was safe.",
        "Ines Vale hit back at claims that the dam was safe.",
        "Ines Vale did not say that she knew him.",
    ],
)
def test_nothing_is_cut_out_of_a_report(text: str) -> None:
    assert last_of(text, "Ines Vale", "Ines Vale").text == text


def test_a_claim_is_on_one_line_and_its_evidence_as_it_is() -> None:
    claim = last_of("“It is dry,\u00a0\tall dry,” Ines Quill said.", "", "Ines Quill")
    assert claim.text == "“It is dry, all dry,” Ines Quill said."
    assert claim.evidence[0].text == "“It is dry,\u00a0\tall dry,” Ines Quill said."


REFUSED = {
    "an invented speaker": (4, "", "Carla Zell", None),
    "an invented speaker under a pronoun": (2, "she", "Carla Zell", "does not occur"),
    "a surname swapped": (6, "", "Lena Zell", "'Lena Zell' does not occur in the article"),
    "a pronoun": (2, "she", "she", "'she' does not occur in the article"),
    "no name": (2, "", " ", "' ' does not occur in the article"),
    "nobody of the passage": (5, "", "Oskar Bray", "not attributed to Oskar Bray"),
}


@pytest.mark.parametrize(("number", "who", "named", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_who_is_not_borne_out_is_refused(
    number: int, who: str, named: str, reason: str | None
) -> None:
    said, _ = of(number, who, named)
    if reason is None:
        # The name beside the verb stands in for one that is nowhere.
        assert check(said, chunk_of(TEXT)).speaker == "Dr. Lena Marsh"
        return
    with pytest.raises(Refused, match=reason):
        check(said, chunk_of(TEXT))


def test_a_name_inside_a_quotation_is_no_mention() -> None:
    claim = last_of("“Ines Quill is right,” Ines Quill wrote.", "", "Ines Quill")
    assert claim.mention is not None
    assert claim.mention.start == 23


def test_the_mention_is_the_one_nearest_to_the_verb() -> None:
    claim = last_of("Quill knows, and later Quill said so.", "", "Quill")
    assert claim.mention is not None
    assert claim.mention.start == 23


OTHERS = {
    "de": ("Der Kai von Aldmere ist trocken, sagte Bürgermeisterin Ines Quill.", "Ines Quill"),
    "fr": ("Le quai est sec, a déclaré la maire Inès Quill.", "Ines Quill"),
    "uk": ("Мерка Інна Квілл заперечила, що причал сухий.", "Інна Квілл"),
    "ar": ("قالت نورا بري إن الرصيف جاف.", "نورا بري"),
    "zh": ("市长王明说码头是干的。", "王明"),
}


@pytest.mark.parametrize(("language", "case"), OTHERS.items(), ids=OTHERS.keys())
def test_in_other_languages_the_name_must_be_there_and_nothing_else(
    language: str, case: tuple[str, str]
) -> None:
    text, speaker = case
    claim = last_of(text, speaker, speaker, language)
    assert (claim.speaker, claim.text) == (speaker, text)
    assert claim.mention is not None
    assert text[claim.mention.start : claim.mention.end] == claim.mention.text
    with pytest.raises(Refused, match="does not occur in the article"):
        last_of(text, "", "Lotte Prim", language)
