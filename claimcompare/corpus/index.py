"""Which open stories have a word or a line."""

from collections.abc import Iterable


class Index:
    """Numbers of stories by what they have, to be found in a time that does not grow."""

    def __init__(self) -> None:
        self._stories: dict[int, dict[int, None]] = {}

    def add(self, number: int, having: Iterable[int]) -> None:
        """A story has these."""
        stories = self._stories
        for one in having:
            there = stories.get(one)
            if there is None:
                stories[one] = {number: None}
            else:
                there[number] = None

    def remove(self, number: int, having: Iterable[int]) -> None:
        """A story has these no longer."""
        stories = self._stories
        for one in having:
            there = stories[one]
            del there[number]
            if not there:
                del stories[one]

    def having(self, one: int) -> dict[int, None]:
        """The stories that have it, the earliest first."""
        return self._stories.get(one, _NONE)


_NONE: dict[int, None] = {}
