"""Comparisons as large as wanted, about things that never happened."""

from collections.abc import Iterator

from claimcompare.schema import (
    Article,
    Assertion,
    Claim,
    Comparison,
    Dispute,
    LedgerRow,
    OpposingPair,
    OppositionKind,
    Probabilities,
    PromptUse,
    Provenance,
    Span,
    Stance,
)
from claimcompare.usage import RunUsage, Usage

PLACES = ("Dorran", "Wexholm", "Tarn", "Oskery", "Lowmark", "Karrowby", "Northquay", "Saltmarket")
PAPERS = ("Herald", "Courier", "Observer", "Gazette", "Dispatch", "Evening Bell", "Post", "Echo")
FIRST = ("Ines", "Oskar", "Lena", "Milo", "Carla", "Harlan", "Una", "Tam", "Edda", "Joris", "Bo")
LAST = ("Quill", "Bray", "Marsh", "Strand", "Zell", "Vobe", "Brock", "Weir", "Hollin", "Adder")
THINGS = (
    "north lock",
    "ferry",
    "dry dock",
    "harbour wall",
    "reservoir",
    "new stand",
    "toll bridge",
)
STATES = ("sound", "closed to traffic", "to be sold", "older than its papers say", "insured")
STANCES: tuple[Stance | None, ...] = ("support", "denial", "support", "denial", "context", None)
KINDS: tuple[OppositionKind, ...] = ("denied", "value", "incompatible", "withdrawn")


def sample(*, claims: int, articles: int, disputes: int) -> Comparison:
    """A comparison of that size, always the same."""
    papers = [list(_sentences(number, claims, articles)) for number in range(articles)]
    read = tuple(_article(number, sentences) for number, sentences in enumerate(papers))
    found = tuple(
        _claim(read[number], sentence, place)
        for number, sentences in enumerate(papers)
        for place, sentence in enumerate(sentences, start=1)
    )
    return Comparison(
        articles=read,
        claims=found,
        disputes=tuple(_dispute(one, found, disputes) for one in range(disputes)),
        ledger=tuple(_ledger(found)),
        usage=RunUsage(extract=Usage(calls=claims, prompt_tokens=900 * claims, cost=0.0123)),
        provenance=Provenance(
            claimcompare="0.2.0",
            model="tiny",
            endpoint="embedded",
            prompts=(PromptUse(name="extract", version="2", filled=("ab",) * claims),),
        ),
    )


def speaker(number: int) -> str:
    return f"{FIRST[number % len(FIRST)]} {LAST[number % len(LAST)]}"


def _sentences(article: int, claims: int, articles: int) -> Iterator[str]:
    for number in range(article, claims, articles):
        name = speaker(number)
        thing = THINGS[number % len(THINGS)]
        denied = "not " if number % 2 else ""
        yield (
            f"{name if number % 3 else name.split()[1]} told the {PAPERS[article % len(PAPERS)]} "
            f"on day {number} that the {thing} is {denied}{STATES[number % len(STATES)]}, whatever "
            f"the council of {PLACES[number % len(PLACES)]} has put into its minutes since."
        )


def _article(number: int, sentences: list[str]) -> Article:
    place, paper = PLACES[number // 8 % 8], PAPERS[number % 8]
    lines = [f"{one} Nobody at the quay had heard of it before." for one in sentences]
    return Article(
        id=f"article-{number}",
        text="\n\n".join(lines) or "Nothing was said.",
        title=f"What {place} knows of the {THINGS[number % len(THINGS)]}",
        publisher=f"{place} {paper}",
        published=f"2026-03-{number % 9 + 1:02}" if number % 5 else None,
        url=f"https://{paper.lower().replace(' ', '-')}.example/{number}",
        language="en",
    )


def _claim(article: Article, sentence: str, place: int) -> Claim:
    start = article.text.index(sentence)
    name, _, said = sentence.partition(" told ")
    return Claim(
        id=f"{article.id}:{place}",
        article_id=article.id,
        speaker=name,
        kind="figure" if place % 3 == 0 else "assertion",
        text=f"{said.partition(' that ')[2].partition(',')[0].capitalize()}.",
        evidence=(Span(start=start, end=start + len(sentence), text=sentence),),
    )


def _dispute(number: int, claims: tuple[Claim, ...], disputes: int) -> Dispute:
    own = claims[number::disputes]
    placed = tuple(
        _assertion(claim, STANCES[place % len(STANCES)], 0.5 + place % 50 / 100)
        for place, claim in enumerate(own)
    )
    thing, state = THINGS[number % len(THINGS)], STATES[number % len(STATES)]
    kind = KINDS[number % len(KINDS)]
    return Dispute(
        proposition=f"The {thing} of {PLACES[number % len(PLACES)]} is {state}.",
        assertions=placed,
        pairs=(OpposingPair(support=own[0].id, denial=own[1].id, kind=kind),),
    )


def _assertion(claim: Claim, stance: Stance | None, sure: float) -> Assertion:
    rest = (1 - sure) / 2
    probabilities = {"support": rest, "denial": rest, "context": rest}
    return Assertion(
        claim_id=claim.id,
        stance=stance,
        probabilities=Probabilities.model_validate(probabilities | {stance or "context": sure}),
        reason=None if stance else "no stance is sure enough",
    )


def _ledger(claims: tuple[Claim, ...]) -> Iterator[LedgerRow]:
    for number, claim in enumerate(claims):
        yield LedgerRow(
            stage="extract",
            outcome="refused" if number % 4 == 0 else "kept",
            item=f"sentence {number}" if number % 4 == 0 else claim.id,
            reason="the sentence is not attributed to the speaker",
            article_id=claim.article_id,
        )
