"""An attack changes nothing but the claims of its own sentences."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle

import pytest

from claimcompare import Article
from claimcompare.prompts import load_prompt
from claimcompare.schema import Claim
from claimcompare.stages import CompareSettings, extract
from claimcompare.stages.chunks import chunks
from claimcompare.stages.names import Names
from claimcompare.stages.passages import passages
from claimcompare.stages.steering import steers
from tests.hostile.answers import OBEYS, is_of_article, model_that, shown
from tests.hostile.corpus import ATTACKS, HOST, PARAGRAPHS, SENTENCES, Attack, attacked, whole
from tests.llm.server import FakeServer, model_at

PROMPT = load_prompt("extract")
LONG = HOST * 4
NAMED = {attack.name: attack for attack in ATTACKS}
# The sentence splitter sees no end behind 20,000 letters without a space.
JOINED = {("long-5", "sentence first")}


@pytest.fixture
def server() -> Iterator[FakeServer]:
    one = FakeServer()
    yield one
    one.close()


def article(text: str, name: str = "host") -> Article:
    return Article(id=name, text=text)


def prompts(text: str, size: int) -> list[tuple[str, tuple[str, ...]]]:
    """All that is asked about passages that are not read apart."""
    return [
        (PROMPT.fill(**chunk.values(), worded=not lean).user, tuple(chunk.asked(lean=lean)))
        for chunk in chunks(article(text), size)
        for lean in (True, False)
        if not chunk.apart
    ]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_the_prompts_about_other_sentences_are_the_same(attack: Attack) -> None:
    for place in (*PARAGRAPHS, *SENTENCES):
        if (attack.name, place) in JOINED:
            continue
        assert prompts(attacked(attack.text, place), 16) == prompts(whole(), 16), place


@pytest.mark.parametrize("size", [3, 16, 40])
def test_so_they_are_in_an_article_of_many_chunks(size: int) -> None:
    clean = prompts(whole(LONG), size)
    places = cycle((*PARAGRAPHS, *SENTENCES))
    for attack, place in zip(ATTACKS, places, strict=False):
        assert prompts(attacked(attack.text, place, LONG), size) == clean, attack.name


@pytest.mark.parametrize("name", ["plain-1", "unclosed-1", "unclosed-2", "unclosed-5", "answers-1"])
def test_so_they_are_wherever_it_stands_between_passages(name: str) -> None:
    text = whole()
    for passage in passages(article(text)):
        hostile = f"{text[: passage.end]} {NAMED[name].text.rstrip('.')}. {text[passage.end :]}"
        assert prompts(hostile, 16) == prompts(text, 16), passage.text


def test_several_attacks_do_no_more_than_one() -> None:
    text = "\n\n".join(
        f"{NAMED['plain-1'].text} {' '.join(paragraph)} {NAMED['unclosed-1'].text}"
        for paragraph in HOST
    )
    assert prompts(text, 16) == prompts(whole(), 16)


def test_an_attack_within_a_quotation_parts_what_is_quoted_and_no_more() -> None:
    text = whole().replace("“We found 14. We", f"“We found 14. {NAMED['plain-1'].text} We")
    trusted = [one.text for one in passages(article(text)) if not steers(one.text)]
    clean = [one.text for one in passages(article(whole()))]
    at = clean.index("“We found 14. We told her office in June,” he said.")
    parts = ["“We found 14.", "We told her office in June,” he said."]
    assert trusted == clean[:at] + parts + clean[at + 1 :]


def test_a_host_that_announces_a_quotation_takes_no_attack_for_it() -> None:
    text = f"She added: {NAMED['unclosed-1'].text}\n\nBeil denied this. He left."
    trusted = [one.text for one in passages(article(text)) if not steers(one.text)]
    assert trusted[-2:] == ["Beil denied this.", "He left."]


def spans(text: str) -> list[str]:
    return [sentence.text for sentence in article(text).sentences()]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_other_lines_are_split_as_they_were(attack: Attack) -> None:
    clean = spans(whole())
    for place in PARAGRAPHS:
        found = spans(attacked(attack.text, place))
        assert [one for one in found if one in clean] == clean


def told(claims: Sequence[Claim], attack: str, text: str) -> Counter[tuple[object, ...]]:
    """The claims of all sentences but the attack's, without what depends on their place."""
    start = text.find(attack) if attack else len(text)
    end = start + len(attack) + 1
    return Counter(
        (
            claim.speaker,
            claim.via,
            claim.cue,
            claim.text,
            claim.mention and claim.mention.text,
            tuple(span.text for span in claim.evidence),
        )
        for claim in claims
        if not all(span.start < end and span.end > start for span in claim.evidence)
    )


@pytest.mark.parametrize("reading", ["full", "lean"])
@pytest.mark.parametrize("obeys", OBEYS)
def test_whatever_it_makes_a_model_say_the_other_claims_stay(
    server: FakeServer, obeys: str, reading: str
) -> None:
    places = cycle((*PARAGRAPHS, *SENTENCES))
    hostile = {
        attack.name: (attack.text, attacked(attack.text, place))
        for attack, place in zip(ATTACKS, places, strict=False)
        if not attack.name.startswith("long")
    }
    settings = CompareSettings.model_validate({"reading": reading})
    llm = model_at(server.will_always(model_that(obeys)), attempts=1)
    clean = extract([article(whole())], llm=llm, settings=settings)
    expected = told(clean.claims, "", whole())
    asked = {seen.user for seen in server.seen}
    assert len(expected) >= 8
    found = extract(
        [article(text, name) for name, (_, text) in hostile.items()], llm=llm, settings=settings
    )
    for name, (attack, text) in hostile.items():
        claims = [claim for claim in found.claims if claim.article_id == name]
        assert told(claims, attack, text) == expected, name
    others = [seen for seen in server.seen if seen.user not in asked]
    assert others
    assert not any(is_of_article(text) for seen in others for text in shown(seen).values())
    assert not any("Skelder" in re.sub(r"\s+", " ", seen.user) for seen in others)


def test_a_long_sentence_in_another_language_leaves_other_lines_as_they_are() -> None:
    clean = "Sie sagte am 3. Mai, die Br\u00fccke sei sicher. Das war im Jahr 1962."
    attack = "So went the boat and the men who were in it for the night, " * 400 + "and slept."
    assert spans(f"{clean}\n\n{attack}")[:2] == spans(clean)


def test_no_name_reaches_over_an_attack() -> None:
    before, attack, behind = "It was said by Olga. ", f"{NAMED['plain-1'].text} ", "Marin left."
    text = before + attack + behind
    parts = [(0, len(before)), (len(before + attack), len(text))]
    resolved = Names(text, parts).resolve("Olga Marin")
    clean = before + behind
    sentences = [(0, len(before)), (len(before), len(clean))]
    assert resolved == Names(clean, sentences).resolve("Olga Marin")
