"""Pieces of an article: nothing lost, nothing moved, each claim's words marked as such."""

from hypothesis import given
from hypothesis import strategies as st

from claimcompare.report.page.pieces import Evidence, Piece, paragraphs

TEXT = "One two three.\n\nFour five six. Seven.\n\nEight."
SPANS = st.tuples(st.integers(1, 5), st.integers(0, 40), st.integers(0, 40)).map(
    lambda one: Evidence(one[0], min(one[1:]), max(one[1:]))
)


def test_overlapping_evidence_is_cut_where_any_begins_or_ends() -> None:
    first = paragraphs(TEXT, [Evidence(1, 0, 7), Evidence(2, 4, 14), Evidence(3, 4, 7)])[0]
    assert first == [
        Piece("One ", (1,), begins=(1,)),
        Piece("two", (1, 2, 3), begins=(2, 3), ends=(1, 3)),
        Piece(" three.", (2,), ends=(2,)),
    ]


def test_evidence_across_paragraphs_begins_and_ends_once() -> None:
    found = paragraphs(TEXT, [Evidence(7, 4, 20)])
    pieces = [piece for paragraph in found for piece in paragraph if piece.claims]
    assert [piece.text for piece in pieces] == ["two three.", "Four"]
    assert [piece.begins for piece in pieces] == [(7,), ()]
    assert [piece.ends for piece in pieces] == [(), (7,)]


def test_two_stretches_of_one_claim_begin_once_and_end_twice() -> None:
    found = paragraphs(TEXT, [Evidence(1, 0, 3), Evidence(1, 31, 37)])
    pieces = [piece for paragraph in found for piece in paragraph if piece.claims]
    assert [(piece.text, piece.begins, piece.ends) for piece in pieces] == [
        ("One", (1,), (1,)),
        ("Seven.", (), (1,)),
    ]


def test_lines_are_paragraphs_only_where_no_line_is_blank() -> None:
    assert len(paragraphs("One\ntwo\nthree", [])) == 3
    assert len(paragraphs("One\ntwo\n \r\nthree\n", [])) == 2
    assert paragraphs(" \n\n ", []) == []


@given(
    text=st.text(st.sampled_from("ab. \n\r\u2028锁\u0301"), max_size=40),
    evidence=st.lists(SPANS, max_size=8),
)
def test_every_word_stands_once_in_order_with_all_its_claims(
    text: str, evidence: list[Evidence]
) -> None:
    pieces = [piece for paragraph in paragraphs(text, evidence) for piece in paragraph]
    assert "".join("".join(one.text for one in pieces).split()) == "".join(text.split())
    at = 0
    for piece in pieces:
        at = text.index(piece.text, at)
        here = {one.claim for one in evidence if one.start <= at < one.end}
        assert set(piece.claims) == here
        at += len(piece.text)


@given(evidence=st.lists(SPANS, max_size=8))
def test_a_claim_begins_once(evidence: list[Evidence]) -> None:
    pieces = [piece for paragraph in paragraphs(TEXT, evidence) for piece in paragraph]
    begun = [claim for piece in pieces for claim in piece.begins]
    assert sorted(begun) == sorted({claim for piece in pieces for claim in piece.claims})
