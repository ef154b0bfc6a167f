"""Have closed questions decided, by the first way that an endpoint has."""

import asyncio
import logging
from collections.abc import Sequence
from functools import partial

from claimcompare.errors import LLMError, LLMOutputError
from claimcompare.llm.answers import Unrecorded
from claimcompare.llm.choosing import Choice, Chooser
from claimcompare.llm.completion import Completion
from claimcompare.llm.decision_forms import NO_DECISIONS, OPENAI, SYSTEM_ONE, Form, told_in
from claimcompare.llm.decisions import Decision, Decisions, Question, decided
from claimcompare.llm.gateway import Gateway
from claimcompare.llm.recording import open_replay
from claimcompare.llm.rejections import rejected_as
from claimcompare.llm.requests import Request
from claimcompare.llm.tokens import fewest_tokens
from claimcompare.schema import Prompt
from claimcompare.usage import Usage

_log = logging.getLogger(__name__)
_FORMS = (OPENAI, SYSTEM_ONE)
_MOST_QUESTIONS = 200
# There is no such way to ask: forbidden, not found, method not allowed, not implemented.
_NO_SUCH_WAY = frozenset({403, 404, 405, 501})
_UNFIT = frozenset({400, 422})
_TOO_LARGE = frozenset({400, 413, 422})
_NO_DECISION_MODEL = (
    "decision",
    "systemone",
    "system one",
    "not support",
    "unsupported",
    "logprob",
    "only `",
)
_TOO_MANY = ("too many", "at most", "maximum", "limit", "exceed", "no more than")


class Decider:
    """Asks closed questions, and remembers how its endpoint takes them.

    A replay does not know what was learnt: what is recorded tells how it was asked for.
    """

    def __init__(self, model: str, gateway: Gateway, chooser: Chooser) -> None:
        self._model = model
        self._gateway = gateway
        self._chooser = chooser
        told = gateway.settings.decisions
        self._may_leave = told == "auto"
        self._given = tuple(form for form in _FORMS if told in ("auto", form.name))
        # The embedded model serves none, and need not be asked.
        if gateway.is_local and self._may_leave:
            self._given = ()
        self._left = self._given
        self._worked = False
        self._most = _MOST_QUESTIONS
        self._told: set[str] = set()

    async def decide(self, state: Prompt, questions: Sequence[Question]) -> Decisions:
        """The decisions on questions about a state; raises ValueError where two have one name."""
        found = await self.at_endpoint(state, questions)
        return await self._in_chat(state, questions) if found is None else found

    async def at_endpoint(self, state: Prompt, questions: Sequence[Question]) -> Decisions | None:
        """The same without asking in chat; None where the endpoint takes no such questions."""
        if len({question.name for question in questions}) < len(questions):
            raise ValueError("two questions have the same name")
        if not questions:
            return Decisions((), Usage())
        return await self._by_endpoint(state, questions)

    @property
    def _is_settled(self) -> bool:
        return self._worked or not self._left or not self._may_leave

    async def _by_endpoint(self, state: Prompt, questions: Sequence[Question]) -> Decisions | None:
        """By the first form that the endpoint takes; None where it takes none."""
        if open_replay() is None and not self._is_settled:
            async with await self._gateway.alone("decisions"):
                if not self._is_settled:
                    return await self._by_first_form(state, questions)
        return await self._by_first_form(state, questions)

    async def _by_first_form(
        self, state: Prompt, questions: Sequence[Question]
    ) -> Decisions | None:
        for form in self._left if open_replay() is None else self._given:
            try:
                found = await self._in_form(form, state, questions)
            except Unrecorded:
                if not self._may_leave:
                    raise
            except LLMError as error:
                if not self._is_left(form, error):
                    self._gateway.failed(state, error)
                    raise
            else:
                self._learn(form)
                return found
        return None

    def _learn(self, form: Form) -> None:
        if open_replay() is None:
            self._left, self._worked = (form,), True

    def _is_left(self, form: Form, error: LLMError) -> bool:
        """Whether to ask in another way after that; for good, where it is said to be none."""
        if not self._may_leave or (self._worked and open_replay() is None):
            return False
        is_none = _is_no_way(error)
        # SGLang has a form of its own there, and complains of ours in ways that one cannot list.
        if not is_none and not (form is OPENAI and rejected_as(error) in _UNFIT):
            return False
        if is_none and open_replay() is None:
            self._left = tuple(one for one in self._left if one is not form)
        if form.name not in self._told:
            self._told.add(form.name)
            level = logging.INFO if is_none else logging.WARNING
            _log.log(level, "%s takes no questions by %s: %s", self._model, form.api.path, error)
        return True

    async def _in_form(self, form: Form, state: Prompt, questions: Sequence[Question]) -> Decisions:
        """In as few requests as the endpoint allows, one after another.

        So the shared part is in the prefix cache of all but the first, and a limit is met once.
        """
        most = self._most if open_replay() is None else _MOST_QUESTIONS
        answers: tuple[Decision, ...] = ()
        usage = Usage()
        while len(answers) < len(questions):
            batch = questions[len(answers) : len(answers) + most]
            try:
                found = await self._in_one(form, state, batch)
            except Unrecorded:
                if len(batch) == 1:
                    raise
                most = len(batch) - 1
                continue
            except LLMError as error:
                if not _are_too_many(error, state, batch):
                    error.usage += usage
                    raise
                most = -(-len(batch) // 2)
                continue
            answers, usage = answers + found.answers, usage + found.usage
        if open_replay() is None:
            self._most = min(self._most, most)
        return Decisions(answers, usage)

    async def _in_one(self, form: Form, state: Prompt, questions: Sequence[Question]) -> Decisions:
        text = _text_of(state)
        body = {"model": self._model, **form.body(text, questions), **self._gateway.settings.body}
        answer = await self._gateway.send(
            Request(state, body, form.api), partial(_is_whole, text, questions)
        )
        if _is_cut(answer, text):
            raise LLMOutputError(
                f"{state.name}: the endpoint read {answer.usage.prompt_tokens} tokens, "
                "which is not all of the text",
                fault="truncated",
                output="",
                usage=answer.usage,
            )
        return Decisions(decided(questions, told_in(answer)), answer.usage)

    async def _in_chat(self, state: Prompt, questions: Sequence[Question]) -> Decisions:
        """Each question on its own, after the state."""
        asked = (
            self._chooser.choose(_with_question(state, question), question.values)
            for question in questions
        )
        results = await asyncio.gather(*asked, return_exceptions=True)
        usage = sum((_usage_of(one) for one in results), Usage())
        refused = [one for one in results if _is_refused(one)]
        for one in results:
            if isinstance(one, BaseException) and not isinstance(one, LLMError):
                raise one
        # What every question is refused for is no matter of the questions.
        if len(refused) == len(results) and isinstance(refused[0], LLMError):
            refused[0].usage = usage
            raise refused[0]
        return Decisions(tuple(map(_chosen, results)), usage)


def _is_whole(text: str, questions: Sequence[Question], answer: Completion) -> bool:
    """Whether all of the text was read, and each question has an answer."""
    found = decided(questions, told_in(answer))
    return not _is_cut(answer, text) and not any(one.error for one in found)


def _is_cut(answer: Completion, text: str) -> bool:
    """Whether an endpoint has read less than there is."""
    return 0 < answer.usage.prompt_tokens < fewest_tokens(text)


def _is_refused(result: Choice | BaseException) -> bool:
    """Whether a question got no answer at all, not even an unusable one."""
    return isinstance(result, LLMError) and not isinstance(result, LLMOutputError)


def _is_no_way(error: LLMError) -> bool:
    """Whether an endpoint says that it takes no questions of that form."""
    status, words = rejected_as(error), str(error).casefold()
    if status in _UNFIT:
        return any(sign in words for sign in _NO_DECISION_MODEL)
    return status in _NO_SUCH_WAY or (type(error) is LLMError and NO_DECISIONS in str(error))


def _are_too_many(error: LLMError, state: Prompt, questions: Sequence[Question]) -> bool:
    """Whether fewer questions may be taken."""
    if len(questions) == 1:
        return False
    if isinstance(error, LLMOutputError):
        asked = sum(len(question.model_dump_json()) for question in questions)
        return error.fault == "truncated" and not error.usage.calls and asked > len(_text_of(state))
    words = str(error).casefold()
    about = "question" in words and any(sign in words for sign in _TOO_MANY)
    return rejected_as(error) in _TOO_LARGE and about


def _text_of(state: Prompt) -> str:
    return "\n\n".join(text for text in (state.system, state.user) if text)


def _with_question(state: Prompt, question: Question) -> Prompt:
    """The state, then the question: what all questions share comes first."""
    options = [
        f"- {value}: {meaning}" if meaning else f"- {value}" for value, meaning in question.options
    ]
    words = ", ".join(question.values)
    lines = [question.instructions, *options, f"Answer with one of these words alone: {words}."]
    return state.model_copy(update={"user": "\n".join([f"{state.user}\n", *lines])})


def _usage_of(result: Choice | BaseException) -> Usage:
    return result.usage if isinstance(result, (Choice, LLMError)) else Usage()


def _chosen(result: Choice | BaseException) -> Decision:
    if isinstance(result, Choice):
        return Decision(result.probabilities, result.label_mass)
    return Decision(error=str(result))
