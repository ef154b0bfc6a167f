"""Where paragraphs end: at a line end of any kind."""

import re
from collections.abc import Iterator

_ENDS = r"\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
_PARAGRAPH = re.compile(f"[^{_ENDS}]+")
_END = re.compile(f"[{_ENDS}]")


def paragraph_offsets(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph, in code points, without its line end."""
    return (paragraph.span() for paragraph in _PARAGRAPH.finditer(text))


def ends_paragraph(gap: str) -> bool:
    """Whether a paragraph ends in what lies between two sentences."""
    return _END.search(gap) is not None
