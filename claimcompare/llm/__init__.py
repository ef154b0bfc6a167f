"""The only room that talks to a language model."""

from claimcompare.llm.client import LLM, Answer, Choice
from claimcompare.llm.events import CallEvent, OnEvent
from claimcompare.llm.settings import LLMSettings, Prices

__all__ = ["LLM", "Answer", "CallEvent", "Choice", "LLMSettings", "OnEvent", "Prices"]
