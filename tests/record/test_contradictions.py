from __future__ import annotations

from datetime import date

import pytest

from onrecord.errors import QuestionError
from onrecord.record import questions_contradictions
from onrecord.record.database import open_database
from onrecord.record.questions_filters import Filters
from onrecord.record.record import Record
from onrecord.record.writer import Writer
from tests.record.samples import article, reading, said

NORWAY = {"role": "Foreign Minister of Norway", "country": "NOR"}
FOR = {"stance": "supports", "commitment": "commits", "issues": ("arms-control",), **NORWAY}
AGAINST = {**FOR, "stance": "opposes", "commitment": "refuses"}


def said_on(day: date, name: str, words: str, **rest):
    return reading(said(name, words, **rest), published=day, title=f"{words[:30]} {day}")


def added(database, *readings):
    with Writer(database) as writer:
        writer.add(readings)
    return Record(database)


EARLY, LATE = date(2026, 1, 5), date(2026, 3, 5)


def test_the_opposite_in_so_many_words(database):
    readings = [
        said_on(EARLY, "Marit Solvang", "Norway will sign the fishing protocol", **FOR),
        said_on(date(2026, 2, 5), "Pekka Rautio", "we will not sign the fishing protocol", **AGAINST),
        said_on(LATE, "Marit Solvang", "we will not sign the fishing protocol", **AGAINST),
    ]
    with added(database, *readings) as record:
        page = record.contradictions()
        (row,) = page.rows
        assert (page.next, page.total) == (None, 1)
        assert (row.speaker, row.country, row.about, row.how) == ("Marit Solvang", "NOR", "arms-control", "words")
        assert (row.earlier_day, row.later_day) == (EARLY, LATE)
        assert row.earlier_words == "that Norway will sign the fishing protocol"
        assert (row.earlier_position, row.later_position) == ("supports, commits", "opposes, refuses")
        assert row.earlier_id == readings[0].statements[0].id and row.later_id == readings[2].statements[0].id
        assert row.sentence == (
            "Marit Solvang said “will sign the fishing protocol” on 2026-01-05,"
            " and “will not sign the fishing protocol” on 2026-03-05."
        )
        assert row.entity == record.statement(row.later_id).entity
        assert record.contradiction(row.later_id) == row
        assert record.contradiction(row.earlier_id) is None


def test_a_position_that_turned_about_one_instrument(database):
    rest = {"instruments": ("New START",)}
    words = "the New START treaty and its inspections of the northern bases"
    with added(
        database,
        said_on(EARLY, "Marit Solvang", f"{words} are good", **{**FOR, **rest, "commitment": "none"}),
        said_on(LATE, "Marit Solvang", f"{words} are bad", **{**AGAINST, **rest, "commitment": "none"}),
    ) as record:
        (row,) = record.contradictions().rows
        assert (row.about, row.how) == ("New START", "position")
        assert row.sentence == ("Marit Solvang was for it on 2026-01-05 and was against it on 2026-03-05: New START.")


def test_a_name_in_both_tells_that_they_are_about_one_thing(database):
    none = {"issues": ()}
    with added(
        database,
        said_on(EARLY, "Marit Solvang", "we will not support Havelka", **{**AGAINST, **none}),
        said_on(LATE, "Marit Solvang", "we support Havelka", **{**FOR, **none}),
        said_on(EARLY, "Pekka Rautio", "we will not support the deal", **{**AGAINST, **none, "country": "FIN"}),
        said_on(LATE, "Pekka Rautio", "we support the deal", **{**FOR, **none, "country": "FIN"}),
    ) as record:
        (row,) = record.contradictions().rows
        assert (row.speaker, row.about, row.how) == ("Marit Solvang", "Havelka", "words")


PROTOCOL = "Norway will sign the fishing protocol"
DENIED = "we will not sign the fishing protocol"


@pytest.mark.parametrize(
    ("earlier", "later", "days"),
    [
        ((PROTOCOL, FOR), (DENIED, {**AGAINST, "stance": "supports", "commitment": "commits"}), (EARLY, LATE)),
        ((PROTOCOL, FOR), (DENIED, {**AGAINST, "issues": ("trade",)}), (EARLY, LATE)),
        ((PROTOCOL, FOR), (DENIED, {**AGAINST, "instruments": ("NPT",), "issues": ()}), (EARLY, LATE)),
        ((PROTOCOL, FOR), (DENIED, AGAINST), (LATE, LATE)),
        ((PROTOCOL, FOR), ("we will not sign the grain protocol", AGAINST), (EARLY, LATE)),
        ((PROTOCOL, FOR), (f"{DENIED} if the ice melts", {**AGAINST, "condition": "if the ice melts"}), (EARLY, LATE)),
        ((PROTOCOL, {**FOR, "commitment": "conditional"}), (DENIED, AGAINST), (EARLY, LATE)),
        (("we welcome sanctions on steel ports in Kiribati", FOR),
         ("we condemn sanctions on steel ports in Tuvalu", AGAINST), (EARLY, LATE)),
    ],
)  # fmt: skip
def test_no_contradiction(database, earlier, later, days):
    readings = [
        said_on(day, "Marit Solvang", words, **facts)
        for day, (words, facts) in zip(days, (earlier, later), strict=True)
    ]
    with added(database, *readings) as record:
        assert record.contradictions().rows == ()
        assert "nobody speaks against his own earlier words" in record.why_no_contradictions(Filters())


def test_filters_are_about_the_later_statement_and_pages_go_on(database):
    things = ("fishing protocol", "grain treaty", "gas contract", "rail charter")
    readings = []
    for number, thing in enumerate(things):
        day = date(2026, 1 + number, 2)
        readings.append(said_on(day, "Marit Solvang", f"we will sign the {thing}", **FOR))
        readings.append(said_on(day.replace(day=20), "Marit Solvang", f"we will not sign the {thing}", **AGAINST))
    with added(database, *readings) as record:
        days = [row.later_day for row in record.contradictions().rows]
        assert days == [date(2026, month, 20) for month in (4, 3, 2, 1)]
        found, after = [], None
        while True:
            page = record.contradictions(limit=1, after=after)
            found += [row.later_day for row in page.rows]
            after = page.next
            if after is None:
                break
        assert found == days
        assert [row.later_day for row in record.contradictions("gas").rows] == [date(2026, 3, 20)]
        assert len(record.contradictions(since="2026-02-10").rows) == 3
        assert len(record.contradictions(until="2026-02").rows) == 2
        assert record.contradictions(speaker="Solvang", issue="trade").rows == ()
        assert len(record.contradictions(speaker="Solvang", stance="opposes").rows) == 4
        with pytest.raises(QuestionError, match="does not continue this question"):
            record.contradictions("gas", after=record.contradictions(limit=1).next)
        with pytest.raises(QuestionError, match="limit must be 1"):
            record.contradictions(limit=0)


def test_one_page_looks_at_so_many_statements_and_says_where_to_go_on(database):
    with Writer(database) as writer:
        writer.add(article(number) for number in range(6))
        writer.add([
            said_on(date(2020, 1, 1), "Marit Solvang", PROTOCOL, **FOR),
            said_on(date(2020, 2, 1), "Marit Solvang", DENIED, **AGAINST),
        ])  # fmt: skip
    engine = open_database(database)
    with engine.connect() as connection:
        pages, after = [], None
        while True:
            page = questions_contradictions.page(connection, Filters(), limit=5, after=after, scanned=7)
            pages.append(page)
            after = page.next
            if after is None:
                break
    engine.dispose()
    assert len(pages) > 2 and not pages[0].rows
    assert [row.later_day for page in pages for row in page.rows][-1] == date(2020, 2, 1)


def test_what_a_person_rejected_contradicts_nothing(database):
    readings = [
        said_on(EARLY, "Marit Solvang", PROTOCOL, **FOR),
        said_on(LATE, "Marit Solvang", DENIED, **AGAINST),
    ]
    with added(database, *readings) as record, Writer(database) as writer:
        assert len(record.contradictions().rows) == 1
        writer.judge(readings[0].statements[0].id, "reject", by="x")
        assert record.contradictions().rows == ()
