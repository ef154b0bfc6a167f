"""PDF of Hebrew, which is drawn as it looks: the last letter of a line first."""

from textwrap import wrap

from tests.articles.layouts import Line
from tests.articles.pdfs import pdf

TOLD = [
    (
        "אונה ברוק, מנהלת הרציף, אמרה ביום שני שהרציף של אלדמר יבש ושאיש אינו יכול להכחיש זאת. "
        "היא אמרה שהמים ירדו כבר בחודש שעבר."
    ),
    (
        "אוסקר בריי הכחיש את הדברים בשיחה עם כתבים. הוא אמר שהרציף עדיין מתחת למים ושאין שום "
        "סיבה להאמין לדבריה של ברוק. המועצה לא הגיבה עד שעת הסגירה."
    ),
    "תושבים סיפרו שראו סירות ליד הרציף בבוקר. אחרים אמרו שלא ראו דבר. הדיון יימשך בשבוע הבא.",
] * 3
_SIZE = 10
_LETTER = 5.0


def hebrew(count: int) -> tuple[bytes, list[str]]:
    """A page of one or two columns, drawn row by row, and its sentences."""
    across = 500 if count == 1 else 240
    lines = [line for one in TOLD for line in wrap(one, int(across / _LETTER))]
    each = -(-len(lines) // count)
    drawn: list[Line] = []
    for at in range(each):
        for number in range(count):
            part = lines[number * each : (number + 1) * each]
            if at < len(part):
                right = 550 - number * 260
                x = right - _LETTER * len(part[at])
                drawn.append(Line(x, 740 - 12 * at, part[at][::-1]))
    shown = "\n".join(
        f"BT /H {_SIZE} Tf 1 0 0 1 {one.x} {one.y} Tm <{one.text.encode('utf-16-be').hex()}> Tj ET"
        for one in drawn
    )
    gold = [f"{part.strip(' .')}." for one in TOLD[:3] for part in one.split(". ") if part]
    return pdf([shown.encode()]), gold
