"""The longer names of an article that end in a word."""

import pytest

from claimcompare.schema import Span
from claimcompare.small.names import Names, is_pronoun


def longer(text: str, word: str, *stretches: tuple[int, int]) -> set[str]:
    """The longer names in a text, or in some stretches of it."""
    places = stretches or ((0, len(text)),)
    spans = [Span(start=at, end=end, text=text[at:end]) for at, end in places]
    return Names(text, spans).longer(word)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They met Ines Quill.", {"Ines Quill"}),
        ("Ines Quill said it.", {"Ines Quill"}),
        ("They met Ines Quill’s aide.", {"Ines Quill"}),
        ("They met Ines and Quill.", set()),
        ("They met Ines, Quill and Bray.", set()),
        ("They met Ines Quill and Otto Quill.", {"Ines Quill", "Otto Quill"}),
        ("They met Bray. Quill was there.", set()),
        ("They met Dr. Quill.", {"Dr. Quill"}),
        ("They met J. R. Quill.", {"J. R. Quill"}),
        ("They met Marie-Claude Quill.", {"Marie-Claude Quill"}),
        ("They met Eva Ada Bo Ines Quill.", {"Ada Bo Ines Quill"}),
        ("They met Jean-Luc de la Quill.", {"Jean-Luc de la Quill"}),
        ("They met Ana van der Quill.", {"Ana van der Quill"}),
        ("They met de la Quill.", set()),
        ("But Quill came.", set()),
        ("Yesterday Quill came.", set()),
        ("They met the Ines quill.", set()),
        ("The Quill Board met.", set()),
        ("Tom Tranquill came.", set()),
        ("Board Blames Quill", set()),
        ("", set()),
    ],
)
def test_a_longer_name_is_as_the_article_writes_it(text: str, names: set[str]) -> None:
    assert longer(text, "Quill") == names
    assert longer(text, "QUILL") == names


def test_longer_names_are_looked_up_in_the_stretches_alone() -> None:
    text = "Ines Quill left. Otto Quill stayed."
    assert longer(text, "Quill", (0, 16)) == {"Ines Quill"}
    assert longer(text, "Quill", (0, 4), (5, 16)) == set()


@pytest.mark.parametrize("name", ["he", "She", "THEY", " it ", "who", "those"])
def test_a_pronoun_is_no_name(name: str) -> None:
    assert is_pronoun(name)


@pytest.mark.parametrize("name", ["Ines Quill", "Hera", "the union", "Shea", ""])
def test_a_name_is_no_pronoun(name: str) -> None:
    assert not is_pronoun(name)
