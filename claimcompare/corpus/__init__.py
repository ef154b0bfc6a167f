"""From articles to stories, and from stories to their comparisons: a day's feeds, or a decade."""

from claimcompare.corpus.models import Model
from claimcompare.corpus.records import Story, StoryResult

__all__ = ["Model", "Story", "StoryResult"]
