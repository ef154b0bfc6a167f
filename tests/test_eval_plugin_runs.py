"""What the pytest plugin records and costs, and how a recording ends."""

import pytest

from tests.llm.server import KEY, fails
from tests.test_pytest_plugin import CLAIMS, RECORD, SPEAKER, Suite, answer, suite

__all__ = ["suite"]


def test_only_the_tests_that_are_run_are_recorded(suite: Suite) -> None:
    other = SPEAKER.replace("test_speaker", "test_other")
    suite.write("test_news.py", CLAIMS, SPEAKER, other)
    suite.record("-k", "other")
    assert suite.cassettes() == ["cassettes/test_news/test_other.yaml"]


def test_a_recording_that_breaks_off_leaves_the_one_before(suite: Suite) -> None:
    suite.write(
        "test_news.py",
        CLAIMS,
        """
    def test_two(claimcompare_llm):
        assert speakers(claimcompare_llm, "Ann Roe said that it is dry.") == ["Ann Roe"]
        assert speakers(claimcompare_llm, "Tom Beck said that it is wet.") == ["Tom Beck"]
    """,
    )
    suite.record()
    suite.server.will_always(
        lambda request: answer(request) if "Ann Roe" in request.user else fails(404)
    )
    assert suite.record().code == 1
    assert suite.replay().code == 0


def test_a_test_may_run_event_loops_of_its_own(suite: Suite) -> None:
    suite.write(
        "test_news.py",
        """
    import asyncio
    from claimcompare import Article, aextract

    def test_twice(claimcompare_llm):
        async def speaker(text):
            found = await aextract([Article(id="post", text=text)], llm=claimcompare_llm)
            await claimcompare_llm.aclose()
            return found.claims[0].speaker

        assert asyncio.run(speaker("Una Brock said that it is dry.")) == "Una Brock"
        assert asyncio.run(speaker("Tam Weir said that it is wet.")) == "Tam Weir"
    """,
    )
    recorded = suite.record()
    assert recorded.code == 0, recorded.text
    assert suite.replay().code == 0


def test_a_test_that_asks_nothing_is_recorded_and_replayed_as_such(suite: Suite) -> None:
    nothing = "    def test_none(claimcompare_llm): "
    suite.write("test_news.py", CLAIMS, f"{nothing}pass")
    recorded = suite.record()
    assert recorded.code == 0, recorded.text
    assert suite.cassettes() == ["cassettes/test_news/test_none.yaml"]
    replayed = suite.replay()
    assert replayed.code == 0, replayed.text
    suite.write("test_news.py", CLAIMS, f"{nothing}speakers(claimcompare_llm)")
    changed = suite.replay()
    assert changed.code == 1
    assert "the recording holds no response for this 'extract' prompt" in changed.text


@pytest.mark.parametrize("options", [(), (RECORD,)])
def test_who_does_not_use_the_model_loads_and_needs_nothing(
    suite: Suite, options: tuple[str, ...]
) -> None:
    suite.write(
        "test_news.py",
        SPEAKER,
        """
    import sys

    def test_nothing():
        assert [one for one in ("openai", "vcr", "numpy") if one in sys.modules] == []
    """,
    )
    suite.settings(claimcompare_model="no-such-model")
    done = suite.replay("-k", "nothing", *options)
    assert done.code == 0, done.text
    assert suite.cassettes() == []


def test_a_recording_holds_neither_key_nor_host(suite: Suite) -> None:
    suite.write("test_news.py", CLAIMS, SPEAKER)
    suite.record()
    text = (suite.folder / suite.cassettes()[0]).read_text(encoding="utf-8")
    assert "quay" in text
    assert KEY not in text
    assert str(suite.server.server_port) not in text


def test_a_test_that_skips_while_recording_is_no_error(suite: Suite) -> None:
    suite.write(
        "test_news.py",
        """
    import pytest

    def test_friday(claimcompare_llm):
        pytest.skip("not on Fridays")
    """,
    )
    assert suite.record().code == 0
