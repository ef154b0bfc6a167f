"""The words that the package brings are those of the CLDR."""

from claimcompare.stages.quantities.cldr import WORDS, scales
from tests.stages.cldr_words import as_text, made


def test_the_file_is_what_the_script_makes_of_babel() -> None:
    assert WORDS.read_text(encoding="utf-8") == as_text(made())


def test_words_of_scale_come_from_it_and_from_spelled_numbers() -> None:
    assert scales()["mio"] == {6}
    assert scales()["billion"] == {9, 12}
    assert scales()["миллионов"] == scales()["миллионам"] == {6}
