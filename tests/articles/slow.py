"""Small files that take far longer than their size lets expect."""

from tests.articles.pdfs import filed


def doubling(depth: int = 40) -> bytes:
    """A PDF of forms that each draw the next one twice, so that a page draws 2 ** depth lines."""
    first = 5
    forms = [
        f"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X {first + at + 1} "
        f"0 R>>>>/Length 11>>stream\n/X Do /X Do\nendstream".encode()
        for at in range(depth)
    ]
    last = b"BT /F 11 Tf 50 700 Td (Brock said no.) Tj ET"
    return filed(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            (
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
                b"/Resources<</XObject<</X 5 0 R>>>>>>"
            ),
            b"<</Length 5>>stream\n/X Do\nendstream",
            *forms,
            b"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F<</Type/Font"
            b"/Subtype/Type1/BaseFont/Helvetica>>>>>>/Length %d>>stream\n%s\nendstream"
            % (len(last), last),
            b"<<>>",
        ]
    )
