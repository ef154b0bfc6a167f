"""Examples of quotations: ⟦ and ⟧ show where they are, and are no part of the text."""

import re

from claimcompare.articles import quotations


def check(marked: str, *, piece: bool = False) -> None:
    text = re.sub("[⟦⟧]", "", marked)
    found = quotations(text, piece=piece)
    assert [text[start:end] for start, end in found] == re.findall("⟦(.*?)⟧", marked, re.DOTALL)
    assert put(text, found) == marked


def put(text: str, found: list[tuple[int, int]]) -> str:
    for start, end in reversed(found):
        text = f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"
    return text
