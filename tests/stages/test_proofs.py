"""What is refused, what is doubted, and that everything else stays as it was given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare import Article
from claimcompare.articles import sentences
from claimcompare.prompts import load_prompt
from claimcompare.schema import Claim
from claimcompare.stages.proofs import Given, Proofs, Refused

EXAMPLE = load_prompt("extract").example
DAM = (
    "Dam at Corrow safe, mayor says\n\n"
    "Mayor Ines Vale declined to confirm that the dam at Corrow is safe. "
    "She said that 1.5 million people live below it.\n\n"
    "“We tested it twice this year,” the engineer Tom Beck told the Quay Post. "
    "He would not say who paid."
)
DAMM = (
    "Bürgermeisterin Ines Weil wollte nicht bestätigen, dass der Damm sicher ist. "
    "Der Ingenieur Tom Beck sagte, 1,5 Mio. Menschen lebten darunter."
)
DAMBA = (
    "Мэр Инна Вейл отказалась подтвердить, что дамба безопасна. "
    "По словам Бека, ниже живут 43 человека."
)


def said(
    text: str, *, of: str = DAM, cites: tuple[int, ...] = (2,), **more: object
) -> tuple[Article, Given]:
    article = Article(id="a", text=of)
    every = {one.number: one for one in sentences(article)}
    fields: dict[str, object] = {
        "speaker": "Ines Vale",
        "mention": "",
        "via": (),
        "kind": "assertion",
    }
    return article, Given(
        cited=tuple(every[number] for number in cites if number in every),
        missing=tuple(number for number in cites if number not in every),
        text=text,
        **(fields | more),  # type: ignore[arg-type]
    )


def proved(text: str, *, of: str = DAM, cites: tuple[int, ...] = (2,), **more: object) -> Claim:
    article, given_claim = said(text, of=of, cites=cites, **more)
    return Proofs(article, EXAMPLE).claim(given_claim)


def doubts(claim: Claim) -> list[str]:
    return [doubt.kind for doubt in claim.doubts]


@pytest.mark.parametrize(
    ("of", "speaker", "text"),
    [
        (DAM, "Ines Vale", "Ines Vale declined to confirm that the dam at Corrow is safe."),
        (DAMM, "Ines Weil", "Ines Weil wollte nicht bestätigen, dass der Damm sicher ist."),
        (DAMBA, "Инна Вейл", "Инна Вейл отказалась подтвердить, что дамба безопасна."),
    ],
)
def test_a_claim_stays_as_it_was_given(of: str, speaker: str, text: str) -> None:
    cites = (2,) if of == DAM else (1,)
    claim = proved(text, of=of, cites=cites, speaker=speaker, kind="denial", via=("Tom Beck",))
    assert (claim.text, claim.speaker, claim.via, claim.kind) == (
        text,
        speaker,
        ("Tom Beck",),
        "denial",
    )
    assert "number" not in doubts(claim)


@pytest.mark.parametrize("text", ["The dam is not safe.", "Nobody denies it.", "It may be safe."])
def test_no_rule_about_words_touches_negations_and_hedges(text: str) -> None:
    assert proved(text).text == text


def test_without_a_cited_sentence_it_is_refused() -> None:
    with pytest.raises(Refused, match="cites no sentence"):
        proved("The dam is safe.", cites=(9,))


@pytest.mark.parametrize(
    ("of", "speaker"), [(DAM, "Emil Zell"), (DAMM, "Emil Zell"), (DAMBA, "Эмиль Целль")]
)
def test_nobody_of_that_name_is_refused(of: str, speaker: str) -> None:
    with pytest.raises(Refused, match="does not occur in the article"):
        proved("The dam is safe.", of=of, cites=(1,), speaker=speaker, mention="der Chef")


def test_a_speaker_whose_mention_is_there_is_doubted_and_kept() -> None:
    claim = proved("The dam is safe.", speaker="Emil Zell", mention="the mayor Ines Vale")
    assert claim.speaker == "Emil Zell"
    assert doubts(claim) == ["speaker", "mention"]


def test_what_stems_from_the_worked_example_is_refused() -> None:
    with pytest.raises(Refused, match="worked example"):
        proved("The Harl bridge has 14 cracks.")


def test_a_claim_in_words_of_both_is_kept() -> None:
    of = "Mayor Ann Roe denied that the Harl bridge was closed."
    claim = proved("The Harl bridge was not closed.", of=of, cites=(1,), speaker="Ann Roe")
    assert claim.doubts == ()


@pytest.mark.parametrize(
    ("text", "of", "cites", "speaker", "wanted"),
    [
        ("1,500,000 people live below the dam.", DAM, (3,), "Ines Vale", []),
        ("15 million people live below the dam.", DAM, (3,), "Ines Vale", ["number"]),
        ("1.5 billion people live below the dam.", DAM, (3,), "Ines Vale", ["number"]),
        ("Unter dem Damm leben 1.500.000 Menschen.", DAMM, (2,), "Tom Beck", []),
        ("Unter dem Damm leben 15 Mio. Menschen.", DAMM, (2,), "Tom Beck", ["number"]),
        ("Ниже дамбы живут 43 человека.", DAMBA, (2,), "Бек", []),
        ("Ниже дамбы живут 34 человека.", DAMBA, (2,), "Бек", ["number"]),
    ],
)
def test_numbers_are_compared_as_values(
    text: str, of: str, cites: tuple[int, ...], speaker: str, wanted: list[str]
) -> None:
    claim = proved(text, of=of, cites=cites, speaker=speaker)
    assert claim.text == text
    assert doubts(claim) == wanted


def test_numbers_of_the_day_and_the_title_are_known() -> None:
    article, given_claim = said("The dam at Corrow was safe on 3 May 2026.")
    dated = article.model_copy(update={"published": "2026-05-03"})
    assert Proofs(dated, EXAMPLE).claim(given_claim).doubts == ()
    assert doubts(Proofs(article, EXAMPLE).claim(given_claim)) == ["number"]


def test_a_quotation_must_stand_there_word_for_word() -> None:
    right = proved("Beck said: “we tested it twice this year”.", cites=(4,), speaker="Tom Beck")
    wrong = proved("Beck said: “we never tested it”.", cites=(4,), speaker="Tom Beck")
    assert doubts(right) == []
    assert doubts(wrong) == ["quotation"]


def test_a_claim_without_a_telling_word_of_its_sentence_is_doubted() -> None:
    assert doubts(proved("Turbines hum.", cites=(5,), speaker="Tom Beck")) == ["words"]


def test_a_sentence_that_is_not_there_is_told() -> None:
    claim = proved("The dam at Corrow is safe.", cites=(2, 40))
    assert doubts(claim) == ["passage"]
    assert "40" in claim.doubts[0].says


def test_a_mention_far_from_the_sentence_is_told() -> None:
    of = f"The mayor spoke. {'Nothing else happened in the town of Corrow. ' * 12}The dam is safe."
    claim = proved("The dam is safe.", of=of, cites=(14,), speaker="the mayor", mention="the mayor")
    assert doubts(claim) == ["mention"]
    assert claim.mention is not None
    assert claim.mention.start == 0


def test_each_cited_sentence_is_a_span() -> None:
    claim = proved(
        "The dam was tested; he would not say more.", cites=(2, 4, 5), speaker="Tom Beck"
    )
    assert [span.text for span in claim.evidence] == [
        "Mayor Ines Vale declined to confirm that the dam at Corrow is safe.",
        DAM[DAM.index("“We") : DAM.index("He would") - 1],
        "He would not say who paid.",
    ]
    assert all(DAM[span.start : span.end] == span.text for span in claim.evidence)


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60
) | st.sampled_from(
    [
        DAM,
        DAMM,
        DAMBA,
        "大坝安全吗？",
        "السد آمن",
        "👩‍🚒 safe 👍🏽",
        "e\u0301te\u0301",
        "“",
        "1.5 million",
    ]
)


@given(WORDS, WORDS, WORDS)
def test_whatever_is_kept_is_kept_as_given(text: str, speaker: str, mention: str) -> None:
    article, given_claim = said(text, speaker=speaker or None, mention=mention)
    try:
        claim = Proofs(article, EXAMPLE).claim(given_claim)
    except Refused:
        return
    assert (claim.text, claim.speaker) == (text, speaker or None)
    assert all(DAM[span.start : span.end] == span.text for span in claim.evidence)
    if claim.mention:
        assert DAM[claim.mention.start : claim.mention.end] == claim.mention.text


HEARING = (
    f"MR. BECK: The dam is safe. We tested it.\n{'We opened every gate of it in May. ' * 10}\n"
    "MS. ROE: Mr. Beck tested nothing.\nMR. BECK: We did."
)


@pytest.mark.parametrize("mention", ["MR. BECK", "Beck", "Mr Beck"])
@pytest.mark.parametrize("cited", [2, 12])
def test_the_label_of_a_turn_is_its_speakers_mention_however_far(mention: str, cited: int) -> None:
    claim = proved(
        "Beck and others opened or tested it.",
        of=HEARING,
        cites=(cited,),
        speaker="Beck",
        mention=mention,
    )
    assert claim.mention is not None
    assert (claim.mention.start, claim.mention.text) == (0, "MR. BECK")
    assert doubts(claim) == []


def test_the_label_of_another_turn_may_stand_far() -> None:
    claim = proved("They tested it.", of=HEARING, cites=(2,), speaker="Roe", mention="MS. ROE")
    assert claim.mention is not None
    assert claim.mention.text == "MS. ROE"
    assert doubts(claim) == ["mention"]


def test_a_dateline_is_no_evidence() -> None:
    dated = "2025-12-29 On Monday Ines Vale said that the dam is safe."
    (evidence,) = proved("The dam is safe.", of=dated, cites=(1,)).evidence
    assert evidence.text == "On Monday Ines Vale said that the dam is safe."
    assert dated[evidence.start : evidence.end] == evidence.text
