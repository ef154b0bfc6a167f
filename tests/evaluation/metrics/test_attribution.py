"""Attribution, scored by sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare.evaluation.gold import AttributionItem, GoldAttribution
from claimcompare.evaluation.metrics import ATTRIBUTION, attribution_outcome
from claimcompare.evaluation.outcomes import AttributionOutcome, Counts
from claimcompare.evaluation.results import Sampling
from claimcompare.evaluation.statistics import figures
from claimcompare.schema import Article, Span

LINES = (
    "Quill said the weir broke.",
    "“Nobody saw it,” Milo Strand told the Tarn Herald.",
    "Rain fell.",
    "The board, he said, would meet.",
)
TEXT = "\n".join(LINES)
FEW = Sampling(resamples=20)
Said = tuple[str | None, tuple[int, ...]]
# Names that share no word, so that being the same speaker works both ways.
SAID = st.lists(
    st.tuples(
        st.sampled_from(["Quill", "Strand", "Bray"]),
        st.lists(st.integers(0, 3), min_size=1, max_size=3).map(tuple),
    ),
    max_size=6,
)


def span(line: int) -> Span:
    start = TEXT.index(LINES[line])
    return Span(start=start, end=start + len(LINES[line]), text=LINES[line])


def attributions(said: list[Said]) -> tuple[GoldAttribution, ...]:
    return tuple(
        GoldAttribution(speaker=speaker, evidence=tuple(map(span, lines)))
        for speaker, lines in said
    )


def outcome(gold: list[Said], predicted: list[Said], id_: str = "a") -> AttributionOutcome:
    item = AttributionItem(
        id=id_,
        document=id_,
        article=Article(id=id_, text=TEXT),
        attributions=attributions(gold),
    )
    return attribution_outcome(item, attributions(predicted))


def test_sentences_and_speakers_are_counted() -> None:
    found = outcome(
        gold=[("Quill", (0,)), ("Milo Strand", (1,)), ("he", (3,))],
        predicted=[("Ines Quill", (0,)), ("the Tarn Herald", (1,)), ("Bray", (2,)), ("Bray", (3,))],
    )
    assert found.sentences == Counts(right=3, wrong=1, missed=0)
    assert found.pairs == Counts(right=2, wrong=2, missed=1)
    assert (found.speakers_right, found.speakers_asked) == (2, 3)


def test_every_span_counts_in_its_sentence_and_once() -> None:
    found = outcome(
        gold=[("Quill", (0, 1))], predicted=[("Quill", (0, 0)), ("Quill", (0,)), ("Quill", (2,))]
    )
    assert found.sentences == Counts(right=1, wrong=1, missed=1)
    assert found.pairs == Counts(right=1, wrong=1, missed=1)


def test_each_predicted_speaker_is_matched_once() -> None:
    found = outcome(gold=[("Ines Quill", (0,)), ("Ada Quill", (0,))], predicted=[("Quill", (0,))])
    assert found.pairs == Counts(right=1, wrong=0, missed=1)
    assert (found.speakers_right, found.speakers_asked) == (1, 2)


def test_gold_without_a_name_matches_any_speaker_of_its_sentence() -> None:
    found = outcome(gold=[(None, (0,)), ("they", (1,))], predicted=[("Bray", (0,)), ("Bray", (2,))])
    assert found.pairs == Counts(right=1, wrong=1, missed=1)


def test_the_articles_own_voice_is_no_attribution() -> None:
    found = outcome(gold=[("Quill", (0,))], predicted=[(None, (0,)), (None, (2,))])
    assert found.sentences == Counts(missed=1)
    assert found.pairs == Counts(missed=1)


def test_what_a_failed_call_would_have_found_is_missed() -> None:
    item = AttributionItem(
        id="a",
        document="a",
        article=Article(id="a", text=TEXT),
        attributions=attributions([("Quill", (0,)), ("Strand", (1,))]),
    )
    found = attribution_outcome(item, attributions([("Quill", (0,))]), failed=1, reason="too slow")
    assert (found.status, found.failed, found.reason) == ("failed", 1, "too slow")
    assert found.pairs == Counts(right=1, missed=1)


def test_failing_does_not_pay_where_nobody_speaks() -> None:
    item = AttributionItem(
        id="a", document="a", article=Article(id="a", text=TEXT), attributions=()
    )
    found = attribution_outcome(item, (), failed=1, reason="too slow")
    assert (found.sentences, found.pairs) == (Counts(missed=1), Counts(missed=1))
    assert attribution_outcome(item, ()).pairs == Counts()


def test_figures_sum_over_articles() -> None:
    some = [
        outcome([("Quill", (0,))], [("Quill", (0,)), ("Bray", (1,))], "a"),
        outcome([("Strand", (1,)), ("Bray", (2,))], [("Quill", (1,))], "b"),
    ]
    values = {name: one.value for name, one in figures(ATTRIBUTION, some, FEW).figures.items()}
    assert values == {
        "sentence_precision": pytest.approx(2 / 3, abs=1e-6),
        "sentence_recall": pytest.approx(2 / 3, abs=1e-6),
        "sentence_f1": pytest.approx(2 / 3, abs=1e-6),
        "speaker_precision": pytest.approx(1 / 3, abs=1e-6),
        "speaker_recall": pytest.approx(1 / 3, abs=1e-6),
        "speaker_f1": pytest.approx(1 / 3, abs=1e-6),
        "speaker_accuracy": 0.5,
    }


@given(SAID, SAID)
def test_exchanging_gold_and_prediction_exchanges_precision_and_recall(
    one: list[Said], other: list[Said]
) -> None:
    ahead, back = outcome(one, other), outcome(other, one)
    for counts, exchanged in (
        (ahead.sentences, back.sentences),
        (ahead.pairs, back.pairs),
    ):
        assert exchanged == Counts(right=counts.right, wrong=counts.missed, missed=counts.wrong)


@given(SAID.filter(bool))
def test_gold_as_prediction_scores_1(said: list[Said]) -> None:
    values = figures(ATTRIBUTION, [outcome(said, said)], FEW).figures.values()
    assert {one.value for one in values} == {1.0}
