"""One word about a claim and a proposition, with the probability of each answer."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from claimcompare.errors import LLMError
from claimcompare.llm import LLM
from claimcompare.prompts import as_data, load_prompt
from claimcompare.schema import Claim, Stance
from claimcompare.small.polarity import Polar, positive
from claimcompare.small.words import words
from claimcompare.stages.decide import OPPOSITE
from claimcompare.stages.flow import Count, each
from claimcompare.stages.log import StageLog
from claimcompare.stages.settings import CompareSettings

STANCES: tuple[Stance, ...] = ("support", "denial", "context")
Odds = Mapping[Stance, float]
# Chosen on HealthVer, where 16 of 17 sides above it are right; of Climate-FEVER, whose claims take
# a side less often, 7 of 9 are. Lower ones that gave 0.8 there gave 0.6 here.
SURE: Mapping[Stance, float] = {"support": 0.85, "denial": 0.85}
# Added to each label's mean, so that a batch of a few answers is not corrected to an even split.
_PRIOR_WEIGHT = 2.0


class Question(NamedTuple):
    """A claim to hold against a proposition; negation is known in English alone."""

    claim: Claim
    proposition: str
    english: bool

    @property
    def bare(self) -> Polar:
        """The proposition without its negation."""
        return self._bare(self.proposition)

    @property
    def own(self) -> Stance | None:
        """The stance of a claim in the proposition's own words, or in their negation."""
        bare, said = self.bare, self._bare(self.claim.text)
        if words(said.text) != words(bare.text):
            return None
        return "support" if said.negative == bare.negative else "denial"

    def _bare(self, text: str) -> Polar:
        return positive(text) if self.english else Polar(text, negative=False)


class Answer(NamedTuple):
    """How probable each stance is; none where nothing was asked or no answer came."""

    odds: Odds | None
    log: StageLog = StageLog()
    error: str | None = None

    def turned(self) -> "Answer":
        """The same for the negated proposition: who denies the one supports the other."""
        if self.odds is None:
            return self
        return self._replace(odds={stance: self.odds[OPPOSITE[stance]] for stance in STANCES})


class Asker:
    """Asks a model one question at a time."""

    def __init__(self, llm: LLM, settings: CompareSettings, calls: Count) -> None:
        self._llm = llm
        self._calls = calls
        self._prompt = load_prompt("small/classify", settings.prompts)

    async def answers(self, questions: Sequence[Question]) -> list[Answer]:
        """An answer to each question, corrected by what is answered to all of them on average."""
        given = await each(self._ask, questions, self._calls)
        odds = iter(unbiased([answer.odds for answer in given if answer.odds]))
        corrected = [one._replace(odds=next(odds)) if one.odds else one for one in given]
        return [
            answer.turned() if question.bare.negative else answer
            for question, answer in zip(questions, corrected, strict=True)
        ]

    async def _ask(self, question: Question) -> Answer:
        filled = self._prompt.fill(
            proposition=as_data(question.bare.text),
            speaker=as_data(question.claim.speaker or "The article"),
            sentence=as_data(question.claim.text),
        )
        try:
            choice = await self._llm.achoose(filled, STANCES)
        except LLMError as error:
            log = StageLog(usage=error.usage, prompts=(filled.use,))
            return Answer(None, log, error=str(error))
        odds = {stance: choice.probabilities[stance] for stance in STANCES}
        return Answer(odds, StageLog(usage=choice.usage, prompts=(filled.use,)))


def unbiased(batch: Sequence[Odds]) -> list[dict[Stance, float]]:
    """The answers without what a small model answers whatever it is asked.

    Batch calibration, Zhou et al. 2023, https://arxiv.org/abs/2309.17249.
    """
    even = _PRIOR_WEIGHT / len(STANCES)
    bias = {
        stance: (sum(odds[stance] for odds in batch) + even) / (len(batch) + _PRIOR_WEIGHT)
        for stance in STANCES
    }
    return [_normalised({one: odds[one] / bias[one] for one in STANCES}) for odds in batch]


def _normalised(odds: Odds) -> dict[Stance, float]:
    total = sum(odds.values())
    return {stance: odds[stance] / total for stance in STANCES}


def likeliest(odds: Odds) -> Stance:
    """The stance that is most probable; of two as probable, the one named first."""
    return max(STANCES, key=lambda stance: odds[stance])
