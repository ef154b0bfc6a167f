"""What stands where on the page, before it is a page."""

from claimcompare.report.page.accounts import accounts, timeline
from claimcompare.report.page.cards import Quote, dispute_views, other_cards
from claimcompare.report.page.index import Place, index
from claimcompare.report.page.making import made
from claimcompare.report.page.matrix import COLUMNS, Mark, matrix, outlets, speakers
from claimcompare.schema import Article, Comparison, LedgerRow, OpposingPair
from tests.report import LOCK, assertion, claim, comparison, dispute, known
from tests.report.page import sample
from tests.report.test_outlets import COPIED

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
    first, second = dispute_views(TWICE, index(TWICE))
    card = first.sides["denial"][0]
    assert card.claim.speaker == "Oskar Bray"
    assert [(one.does, one.claims) for one in card.opposed] == [("denies", ((1, "c1"),))]
    assert card.elsewhere == ((Place(2, "support"), "c3-2"),)
    assert second.sides["denial"][0].opposed[0].claims == ((3, "c3-2"),)
    assert [one.number for one in other_cards(TWICE, index(TWICE))] == [6]


def test_their_own_claim_is_called_that() -> None:
    pair = OpposingPair(support="post:1", denial="post:3", kind="withdrawn", same_speaker=True)
    own = LOCK.disputes[0].model_copy(update={"pairs": (pair,)})
    view = dispute_views(comparison(LOCK.claims, (own,)), index(comparison(LOCK.claims, (own,))))[0]
    assert view.sides["denial"][0].opposed[0].does == "withdraws their own claim"
    assert view.kinds == ("withdrawn",)


def test_a_claim_that_is_its_quotation_is_not_written_twice() -> None:
    claims = (
        claim(
            "post:1", "Ines Quill", "The lock is sound.", "Quill said that the lock is sound, so."
        ),
        claim("post:2", "Ines Quill", "The lock is sound.", "It is, Quill said."),
        claim("post:3", "Ines Quill", "Yes.", "Yes.", "Yes."),
    )
    cards = other_cards(comparison(claims), index(comparison(claims)))
    assert cards[0].quotes == (Quote("Quill said that ", "the lock is sound", ", so."),)
    assert [one.is_quoted_whole for one in cards] == [True, False, False]


def test_speakers_are_rows_and_those_who_take_sides_come_first() -> None:
    (block,) = matrix(LOCK, index(LOCK))
    assert block.columns == ((1, "The north lock is sound."),)
    rows = {row.name: row.cells for row in block.speakers}
    assert list(rows)[:3] == ["Ines Quill", "Oskar Bray", "Lena Marsh"]
    assert rows["Oskar Bray"] == ((Mark("denial", 1, "c3"),),)
    assert rows["The article itself"] == ((Mark("context", 1, "c2"),),)
    assert rows["Milo Strand"] == ((Mark("abstained", 1, "c5"),),)
    assert block.outlets == ()


def test_a_matrix_is_no_wider_than_paper_and_leaves_nobody_out() -> None:
    made_up = sample(claims=200, articles=8, disputes=30)
    found = index(made_up)
    blocks = matrix(made_up, found)
    assert [len(block.columns) for block in blocks] == [COLUMNS, COLUMNS, 6]
    marks = [
        mark for block in blocks for row in block.speakers for cell in row.cells for mark in cell
    ]
    placed = sum(len(one.assertions) for one in made_up.disputes)
    assert sum(mark.claims for mark in marks) == placed


def test_outlets_are_rows_with_those_that_repeat_them() -> None:
    found = index(COPIED)
    assert outlets(COPIED, found)[1] == ("Fenwick Post", ("Echo",))
    (block,) = matrix(COPIED, found)
    assert [(row.name, row.also) for row in block.outlets] == [("Fenwick Post", ("Echo",))]
    assert [len(cell) for row in block.outlets for cell in row.cells] == [2]


def test_names_that_stand_for_one_speaker_are_told() -> None:
    claims = (claim("a:1", "Quill", "Yes."), claim("b:1", "Ines Quill", "Yes."))
    made_up = known(comparison(claims), ("Ines Quill", "Quill"))
    assert speakers(made_up, index(made_up)) == {1: ("Ines Quill", ("Quill",))}


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
    names = speakers(comparison(named), index(comparison(named)))
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
    days = timeline(accounts(made_up, index(made_up)), index(made_up))
    assert [(day.name, [one.name for one, _ in day.accounts]) for day in days] == [
        ("1 March 2026", ["a1"]),
        ("2 March 2026", ["a0", "a4"]),
    ]


def test_a_day_says_on_which_side_of_what_an_article_is() -> None:
    made_up = sample(claims=12, articles=2, disputes=2)
    found = index(made_up)
    (day,) = timeline(accounts(made_up, found), found)
    ((_, sided),) = day.accounts
    assert {one.dispute for one in sided} <= {1, 2}
    assert sum(claims for one in sided for _, claims in one.tones) == 6


def test_evidence_that_the_article_does_not_have_is_not_marked() -> None:
    found = index(LOCK)
    assert found.standing == frozenset()
    (account,) = accounts(LOCK, found)
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
