"""One speaker under two names."""

import pytest

from claimcompare.evaluation.metrics.speakers import same_speaker


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        ("Ines Quill", "Quill"),
        ("Mayor Ines Quill", "the mayor"),
        ("INES QUILL", "Ines"),
        ("Marie O’Dell-Roy", "O’Dell-Roy"),
        ("Élan Ruiz", "E\u0301lan"),
        ("Инес Квилл", "Квилл"),
        ("नरेश पाटिल", "पाटिल"),
        ("陈小雨部长", "陈小雨"),
        ("they", "Ines Quill"),
        ("the", "Ines Quill"),
        (None, "Ines Quill"),
        ("他", "陈小雨"),
        ("M.", "Ines Quill"),
    ],
)
def test_names_that_share_a_word_are_one_speaker(gold: str | None, predicted: str) -> None:
    assert same_speaker(gold, predicted)


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        ("Ines Quill", "Milo Strand"),
        ("President Quill", "President Strand"),
        ("Mr. Quill", "Mr. Strand"),
        ("Ines Quill", "they"),
        ("Ines Quill", None),
        ("Инес Квилл", "Мило Странд"),
        ("नरेश पाटिल", "महेश जाधव"),
        ("陈小雨", "李大山"),
    ],
)
def test_names_that_share_none_are_two(gold: str, predicted: str | None) -> None:
    assert not same_speaker(gold, predicted)
