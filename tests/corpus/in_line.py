"""What stands in for `acompare_story`: stories that all ask at once, the last of them first."""

import asyncio
from typing import Any

from claimcompare.corpus import Story, StoryResult
from claimcompare.llm.line import Line


class InLine:
    """Gives stories a turn each once `many` have asked for it; `turns` are theirs in order."""

    def __init__(self, many: int) -> None:
        self.begun: list[str] = []
        self.turns: list[str] = []
        self._many = many
        self._asked = 0
        self._line = Line()

    async def __call__(self, story: Story, **_: Any) -> StoryResult:
        self.begun.append(story.id)
        after = self._many - len(self.begun)
        while self._asked < after:  # noqa: ASYNC110 - of the same loop
            await asyncio.sleep(0)
        with self._line.place(again=False) as place:
            self._asked += 1
            self._line.move()
            await place.may_go(lambda: self._asked == self._many)
            self.turns.append(story.id)
        ids = tuple(article.id for article in story.articles)
        return StoryResult(story_id=story.id, articles=ids, failures=("not asked",))
