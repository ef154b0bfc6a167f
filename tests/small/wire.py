"""What a made-up agency writes, and what outlets make of it."""

from claimcompare.schema import Article

WIRE = (
    "The quay of Aldmere is safe after the flood, harbour master Una Brock said on Monday.\n\n"
    "“We have tested every gate since the water fell, and not one of them leaks,” she told "
    "reporters at the lock.\n\n"
    "Councillor Oskar Bray denied that the 21 boats in the basin had been damaged. "
    "He called it a rumour. "
    "He said that the owners had been paid 1.5 million crowns all the same.\n\n"
    "The ferry to Skarvoy will run again from the first week of May, its operator announced."
)
OWN_WORDS = (
    "All gates have been tried and hold, according to the woman in charge of the port, Una Brock. "
    "The basin's boats came through unharmed, Oskar Bray insisted, though 1.5 million crowns went "
    "to those who own them. From May on people can go to Skarvoy by ship again."
)
ADDED = "A letter by Tam Weir came on Tuesday: “Nobody has paid me a single crown for my boat.”"


def article(article_id: str, text: str = WIRE, published: str | None = None) -> Article:
    """An article with that text."""
    return Article(id=article_id, text=text, published=published)
