"""However many names there are, those that may be one speaker's meet in some call."""

import random
import re
from typing import Any, NamedTuple

import pytest

from claimcompare import Article, Claim, Event, Span
from claimcompare.stages.flow import Count
from claimcompare.stages.log import StageLog
from claimcompare.stages.names import NameRow, SaidSame, near_names, same_speakers
from claimcompare.stages.nearness import windows_near
from claimcompare.stages.protocols import Resolution
from claimcompare.stages.settings import CompareSettings
from claimcompare.stages.speakers import ModelResolver
from tests.llm.server import Reply, Seen, says
from tests.stages.events import asking

CUT_OFF = says('{"same":[', finish="length")
SYLLABLES = {
    "Latin": "ba ke lo mi nu ra se to vi zu dal fen gor hus jim",
    "Cyrillic": "ба ке ло ми ну ра се то ви зу дал фен гор хус жим",
    "Arabic": "با كي لو مي نو را سي تو في زو دال فن غور هوس جيم",
    "Greek": "βα κε λο μι νυ ρα σε το φι ζυ δαλ φεν γορ χυσ ξιμ",
    "Chinese": "林 陈 王 赵 孙 周 吴 郑 冯 卫 蒋 沈 韩 杨 朱",
    "Korean": "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권",
}
FORMS = ("{given} {family}", "{family}", "Dr {family}", "{family}, {given}")


class Named(NamedTuple):
    """Names in some order, and whose each is."""

    names: list[str]
    person: dict[str, int]


def people(count: int, script: str, seed: int = 0) -> Named:
    """Each under several names, one of which tells the family alone."""
    chance = random.Random(seed)  # noqa: S311 - names, not keys
    syllables = SYLLABLES[script].split()
    person: dict[str, int] = {}
    at = 0
    families: set[str] = set()
    while at < count:
        family, given = ("".join(chance.choices(syllables, k=4)).title() for _ in range(2))
        if family in families:
            continue
        families.add(family)
        for form in FORMS:
            person[form.format(given=given, family=family)] = at
        at += 1
    names = list(person)
    chance.shuffle(names)
    return Named(names, person)


def event_of(named: Named) -> Event:
    """An article in which each name says something."""
    lines = [f"{name} spoke in the hall, row {at}." for at, name in enumerate(named.names)]
    text = "\n".join(lines)
    claims = []
    start = 0
    for at, (name, line) in enumerate(zip(named.names, lines, strict=True)):
        span = Span(start=start, end=start + len(line), text=line)
        start += len(line) + 1
        claims.append(
            Claim(id=f"a:{at}", article_id="a", speaker=name, text=line, evidence=(span,))
        )
    return Event(articles=(Article(id="a", text=text),), claims=tuple(claims))


def shown(seen: Seen) -> dict[int, str]:
    """The names of a request, by number."""
    found = re.findall(r"^\[(\d+)\] (.*?): .*$", seen.user, re.MULTILINE)
    return {int(number): name for number, name in found}


def reads_well(named: Named, room: int = 10_000) -> Any:
    """A model that knows who is who, and has room for the answer about so many."""

    def script(seen: Seen) -> dict[str, Any] | Reply:
        here = shown(seen)
        if len(here) > room:
            return CUT_OFF
        of: dict[int, list[int]] = {}
        for number, name in here.items():
            of.setdefault(named.person[name], []).append(number)
        return {"same": [group for group in of.values() if len(group) > 1]}

    return script


def resolve(named: Named, script: Any) -> tuple[Resolution, list[Seen]]:
    with asking(script) as (llm, seen):
        resolver = ModelResolver(llm, CompareSettings(), Count("speakers", None))
        return llm.run(resolver.resolve(event_of(named))), seen


def test_up_to_two_hundred_names_are_one_call() -> None:
    named = people(50, "Latin")
    found, seen = resolve(named, reads_well(named))
    assert len(named.names) == 200
    assert (len(seen), len(found.speakers)) == (1, 50)


@pytest.mark.parametrize("script", ["Latin", "Chinese"])
def test_two_thousand_names_are_their_people_in_few_calls(script: str) -> None:
    named = people(500, script)
    found, seen = resolve(named, reads_well(named))
    assert len(found.speakers) == 500
    assert len(seen) <= 45
    assert max(len(shown(one)) for one in seen) <= 200
    assert {row.outcome for row in found.log.ledger} == {"kept"}


@pytest.mark.parametrize("script", SYLLABLES)
def test_names_that_share_a_rare_word_meet_in_any_script(script: str) -> None:
    named = people(250, script)
    rows = [NameRow(name, "", "") for name in named.names]
    windows = [set(window) for window in windows_near(near_names(rows, 12), 200)]
    of: dict[int, set[int]] = {}
    for at, name in enumerate(named.names):
        of.setdefault(named.person[name], set()).add(at)
    met = sum(any(group <= window for window in windows) for group in of.values())
    assert met >= 0.98 * len(of)


def test_calls_grow_with_the_number_of_names_and_no_faster() -> None:
    counts = []
    for size in (125, 250, 500):
        named = people(size, "Latin")
        rows = [NameRow(name, "", "") for name in named.names]
        counts.append(sum(map(len, windows_near(near_names(rows, 12), 200))) / len(rows))
    assert counts[2] <= 1.3 * counts[0]


def test_a_description_meets_the_name_that_stands_beside_its_words() -> None:
    rows = [NameRow(f"Speaker{at} Kell{at}", "", f"Row {at} spoke.") for at in range(400)]
    rows += [NameRow("Odrun Felk", "", "Odrun Felk, the harbourmaster of Tarn, said no.")]
    rows += [NameRow("the harbourmaster", "", "The man in charge said yes.")]
    near = near_names(rows, 12)
    assert 400 in near[401]


def test_an_answer_without_room_is_asked_for_in_parts() -> None:
    named = people(50, "Latin")
    found, seen = resolve(named, reads_well(named, room=60))
    assert len(found.speakers) == 50
    assert 1 < len(seen) <= 15
    assert {row.outcome for row in found.log.ledger} == {"kept"}
    assert found.log.usage.calls == len(found.log.prompts) == len(seen)


@pytest.mark.parametrize("size", [5, 25])
def test_an_endpoint_that_cuts_off_every_answer_is_not_asked_for_ever(size: int) -> None:
    named = people(size, "Latin")
    found, seen = resolve(named, CUT_OFF)
    assert len(found.speakers) == len(named.names)
    assert len(seen) <= 4 * len(named.names)
    assert {row.outcome for row in found.log.ledger} == {"failed"}


def test_what_cannot_be_split_further_is_a_failed_row_of_its_names() -> None:
    named = Named(["Ines Vale", "Tom Beck", "Vale"], {})
    said = {"same": [[1, 2]]}
    found, _ = resolve(named, lambda seen: CUT_OFF if "Tom Beck" in seen.user else said)
    rows = [(row.outcome, row.item) for row in found.log.ledger]
    assert rows == [("kept", "Ines Vale"), ("failed", "Tom Beck")]


def said(seen: set[int], *same: tuple[int, ...]) -> SaidSame:
    return SaidSame(frozenset(seen), same, StageLog())


NAMES = ("Dick Durbin", "Mary Durbin", "Durbin", "the senator")


def test_what_two_answers_join_through_a_third_name_is_one() -> None:
    groups, _ = same_speakers(NAMES, [said({0, 2}, (0, 2)), said({2, 3}, (2, 3))])
    assert groups == [(0, 2, 3), (1,)]


def test_the_fullest_name_of_a_later_answer_leads() -> None:
    groups, _ = same_speakers(NAMES, [said({2, 3}, (2, 3)), said({0, 2}, (0, 2))])
    assert groups[0] == (0, 2, 3)


def test_names_that_one_answer_kept_apart_are_not_joined_through_a_third() -> None:
    both = [said({0, 1, 2}, (0, 2)), said({0, 1, 2}, (1, 2))]
    groups, log = same_speakers(NAMES, both)
    assert groups == [(0, 2), (1,), (3,)]
    assert [(row.outcome, row.item) for row in log.ledger] == [
        ("abstained", "Mary Durbin"),
        ("kept", "Dick Durbin"),
    ]
    assert "Mary Durbin and Dick Durbin were read as two" in log.ledger[0].reason


def test_an_answer_that_failed_keeps_nobody_apart() -> None:
    failed = SaidSame(None, (), StageLog())
    groups, _ = same_speakers(NAMES, [failed, said({0, 2}, (0, 2)), said({1, 2}, (2, 1))])
    assert groups[0] == (0, 2, 1)
