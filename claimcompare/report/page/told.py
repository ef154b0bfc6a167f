"""What is known of an assertion, in the language of the page."""

from collections.abc import Iterable
from typing import NamedTuple

from claimcompare.report.outlets import by_id
from claimcompare.report.page.index import Index
from claimcompare.report.page.names import speaker_names, where_and_when
from claimcompare.report.page.wording import Words, isolated
from claimcompare.report.silence import Silence
from claimcompare.report.sureness import likelihood, rounded_percent
from claimcompare.report.withdrawals import Withdrawn
from claimcompare.schema import Assertion, Claim, Comparison


class Taken(NamedTuple):
    """That a claim was taken back, by whom, where and when, and the claim that does so.

    That claim has a number and an address; `is_here` says whether it is shown in the dispute, too.
    """

    words: str
    by: Claim
    name: str
    number: int
    anchor: str
    is_here: bool


def how_sure(one: Assertion, words: Words) -> str:
    """How sure the stance is; of an abstention, what each side was given and how readings went."""
    told: list[str] = []
    if one.probabilities and one.stance:
        share = one.probabilities.of(one.stance)
        told.append(f"{words(likelihood(share))}, {percent(share, words)}")
    elif one.probabilities:
        sides = one.probabilities.model_dump().items()
        told.append(", ".join(f"{words(side)} {percent(share, words)}" for side, share in sides))
    if one.agreement and not (one.stance is None and one.agreement.readings == 1):
        told.append(words("readings", one.agreement.readings, agreeing=one.agreement.agreeing))
    if one.stance and one.reason and not told:
        told.append(one.reason)
    return "; ".join(told)


def percent(share: float, words: Words) -> str:
    """A probability in percent; what is not certain is never rounded to certainty."""
    beyond, rounded = rounded_percent(share)
    shown = words.percent(rounded)
    return words(beyond, share=shown) if beyond else shown


def taken_back(
    one: Withdrawn, dispute: int, comparison: Comparison, index: Index, words: Words
) -> Taken:
    """Where and when something was said, and who took it back where and when."""
    articles = by_id(comparison)
    said, back = articles[one.claim.article_id], articles[one.by.article_id]
    there, later = (where_and_when(article, index, words) for article in (said, back))
    # Not always who said it: somebody may take back what they told of another.
    name = speaker_names(comparison, index, words)[index.speakers[index.voices[one.by.id]]]
    key = "taken_there" if said.id == back.id else "taken_later"
    here = any(place.dispute == dispute for place in index.places.get(one.by.id, ()))
    return Taken(
        words=words(key, said=isolated(there), back=isolated(later), name=isolated(name)),
        by=one.by,
        name=name,
        number=index.claims[one.by.id],
        anchor=index.anchor(one.by.id, dispute if here else None),
        is_here=here,
    )


def silent(found: Iterable[Silence], words: Words) -> list[str]:
    """Which outlets carry one side only or none, in sentences."""

    def told(one: Silence) -> str:
        what = one.missing[0] if len(one.missing) == 1 else "both"
        key = f"{'open' if one.is_open else 'silent'}_{what}"
        return words(key, len(one.outlets), outlets=words.listed(map(isolated, one.outlets)))

    return list(map(told, found))
