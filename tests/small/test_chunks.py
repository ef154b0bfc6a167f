"""Chunks: an article is read to its last sentence, and asked about where somebody may speak."""

import math
from collections.abc import Iterator
from random import Random

import pytest

from claimcompare.articles import sentences
from claimcompare.prompts import load_prompt
from claimcompare.schema import Article
from claimcompare.small.chunks import (
    CHARACTERS,
    CHARACTERS_BEFORE,
    PASSAGES,
    PASSAGES_BEFORE,
    Chunk,
    chunks,
)
from claimcompare.stages.settings import CompareSettings
from tests.small.harbour import chunk_of

SYLLABLES = "ba do fi gu ka le mi no pa ru sa te vi wo ze".split()


def word(random: Random) -> str:
    return "".join(random.choice(SYLLABLES) for _ in range(random.randint(2, 4)))


def sentence(random: Random) -> str:
    found = " ".join(word(random) for _ in range(random.randint(1, 25)))
    form = random.choice(("{}.", "{}.", "“{}.", "{}.”", '"{}," Una Brock said.', "{}:", "{}?"))
    return form.format(found.capitalize())


def long_quotation(count: int, seed: int) -> str:
    """Of so many sentences of some 200 characters."""
    random = Random(seed)  # noqa: S311 - nobody must not guess it
    inside = (" ".join(word(random) for _ in range(27)).capitalize() for _ in range(count))
    return f"“{'. '.join(inside)}.”"


def parts(
    text: str, characters: int = CHARACTERS, known: frozenset[int] = frozenset()
) -> list[Chunk]:
    settings = CompareSettings(characters_per_call=characters)
    return list(chunks(Article(id="a", text=text, language="en"), settings, known))


def numbers(found: list[Chunk]) -> list[int]:
    return [
        sentence.number for part in found for one in part.read for sentence in one.passage.sentences
    ]


def lines(part: Chunk) -> Iterator[str]:
    """The numbered passages of a chunk's prompt."""
    user = load_prompt("small/extract").fill(**part.values()).user
    return (line for line in user.splitlines() if line.startswith("["))


@pytest.mark.parametrize("seed", range(12))
def test_every_sentence_is_in_exactly_one_chunk(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - nobody must not guess it
    text = "".join(sentence(random) + random.choice((" ", " ", "\n\n")) for _ in range(90))
    found = parts(text, random.randint(200, CHARACTERS))
    every = sentences(Article(id="a", text=text, language="en"))
    assert numbers(found) == [one.number for one in every]
    assert sum(len(list(lines(part))) for part in found) == sum(len(part.read) for part in found)


def test_chunks_are_about_equal_and_of_few_passages() -> None:
    sizes = [
        len(part.read) for part in parts("\n".join(f"It is dry on day {at}." for at in range(81)))
    ]
    assert (sum(sizes), len(sizes)) == (81, math.ceil(81 / PASSAGES))
    assert max(sizes) <= PASSAGES
    assert max(sizes[:-1]) == min(sizes[:-1])


def test_long_passages_make_smaller_chunks() -> None:
    text = "\n".join(long_quotation(4, at) for at in range(30))
    found = parts(text)
    assert numbers(found) == list(range(1, 4 * 30 + 1))
    assert all(sum(len(one.passage.text) for one in part.read) <= CHARACTERS for part in found)
    assert 1 < len(found) < 30
    assert len(parts(text, 2_000)) > len(found)


def test_a_sentence_without_an_end_is_read_in_small_chunks() -> None:
    found = parts(f"It rained.\nThe quay is {'very ' * CHARACTERS}dry.")
    assert numbers(found) == list(range(1, numbers(found)[-1] + 1))
    assert max(sum(len(one.passage.text) for one in part.read) for part in found) <= CHARACTERS


@pytest.mark.parametrize(("sentences", "shown"), [(1, PASSAGES_BEFORE), (3, 1), (6, 0)])
def test_the_last_short_passages_are_shown_before(sentences: int, shown: int) -> None:
    text = "\n".join(long_quotation(sentences, at) for at in range(2 * PASSAGES))
    first, second, *_ = parts(text)
    assert sum(len(one.passage.text) for one in second.before) <= CHARACTERS_BEFORE
    assert first.before == ()
    assert second.before == first.read[len(first.read) - shown :]
    assert bool(second.values()["before"]) == bool(shown)


def test_numbers_count_within_the_chunk() -> None:
    text = "\n".join(f"The keeper said {at} times." for at in range(PASSAGES + 2))
    _, second = parts(text)
    assert next(lines(second)) == "[1] The keeper said 10 times."
    assert list(second.asked())[:2] == ["1 said", "2 said"]


def test_only_what_may_report_is_asked_about() -> None:
    chunk = chunk_of("It rained. The keeper said so. It poured. “No.” It dried.")
    assert {key: one.text for key, one in chunk.asked().items()} == {
        "2 said": "The keeper said so.",
        "4 No": "“No.”",
    }


def test_what_a_passage_tells_is_not_asked() -> None:
    chunk = chunk_of("She wrote it. Una Brock said it. It poured. Brock denied it. He denied it.")
    assert list(chunk.asked()) == ["1 wrote", "5 denied"]
    assert [(claim.who, claim.speaker) for claim, _ in chunk.told()] == [
        ("Una Brock", "Una Brock"),
        ("Brock", "Una Brock"),
    ]
    assert "[2] Una Brock said it." in list(lines(chunk))


@pytest.mark.parametrize(
    ("language", "text", "asked"),
    [
        (
            "de",
            "Es regnete. Una Brock sagte das. „Nein.“",
            ["1 Es regnete", "2 Una Brock", "3 Nein"],
        ),
        ("fr", "Il pleut. Una Brock said it.", ["1 Il pleut", "2 Una Brock"]),
        ("uk", "Йде дощ. Уна Брок заперечила це.", ["1 Йде дощ", "2 Уна Брок"]),
        ("zh", "下雨了。王明说码头是干的。", ["1 下雨了", "2 王明说码头是干的"]),
        (None, "Der Hafen ist nicht zu. Una Brock sagte das.", ["1 Der Hafen", "2 Una Brock"]),
    ],
)
def test_in_another_language_every_passage_is_asked_about(
    language: str | None, text: str, asked: list[str]
) -> None:
    chunk = chunk_of(text, language)
    assert list(chunk.asked()) == asked
    assert chunk.told() == []


@pytest.mark.parametrize("text", ["Il pleut, dit-elle.", "王明说码头是干的。" * 9])
def test_a_key_is_short_and_no_mark_ends_it(text: str) -> None:
    (key, *_) = chunk_of(f"“{text}”", "fr").asked()
    assert len(key) <= 50
    assert not set(key) & set('“”"\\')


def test_sentences_that_are_known_are_shown_and_not_asked_about() -> None:
    text = "She wrote it. Una Brock said it. He denied it."
    (part,) = parts(text, known=frozenset({1, 2}))
    assert list(part.asked()) == ["3 denied"]
    assert part.told() == []
    assert len(list(lines(part))) == 3


def test_a_passage_that_is_known_in_part_is_asked_about() -> None:
    (part,) = parts("“It is dry. It was dry,” she wrote.", known=frozenset({1}))
    assert list(part.asked()) == ["1 wrote"]


def test_every_passage_has_a_key_of_its_own() -> None:
    assert len(chunk_of("\n".join(["The keeper said so."] * PASSAGES)).asked()) == PASSAGES


def test_halves_hold_what_the_chunk_holds() -> None:
    _, chunk = parts("\n".join(f"It rained on day {at}." for at in range(PASSAGES + 4)))
    left, right = chunk.halves()
    assert left.read + right.read == chunk.read
    assert abs(len(left.read) - len(right.read)) <= 1
    assert left.before == chunk.before
    assert right.before == left.read[-PASSAGES_BEFORE:]


def test_a_chunk_names_its_sentences() -> None:
    text = "It rained. “It is dry. It was dry. So it stays,” Una Brock said. It poured."
    assert str(chunk_of(text)) == "sentences 1 to 5"
    assert str(chunk_of("It rained.")) == "sentence 1"


def test_nothing_is_no_chunk() -> None:
    assert parts(" \n ") == []
