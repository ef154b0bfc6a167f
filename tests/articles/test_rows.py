"""Data sets: a row is an article, and a bad row costs itself only."""

import json

import pytest
from pydantic import ValidationError

from claimcompare.articles.outside import Worker
from claimcompare.articles.readers import read_each
from claimcompare.articles.records import Extracted, Source
from claimcompare.articles.settings import ReadSettings
from claimcompare.errors import ArticleError


def read(raw: str | bytes, suffix: str, **fields: str) -> list[Extracted | ArticleError]:
    content = raw if isinstance(raw, bytes) else raw.encode()
    source = Source(f"news{suffix}", "news", content, suffix)
    with Worker(ReadSettings(fields=fields)) as worker:
        return list(read_each(source, worker))


def one(raw: str | bytes, suffix: str, **fields: str) -> Extracted:
    (found,) = read(raw, suffix, **fields)
    assert isinstance(found, Extracted), found
    return found


def faults(found: list[Extracted | ArticleError]) -> list[str]:
    return [str(one) for one in found if isinstance(one, ArticleError)]


FULL = {
    "id": "post:1", "text": " The quay is dry.\n", "title": "Dry", "publisher": "Fenwick Post",
    "author": "Tam Weir", "published": "2026-05-03", "url": "https://fenwick.example/1",
    "language": "en",
}  # fmt: skip


def test_the_usual_names_of_fields_are_known() -> None:
    assert one(json.dumps(FULL), ".jsonl")._asdict() == {**FULL, "doubts": ()}


def test_a_text_stays_as_it_is_so_that_offsets_fit_the_data() -> None:
    assert one(json.dumps(FULL), ".jsonl").text == FULL["text"]


def test_other_usual_names_and_shapes_are_known() -> None:
    row = {
        "Headline": "Dry", "CONTENT": "The quay is dry.", "source": {"name": "Fenwick Post"},
        "authors": ["Tam Weir", {"name": "Una Brock"}], "publishedAt": 20260503, "link": "x",
    }  # fmt: skip
    found = one(json.dumps(row), ".json")
    assert (found.title, found.text, found.publisher) == ("Dry", "The quay is dry.", "Fenwick Post")
    assert (found.author, found.published, found.url) == ("Tam Weir, Una Brock", "20260503", None)
    assert found.id == "news-1"


def test_names_of_its_own_go_before_the_usual_ones() -> None:
    row = {"text": "no", "full": "The quay is dry.", "desk": "Harbour"}
    found = one(json.dumps(row), ".jsonl", text="Full", publisher="desk")
    assert (found.text, found.publisher) == ("The quay is dry.", "Harbour")


def test_unknown_fields_of_ours_are_refused() -> None:
    with pytest.raises(ValidationError, match="'txt' is no field of an article"):
        ReadSettings(fields={"txt": "body"})


def test_a_bad_line_costs_itself_and_is_named_by_its_number() -> None:
    lines = [
        '{"text": "One."}',
        "nope",
        "",
        '{"text": " "}',
        '{"title": "x"}',
        "3",
        '{"text": "Two."}',
    ]
    found = read("\r\n".join(lines), ".jsonl")
    assert [one.text for one in found if isinstance(one, Extracted)] == ["One.", "Two."]
    assert [one.id for one in found if isinstance(one, Extracted)] == ["news-1", "news-7"]
    said = faults(found)
    assert said[0].startswith("news.jsonl: row 2: is no JSON (")
    assert said[1] == "news.jsonl: row 4: its text is empty"
    assert said[2].startswith("news.jsonl: row 5: has no text (looked for text, body, ")
    assert said[3] == "news.jsonl: row 6: is no JSON object"
    assert [one.row for one in found if isinstance(one, ArticleError)] == [2, 4, 5, 6]


@pytest.mark.parametrize("shape", ["{}", '{{"articles": {}}}', '{{"data": {}}}'])
def test_one_json_document_may_list_articles(shape: str) -> None:
    found = read(shape.format('[{"text": "One."}, {"text": "Two."}]'), ".json")
    assert [one.id for one in found if isinstance(one, Extracted)] == ["news-1", "news-2"]


def test_a_list_that_is_cut_off_is_one_fault() -> None:
    assert faults(read('[{"text": "One."},', ".json")) == [
        "news.json: row 1: is no JSON (EOF while parsing a value at line 1 column 18)"
    ]


def test_a_number_too_long_and_a_surrogate_are_faults_of_their_rows() -> None:
    assert (
        len(faults(read(f'{{"text": "x", "id": {"9" * 5_000}}}\n{{"text": "\\ud800"}}', ".jsonl")))
        == 2
    )


def test_claims_that_were_extracted_before_are_no_articles() -> None:
    row = {"id": "a:1", "article_id": "a", "speaker": None, "cue": None, "text": "Dry."}
    assert "is a claim that was extracted before" in faults(read(json.dumps(row), ".jsonl"))[0]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_table_is_read_whatever_separates_its_cells(separator: str) -> None:
    lines = [["Title", "Text", "outlet"], ["Dry", "The quay is dry.", "Fenwick Post"]]
    found = one("\n".join(separator.join(cells) for cells in lines), ".csv")
    assert (found.title, found.text, found.publisher) == ("Dry", "The quay is dry.", "Fenwick Post")
    assert found.id == "news-2"


def test_rows_of_a_table_are_numbered_as_a_spreadsheet_shows_them() -> None:
    table = 'id,text\r\na,"One, ""two"".\r\nThree."\r\n\r\nb\r\nc,"x"y\r\nd,1,2\r\ne,\r\nf,Six.\r\n'
    found = read(table, ".csv")
    assert [one.id for one in found if isinstance(one, Extracted)] == ["a", "f"]
    assert faults(found) == [
        "news.csv: row 4: has 1 columns, the header has 2",
        "news.csv: row 5: a quotation mark in it is not closed, or text follows it",
        "news.csv: row 6: has 3 columns, the header has 2",
        "news.csv: row 7: its text is empty",
    ]


def test_a_giant_cell_is_read() -> None:
    text = "The quay is dry. " * 20_000
    assert one(f'text,id\n"{text}",1\n', ".csv").text == text


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "holds no article|no header"),
        ("\n", "no header"),
        ("text,Text\na,b\n", "two columns are called 'text'"),
        ("text,id\n", "holds no article"),
    ],
)
def test_a_table_without_a_header_or_rows_is_refused(table: str, words: str) -> None:
    (fault,) = read(table, ".csv")
    assert isinstance(fault, ArticleError)
    with pytest.raises(ArticleError, match=words):
        raise fault


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    (fault,) = faults(read("id,story\n1,Dry.\n", ".csv", text="body"))
    assert fault == "news.csv: has no column 'body', only 'id', 'story'"


def test_a_table_in_another_encoding_is_read() -> None:
    text = "Die Wärterin sagte, der Kai sei trocken; niemand könne das bestreiten. " * 3
    assert one(f"id;text\n1;{text}\n".replace("; niemand", ", niemand").encode("cp1252"), ".csv")


def test_a_header_of_endless_columns_is_refused() -> None:
    header = ",".join(f"c{number}" for number in range(1_000))
    (told,) = faults(read(f"{header},text\n", ".csv"))
    assert told == "news.csv: has 1001 columns; no more than 1000 are read"
    assert "has no text" in faults(read(f"{header}\n{header}", ".csv"))[0]


@pytest.mark.parametrize(
    "end",
    [
        "… [+2315 chars]",
        "... [871 chars]\n",
        "\u2026 [+12,315 characters]",
        "… [4012 Zeichen mehr]",
        "... [1 204 caractères]",
        "[+2.315 символов]",
        "… [+900字]",
    ],
)
def test_a_text_that_says_it_was_cut_off_is_refused(end: str) -> None:
    rows = [{"content": f"The quay is dry{end}"}, {"content": "It has [+20 chars] in it."}]
    cut, whole = read("\n".join(map(json.dumps, rows)), ".jsonl")
    assert "news.jsonl: row 1: its text is not whole, as it says at its end ([" in str(cut)
    assert isinstance(cut, ArticleError)
    assert isinstance(whole, Extracted)


@pytest.mark.parametrize(
    ("told", "iso"),
    [
        ("Wed, 04 Nov 2026 10:00:00 GMT", "2026-11-04T10:00:00+00:00"),
        ("2026-11-04", "2026-11-04"),
        ("2026-11-04T10:00Z", "2026-11-04T10:00Z"),
        ("last Tuesday", "last Tuesday"),
    ],
)
def test_dates_are_written_one_way_whatever_the_row_says(told: str, iso: str) -> None:
    assert one(json.dumps({"text": "The quay is dry.", "date": told}), ".jsonl").published == iso
