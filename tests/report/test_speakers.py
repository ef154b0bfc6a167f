"""Who is one speaker, and who is not."""

import pytest

from claimcompare.report.speakers import Voice, voices
from tests.report import claim, comparison


def named(*speakers: str | None) -> list[Voice]:
    """The voices of speakers, each in an article of its own: a, b, c."""
    claims = tuple(
        claim(f"{'abcdef'[at]}:1", speaker, "It is.") for at, speaker in enumerate(speakers)
    )
    found = voices(comparison(claims))
    return [found[one.id] for one in claims]


@pytest.mark.parametrize(
    ("speakers", "names"),
    [
        (("Lavrov", "Sergei Lavrov"), ["Sergei Lavrov"] * 2),
        (("Lavrov", "Sergei Lavrov", "Minister Sergei Lavrov"), ["Minister Sergei Lavrov"] * 3),
        (("LAVROV", "Lavrov"), ["LAVROV"] * 2),
        (("Quill", "Ines Quill", "Omar Quill"), ["Quill", "Ines Quill", "Omar Quill"]),
        (("Dorran", "Mayor of Dorran"), ["Dorran", "Mayor of Dorran"]),
        (("Ines Quill", "Ines Brock"), ["Ines Quill", "Ines Brock"]),
        (("王毅", "王毅"), ["王毅"] * 2),
    ],
)
def test_a_short_name_is_the_full_one_if_that_is_the_only_one(
    speakers: tuple[str, ...], names: list[str]
) -> None:
    assert named(*speakers) == [Voice(name) for name in names]


def test_somebody_without_a_name_is_another_in_each_article() -> None:
    assert named("the mayor", "the mayor") == [Voice("the mayor", "a"), Voice("the mayor", "b")]


def test_each_article_has_a_voice_of_its_own() -> None:
    assert named(None, None, "Ines Quill") == [Voice("", "a"), Voice("", "b"), Voice("Ines Quill")]


@pytest.mark.parametrize("speaker", ["...", "\u200b", "-", "7", " "])
def test_what_is_no_word_is_a_speaker_all_the_same(speaker: str) -> None:
    assert named(speaker)[0].name == speaker
