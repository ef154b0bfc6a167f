"""Comparisons to report on."""

from hypothesis import strategies as st

from claimcompare.schema import (
    Agreement,
    Article,
    Assertion,
    Claim,
    Comparison,
    Dispute,
    Doubt,
    LedgerRow,
    OpposingPair,
    Probabilities,
    PromptUse,
    Provenance,
    Span,
    Speaker,
    Stance,
)
from claimcompare.usage import RunUsage, Usage

CONTROLS = [
    *(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) != "\n"),
    *"\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufeff",
    "\x1b[2J",
    "\x1b]0;owned\x07",
    "\r\n",
]
# Joiners stay in words that are written with them, as in Persian.
JOINED = "می\u200cخ"
HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=10),
        st.sampled_from(CONTROLS),
        st.text("\\`*_{}[]<>#|~&-+.)(!=:0123456789 \n", max_size=10),
        st.sampled_from(["x" * 300, "x-" * 150, "\u0301" * 120, "http://a.example/" + "y" * 200]),
    ),
    max_size=6,
).map("".join)


def claim(claim_id: str, speaker: str | None, text: str, *quotes: str, via: str = "") -> Claim:
    """A claim whose id starts with its article's, as in "post:1"."""
    return Claim(
        id=claim_id,
        article_id=claim_id.partition(":")[0],
        speaker=speaker,
        via=(via,) if via else (),
        text=text,
        evidence=tuple(Span(start=0, end=len(one), text=one) for one in quotes or (text,)),
    )


def assertion(claim_id: str, stance: Stance | None, sure: float) -> Assertion:
    """A claim placed on a side with a measured probability; without one that is of support."""
    rest = (1 - sure) / 2
    chances = {"support": rest, "denial": rest, "context": rest, stance or "support": sure}
    return Assertion(
        claim_id=claim_id,
        stance=stance,
        probabilities=Probabilities.model_validate(chances),
    )


def read(claim_id: str, stance: Stance | None, agreeing: int = 2, readings: int = 2) -> Assertion:
    """A claim placed on a side by so many of some readings."""
    agreement = Agreement(agreeing=agreeing, readings=readings)
    return Assertion(claim_id=claim_id, stance=stance, agreement=agreement)


def doubted(made: Claim, says: str) -> Claim:
    """The claim with a doubt about a number."""
    return made.model_copy(update={"doubts": (Doubt(kind="number", says=says),)})


def again(made: Comparison, **update: object) -> Comparison:
    """The comparison with other values: a new one, which has looked nothing up yet."""
    values = {name: getattr(made, name) for name in Comparison.model_fields}
    return Comparison.model_validate(values | update)


def known(made: Comparison, *speakers: tuple[str, ...]) -> Comparison:
    """The comparison with a list of speakers; each is given by the names that are theirs."""
    listed = tuple(
        Speaker(id=f"s{at}", name=names[0], names=names) for at, names in enumerate(speakers)
    )
    ids = {name: speaker.id for speaker in listed for name in speaker.names}
    claims = tuple(
        one.model_copy(update={"speaker_id": ids.get(one.speaker or "")}) for one in made.claims
    )
    return again(made, speakers=listed, claims=claims)


def small(made: Comparison) -> Comparison:
    """The comparison as a small model would have read it."""
    provenance = made.provenance.model_copy(update={"small": True})
    return again(made, provenance=provenance)


def comparison(
    claims: tuple[Claim, ...] = (),
    disputes: tuple[Dispute, ...] = (),
    ledger: tuple[LedgerRow, ...] = (),
    model: str = "tiny",
) -> Comparison:
    """A comparison of the articles of some claims, or of one without any."""
    ids = dict.fromkeys(one.article_id for one in claims) or {"post": None}
    return Comparison(
        articles=tuple(Article(id=article_id, text="Text.") for article_id in ids),
        claims=claims,
        disputes=disputes,
        ledger=ledger,
        usage=RunUsage(extract=Usage(calls=1, prompt_tokens=1500, cached_tokens=200)),
        provenance=Provenance(
            claimcompare="0",
            model=model,
            endpoint="embedded",
            prompts=(PromptUse(name="extract", version="1", filled=("ab",)),),
        ),
    )


def dispute(proposition: str, *assertions: Assertion) -> Dispute:
    """A dispute between the first two of its assertions."""
    pair = OpposingPair(
        support=assertions[0].claim_id, denial=assertions[1].claim_id, kind="denied"
    )
    return Dispute(proposition=proposition, assertions=assertions, pairs=(pair,))


LOCK = comparison(
    claims=(
        claim("post:1", "Ines Quill", "The north lock is sound.", "“It is sound,” Quill said."),
        claim("post:2", None, "The lock was built by hand.", via="Fenwick Post"),
        claim("post:3", "Oskar Bray", "The lock is not sound."),
        claim("post:4", "Lena Marsh", "The north lock has no cracks."),
        claim("post:5", "Milo Strand", "The lock is what it is."),
        claim("post:6", "Carla Zell", "It rained in Dorran."),
    ),
    disputes=(
        dispute(
            "The north lock is sound.",
            assertion("post:1", "support", 0.61),
            assertion("post:3", "denial", 0.9),
            assertion("post:5", None, 0.4),
            assertion("post:2", "context", 0.7),
            assertion("post:4", "support", 0.98),
        ),
    ),
    ledger=(
        LedgerRow(stage="extract", outcome="refused", item="a", reason="b"),
        LedgerRow(stage="extract", outcome="kept", item="a", reason="b"),
        LedgerRow(stage="classify", outcome="abstained", item="a", reason="b"),
        LedgerRow(stage="pair", outcome="refused", item="a", reason="b"),
    ),
)


def is_clean(document: str) -> bool:
    """Whether it holds nothing but what is seen, line ends, and joiners within words."""
    return document.translate(dict.fromkeys(map(ord, "\n\u200c\u200d"))).isprintable()


def hostile(text: str) -> Comparison:
    """A comparison with that text wherever an article or a model may put text."""
    names = text or "Nobody"
    claims = (
        doubted(claim("post:1", names, text, text), text),
        doubted(claim("post:2", names, text, text, via=names), text),
        doubted(claim("post:3", None, text, text), text),
    )
    sides = (assertion("post:1", "support", 1), assertion("post:2", "denial", 1))
    taken = assertion("post:3", "support", 1).model_copy(update={"withdrawn_by": "post:2"})
    made = comparison(claims, (dispute(text, *sides, taken),), model=names)
    titled = made.articles[0].model_copy(update={"title": text, "published": text})
    return made.model_copy(update={"articles": (titled,)})
