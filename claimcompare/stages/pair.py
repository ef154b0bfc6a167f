"""All claims of an event in, the propositions in dispute out: the model reads them side by side."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from claimcompare.errors import LLMError, is_cut_off
from claimcompare.llm import LLM
from claimcompare.prompts import as_data, load_prompt
from claimcompare.schema import Article, Claim, LedgerRow, Outcome, Prompt, Proposition, Withdrawal
from claimcompare.stages.flow import Count, aside, each
from claimcompare.stages.join import Joiner, once
from claimcompare.stages.log import StageLog, joined
from claimcompare.stages.nearness import Nearness, shared_windows, windows_around
from claimcompare.stages.parts import in_parts, smaller_windows
from claimcompare.stages.protocols import Event, Pairing
from claimcompare.stages.settings import CompareSettings
from claimcompare.stages.showing import outlet, shown
from claimcompare.stages.wire import Wire

# Claims that each claim meets in some window, where one call cannot hold them all.
_NEIGHBOURS = 10
_FAULTS = {"negated": 'says "not" or the like', "reported": "names who says it"}


class WireWithdrawal(Wire):
    """The number of a claim that was taken back, and of the one that does so."""

    claim: int
    by: int


class WireDispute(Wire):
    """A point in dispute, with the numbers of the claims on either side."""

    proposition: str
    form: Literal["plain", "negated", "reported"]
    support: list[int]
    deny: list[int]
    withdrawn: list[WireWithdrawal]


class WireDisputes(Wire):
    """The answer, however many claims there are."""

    disputes: list[WireDispute]


class _Found(NamedTuple):
    propositions: tuple[Proposition, ...]
    log: StageLog
    cut_off: bool = False


class ModelPairer:
    """A pairer that shows a model all claims at once, or in windows that share claims."""

    def __init__(self, llm: LLM, settings: CompareSettings, calls: Count) -> None:
        self._llm = llm
        self._settings = settings
        self._calls = calls
        self._prompt = load_prompt("pair", settings.prompts)
        self._joiner = Joiner(llm, settings, calls)

    async def pair(self, event: Event) -> Pairing:
        """The propositions in dispute, those with most claims first, and what became of each claim.

        An answer that cannot be used becomes a failed row of the ledger.
        """
        claims = event.claims
        if len(claims) <= 1 or not any(event.is_new(one.id) for one in claims):
            return Pairing(propositions=event.known, log=StageLog())
        about = {article.id: article for article in event.articles}
        places = await aside(_windows, event, self._settings.claims_per_call)
        windows = [[claims[at] for at in window] for window in places]
        read = await each(lambda window: self._read(window, about), windows, self._calls)
        answers = [answer for parts, _ in read for answer in parts]
        given = once(one for answer in answers for one in answer.propositions)
        found = [one for one in given if event.is_new(*one.claim_ids)]
        log = joined([*(answer.log for answer in answers), *(cost for _, cost in read)])
        if (len(answers) > 1 and len(found) > 1) or (found and event.known):
            found, joining = await self._joiner.join(found, event.known)
            log += joining
        else:
            found = [*event.known, *found]
        placed = await aside(_with_nearest, found, claims, self._settings.nearest)
        return Pairing(propositions=placed, log=_of_new(log + _unplaced(claims, placed), event))

    async def _read(
        self, claims: Sequence[Claim], about: Mapping[str, Article]
    ) -> tuple[list[_Found], StageLog]:
        """What is in a window, in no more calls than it has claims."""
        return await in_parts(
            lambda window: self._window(window, about),
            claims,
            lambda window: smaller_windows(window, _near),
            most=len(claims),
        )

    async def _window(self, claims: Sequence[Claim], about: Mapping[str, Article]) -> _Found:
        numbered = dict(enumerate(claims, start=1))
        filled = self._prompt.fill(outlets=list(_outlets(numbered, about)))
        log = StageLog(prompts=(filled.use,))
        try:
            answer = await self._llm.aask(filled, WireDisputes)
            log += StageLog(usage=answer.usage)
            disputes = answer.value.disputes
            if again := _asking_again(filled, disputes):
                log += StageLog(prompts=(again.use,))
                answer = await self._llm.aask(again, WireDisputes)
                log += StageLog(usage=answer.usage)
                disputes = answer.value.disputes
        except LLMError as error:
            failed = (_row("failed", claim.id, str(error), claim) for claim in claims)
            log += StageLog(usage=error.usage, ledger=tuple(failed))
            return _Found((), log, cut_off=is_cut_off(error))
        made = [_proposition(one, numbered) for one in disputes]
        rows = tuple(row for _, found in made for row in found)
        return _Found(tuple(one for one, _ in made if one), log + StageLog(ledger=rows))


def _windows(event: Event, size: int) -> list[list[int]]:
    """The places of claims to show at once: all of them, or those that are near each other."""
    texts = [claim.text for claim in event.claims]
    if event.new is None:
        return list(shared_windows(texts, size, _NEIGHBOURS))
    new = [at for at, claim in enumerate(event.claims) if event.is_new(claim.id)]
    return list(windows_around(new, texts, size, _NEIGHBOURS))


def _of_new(log: StageLog, event: Event) -> StageLog:
    """The log without rows of claims that have theirs from before."""
    before = {claim.id for claim in event.claims if not event.is_new(claim.id)}
    rows = tuple(row for row in log.ledger if row.item not in before)
    return log.model_copy(update={"ledger": rows})


def _near(claims: Sequence[Claim], count: int) -> list[list[int]]:
    return Nearness([claim.text for claim in claims]).neighbours(count)


def _outlets(
    numbered: Mapping[int, Claim], about: Mapping[str, Article]
) -> Iterator[tuple[str, list[tuple[int, str, list[str], str, str]]]]:
    """The claims under the outlet and day of their article, as the prompt shows them."""
    for _, group in groupby(numbered.items(), key=lambda one: one[1].article_id):
        claims = dict(group)
        heading = outlet(next(iter(claims.values())), about)
        yield heading, [(*shown(*one)[:3], one[1].kind, shown(*one)[3]) for one in claims.items()]


def _asking_again(prompt: Prompt, disputes: Sequence[WireDispute]) -> Prompt | None:
    """The prompt once more, with what is wrong with some propositions; None if nothing is."""
    faults = [
        f"{as_data(one.proposition)!r} {_FAULTS[one.form]}"
        for one in disputes
        if one.form in _FAULTS
    ]
    if not faults:
        return None
    told = "; ".join(faults)
    return prompt.with_more(
        f"Of the propositions in your last answer, {told}. Answer again, with all disputes and "
        "each proposition as a plain statement of what is so; then the sides may change."
    )


def _proposition(
    dispute: WireDispute, claims: Mapping[int, Claim]
) -> tuple[Proposition | None, list[LedgerRow]]:
    """The proposition with its claims, or none where it has no two sides; and what was wrong."""
    text = " ".join(dispute.proposition.split())
    both = set(dispute.support) & set(dispute.deny)
    taken = [(one.claim, one.by) for one in dispute.withdrawn]
    asked = {*dispute.support, *dispute.deny, *(number for pair in taken for number in pair)}
    rows = [
        _row("refused", f"claim {number}: {text}", "no such claim was given")
        for number in sorted(asked - claims.keys())
    ]
    rows += [
        _row("abstained", claims[number].id, f"was put on both sides: {text}", claims[number])
        for number in sorted(both & claims.keys())
    ]

    def ids(numbers: Sequence[int]) -> tuple[str, ...]:
        known = (number for number in dict.fromkeys(numbers) if number in claims)
        return tuple(claims[number].id for number in known if number not in both)

    proposition = Proposition(
        text=text,
        supported_by=ids(dispute.support),
        denied_by=ids(dispute.deny),
        withdrawn=tuple(
            Withdrawal(claim_id=claims[one].id, withdrawn_by=claims[other].id)
            for one, other in taken
            if one in claims and other in claims and one != other
        ),
        nearest=tuple(claims[number].id for number in sorted(both & claims.keys())),
    )
    sides = proposition.supported_by and proposition.denied_by
    if text and (sides or proposition.withdrawn):
        return proposition, rows
    return None, [*rows, _row("refused", text, "has no claims on both sides, and none taken back")]


def _with_nearest(
    propositions: Sequence[Proposition], claims: Sequence[Claim], count: int
) -> tuple[Proposition, ...]:
    """Each with the nearest claims that were not placed, the most contested first."""
    near = Nearness([claim.text for claim in claims])
    ordered = sorted(propositions, key=lambda one: -len(one.claim_ids))
    made = []
    for one in ordered:
        placed = set(one.claim_ids)
        found = near.nearest(one.text, count + len(placed))
        more = [claims[at].id for at in found if claims[at].id not in placed][:count]
        made.append(one.model_copy(update={"nearest": (*one.nearest, *more)}))
    return tuple(made)


def _unplaced(claims: Sequence[Claim], propositions: Sequence[Proposition]) -> StageLog:
    """A row for each claim that is on no side of anything."""
    near = {claim_id for one in propositions for claim_id in one.nearest}
    sided = {claim_id for one in propositions for claim_id in one.claim_ids} - near
    return StageLog(
        ledger=tuple(
            _row("kept", claim.id, "no claim was found that opposes it", claim)
            for claim in claims
            if claim.id not in sided
        )
    )


def _row(outcome: Outcome, item: str, reason: str, claim: Claim | None = None) -> LedgerRow:
    article_id = claim and claim.article_id
    return LedgerRow(stage="pair", outcome=outcome, item=item, reason=reason, article_id=article_id)
