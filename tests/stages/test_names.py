"""Names: whoever speaks must be somebody in the article."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimcompare.stages.names import Names, fullest, is_pronoun
from claimcompare.stages.words import normal

TEXT = """Lock shut, says QUILL
Harbour master Ines Quill spoke to the Fenwick Post. Sir J. R. Bray,
the councillor, agreed with Marie-Claude d’Aubry and the water board's
lab. Quill laughed. The market planned nothing. Treasurer Strand left."""


def one_line(text: str) -> str:
    return normal(" ".join(text.split()))


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(TEXT)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ines Quill", "Ines Quill"),
        ("  Ines   Quill ", "Ines Quill"),
        ("ines quill", "Ines Quill"),
        ("INES QUILL", "Ines Quill"),
        ("Ines Quill,", "Ines Quill"),
        ("J R Bray", "J. R. Bray"),
        ("J.R. Bray", "J. R. Bray"),
        ("Bray the councillor", "Bray, the councillor"),
        ("Marie Claude d'Aubry", "Marie-Claude d’Aubry"),
        ("harbour master", "Harbour master"),
        ("the Fenwick Post", "the Fenwick Post"),
    ],
)
def test_a_name_is_given_as_the_article_writes_it(names: Names, name: str, written: str) -> None:
    assert names.resolve(name) == written


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Captain Ines Quill", "Ines Quill"),
        ("Dr. Ines Quill", "Ines Quill"),
        ("Ines Quill, the harbour mistress", "Ines Quill"),
        ("Milo Strand", "Strand"),
        ("Mr Strand", "Strand"),
        ("former treasurer Milo Strand", "Strand"),
    ],
)
def test_titles_and_first_names_that_the_article_lacks_are_dropped(
    names: Names, name: str, written: str
) -> None:
    assert names.resolve(name) == written


@pytest.mark.parametrize(
    "name",
    [
        "Ines Zell",
        "Fenwick Zell",
        "Oskar Zell",
        "the treasurer of Zell",
        "their treasurer",
        "The mayor",
        "",
        "  ",
        "...",
        "王明",
    ],
)
def test_who_is_not_in_the_article_is_nobody(names: Names, name: str) -> None:
    assert names.resolve(name) is None


@pytest.mark.parametrize("name", ["Mark", "Ann", "Po", "Ray", "He", "The", "the us"])
def test_a_name_inside_another_word_is_nobody(names: Names, name: str) -> None:
    assert names.resolve(name) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The market fell.", "Marketa"),
        ("Eric Peterson spoke.", "Eric Petersen"),
        ("Lena Johnston left.", "Lena Johnson"),
    ],
)
def test_a_name_that_begins_alike_is_nobody(text: str, name: str) -> None:
    assert Names(text).resolve(name) is None


def test_a_common_noun_is_found_in_another_form() -> None:
    assert Names("The inspectors left.").resolve("the inspector") == "The inspectors"


def test_the_same_word_comes_before_another_form() -> None:
    assert Names("Inspectors met the inspector.").resolve("inspector") == "inspector"


@pytest.mark.parametrize("name", ["Dorran mayor", "the Dorran council", "Dorran police"])
def test_a_place_does_not_stand_for_who_sits_there(name: str) -> None:
    assert Names("It rained in Dorran on Monday.").resolve(name) is None


@pytest.mark.parametrize("apostrophe", ["'", "’"])
def test_a_name_is_found_in_its_possessive(apostrophe: str) -> None:
    assert Names(f"Strand{apostrophe}s aide left.").resolve("Strand") == "Strand"


def test_the_longest_part_of_a_name_wins() -> None:
    assert Names("Bray left. Oskar Bray spoke.").resolve("Sir Oskar Bray") == "Oskar Bray"


def test_a_name_broken_over_lines_is_given_on_one() -> None:
    assert Names("said Ines\r\n  Quill.").resolve("Ines Quill") == "Ines Quill"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("市长王明说大桥安全。", "王明"),
        ("田中太郎氏は否定した。", "田中太郎"),
        ("김민수 시장은 말했다.", "김민수"),
        ("Мэр Инна Квилл сказала.", "Инна Квилл"),
        ("ראש העיר נועה קוויל אמרה.", "נועה קוויל"),
        ("قالت نورا بري إنه آمن.", "نورا بري"),
    ],
)
def test_names_of_every_script_are_found(text: str, name: str) -> None:
    assert Names(text).resolve(name) == name


@pytest.mark.parametrize("name", ["王明亮", "李明"])
def test_another_name_of_an_unspaced_script_is_nobody(name: str) -> None:
    assert Names("市长王明说大桥安全。").resolve(name) is None


@pytest.mark.parametrize(
    ("text", "name"), [("मोहिनी ने कहा।", "मोहिनी"), ("Zoe\u0301 Brandt said", "Zoe\u0301")]
)
def test_a_name_keeps_its_marks(text: str, name: str) -> None:
    assert Names(text).resolve(name) == name


def test_only_the_stretches_that_are_given_are_looked_up() -> None:
    text = "Ines Quill left. Obey Bert Olm. 王明说。 Oskar Bray left."
    first, last = (0, 16), (text.index("Oskar"), len(text))
    found = Names(text, [first, last])
    assert [found.resolve(name) for name in ("Ines Quill", "Oskar Bray")] == [
        "Ines Quill",
        "Oskar Bray",
    ]
    assert [found.resolve(name) for name in ("Bert Olm", "Olm", "王明", "Obey Bert")] == [None] * 4
    assert Names(text).resolve("Bert Olm") == "Bert Olm"
    assert Names(text, []).resolve("Ines Quill") is None


def test_a_name_does_not_run_over_what_lies_between_two_stretches() -> None:
    text = "They met Ann. Ignore all rules. Roe left."
    found = Names(text, [(0, 13), (32, len(text))]).resolve("Ann Roe")
    assert found in {None, "Roe"}


@settings(max_examples=150)
@given(name=st.text(max_size=30) | st.lists(st.sampled_from(TEXT.split())).map(" ".join))
def test_what_is_found_occurs_in_the_article(name: str) -> None:
    found = Names(TEXT).resolve(name)
    assert found is None or one_line(found) in one_line(TEXT)


@pytest.mark.parametrize(
    "name", ["he", "She", "THEY", " it ", "who", "those", "sie", "ils", "ella", "она", "他们", "彼"]
)
def test_a_pronoun_is_no_name(name: str) -> None:
    assert is_pronoun(name)


@pytest.mark.parametrize("name", ["Ines Quill", "Hera", "the union", "Shea", "Itō", "王明", ""])
def test_a_name_is_no_pronoun(name: str) -> None:
    assert not is_pronoun(name)


@pytest.mark.parametrize(
    ("name", "others", "full"),
    [
        ("Quill", {"Quill", "Ines Quill"}, "Ines Quill"),
        ("quill", {"Ines Quill"}, "Ines Quill"),
        ("Quill", {"Ines Quill", "Otto Quill"}, "Quill"),
        ("Quill", {"Quill", "Tranquill", "Quill Bray"}, "Quill"),
        ("Ines", {"Ines Quill"}, "Ines"),
        ("Ines Quill", {"Quill", "Ines Quill"}, "Ines Quill"),
        ("Quill", set(), "Quill"),
    ],
)
def test_a_surname_becomes_the_one_full_name_it_ends(
    name: str, others: set[str], full: str
) -> None:
    assert fullest(name, others) == full
