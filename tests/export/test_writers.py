from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from onrecord.export import FORMATS, to_dict, write
from tests.export.samples import empty, reading


def test_the_text_of_record_goes_along_when_asked_for():
    stream = io.StringIO()
    write([reading()], stream, "jsonl", with_text=True)
    record = json.loads(stream.getvalue())
    text = record["document"]["text"]
    spans = [span for statement in record["statements"] for span in statement["content"]]
    assert spans and all(text[span["start"] : span["end"]] == span["text"] for span in spans)


def written(readings, format: str) -> str:
    stream = io.StringIO(newline="")
    assert write(iter(readings), stream, format) == len(readings)
    return stream.getvalue()


def test_jsonl_is_one_document_a_line_even_with_odd_line_separators():
    made = reading()
    odd = replace(made, document=replace(made.document, title="a\u2028b\u2029c\x85d\ne"))
    lines = written([odd, empty()], "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == [to_dict(odd), to_dict(empty())]


@pytest.mark.parametrize("readings", [[], [reading()], [reading(), empty()]], ids=len)
def test_json_is_an_array(readings):
    assert json.loads(written(readings, "json")) == [to_dict(one) for one in readings]


def test_csv_has_one_row_a_statement_with_the_exact_words():
    made = reading()
    text = made.document.text.replace("that the toll", "=2+3,the toll")
    rows = list(
        csv.DictReader(
            io.StringIO(written([replace(made, document=replace(made.document, text=text)), empty()], "csv"))
        )
    )
    assert len(rows) == 5
    assert rows[0]["content"] == '=2+3,the toll "will not return" this year'
    assert (rows[0]["speaker"], rows[0]["said_from"], rows[0]["via"]) == ("Anna Kolm", "2026-03-02", "Radio Nord")
    assert rows[1]["content"] == '"We said no, and we mean <no>," ... "Ask me again in 2030."'
    assert (rows[2]["speaker"], rows[3]["parent"]) == ("", "s3")
    known = ("counterparts", "issues", "instruments", "stance", "commitment", "category", "actor", "recipient")
    assert [rows[0][name] for name in known] == [
        *("LVA; EU", "transport", "Toll Accord", "opposes", "refuses", "REJECT", "EST", "LVA")
    ]
    assert (rows[0]["conditions"], rows[0]["deadlines"]) == ("this year", "2026-01-01/2026-12-31 no toll")
    assert {rows[4][name] for name in known} == {""}


def test_csv_of_nothing_still_has_its_header():
    assert written([], "csv").startswith("document_id,path,url,")


def test_md_escapes_what_would_be_markup():
    made = reading()
    text = made.document.text.replace("that the toll", "# *x* [a](b) `").replace("Is that final?", "- <b>item</b>")
    page = written([replace(made, document=replace(made.document, text=text))], "md")
    assert r"> \# \*x\* \[a\](b) \`" in page
    assert r"> \- \<b\>item\</" in page
    assert "## Anna Kolm, Minister of Transport of Estonia (EST)" in page
    assert page.index("**1. opposes") < page.index("**4.** indirect") < page.index("**3.** indirect")


def test_writing_streams():
    stream = io.StringIO()

    def watching():
        for _ in range(2):
            yield reading()
            assert stream.getvalue().count("Anna Kolm") > 0

    assert write(watching(), stream, "jsonl") == 2


def test_an_unknown_format_is_refused_by_name():
    with pytest.raises(ValueError, match=r"'xml': there are jsonl, json, csv, md"):
        write([], io.StringIO(), "xml")
    assert set(FORMATS) == {"jsonl", "json", "csv", "md"}
