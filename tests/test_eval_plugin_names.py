"""Which file the pytest plugin records a test to."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimcompare.pytest_plugin import cassette_of
from tests.test_pytest_plugin import CLAIMS, Suite, suite

__all__ = ["suite"]
MODULE = Path("unit") / "test_news.py"
PORTABLE = re.compile(r"[A-Za-z0-9_.-]+")
# Few letters, so that names that are nearly the same are drawn.
NEAR = st.text(alphabet="ab-_[]/. \u00e4", max_size=6).map("test_{}".format)
ANY = st.text().map("test_{}".format)


@given(ANY)
def test_a_name_is_portable_and_short(test: str) -> None:
    path = cassette_of(MODULE, test)
    assert path.parent == Path("unit", "cassettes", "test_news")
    assert PORTABLE.fullmatch(path.name)
    assert len(path.name) <= 100
    assert path.suffix == ".yaml"


@given(st.lists(NEAR, unique=True, min_size=2, max_size=8))
def test_distinct_tests_have_distinct_names(tests: list[str]) -> None:
    assert len({cassette_of(MODULE, test) for test in tests}) == len(tests)


def test_long_names_that_differ_at_their_end_stay_distinct() -> None:
    long = "test_" + "a" * 300
    one, other = (cassette_of(MODULE, f"{long}{end}").name for end in "12")
    assert one != other
    assert len(one) == len(other) <= 100


@pytest.mark.parametrize("test", ["test_speaker", "test_v1.2", "test_" + "a" * 75])
def test_a_plain_name_stays_as_it_is(test: str) -> None:
    assert cassette_of(MODULE, test).name == f"{test}.yaml"


def test_a_parameter_can_be_read_in_the_name() -> None:
    name = cassette_of(MODULE, "test_name[Una Brock]").name
    assert re.fullmatch(r"test_name-Una-Brock-[0-9a-f]{8}\.yaml", name)


def test_modules_of_a_folder_do_not_share_recordings() -> None:
    other = MODULE.with_name("test_other.py")
    assert cassette_of(MODULE, "test_a") != cassette_of(other, "test_a")


def test_names_are_distinct_where_case_does_not_count() -> None:
    names = [cassette_of(MODULE, test).name.casefold() for test in ("test_nato", "test_NATO")]
    assert len(set(names)) == 2


def test_parameters_and_odd_ids_have_a_recording_each(suite: Suite) -> None:
    suite.write(
        "test_news.py",
        CLAIMS,
        """
    import pytest

    @pytest.mark.parametrize("name", ["Ann Roe", "Ann/Roe", "../Roe", "Ann?*<>|", "Änn", "R" * 150])
    def test_name(claimcompare_llm, name):
        text = f"Una Brock said that {name.encode().hex()} is dry."
        assert speakers(claimcompare_llm, text) == ["Una Brock"]
    """,
    )
    recorded = suite.record()
    assert recorded.code == 0, recorded.text
    assert len(suite.cassettes()) == len(set(suite.cassettes())) == 6
    assert {name.rpartition("/")[0] for name in suite.cassettes()} == {"cassettes/test_news"}
    assert suite.replay().code == 0


def test_methods_of_two_classes_have_a_recording_each(suite: Suite) -> None:
    suite.write(
        "test_news.py",
        CLAIMS,
        """
    class TestDry:
        def test_speaker(self, claimcompare_llm):
            assert speakers(claimcompare_llm, "Ann Roe said that it is dry.") == ["Ann Roe"]

    class TestWet:
        def test_speaker(self, claimcompare_llm):
            assert speakers(claimcompare_llm, "Tom Beck said that it is wet.") == ["Tom Beck"]
    """,
    )
    assert suite.record().code == 0
    assert suite.replay().code == 0
