"""Text that is safe to show on one line."""


def one_line(text: str) -> str:
    """The text with every control, zero-width or bidirectional character and break as a space."""
    if not text.isprintable():
        text = "".join(one if one.isprintable() else " " for one in text)
    return " ".join(text.split())
