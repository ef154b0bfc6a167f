"""What the claims of an article are made of, whatever a small model answers."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from claimcompare.errors import LLMError
from claimcompare.schema import Article
from claimcompare.small.reader import SmallReader
from claimcompare.stages.flow import Count
from claimcompare.stages.protocols import Reading
from claimcompare.stages.settings import CompareSettings
from tests.llm.server import FakeServer, Reply, Seen, fails, model_at, says

Answers = Mapping[str, Any]
TOLD = "She wrote it. Una Brock said that the quay was dry. It rained. He denied it."


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    fake = FakeServer()
    try:
        yield fake
    finally:
        fake.close()


def asked(seen: Seen) -> list[str]:
    return list(seen.body["response_format"]["json_schema"]["schema"]["properties"])


def answering(answers: Answers) -> Any:
    """Answers where the passage has some words, null elsewhere."""

    def script(seen: Seen) -> Reply:
        lines = dict(line[1:].split("] ", 1) for line in seen.user.splitlines() if line[:1] == "[")
        texts = {key: lines[key.split()[0]] for key in asked(seen)}
        found = {
            key: next((one for some, one in answers.items() if some in text), None)
            for key, text in texts.items()
        }
        return says(json.dumps(found))

    return script


def read(
    server: FakeServer, article: Article | str, script: Any, known: frozenset[int] = frozenset()
) -> Reading:
    return read_in_parts(server, article, script, known=known)


def read_in_parts(
    server: FakeServer,
    article: Article | str,
    script: Any,
    characters: int = 12_000,
    known: frozenset[int] = frozenset(),
) -> Reading:
    """What comes of an article, or of a text in English, in calls of so many characters."""
    if isinstance(article, str):
        article = Article(id="a", text=article, language="en")
    server.will_always(script if callable(script) else answering(script))
    with model_at(server, attempts=1) as llm:
        settings = CompareSettings(characters_per_call=characters)
        return llm.run(SmallReader(llm, settings, Count("extract", None)).read(article, known))


def lean(who: str, speaker: str) -> dict[str, str]:
    return {"who": who, "speaker": speaker}


def reasons(reading: Reading) -> list[tuple[str, str]]:
    return [(row.outcome, row.reason) for row in reading.log.ledger]


def test_a_claim_is_a_whole_passage_of_the_article(server: FakeServer) -> None:
    text = "Una Brock came. “The quay of Aldmere is dry,” she wrote. She denied it."
    answers = {"quay": lean("she", "Una Brock"), "denied": lean("She", "Una Brock")}
    first, second = read(server, text, answers).claims
    assert (first.id, first.speaker, first.via) == ("a:1", "Una Brock", ())
    assert first.text == first.evidence[0].text == "“The quay of Aldmere is dry,” she wrote."
    assert first.mention is not None
    assert text[first.mention.start : first.mention.end] == first.mention.text == "she"
    assert (second.id, second.text) == ("a:2", "She denied it.")


def test_a_model_is_asked_only_where_somebody_may_speak(server: FakeServer) -> None:
    text = "It rained. “The quay of Aldmere is dry,” she wrote. It poured."
    reading = read(server, text, {"quay": lean("she", "Una Brock")})
    assert [asked(one) for one in server.seen] == [["2 wrote"]]
    assert "[1] It rained." in server.seen[0].user
    assert reading.claims == ()
    assert reasons(reading) == [
        ("refused", "speaker 'Una Brock' does not occur in the article"),
        ("kept", "0 of 1 claims kept"),
    ]


def test_what_a_passage_tells_is_a_claim_that_no_model_is_asked_for(server: FakeServer) -> None:
    answers = {"wrote": lean("She", "Una Brock"), "denied": lean("He", "Una Brock")}
    reading = read(server, TOLD, answers)
    assert [asked(one) for one in server.seen] == [["1 wrote", "4 denied"]]
    assert "[2] Una Brock said that the quay was dry." in server.seen[0].user
    assert [(claim.id, claim.text) for claim in reading.claims] == [
        ("a:1", "She wrote it."),
        ("a:2", "Una Brock said that the quay was dry."),
        ("a:3", "He denied it."),
    ]
    assert reasons(reading) == [("kept", "3 of 3 claims kept")]


def test_where_passages_tell_it_all_nothing_is_asked(server: FakeServer) -> None:
    text = "Una Brock said that the quay was dry. It rained. Brock denied that it was wet."
    reading = read(server, text, {})
    assert server.seen == []
    assert [claim.speaker for claim in reading.claims] == ["Una Brock", "Una Brock"]
    assert reasons(reading) == [("kept", "2 of 2 claims kept, without a call")]
    assert (reading.answered, reading.log.usage.calls) == (True, 0)


@pytest.mark.parametrize("text", ["It rained. It poured.", " \n "])
def test_where_nobody_may_speak_nothing_is_asked(server: FakeServer, text: str) -> None:
    reading = read(server, text, {})
    assert server.seen == []
    assert (reading.claims, reading.answered, reading.error) == ((), True, None)
    assert all("without a call" in reason for _, reason in reasons(reading))


def test_what_another_article_has_is_shown_and_not_asked_about(server: FakeServer) -> None:
    reading = read(server, TOLD, {}, known=frozenset({1, 2}))
    assert [asked(one) for one in server.seen] == [["4 denied"]]
    assert "[2] Una Brock said that the quay was dry." in server.seen[0].user
    assert reading.claims == ()


@pytest.mark.parametrize("characters", [40, 12_000])
def test_what_is_said_twice_is_one_claim_with_two_spans(
    server: FakeServer, characters: int
) -> None:
    text = "Una Brock said it.\nIt rained all day in Aldmere.\nUna Brock said  it.\nBray said it."
    first, second = read_in_parts(server, text, {}, characters).claims
    assert [span.text for span in first.evidence] == ["Una Brock said it.", "Una Brock said  it."]
    assert all(text[span.start : span.end] == span.text for span in first.evidence)
    assert (first.id, first.text, second.id) == ("a:1", "Una Brock said it.", "a:2")


def test_an_article_in_another_language_is_read_without_rules(server: FakeServer) -> None:
    text = "Es regnete. „Der Kai ist trocken“, sagte Una Brock. Tom Beck bestritt das."
    answers = {
        "trocken": lean("Una Brock", "Una Brock"),
        "bestritt": lean("Tom Beck", "Tom Beck"),
        "regnete": lean("", "Lotte Prim"),
    }
    reading = read(server, Article(id="a", text=text), answers)
    assert [asked(one) for one in server.seen] == [["1 Es regnete", "2 Der Kai", "3 Tom Beck"]]
    assert [(claim.speaker, claim.text) for claim in reading.claims] == [
        ("Una Brock", "„Der Kai ist trocken“, sagte Una Brock."),
        ("Tom Beck", "Tom Beck bestritt das."),
    ]
    assert ("refused", "speaker 'Lotte Prim' does not occur in the article") in reasons(reading)


def test_an_answer_that_is_cut_off_is_asked_for_in_halves(server: FakeServer) -> None:
    answer = answering({"He": lean("He", "Una Brock")})

    def script(seen: Seen) -> Reply:
        return says('{"1', finish="length") if len(asked(seen)) > 1 else answer(seen)

    reading = read(server, TOLD, script)
    assert [claim.text for claim in reading.claims] == [
        "Una Brock said that the quay was dry.",
        "He denied it.",
    ]
    assert [asked(one) for one in server.seen] == [
        ["1 wrote", "4 denied"],
        ["1 wrote"],
        ["2 denied"],
    ]
    assert [row.outcome for row in reading.log.ledger] == ["kept", "kept"]
    assert reading.log.usage.calls == 3


def test_one_passage_that_is_cut_off_fails(server: FakeServer) -> None:
    reading = read(server, "She wrote it.", lambda _: says('{"1', finish="length"))
    assert (reading.claims, reading.answered, reading.error) == ((), False, None)
    assert [row.outcome for row in reading.log.ledger] == ["failed"]


def test_a_call_that_fails_takes_its_chunk_with_it(server: FakeServer) -> None:
    def script(seen: Seen) -> Reply:
        return fails(400, "no") if "[2] She" in seen.user else says(json.dumps({"2 denied": None}))

    text = "Una Brock said it was dry.\nShe wrote it.\nIt rained all day.\nHe denied it."
    reading = read_in_parts(server, text, script, 45)
    assert reading.claims == ()
    failed = [row.item for row in reading.log.ledger if row.outcome == "failed"]
    assert failed == ["sentences 1 to 2"]
    assert reading.answered
    assert isinstance(reading.error, LLMError)


def test_what_is_told_does_not_hide_that_no_call_is_answered(server: FakeServer) -> None:
    text = "Una Brock said that it was dry.\nShe wrote it."
    reading = read_in_parts(server, text, lambda _: fails(400, "cannot be read"), 31)
    assert [claim.speaker for claim in reading.claims] == ["Una Brock"]
    assert not reading.answered
    assert "cannot be read" in str(reading.error)


HEARING = (
    "Tom Beck and Ann Roe came.\nMR. BECK: The dam is safe. We tested it.\nNobody was hurt.\n"
    "MS. ROE: Who paid? The siren failed.\nMR. BECK: It was new.\nThe hearing ended."
)


def test_in_a_transcript_the_labels_tell_who_speaks(server: FakeServer) -> None:
    reading = read(server, HEARING, {})
    assert server.seen == []
    assert [(one.speaker, one.text) for one in reading.claims] == [
        ("Tom Beck", "The dam is safe."),
        ("Tom Beck", "We tested it."),
        ("Tom Beck", "Nobody was hurt."),
        ("Ann Roe", "The siren failed."),
        ("Tom Beck", "It was new."),
    ]
    mentions = [one.mention.text if one.mention else "" for one in reading.claims]
    assert mentions == ["MR. BECK", "MR. BECK", "MR. BECK", "MS. ROE", "MR. BECK"]
    assert all(
        HEARING[span.start : span.end] == span.text
        for one in reading.claims
        for span in one.evidence
    )
    assert reading.claims[0].evidence[0].text == "The dam is safe."


@pytest.mark.parametrize("behind", [":", " 0:{}"])
def test_a_label_above_the_words_tells_who_speaks(server: FakeServer, behind: str) -> None:
    said = ["The dam is safe. We tested it.", "It is not.", "It was new."]
    heads = [
        f"{name}{behind.format(seconds)}"
        for name, seconds in (("ADA BROCK", 10), ("TOM BECK", 20), ("ADA BROCK", 30))
    ]
    parts = [f"{head}\n{words}" for head, words in zip(heads, said, strict=True)]
    text = "\n\n".join(["Ada Brock and Tom Beck came.", *parts])
    reading = read(server, text, {})
    assert server.seen == []
    assert [(one.speaker, one.text) for one in reading.claims] == [
        ("ADA BROCK", "The dam is safe."),
        ("ADA BROCK", "We tested it."),
        ("TOM BECK", "It is not."),
        ("ADA BROCK", "It was new."),
    ]
    for one in reading.claims:
        assert one.mention is not None
        assert one.mention.text in ("ADA BROCK", "TOM BECK")
        for span in (one.mention, *one.evidence):
            assert text[span.start : span.end] == span.text


def test_a_label_is_a_speaker_in_any_language(server: FakeServer) -> None:
    text = (
        "專訪貝克\n記者：安全嗎？\n貝克：大壩是安全的。我們測試過。\n記者：何時？\n貝克：修補了。"
    )
    reading = read(server, Article(id="a", text=text), {})
    assert [asked(one) for one in server.seen] == [["1 專訪貝克"]]
    assert [(one.speaker, one.text) for one in reading.claims] == [
        ("貝克", "大壩是安全的。"),
        ("貝克", "我們測試過。"),
        ("貝克", "修補了。"),
    ]


def test_whose_letter_answers_the_model_is_asked(server: FakeServer) -> None:
    text = "Tom Beck came.\nQ. Is it dry?\nA. It is dry. We pumped.\nQ. When?\nA. In May."
    answers = {
        "dry": lean("A", "Tom Beck"),
        "pumped": lean("A", "Lotte Prim"),
        "May": lean("A", "A"),
    }
    reading = read(server, text, answers)
    assert [asked(one) for one in server.seen] == [["3 It is", "4 We pumped", "6 In May"]]
    assert [(one.speaker, one.text) for one in reading.claims] == [("Tom Beck", "It is dry.")]
    assert ("refused", "speaker 'Lotte Prim' does not occur in the article") in reasons(reading)
    assert ("refused", "the label 'A' names nobody") in reasons(reading)


def test_a_label_that_two_longer_names_end_in_stays_as_it_is(server: FakeServer) -> None:
    reading = read(server, f"Lena Beck came.\n{HEARING}", {})
    assert {one.speaker for one in reading.claims} == {"MR. BECK", "Ann Roe"}
