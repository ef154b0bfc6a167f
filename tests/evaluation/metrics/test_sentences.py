"""The scorer's sentences."""

import pytest

from claimcompare.evaluation.metrics.sentences import holding, sentence_offsets
from claimcompare.schema import Span


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_offsets(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The weir broke. Nobody saw it.", ["The weir broke.", "Nobody saw it."]),
        ("“It broke.” Quill left.", ["“It broke.", "Quill left."]),
        ("It broke! (At 9.) 12 men came.", ["It broke!", "(At 9.", "12 men came."]),
        ("It cost 1.5 marks. or so", ["It cost 1.5 marks. or so"]),
        ("A headline\n\nThe weir broke.", ["A headline", "The weir broke."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_english_breaks_at_a_stop_before_a_capital_or_a_digit(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("堤坝垮了。没有人看见！？他走了。", ["堤坝垮了。", "没有人看见！？", "他走了。"]),
        ("“堤坝垮了。”他说。", ["“堤坝垮了。", "他说。"]),
        ("هل انهار السد؟ نعم. قال ذلك", ["هل انهار السد؟", "نعم.", "قال ذلك"]),
        ("बांध टूट गया। किसी ने नहीं देखा।", ["बांध टूट गया।", "किसी ने नहीं देखा।"]),
        ("Плотину прорвало. Никто не видел. и всё", ["Плотину прорвало.", "Никто не видел. и всё"]),
        ("კაშხალი გატყდა. არავის უნახავს.", ["კაშხალი გატყდა.", "არავის უნახავს."]),
        ("La presa cedió. ¿Quién lo vio?", ["La presa cedió.", "¿Quién lo vio?"]),
        ("水坝垮了。《河报》报道。", ["水坝垮了。", "《河报》报道。"]),
    ],
)
def test_other_scripts_break_at_their_own_stops(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("start", "end", "index"),
    [(0, 3, 0), (2, 9, 1), (3, 7, 0), (5, 5, None), (20, 30, None)],
)
def test_a_span_is_held_by_the_sentence_with_most_of_it(
    start: int, end: int, index: int | None
) -> None:
    assert holding([(0, 5), (5, 10)], Span(start=start, end=end, text="")) == index
