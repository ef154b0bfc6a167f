"""The only room that talks to a language model."""

from claimcompare.llm.client import LLM, Answer, Choice
from claimcompare.llm.settings import LLMSettings

__all__ = ["LLM", "Answer", "Choice", "LLMSettings"]
