"""From articles to stories, and from stories to their comparisons: a day's feeds, or a decade."""

from claimcompare.corpus.models import Model
from claimcompare.corpus.pool import compare_stories
from claimcompare.corpus.reading import read_results
from claimcompare.corpus.records import Story, StoryResult
from claimcompare.corpus.settings import StorySettings
from claimcompare.corpus.shards import Results
from claimcompare.corpus.stories import stories
from claimcompare.corpus.work import acompare_story, compare_story

__all__ = [
    "Model",
    "Results",
    "Story",
    "StoryResult",
    "StorySettings",
    "acompare_story",
    "compare_stories",
    "compare_story",
    "read_results",
    "stories",
]
