"""The only room that talks to a language model."""

from claimcompare.llm.choosing import Choice
from claimcompare.llm.client import LLM, Answer
from claimcompare.llm.decisions import Decision, Decisions, Option, Question
from claimcompare.llm.events import CallEvent, OnEvent
from claimcompare.llm.settings import LLMSettings, MakeStore, Prices

__all__ = [
    "LLM",
    "Answer",
    "CallEvent",
    "Choice",
    "Decision",
    "Decisions",
    "LLMSettings",
    "MakeStore",
    "OnEvent",
    "Option",
    "Prices",
    "Question",
]
