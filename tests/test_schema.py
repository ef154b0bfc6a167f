"""The records: unchangeable, closed, and the same after a trip through JSON."""

import hashlib

import pytest
from pydantic import BaseModel, ValidationError

from claimcompare.articles import sentences
from claimcompare.schema import (
    Agreement,
    Article,
    Assertion,
    Claim,
    Comparison,
    Copy,
    Dispute,
    Doubt,
    LedgerRow,
    OpposingPair,
    Probabilities,
    PromptUse,
    Proposition,
    Provenance,
    Record,
    Sentence,
    Span,
    Speaker,
    Stance,
    Withdrawal,
)
from claimcompare.usage import RunUsage, Usage

TEXT = "Ines Quill said \u201cthe lock is sound\u201d. Oskar Bray denied it: 锁坏了。\r\n\U0001f6a2"


def claim(claim_id: str, speaker: str | None, start: int, end: int) -> Claim:
    span = Span(start=start, end=end, text=TEXT[start:end])
    return Claim(
        id=claim_id,
        article_id="post",
        speaker=speaker,
        speaker_id="s1" if speaker else None,
        mention=Span(start=0, end=4, text="Ines") if speaker else None,
        via=("Fenwick Post",),
        kind="figure",
        text="The lock is sound.",
        evidence=(span,),
        doubts=(Doubt(kind="number", says="'7' is not in the cited sentences"),),
    )


@pytest.fixture
def comparison() -> Comparison:
    return Comparison(
        articles=(Article(id="post", text=TEXT, publisher="Fenwick Post"),),
        claims=(claim("post:1", "Ines Quill", 0, 36), claim("post:2", None, 37, 61)),
        speakers=(Speaker(id="s1", name="Ines Quill", names=("Ines Quill", "Quill")),),
        disputes=(
            Dispute(
                proposition="The lock is sound.",
                assertions=(
                    Assertion(
                        claim_id="post:1",
                        stance="support",
                        probabilities=Probabilities(support=0.1 + 0.2, denial=0.1, context=0.6),
                        withdrawn_by="post:2",
                    ),
                    Assertion(
                        claim_id="post:2",
                        stance=None,
                        agreement=Agreement(agreeing=1, readings=2),
                        reason="read as support beside the others, as denial by itself",
                    ),
                ),
                pairs=(OpposingPair(support="post:1", denial="post:2", kind="denied"),),
            ),
        ),
        ledger=(LedgerRow(stage="speakers", outcome="refused", item="x", reason="nobody"),),
        usage=RunUsage(extract=Usage(calls=2, prompt_tokens=70), classify=Usage(calls=1)),
        provenance=Provenance(
            claimcompare="0",
            model="m",
            endpoint="embedded",
            prompts=(PromptUse(name="extract", version="1", filled=("ab", "cd")),),
        ),
        copies=(Copy(article_id="echo", of="post", share=0.9),),
    )


def parts(comparison: Comparison) -> list[BaseModel]:
    dispute = comparison.disputes[0]
    return [
        comparison,
        *comparison.articles,
        *comparison.speakers,
        *comparison.claims,
        *comparison.claims[0].evidence,
        *comparison.claims[0].doubts,
        *sentences(comparison.articles[0]),
        dispute,
        *dispute.assertions,
        *filter(None, (dispute.assertions[0].probabilities, dispute.assertions[1].agreement)),
        *dispute.pairs,
        *comparison.ledger,
        comparison.usage,
        comparison.usage.extract,
        comparison.provenance,
        *comparison.provenance.prompts,
        *comparison.copies,
    ]


def test_no_record_can_be_changed(comparison: Comparison) -> None:
    for record in parts(comparison):
        for name in type(record).model_fields:
            with pytest.raises(ValidationError, match="frozen"):
                setattr(record, name, getattr(record, name))


def test_no_record_takes_a_field_it_does_not_know(comparison: Comparison) -> None:
    for record in parts(comparison):
        fields = {name: getattr(record, name) for name in type(record).model_fields}
        with pytest.raises(ValidationError, match="Extra inputs"):
            type(record).model_validate({**fields, "mood": "sunny"})


@pytest.mark.parametrize(
    ("record", "fields", "senseless"),
    [
        (Span, {"start": -1, "end": 2, "text": "ab"}, "start"),
        (Sentence, {"start": 0, "end": 2, "text": "ab", "number": 0}, "number"),
        (Article, {"id": "", "text": "ab"}, "id"),
        (Speaker, {"id": "s1", "name": "Quill", "names": ()}, "names"),
        (Doubt, {"kind": "mood", "says": "a"}, "kind"),
        (Assertion, {"claim_id": "a", "stance": "doubt"}, "stance"),
        (Agreement, {"agreeing": 0, "readings": 0}, "readings"),
        (Probabilities, {"support": 1.01, "denial": 0, "context": 0}, "support"),
        (Probabilities, {"support": 0, "denial": -0.1, "context": 0}, "denial"),
        (LedgerRow, {"stage": "extract", "outcome": "lost", "item": "", "reason": ""}, "outcome"),
        (LedgerRow, {"stage": "speak", "outcome": "kept", "item": "", "reason": ""}, "stage"),
        (Copy, {"article_id": "echo", "of": "post", "share": 1.01}, "share"),
    ],
)
def test_senseless_values_are_refused(
    record: type[Record], fields: dict[str, object], senseless: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        record.model_validate(fields)
    assert [error["loc"] for error in caught.value.errors()] == [(senseless,)]


@pytest.mark.parametrize("change", [{"evidence": ()}, {"kind": "rumour"}])
def test_a_claim_without_evidence_or_of_no_kind_is_refused(
    comparison: Comparison, change: dict[str, object]
) -> None:
    with pytest.raises(ValidationError, match=next(iter(change))):
        Claim.model_validate(comparison.claims[0].model_dump() | change)


def test_a_comparison_and_its_parts_are_the_same_after_a_trip_through_json(
    comparison: Comparison,
) -> None:
    for part in parts(comparison):
        assert type(part).model_validate_json(part.model_dump_json()) == part


def test_evidence_still_fits_the_article_after_a_trip_through_json(comparison: Comparison) -> None:
    article = Article.model_validate_json(comparison.articles[0].model_dump_json())
    for one in comparison.claims:
        for span in Claim.model_validate_json(one.model_dump_json()).evidence:
            assert article.text[span.start : span.end] == span.text


def test_the_hash_of_an_article_is_that_of_its_text_in_utf_8() -> None:
    article = Article(id="post", text=TEXT)
    assert article.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert article.model_copy(update={"text": "Shut."}).sha256 != article.sha256
    assert Article(id="post", text="\ud800").sha256


def test_an_article_whose_text_was_changed_in_its_json_is_refused() -> None:
    article = Article(id="post", text="The lock is shut.")
    changed = article.model_dump_json().replace("is shut", "is open")
    with pytest.raises(ValidationError, match="sha256 is not that of the text"):
        Article.model_validate_json(changed)
    assert Article.model_validate(article.model_dump()) == article


def test_a_claim_is_found_by_its_id(comparison: Comparison) -> None:
    assert comparison.claim("post:2") is comparison.claims[1]


def test_an_unknown_claim_is_a_key_error(comparison: Comparison) -> None:
    with pytest.raises(KeyError, match="post:9"):
        comparison.claim("post:9")


def test_looking_a_claim_up_changes_nothing(comparison: Comparison) -> None:
    before = comparison.model_copy(deep=True)
    dumped = comparison.model_dump_json()
    comparison.claim("post:1")
    assert comparison == before
    assert comparison.model_dump_json() == dumped


def test_a_claim_knows_its_speaker_and_the_articles_own_voice_has_none(
    comparison: Comparison,
) -> None:
    named, own = comparison.claims
    assert comparison.speaker(named) is comparison.speakers[0]
    assert comparison.speaker(own) is None


def test_the_claims_of_a_proposition_are_each_held_against_it_once() -> None:
    taken = Withdrawal(claim_id="a", withdrawn_by="c")
    one = Proposition(
        text="It is.", supported_by=("a",), denied_by=("b",), withdrawn=(taken,), nearest=("d", "b")
    )
    assert one.claim_ids == ("a", "b", "c", "d")
    stances = [one.read_as(claim_id) for claim_id in "abcd"]
    assert stances == ["support", "denial", "context", "context"]


@pytest.mark.parametrize(("stance", "sure"), [("denial", 0.3), ("context", 0.2), (None, 0.5)])
def test_how_sure_a_stance_is_follows_from_what_was_measured(
    stance: Stance | None, sure: float
) -> None:
    measured = Probabilities(support=0.5, denial=0.3, context=0.2)
    given = Assertion(claim_id="a", stance=stance, probabilities=measured)
    assert given.confidence == sure
    assert Assertion(claim_id="a", stance=stance).confidence is None


def test_usage_adds_field_by_field() -> None:
    one = Usage(calls=1, prompt_tokens=20, cached_tokens=5, completion_tokens=7)
    other = Usage(calls=2, prompt_tokens=300, cached_tokens=40, completion_tokens=80)
    assert one + other == Usage(calls=3, prompt_tokens=320, cached_tokens=45, completion_tokens=87)
    assert one + Usage() == one


def test_the_total_usage_is_that_of_every_stage() -> None:
    usage = RunUsage(
        extract=Usage(calls=1, prompt_tokens=5),
        speakers=Usage(calls=1_000),
        pair=Usage(calls=10, cached_tokens=6),
        classify=Usage(calls=100, completion_tokens=7),
    )
    assert usage.total == Usage(calls=1_111, prompt_tokens=5, cached_tokens=6, completion_tokens=7)
    assert usage.model_dump()["total"]["calls"] == 1_111


def test_a_repr_is_one_short_line(comparison: Comparison) -> None:
    assert repr(comparison) == "Comparison(1 article, 2 claims, 1 dispute, model='m')"
    long = Article(id="a", text="The lock is\nsound. " * 100)
    assert repr(long) == (
        "Article(id='a', publisher=None, title=None, "
        "text='The lock is sound. The lock is sound. The lock is sound. The…')"
    )
    first, _ = comparison.claims
    assert repr(first) == "Claim(id='post:1', speaker='Ines Quill', text='The lock is sound.')"
    dispute = comparison.disputes[0]
    assert repr(dispute) == "Dispute('The lock is sound.', 1 supporting, 0 denying)"
    assert str(comparison) == repr(comparison)
