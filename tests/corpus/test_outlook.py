"""When the rest of many stories is given up."""

import pytest

from claimcompare.corpus.outlook import Outlook
from claimcompare.errors import LLMError
from tests.corpus.test_shards import failed, result


def test_a_story_that_is_answered_in_part_is_answered() -> None:
    outlook = Outlook()
    outlook.hear([failed(1)] * 19)
    outlook.hear([result(2, failures=("no answer",)), *[failed(3)] * 30])


def test_twenty_without_an_answer_are_enough() -> None:
    outlook = Outlook()
    outlook.hear([failed(1)] * 19)
    with pytest.raises(LLMError, match="none of the first 20 stories is answered: no answer"):
        outlook.hear([failed(2), result(3)])
