"""What stands where on the page, before it is a page."""

from claimcompare.report.page import to_html
from claimcompare.report.page.accounts import accounts
from claimcompare.report.page.cards import dispute_views, other_voices
from claimcompare.report.page.index import Place, index
from claimcompare.report.page.making import made
from claimcompare.report.page.matrix import COLUMNS, Mark, matrix, outlets, speakers, unmarked
from claimcompare.report.page.near import is_repeated
from claimcompare.report.page.timeline import timeline
from claimcompare.report.page.wording import Words
from claimcompare.schema import Article, Comparison, LedgerRow, OpposingPair, Stance
from tests.report import LOCK, assertion, claim, comparison, dispute, doubted, known, read
from tests.report.page import sample
from tests.report.test_outlets import COPIED

WORDS = Words("en")
AGAIN = dispute(
    "The lock is old.",
    assertion("post:3", "support", 0.7),
    assertion("post:1", "denial", 0.8),
    assertion("post:2", "support", 0.7),
)
TWICE = LOCK.model_copy(update={"disputes": (*LOCK.disputes, AGAIN)})


def with_articles(made: Comparison, *articles: Article) -> Comparison:
    return made.model_copy(update={"articles": articles})


def test_a_claim_is_at_home_where_it_takes_a_side_first() -> None:
    found = index(TWICE)
    assert found.home("post:2") == Place(2, "support")
    assert found.home("post:1") == Place(1, "support")
    assert found.home("post:6") is None
    assert found.anchor("post:1", 2) == "c1-2"
    assert (found.anchor("post:1", 1), found.anchor("post:1")) == ("c1", "c1")


def test_a_claim_has_a_tone_only_if_it_is_the_same_everywhere() -> None:
    found = index(TWICE)
    assert found.tone("post:4") == "support"
    assert found.tone("post:5") == "abstained"
    assert found.tone("post:1") is None
    assert found.tone("post:6") is None


def test_cards_say_whom_they_oppose_and_where_else_they_stand() -> None:
    first, second = dispute_views(TWICE, index(TWICE), WORDS)
    card = first.sides["denial"][0].cards[0]
    assert card.claim.speaker == "Oskar Bray"
    assert [(one.does, one.claims) for one in card.opposed] == [("denies", ((1, "c1"),))]
    assert card.elsewhere == ((Place(2, "support"), "c3-2"),)
    assert second.sides["denial"][0].cards[0].opposed[0].claims == ((3, "c3-2"),)
    others = other_voices(TWICE, index(TWICE), WORDS)
    assert [card.number for one in others for card in one.cards] == [6]


def test_their_own_claim_is_called_that() -> None:
    pair = OpposingPair(support="post:1", denial="post:3", kind="withdrawn", same_speaker=True)
    own = LOCK.disputes[0].model_copy(update={"pairs": (pair,)})
    made_up = comparison(LOCK.claims, (own,))
    view = dispute_views(made_up, index(made_up), WORDS)[0]
    assert view.sides["denial"][0].cards[0].opposed[0].does == "withdraws their own claim"
    assert view.kinds == ("withdrawn",)


def test_a_speaker_is_named_once_with_the_most_direct_passage_first() -> None:
    claims = (
        claim("post:1", "Ines Quill", "It was painted in May.", "It was painted in May."),
        claim("post:2", "Ines Quill", "The lock is sound.", "So.", "The lock is sound, she said."),
        claim("post:3", "Oskar Bray", "The lock is not sound.", "It is not."),
    )
    sides: tuple[Stance, ...] = ("support", "support", "denial")
    placed = (read(one.id, side) for one, side in zip(claims, sides, strict=True))
    made_up = comparison(claims, (dispute("The lock is sound.", *placed),))
    (view,) = dispute_views(made_up, index(made_up), WORDS)
    (quill,) = view.sides["support"]
    assert [one.number for one in quill.cards] == [2, 1]
    assert (quill.cards[0].quote, quill.cards[0].rest) == ("The lock is sound, she said.", ("So.",))
    assert quill.more == 2
    assert view.count("support") == 2
    assert view.alike["support"] == "2 of 2 readings agree"


def test_a_claim_is_not_written_beside_what_says_nearly_the_same() -> None:
    lock = claim("a:1", "Ines Quill", "The north lock is sound.")
    assert is_repeated(lock, "Quill said that the north lock is sound, so there.", "")
    assert is_repeated(lock, "It is, Quill said.", "The north lock is sound.")
    assert not is_repeated(lock, "It is, Quill said.", "The ferry runs.")
    assert not is_repeated(doubted(lock, "x"), lock.text, lock.text)
    counted = claim("a:2", "Ines Quill", "The lock has 91 cracks.")
    assert not is_repeated(counted, "The lock has cracks.", "The lock has 91 cracks.")


def test_speakers_are_rows_and_those_who_take_sides_come_first() -> None:
    (block,) = matrix(LOCK, index(LOCK), WORDS)
    assert block.columns == ((1, "The north lock is sound."),)
    rows = {row.name: row.cells for row in block.speakers}
    assert list(rows)[:3] == ["Ines Quill", "Oskar Bray", "Lena Marsh"]
    assert rows["Oskar Bray"] == ((Mark("denial", 1, (3,), "c3"),),)
    assert rows["The article itself"] == ((Mark("context", 1, (2,), "c2"),),)
    assert rows["Milo Strand"] == ((Mark("abstained", 1, (5,), "c5"),),)
    assert block.outlets == ()
    assert unmarked(LOCK, index(LOCK), WORDS) == ["Carla Zell"]


def test_a_matrix_leaves_room_for_its_words_and_nobody_out() -> None:
    made_up = sample(claims=200, articles=8, disputes=20)
    blocks = matrix(made_up, index(made_up), WORDS)
    assert [len(block.columns) for block in blocks] == [5, 5, 5, 5]
    assert max(len(block.columns) for block in blocks) <= COLUMNS
    cells = [cell for block in blocks for row in block.speakers for cell in row.cells]
    placed = sum(len(one.assertions) for one in made_up.disputes)
    assert sum(len(mark.claims) for cell in cells for mark in cell) == placed
    assert all(len(block.speakers) == len(blocks[0].speakers) for block in blocks)


def test_the_strongest_mark_stands_first() -> None:
    sides: tuple[Stance | None, ...] = ("context", "context", None, "denial", "support")
    claims = tuple(claim(f"post:{at}", "Ines Quill", "The lock.") for at in range(5))
    placed = (read(one.id, side) for one, side in zip(claims, sides, strict=True))
    made_up = comparison(claims, (dispute("The lock is sound.", *placed),))
    (block,) = matrix(made_up, index(made_up), WORDS)
    (cell,) = block.speakers[0].cells
    assert [mark.tone for mark in cell] == ["support", "denial", "context", "abstained"]


def test_outlets_are_rows_with_those_that_repeat_them() -> None:
    found = index(COPIED)
    assert outlets(COPIED, found)[1] == ("Fenwick Post", ("Echo",))
    (block,) = matrix(COPIED, found, WORDS)
    rows = {row.name: row for row in block.outlets}
    assert rows["Fenwick Post"].also == ("Echo",)
    assert [len(cell) for cell in rows["Fenwick Post"].cells] == [2]


def test_an_outlet_that_is_silent_has_a_row_and_is_not_said_to_be_if_it_was_not_read() -> None:
    articles = tuple(Article(id=one, text="x", publisher=one.upper()) for one in ("post", "echo"))
    silent = with_articles(LOCK, *articles)
    (block,) = matrix(silent, index(silent), WORDS)
    assert [(row.name, row.cells[0] != (), row.unread) for row in block.outlets] == [
        ("POST", True, False),
        ("ECHO", False, False),
    ]
    assert "not mentioned" in to_html(silent)
    row = LedgerRow(stage="extract", outcome="failed", item="x", reason="x", article_id="echo")
    unread = silent.model_copy(update={"ledger": (row,)})
    (block,) = matrix(unread, index(unread), WORDS)
    assert block.outlets[1].unread


def test_names_that_stand_for_one_speaker_are_told() -> None:
    claims = (claim("a:1", "Quill", "Yes."), claim("b:1", "Ines Quill", "Yes."))
    made_up = known(comparison(claims), ("Ines Quill", "Quill"))
    assert speakers(made_up, index(made_up), WORDS) == {1: ("Ines Quill", ("Quill",))}


def test_who_has_no_name_is_told_apart_by_the_article_where_there_are_several() -> None:
    claims = (
        claim("a:1", "the mayor", "Yes."),
        claim("b:1", None, "Yes."),
        claim("c:1", "the mayor", "Yes."),
        claim("d:1", "Ines Quill", "Yes."),
    )
    ids = ("s1", None, "s2", "s3")
    named = tuple(
        one.model_copy(update={"speaker_id": name}) for one, name in zip(claims, ids, strict=True)
    )
    names = speakers(comparison(named), index(comparison(named)), WORDS)
    assert [one.name for one in names.values()] == [
        "the mayor (a)",
        "b, in its own voice",
        "the mayor (c)",
        "Ines Quill",
    ]


def test_days_are_in_order_and_articles_without_a_date_in_none() -> None:
    dates = ["2026-03-02", "2026-03-01T23:00:00+00:00", None, "Monday", "2026-03-02T04:00"]
    articles = [Article(id=f"a{at}", text="x", published=date) for at, date in enumerate(dates)]
    made_up = with_articles(comparison(), *articles)
    told = timeline(accounts(made_up, index(made_up), WORDS), [], WORDS)
    assert [(day.name, [one.name for one, _ in day.accounts], day.later) for day in told.days] == [
        ("1 March 2026", ["a1"], ""),
        ("2 March 2026", ["a0", "a4"], "1 day later"),
    ]
    assert [one.name for one in told.undated] == ["a2", "a3"]


def test_a_day_says_who_is_on_which_side_of_what() -> None:
    made_up = sample(claims=12, articles=2, disputes=2)
    found = index(made_up)
    told = timeline(accounts(made_up, found, WORDS), dispute_views(made_up, found, WORDS), WORDS)
    ((_, said),) = told.days[0].accounts
    assert {one.dispute for one in said} <= {1, 2}
    assert {one.tone for one in said} <= {"support", "denial"}


def test_a_change_of_position_is_theirs_only_if_they_speak_for_themselves() -> None:
    def changes(via: str) -> list[tuple[str, str | None]]:
        claims = (
            claim("b:1", "Ines Quill", "The lock is sound."),
            claim("a:1", "Ines Quill", "The lock is not sound.", via=via),
        )
        placed = (read("b:1", "support"), read("a:1", "denial"))
        made_up = comparison(claims, (dispute("The lock is sound.", *placed),))
        days = {"a": "2026-05-01", "b": "2026-05-02"}
        articles = (Article(id=one, text="x", published=day) for one, day in days.items())
        made_up = with_articles(made_up, *articles)
        found = index(made_up)
        views = dispute_views(made_up, found, WORDS)
        told = timeline(accounts(made_up, found, WORDS), views, WORDS)
        return [(one.before.claim.id, one.after and one.after.claim.id) for one in told.changes]

    assert changes("") == [("a:1", "b:1")]
    assert changes("Fenwick Post") == []


def test_evidence_that_the_article_does_not_have_is_not_marked() -> None:
    found = index(LOCK)
    assert found.standing == frozenset()
    (account,) = accounts(LOCK, found, WORDS)
    assert account.claims == {}
    assert [piece.text for piece in account.paragraphs[0]] == ["Text."]


def test_what_was_left_out_leads_to_its_claim() -> None:
    rows = (
        LedgerRow(stage="classify", outcome="abstained", item="post:5", reason="unsure"),
        LedgerRow(stage="extract", outcome="failed", item="sentence 3", reason="no answer"),
        LedgerRow(stage="extract", outcome="kept", item="sentence 1", reason="2 of 2 kept"),
    )
    told = made(comparison(LOCK.claims, ledger=rows), index(LOCK))
    assert list(told.left_out) == ["failed", "abstained"]
    assert [(one.row.item, one.claim) for one in told.left_out["abstained"]] == [("post:5", 5)]
    assert told.kept == {"extract": 1}
    assert list(told.usage) == ["extract", "speakers", "pair", "classify", "total"]


def test_a_text_without_a_title_is_headed_by_its_first_line() -> None:
    bare = Article(id="b", publisher="Bell", text="Lock Is Shut\n\nThe lock is shut.")
    told = comparison().model_copy(update={"articles": (bare,), "claims": (), "disputes": ()})
    found = accounts(told, index(told), Words("en"))
    assert [one.title for one in found] == ["Lock Is Shut"]
