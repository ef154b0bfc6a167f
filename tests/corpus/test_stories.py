"""Which articles are put into one story."""

import random
import subprocess
import sys
from collections.abc import Iterable, Sequence
from itertools import islice

import pytest

from claimcompare import Article, ClaimCompareError
from claimcompare.corpus import Story, StorySettings, spool, stories
from claimcompare.corpus.features import Features
from claimcompare.corpus.index import Index
from claimcompare.corpus.window import Window
from tests.benchmarks.made_news import news

BRIDGE = (
    (
        "Ann Harrow, the mayor of Fenwick, said on Monday that the Harl bridge would stay "
        "closed because 14 of its cables had rusted. Engineer Tom Pell called the closure needless."
    ),
    (
        "The Harl bridge in Fenwick is to remain shut, mayor Ann Harrow announced. Fourteen cables "
        "(14) are rusted. Tom Pell, who built it, denied that there was any danger to drivers."
    ),
    (
        "Drivers in Fenwick must take the ferry: Harrow keeps the Harl bridge closed after "
        "inspectors found rust. Pell said the cables were sound when he last looked at them."
    ),
)
FIRE = (
    (
        "A fire destroyed the Quimby mill in Aldmere overnight. Fire chief Rosa Lind said 230 "
        "workers got out in time and that a dryer had been left on."
    ),
    (
        "In Aldmere the Quimby mill burned down; all 230 workers are safe. Owner Viktor Quimby "
        "denied the account of chief Rosa Lind, who blamed a dryer."
    ),
)
CLUB = (
    "Osvold beat Tarn 3-1 at home. Coach Ingrid Moe praised her keeper Per Dahl.",
    "Ingrid Moe's Osvold won 3-1 against Tarn; keeper Per Dahl saved a penalty, the coach said.",
)
UKRAINIAN = (
    (
        "Мер Дубового Олена Гаврилюк заявила, що міст через річку Стрижень закрито, бо 14 тросів "
        "поржавіли. Інженер Тарас Пелех заперечив це."
    ),
    (
        "Міст через Стрижень у Дубовому залишається закритим, сказала Олена Гаврилюк. Тараса "
        "Пелеха, який його будував, ніхто не питав про 14 тросів."
    ),
    (
        "У Вербівці згорів млин Квітки: начальниця пожежної частини Роза Линник каже, що 230 "
        "робітників вийшли вчасно."
    ),
)
ARABIC = (
    (
        "قالت رئيسة بلدية دوران ليلى حداد إن جسر النهرين سيبقى مغلقا لأن 14 كابلا أصابها الصدأ، "
        "ونفى المهندس سمير عون ذلك."
    ),
    (
        "يبقى جسر النهرين في دوران مغلقا بحسب ليلى حداد، أما سمير عون الذي بناه فقال إن الكابلات "
        "الـ 14 سليمة."
    ),
    (
        "التهم حريق مطحنة قمر في مدينة زهران وقالت رئيسة الإطفاء روزا ليون إن 230 عاملا خرجوا في "
        "الوقت المناسب."
    ),
)
CHINESE = (
    "芬维克市长安哈洛周一表示,哈尔桥因14根缆索生锈将继续关闭。工程师汤佩尔否认有危险。",
    "哈尔桥仍然关闭,市长安哈洛说,14根缆索已经生锈。建桥的汤佩尔称缆索完好。",
    "奥德米尔的昆比磨坊周一被烧毁,消防队长罗莎林德说230名工人及时逃出。",
)


def article(text: str, name: str = "a", *, at: str | None = "2024-05-06") -> Article:
    return Article(id=name, text=text, published=at)


def articles(*texts: str, at: str | None = "2024-05-06") -> list[Article]:
    return [article(text, f"{number}", at=at) for number, text in enumerate(texts)]


def ids(found: Iterable[Story]) -> set[tuple[str, ...]]:
    return {tuple(one.id for one in story.articles) for story in found}


def test_articles_in_other_words_are_grouped_by_their_event() -> None:
    mixed = articles(BRIDGE[0], FIRE[0], CLUB[0], BRIDGE[1], CLUB[1], FIRE[1], BRIDGE[2])
    assert ids(stories(mixed)) == {("0", "3", "6"), ("1", "5"), ("2", "4")}


@pytest.mark.parametrize(
    "texts", [UKRAINIAN, ARABIC, CHINESE], ids=["Ukrainian", "Arabic", "Chinese"]
)
def test_articles_are_grouped_in_other_scripts(texts: Sequence[str]) -> None:
    assert ids(stories(articles(*texts, *CLUB))) == {("0", "1"), ("2",), ("3", "4")}


def test_two_articles_alone_are_known_as_one_story() -> None:
    assert ids(stories(articles(*BRIDGE[:2]))) == {("0", "1")}


WIRE = [
    "The council of Fenwick voted on Monday to close the harbour to all larger boats.",
    "Nobody had asked the ferrymen before the vote, their speaker Una Brock complained.",
    "The closure is to last until the quay has been dug out again in late autumn.",
    "Two members of the council left the room before the votes were counted at nine.",
]
OWN = [
    "Readers of this paper know Oskar Bray, whose bakery feeds the crews before dawn.",
    "He has counted nineteen captains, four cooks and one parrot among his customers.",
    "The parrot, named Admiral, prefers rye, and pays in feathers, Bray likes to say.",
]


def test_a_copy_joins_whatever_else_its_outlet_writes() -> None:
    wire = " ".join(WIRE)
    printed = f"OSVOLD (Tarn Wire) - {' '.join(WIRE[:3])}\n\n{' '.join(OWN)}"
    others = articles(*(text for pair in zip(FIRE, CLUB, strict=True) for text in pair))
    again = [article(wire, "wire"), article(printed, "printed")]
    assert ("wire", "printed") in ids(stories([*others, *again]))


def test_what_an_outlet_writes_below_everything_makes_no_copies() -> None:
    foot = " ".join(f"{line} Write to us at the desk of the Tarn Gazette." for line in OWN[:2])
    towns = [
        "Fenwick: The swing bridge reopens, mayor Ann Harrow says. Tom Pell rust cables 14.",
        "Aldmere: Quimby mill dryers replaced, Rosa Lind tells 230 millers. Viktor pays.",
        "Osvold: Ingrid Moe leaves after defeat by Tarn. Keeper Per Dahl stays till 2027.",
        "Vellin: Judge Sarkis frees smugglers; prosecutor Ilse Brandt appeals. Trial lasted 90.",
        "Dromore: Okafor buys ferry Morning Star, dismisses captain Finn Gale. Crew strikes.",
        "Pellam: Headmistress Weiss forbids telephones; pupils petition minister Adeyemi.",
    ]
    short = [f"{town}\n\n{foot}" for town in towns]
    gazette = [one.model_copy(update={"publisher": "Tarn Gazette"}) for one in articles(*short)]
    assert ids(stories([*gazette])) == {(one.id,) for one in gazette}


def test_what_happens_again_after_the_window_is_another_story() -> None:
    others = articles(*CLUB, *UKRAINIAN, *CHINESE)
    dated = [article(BRIDGE[0], "a"), article(BRIDGE[1], "b", at="2024-05-13"), *others]
    assert {("a",), ("b",)} <= ids(stories(dated))
    assert ("a", "b") in ids(stories(dated, settings=StorySettings(days=10)))


@pytest.mark.parametrize("wrong", ["2206-01-01", "1970-01-01"])
@pytest.mark.parametrize("place", [0, 1, 3, 4])
def test_one_wrong_date_neither_joins_years_nor_parts_a_story(wrong: str, place: int) -> None:
    years = [
        article(f"{text} It is {year}.", f"{year}-{number}", at=f"{year}-05-0{number + 1}")
        for year in range(2010, 2016)
        for number, text in enumerate(BRIDGE[:2])
    ]
    alone = article(CLUB[0], "wrong", at=wrong)
    found = stories([*years[:place], alone, *years[place:]], settings=StorySettings(ordered=True))
    pairs = {(f"{year}-0", f"{year}-1") for year in range(2010, 2016)}
    assert ids(found) == {("wrong",), *pairs}


def test_not_even_a_copy_of_another_time_joins_in_order() -> None:
    dated = [article(BRIDGE[0], "a"), article(BRIDGE[0], "b", at="2206-01-01"), *articles(*CLUB)]
    found = ids(stories(dated, settings=StorySettings(ordered=True)))
    assert {("a",), ("b",)} <= found


def test_not_even_a_copy_joins_after_the_window() -> None:
    again = [article(BRIDGE[0], "a"), article(BRIDGE[0], "b", at="2024-05-10"), *articles(*CLUB)]
    assert {("a",), ("b",)} <= ids(stories(again))


def test_a_full_story_is_continued_in_other_words() -> None:
    many = [*articles(*CLUB, *FIRE), *(article(text, text[:5]) for text in BRIDGE)]
    found = list(stories(many, settings=StorySettings(most=2)))
    assert [story.continues for story in found] == [None, None, None, found[2].id]


def test_a_full_story_is_continued_by_another() -> None:
    many = [
        article(BRIDGE[number % 3], f"{number}", at=f"2024-05-06T0{number}:00")
        for number in range(8)
    ]
    found = list(stories(many, settings=StorySettings(most=3)))
    assert [len(story.articles) for story in found] == [3, 3, 2]
    assert [story.continues for story in found] == [None, found[0].id, found[1].id]


def test_a_story_comes_as_soon_as_nothing_can_join_it() -> None:
    asked: list[str] = []

    def arriving() -> Iterable[Article]:
        for number in range(1_200):
            asked.append(f"{number}")
            day = f"20{24 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
            yield article(f"{BRIDGE[0]} {number}", f"{number}", at=day)

    first = next(iter(stories(arriving(), settings=StorySettings(ordered=True, most=2))))
    assert [one.id for one in first.articles] == ["0", "1"]
    assert len(asked) < 1_200


def test_no_more_articles_are_held_than_are_allowed() -> None:
    undated = articles(*BRIDGE[:2], *FIRE, *CLUB, at=None)
    found = stories(undated, settings=StorySettings(held=2))
    assert ids(found) == {("0", "1"), ("2", "3"), ("4", "5")}
    apart = articles(BRIDGE[0], FIRE[0], CLUB[0], BRIDGE[1], at=None)
    assert ids(stories(apart, settings=StorySettings(held=2))) == {("0",), ("1",), ("2",), ("3",)}


def test_whatever_the_order_the_stories_are_the_same() -> None:
    texts = [BRIDGE[0], FIRE[0], CLUB[0], BRIDGE[1], CLUB[1], FIRE[1], BRIDGE[2]]
    dated = [
        article(text, f"{number}", at=f"2024-05-06T1{number}:00:00Z")
        for number, text in enumerate(texts)
    ]
    told = list(stories(dated))
    random.Random(3).shuffle(dated)  # noqa: S311 - no secret
    assert list(stories(dated)) == told


def test_times_with_zones_mail_dates_and_days_are_put_in_one_order() -> None:
    dates = ["Mon, 06 May 2024 16:00:00 +0000", "2024-05-07T00:30:00+09:00", "2024-05-06"]
    mixed = [article(BRIDGE[at], f"bridge {at}", at=date) for at, date in enumerate(dates)]
    assert ("bridge 2", "bridge 1", "bridge 0") in ids(stories([*mixed, *articles(*CLUB)]))


def test_an_article_without_a_date_is_of_the_time_of_the_article_before_it() -> None:
    late, undated = article(BRIDGE[0], "late", at="2024-06-01"), article(BRIDGE[1], "none", at="?")
    early = article(BRIDGE[2], "early", at="2024-05-01")
    assert ids(stories([late, undated, early])) == {("early",), ("late", "none")}
    assert ids(stories([early, late, undated])) == {("early",), ("late", "none")}
    assert ids(stories([undated, early, late])) == {("none", "early"), ("late",)}


def test_what_comes_first_and_without_a_date_is_over_when_its_time_is() -> None:
    def arriving() -> Iterable[Article]:
        yield article(BRIDGE[0], "none", at=None)
        yield from (
            article(f"{FIRE[0]} {number}", f"{number}", at=f"2024-05-{number % 9 + 1:02}")
            for number in range(1_009)
        )
        pytest.fail("all are read")

    first = next(iter(stories(arriving(), settings=StorySettings(ordered=True))))
    assert [one.id for one in first.articles] == ["none"]


def test_every_article_comes_once_also_when_it_is_given_twice() -> None:
    twice = [article(BRIDGE[0]), article(BRIDGE[0]), article(FIRE[0]), article(BRIDGE[1])]
    blank = [article("", "blank"), article(" \n", "blank")]
    found = list(stories([*twice, *blank]))
    assert sum(len(story.articles) for story in found) == 6
    assert ("a", "a-2", "a-3") in ids(found)


def test_a_number_that_another_article_has_as_its_id_is_not_given() -> None:
    same = [article(BRIDGE[0], "a"), article(BRIDGE[0], "a-2"), article(BRIDGE[0], "a")]
    assert ids(stories(same)) == {("a", "a-2", "a-3")}


def test_an_article_comes_as_it_was_given() -> None:
    odd = Article(id="\0", text="\ud7ff \0 'x'); DROP TABLE articles;--", doubts=("cut",))
    assert [story.articles for story in stories([odd])] == [(odd,)]


def test_half_a_character_comes_as_it_was_given() -> None:
    half = Article(id="a", text="The quay \ud83d is dry.", doubts=("cut \udce4",))
    for ordered in (False, True):
        (story,) = stories([half], settings=StorySettings(ordered=ordered))
        assert story.articles == (half,)


def test_the_stories_do_not_depend_on_the_process() -> None:
    program = (
        "from claimcompare.corpus.features import features;"
        "from tests.corpus.test_stories import *;"
        "given = articles(*BRIDGE, *FIRE, *UKRAINIAN, *CHINESE);"
        "print([s.id for s in stories(given)], [features(one) for one in given])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-P", "-c", program],
            env={"PYTHONPATH": ":".join(sys.path), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "_SETUP", spool._SETUP + "PRAGMA max_page_count = 3;")
    with pytest.raises(ClaimCompareError, match=r"temporary file .*make room"):
        list(stories(articles(*(BRIDGE * 200))))


def test_a_reader_that_fails_is_heard() -> None:
    def failing() -> Iterable[Article]:
        yield article(BRIDGE[0])
        raise OSError("the feed is gone")

    for ordered in (True, False):
        with pytest.raises(OSError, match="the feed is gone"):
            list(stories(failing(), settings=StorySettings(ordered=ordered)))


def test_nothing_is_read_before_a_story_is_asked_for() -> None:
    assert list(stories([])) == []
    never = iter(stories(iter(lambda: pytest.fail("read"), None)))
    del never


def grouped(*given: tuple[float, dict[int, float]], most: int = 40) -> set[tuple[str, ...]]:
    """What comes of articles of a day with words that weigh so much."""
    window = Window(StorySettings(most=most))
    found: list[Story] = []
    for number, (day, words) in enumerate(given):
        none = Features(words={}, lines=(), outlet=None)
        found += window.add(article("", f"{number}"), day, words, none)
    return ids([*found, *window.rest()])


def test_two_stories_become_one_when_they_turn_out_to_be_near() -> None:
    apart = [(0, {1: 1.0}), (0, {1: 0.05, 2: 1.0})]
    between = (0, {1: 0.7, 2: 0.7})
    assert grouped(*apart, between) == {("0",), ("1", "2")}
    assert grouped(*apart, between, between) == {("0", "1", "2", "3")}
    assert grouped(*apart, between, between, most=3) == {("0",), ("1", "2", "3")}


def test_two_stories_stay_apart_though_an_article_is_near_both() -> None:
    apart = [(0, {1: 1.0})] * 18 + [(0, {2: 1.0})] * 18
    assert len(grouped(*apart, *[(0, {1: 0.7, 2: 0.7})] * 2)) == 2


def test_an_article_must_be_the_nearer_the_older_a_story_is() -> None:
    assert grouped((0, {1: 1.0}), (0, {1: 0.08, 2: 0.99})) == {("0", "1")}
    assert grouped((0, {1: 1.0}), (2.5, {1: 0.08, 2: 0.99})) == {("0",), ("1",)}


def test_of_mixed_news_every_article_is_in_one_story_and_none_is_too_large() -> None:
    made = [one.article for one in islice(news(5), 400)]
    found = list(stories(made, settings=StorySettings(most=5)))
    assert sorted(one.id for story in found for one in story.articles) == sorted(
        one.id for one in made
    )
    assert max(len(story.articles) for story in found) == 5


def test_an_index_holds_nothing_of_what_was_removed() -> None:
    index = Index()
    index.add(1, [7, 8])
    index.remove(1, [7, 8])
    assert not index._stories
