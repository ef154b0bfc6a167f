"""Spans that follow each other are shown as one."""

from claimcompare.schema import Span, stretches

TEXT = "One is one. Two is two.\n\nThree is three. And so on."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words), text=words)


def test_neighbours_are_one_stretch_in_order() -> None:
    found = stretches([span("Two is two."), span("One is one.")], TEXT)
    assert found == (span("One is one. Two is two."),)


def test_what_stands_between_parts_them() -> None:
    apart = [span("One is one."), span("And so on.")]
    assert stretches(apart, TEXT) == tuple(apart)


def test_stretches_have_exact_offsets() -> None:
    every = [span(one) for one in ("One is one.", "Two is two.", "Three is three.")]
    (found,) = stretches(every, TEXT)
    assert TEXT[found.start : found.end] == found.text
