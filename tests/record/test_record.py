from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from onrecord.errors import OnRecordError, QuestionError, RecordError
from onrecord.record.deadlines_met import Due, came_about
from onrecord.record.questions_filters import Filters
from onrecord.record.record import Record
from onrecord.record.writer import Writer
from onrecord.types import Deadline, Reading
from tests.record.samples import NEWER, PEOPLE, article, copy_of, full, reading, said

ARTICLES = 20


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def where(request, tmp_path_factory):
    if request.param == "sqlite":
        return str(tmp_path_factory.mktemp("record") / "record.db")
    return request.getfixturevalue("postgres_server").database()


@pytest.fixture(scope="module")
def readings():
    return [article(number) for number in range(ARTICLES)]


@pytest.fixture(scope="module")
def record(where, readings):
    """Articles by chance; statements of several days, speakers, issues."""
    with Writer(where) as writer:
        writer.add(readings)
    with Record(where) as opened:
        yield opened


def pairs(readings):
    return [(reading, statement) for reading in readings for statement in reading.statements]


def everything(question, **filters):
    """All ids, over as many pages as it takes."""
    found, after = [], None
    while True:
        page = question(**filters, limit=7, after=after)
        found += [row.id for row in page.rows]
        if page.next is None:
            return found
        after = page.next


def day_of(reading, statement):
    return statement.said_on.start if statement.said_on else reading.document.published


FILTERS = [
    ({"country": "NOR"}, lambda r, s: s.speaker.country == "NOR"),
    ({"country": ["Norway", "fin"]}, lambda r, s: s.speaker.country in ("NOR", "FIN")),
    ({"country": "EU"}, lambda r, s: s.speaker.country == "EU"),
    ({"counterpart": "Russia"}, lambda r, s: "RUS" in s.counterparts),
    ({"issue": "arms-control"}, lambda r, s: any(i.id == "arms-control" for i in s.issues)),
    ({"issue": "Arms Control"}, lambda r, s: any(i.id == "arms-control" for i in s.issues)),
    ({"instrument": "new start"}, lambda r, s: any(i.name == "New START" for i in s.instruments)),
    ({"kind": "direct"}, lambda r, s: s.attribution.kind == "direct"),
    ({"stance": "opposes"}, lambda r, s: s.position and s.position.stance == "opposes"),
    ({"commitment": "refuses"}, lambda r, s: s.position and s.position.commitment == "refuses"),
    ({"publisher": "HARBOUR post"}, lambda r, s: r.document.publisher == "Harbour Post"),
    ({"speaker": "Pekka Rautio"}, lambda r, s: s.speaker.name == "Pekka Rautio"),
    ({"speaker": "rautio"}, lambda r, s: s.speaker.name == "Pekka Rautio"),
    ({"speaker": "Rautio, P."}, lambda r, s: s.speaker.name == "Pekka Rautio"),
    ({"speaker": ["Solvang", "Hana Okabe"]}, lambda r, s: s.speaker.name in ("Marit Solvang", "Hana Okabe")),
    ({"since": "2025-01-10"}, lambda r, s: day_of(r, s) >= date(2025, 1, 10)),
    ({"until": date(2025, 1, 10)}, lambda r, s: day_of(r, s) <= date(2025, 1, 10)),
    ({"since": "2025-01-10", "until": "2025-01-10"}, lambda r, s: day_of(r, s) == date(2025, 1, 10)),
    ({"until": "2024"}, lambda r, s: False),
    ({"since": "2025-01", "until": "2025-01"}, lambda r, s: True),
    (
        {"words": "gas", "country": ["RUS", "USA", "NOR"], "kind": "indirect", "since": "2025-01-03"},
        lambda r, s: (
            " gas " in f" {s.attribution.content[0].of(r.document.text)} "
            and s.speaker.country in ("RUS", "USA", "NOR")
            and s.attribution.kind == "indirect"
            and day_of(r, s) >= date(2025, 1, 3)
        ),
    ),
    ({}, lambda r, s: True),
]


@pytest.mark.parametrize(("filters", "meets"), FILTERS)
def test_search_finds_all_that_meet_its_filters_and_no_other(record, readings, filters, meets):
    expected = {statement.id for reading, statement in pairs(readings) if meets(reading, statement)}
    found = everything(record.search, **filters)
    assert set(found) == expected
    assert len(found) == len(expected)
    assert set(everything(record.timeline, **filters)) == expected
    assert [row.id for row in record.statements(Filters.of(**filters))] == found


def test_the_newest_come_first_and_a_timeline_begins_with_the_oldest(record):
    newest = [row.day for row in record.search(limit=1000).rows]
    oldest = [row.day for row in record.timeline(limit=1000).rows]
    assert newest == sorted(newest, reverse=True)
    assert oldest == sorted(oldest)
    assert len(set(newest)) == ARTICLES


def test_a_row_holds_what_was_read(record, readings):
    by_id = {row.id: row for row in record.statements()}
    for read, statement in pairs(readings):
        row, text = by_id[statement.id], read.document.text
        assert row.words == statement.attribution.content[0].of(text)
        assert row.source == statement.attribution.source.of(text)
        assert row.cue == statement.attribution.cue[0].of(text)
        assert (row.start, row.end) == (statement.attribution.content[0].start, statement.attribution.content[0].end)
        assert (row.speaker, row.role, row.country) == (
            statement.speaker.name,
            statement.speaker.role,
            statement.speaker.country,
        )
        assert row.issues == tuple(issue.id for issue in statement.issues)
        assert row.counterparts == statement.counterparts
        assert row.instruments == tuple(found.name for found in statement.instruments)
        assert row.conditions == tuple(condition.span.of(text) for condition in statement.conditions)
        assert row.via == tuple(via.name for via in statement.via)
        assert row.stance == (statement.position.stance if statement.position else None)
        assert row.score == statement.attribution.score
        assert row.document_id == read.document.id
        assert (row.publisher, row.title, row.url, row.published) == (
            read.document.publisher,
            read.document.title,
            read.document.url,
            read.document.published,
        )


def test_total_is_counted(record, readings):
    page = record.search("will", limit=3)
    assert page.total == len(pairs(readings))
    assert len(page.rows) == 3
    assert record.search("nowhere").total == 0


def test_pages_stay_where_they_are_while_others_add(database):
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(12)]
    with Writer(database) as writer:
        for n, day in enumerate(days):
            writer.add([reading(said("Marit Solvang", f"the ferry sails as number {n}"), published=day)])
        with Record(database) as record:
            first = record.search("ferry", limit=5)
            for n, day in enumerate(days):
                writer.add([reading(said("Marit Solvang", f"the ferry sails again as number {n}"), published=day)])
            second = record.search("ferry", limit=5, after=first.next)
            seen = [row.id for row in (*first.rows, *second.rows)]
            assert len(set(seen)) == 10
            assert [row.day for row in first.rows] == days[:6:-1]
            assert max(row.day for row in second.rows) <= days[7]
            # What was added to days already turned over is not shown, what was added to later pages is.
            assert [row.day for row in second.rows] == [days[7], days[6], days[6], days[5], days[5]] or [
                row.day for row in second.rows
            ] == [days[6], days[6], days[5], days[5], days[4]]


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (lambda r: r.search(issue="arms controll"), "unknown issue 'arms controll'; there are arms-control, nonpro"),
        (lambda r: r.search(kind="spoken"), "unknown kind 'spoken'; there are direct, indirect, mixed"),
        (lambda r: r.search(stance="against"), "unknown stance 'against'; there are supports, opposes, neutral"),
        (lambda r: r.search(commitment="x"), "unknown commitment 'x'; there are commits, ready,"),
        (lambda r: r.search(country="Norwegia"), "unknown country or organisation 'Norwegia'; did you mean NOR"),
        (lambda r: r.agenda("RUS", "qqqq"), "unknown country or organisation 'qqqq'; give a name or a code"),
        (lambda r: r.search(since="last year"), "'last year' is not a date such as 2026-03-04, 2026-03 or 2026"),
        (lambda r: r.search(until="2026-02-30"), "'2026-02-30' is not a date"),
        (lambda r: r.search(since="2026-13"), "'2026-13' is not a date"),
        (lambda r: r.search(limit=0), "limit must be 1 or more"),
        (lambda r: r.search(after="zzz"), "'zzz' does not continue this question"),
        (lambda r: r.search("a", after=r.search("will", limit=1).next), "does not continue this question"),
        (lambda r: r.deadlines(after="yesterday"), "'yesterday' is not where a page ended"),
        (lambda r: r.speakers(after="x.y"), "'x.y' is not where a page ended"),
        (lambda r: r.show("s123"), "no document or statement 's123' in this record; give 8 characters"),
        (lambda r: r.show("feedfacefeedface"), "no document or statement 'feedfacefeedface' in this record"),
        (lambda r: r.show("%" * 12), "no document or statement '%%%%%%%%%%%%' in this record"),
        (lambda r: r.statement("' OR 1=1 --"), "no document or statement"),
    ],
)
def test_a_question_that_cannot_be_answered(record, question, message):
    with pytest.raises(QuestionError) as caught:
        question(record)
    assert message in str(caught.value)
    assert isinstance(caught.value, OnRecordError)


def test_no_record(tmp_path):
    with pytest.raises(RecordError, match="there is no record here"):
        Record(tmp_path / "none.db")


def test_show(record, readings):
    read = readings[3]
    statement = read.statements[0]
    shown = record.show(read.document.id)
    assert isinstance(shown, Reading)
    assert shown == read
    assert record.show(read.document.id[:10]) == read
    assert record.reading(read.document.id) == read
    row = record.show(statement.id)
    assert row == record.statement(statement.id[:12])
    assert row.id == statement.id
    assert [place.publisher for place in record.story(read.document.id)] == [read.document.publisher]


def test_readings_come_back_whole_in_the_order_added(record, readings):
    assert list(record.readings()) == readings


def test_speakers(record, readings):
    counts = {}
    for _, statement in pairs(readings):
        counts[statement.speaker.name] = counts.get(statement.speaker.name, 0) + 1
    page = record.speakers(limit=100)
    assert {row.name: row.statements for row in page.rows} == counts
    assert [row.statements for row in page.rows] == sorted(counts.values(), reverse=True)
    assert page.total == len(counts)
    row = page.rows[0]
    own = [(r, s) for r, s in pairs(readings) if s.speaker.name == row.name]
    assert row.documents == len({r.document.id for r, _ in own})
    assert (row.first_day, row.last_day) == (min(day_of(*x) for x in own), max(day_of(*x) for x in own))
    assert row.roles == (own[0][1].speaker.role,)
    assert {r.id for r in record.search(speaker=row.entity, limit=1000).rows} == {s.id for _, s in own}


def test_speakers_by_name_and_country_and_page(record):
    assert [row.name for row in record.speakers("rautio").rows] == ["Pekka Rautio"]
    assert [row.name for row in record.speakers("Rautio P.").rows] == ["Pekka Rautio"]
    assert [row.name for row in record.speakers("solv").rows] == ["Marit Solvang"]
    assert record.speakers("Nobody Known").rows == ()
    assert [row.name for row in record.speakers(country="Japan").rows] == ["Hana Okabe"]
    names, after = [], None
    while True:
        page = record.speakers(limit=4, after=after)
        names += [row.name for row in page.rows]
        after = page.next
        if after is None:
            break
    assert sorted(names) == sorted(name for name, _, _ in PEOPLE)


def test_agenda(record, readings):
    one, other = "RUS", "USA"
    rows = record.agenda("Russia", other)
    for row in rows:
        own = sorted(
            (
                (day_of(r, s), s)
                for r, s in pairs(readings)
                if s.speaker.country == row.country
                and row.counterpart in s.counterparts
                and row.issue in {issue.id for issue in s.issues}
            ),
            key=lambda found: found[0],
        )
        assert row.statements == len(own)
        assert (row.first_day, row.last_day) == (own[0][0], own[-1][0])
        taking = [s for _, s in own if s.position] or [s for _, s in own]
        assert row.newest in {s.id for _, s in own}
        assert (row.stance is not None) == any(s.position for _, s in own)
        assert row.stance is None or row.stance in {s.position.stance for s in taking}
        assert set(row.evidence) <= {s.id for _, s in own}
        assert len(row.evidence) == min(3, len(own))
    sides = {(row.country, row.counterpart) for row in rows}
    assert sides <= {(one, other), (other, one)}
    expected = {
        (s.speaker.country, issue.id)
        for _, s in pairs(readings)
        for issue in s.issues
        if (s.speaker.country, {one, other} - {s.speaker.country}) in ((one, {other}), (other, {one}))
        and ({one, other} - {s.speaker.country}) <= set(s.counterparts)
    }
    assert {(row.country, row.issue) for row in rows} == expected


def test_agenda_shows_the_newest_position(database):
    about = {"role": "Foreign Minister of Norway", "country": "NOR", "counterparts": ("RUS",), "issues": ("trade",)}
    sayings = [
        (
            date(2026, 1, 1),
            said("Marit Solvang", "we welcome the grain", stance="supports", commitment="ready", **about),
        ),
        (date(2026, 2, 1), said("Marit Solvang", "we stop the steel", stance="opposes", commitment="refuses", **about)),
        (date(2026, 3, 1), said("Marit Solvang", "the harbour is open", **about)),
    ]
    with Writer(database) as writer:
        writer.add([reading(saying, published=day) for day, saying in sayings])
    with Record(database) as record:
        (row,) = record.agenda("NOR", "RUS")
    assert (row.stance, row.commitment) == ("opposes", "refuses")
    assert "steel" in row.words
    assert (row.statements, row.first_day, row.last_day) == (3, date(2026, 1, 1), date(2026, 3, 1))
    assert row.speaker == "Marit Solvang"
    assert row.newest == row.evidence[1]


def test_deadlines(record, readings):
    due = sorted((deadline.start, statement.id) for _, statement in pairs(readings) for deadline in statement.deadlines)
    assert len(due) > 5
    page = record.deadlines(date.min, on="2026-09-01", limit=1000)
    assert [(row.due_from, row.due_to) for row in page.rows] == [(day, day + timedelta(days=1)) for day, _ in due]
    assert {row.statement_id for row in page.rows} == {id for _, id in due}
    assert [row.state for row in page.rows] == ["passed" if day < date(2026, 9, 1) else "open" for day, _ in due]
    middle = due[len(due) // 2][0]
    assert {row.statement_id for row in record.deadlines(on=middle).rows} == {id for day, id in due if day >= middle}
    within = record.deadlines(since=due[1][0], until=middle, limit=1000).rows
    assert {row.statement_id for row in within} == {id for day, id in due if due[1][0] <= day <= middle}
    found, after = [], None
    while True:
        page = record.deadlines(date.min, limit=3, after=after)
        found += [row.statement_id for row in page.rows]
        after = page.next
        if after is None:
            break
    assert found == [row.statement_id for row in record.deadlines(date.min, limit=1000).rows]


def due_on(statement, **facts):
    """A reading with one statement and what falls due by it."""
    plain = said("Marit Solvang", "the strait will be reviewed and New START extended", **statement)
    made = reading(plain, published=date(2020, 12, 10), title=str(facts))
    only = made.statements[0]
    deadline = Deadline(span=only.attribution.content[0], **{"what": "due", "start": None, "end": None, **facts})
    return replace(made, statements=(replace(only, deadlines=(deadline,)),))


FEBRUARY = {"start": date(2021, 2, 5), "end": date(2021, 2, 6)}
EXTENSION = {"what": "extend New START", "kind": "demanded", **FEBRUARY}


def test_a_deadline_says_how_it_came_to_be_due_on_whom_and_when_next(database):
    with Writer(database) as writer:
        writer.add([
            due_on({}, what="the lease ends", kind="expires", who="NOR", source="register", **FEBRUARY),
            due_on({}, what="review", kind="promised", repeats="P2Y"),
            due_on({}, what="fleet week", repeats="P1M", start=date(2020, 1, 31), end=date(2020, 2, 1)),
            due_on({}, what="an unknown period", repeats="P1Y6M"),
        ])  # fmt: skip
    with Record(database) as record:
        lease, review, fleet, unknown = record.deadlines(on="2021-01-10").rows
        assert (lease.kind, lease.who, lease.source, lease.repeats) == ("expires", "NOR", "register", None)
        assert (lease.state, lease.next) == ("open", date(2021, 2, 5))
        assert (review.kind, review.repeats, review.next) == ("promised", "P2Y", date(2022, 12, 10))
        assert (review.state, review.due_from, review.due_to) == ("open", None, None)
        assert (fleet.next, unknown.next) == (date(2021, 1, 31), None)
        assert record.deadlines(on="2021-03-01").rows[0].what == "review"
        assert record.deadlines("2021", on="2021-03-01").rows[0].state == "passed"
        assert record.deadlines("2021", on="2021-03-01").rows[0].next is None
        within = record.deadlines("2022-12", "2022-12-31", on="2021-01-10").rows
        assert [row.what for row in within][:2] == ["review", "fleet week"]
        found, after = [], None
        while True:
            page = record.deadlines(date.min, on="2021-01-10", limit=1, after=after)
            found += [row.what for row in page.rows]
            after = page.next
            if after is None:
                break
        assert found == ["the lease ends", "review", "fleet week", "an unknown period"]
        with pytest.raises(QuestionError):
            record.deadlines(after="again.x")


@pytest.mark.parametrize(
    ("statement", "facts", "state"),
    [
        ({"instruments": ("New START",)}, EXTENSION, "met"),
        ({"instruments": ("New START",)}, {**EXTENSION, "who": "RUS"}, "met"),
        ({"instruments": ("New START",)}, {**EXTENSION, "who": "CHN"}, "passed"),
        ({}, EXTENSION, "passed"),
        ({"instruments": ("New START", "NPT")}, EXTENSION, "passed"),
        ({"instruments": ("New START",)}, {**EXTENSION, "what": "do not extend New START"}, "passed"),
        ({"instruments": ("New START",)}, {**EXTENSION, "what": "New START expires", "kind": "expires"}, "passed"),
        (
            {"instruments": ("New START",)},
            {**EXTENSION, "start": date(2021, 1, 20), "end": date(2021, 1, 21)},
            "passed",
        ),
        ({}, {"what": "Norwegian lighthouse votes", **FEBRUARY}, "passed"),
    ],
)
def test_a_deadline_is_met_only_where_the_register_shows_it(tmp_path, statement, facts, state):
    where = tmp_path / "record.db"
    with Writer(where) as writer:
        writer.add([due_on(statement, **facts)])
    with Record(where) as record:
        (row,) = record.deadlines("2020", on="2021-06-01").rows
        assert row.state == state
        assert record.deadlines("2020", on="2021-01-05").rows[0].state == "open"


def test_an_election_of_the_calendar_meets_what_was_scheduled():
    due = Due(
        what="Dutch parliamentary election", first=date(2021, 3, 15), end=date(2021, 3, 18), said=date(2020, 12, 1)
    )
    assert came_about(due) == date(2021, 3, 15)
    assert came_about(replace(due, said=date(2021, 3, 16))) is None
    assert came_about(replace(due, what="Belgian parliamentary election")) is None
    assert came_about(replace(due, what="the parliamentary election", codes=("NLD",))) == date(2021, 3, 15)
    assert came_about(replace(due, what="the parliamentary election", codes=("BEL",))) is None
    assert came_about(replace(due, what="Dutch flower parade")) is None


def test_stats(record, readings):
    stats = record.stats()
    assert stats.documents == stats.appearances == ARTICLES
    assert stats.statements == len(pairs(readings))
    assert stats.publishers == len({r.document.publisher for r in readings})
    assert stats.speakers == len({s.speaker.name for _, s in pairs(readings)})
    assert (stats.runs, stats.failures, stats.judgements) == (1, 0, 0)
    assert (stats.first_day, stats.last_day) == (date(2025, 1, 1), date(2025, 1, ARTICLES))
    assert record.failures() == ()


def test_rejected_and_superseded_statements_are_not_shown(database):
    plain = reading(
        said("Marit Solvang", "the ferry will sail", country="NOR", issues=("transport",), counterparts=("RUS",)),
        said("Marit Solvang", "the ferry will stay", country="NOR", issues=("transport",), counterparts=("RUS",)),
        said("Pekka Rautio", "the ferry is late", country="FIN"),
    )
    newer = replace(plain, statements=plain.statements[1:], run=NEWER)
    with Writer(database) as writer:
        writer.add([plain])
        with Record(database) as record:
            assert len(record.search("ferry").rows) == 3
            assert record.agenda("NOR", "RUS")[0].statements == 2
            writer.add([newer])
            assert {row.id for row in record.search("ferry").rows} == {s.id for s in newer.statements}
            assert record.agenda("NOR", "RUS")[0].statements == 1
            assert record.stats().statements == 2
            writer.judge(plain.statements[2].id, "reject", by="me")
            assert {row.id for row in record.search("ferry").rows} == {plain.statements[1].id}
            assert {row.id for row in record.statements()} == {plain.statements[1].id}
            assert [row.name for row in record.speakers().rows] == ["Marit Solvang"]
            assert record.search("ferry").total == 1
            # An id that was once given as evidence still leads somewhere.
            assert record.statement(plain.statements[0].id).words.endswith("sail")


def test_a_text_that_turns_up_again_is_found_under_both_publishers(database):
    first = reading(said("Marit Solvang", "the ferry will sail"), publisher="Northern Wire")
    again = replace(first, document=replace(first.document, publisher="Harbour Post", url="https://harbour.example/1"))
    with Writer(database) as writer:
        writer.add([first])
        writer.add([again])
    with Record(database) as record:
        for publisher in ("northern wire", "harbour post"):
            assert len(record.search("ferry", publisher=publisher).rows) == 1
        assert record.search("ferry", publisher="other").rows == ()
        assert len(record.search("ferry").rows) == 1
        assert [row.publisher for row in record.story(first.document.id)] == ["Northern Wire", "Harbour Post"]


def test_statements_without_a_day_come_last_and_belong_to_no_period(database):
    undated = reading(said("Marit Solvang", "the ferry will sail"), published=None)
    dated = reading(said("Marit Solvang", "the ferry will stay"), published=date(1900, 1, 1))
    with Writer(database) as writer:
        writer.add([undated, dated])
    with Record(database) as record:
        assert [row.day for row in record.search("ferry").rows] == [date(1900, 1, 1), None]
        assert [row.day for row in record.search("ferry", since=date.min).rows] == [date(1900, 1, 1)]
        assert [row.day for row in record.search("ferry", until=date.max).rows] == [date(1900, 1, 1)]
        assert [row.day for row in record.timeline(words="ferry").rows] == [date(1900, 1, 1)]


def test_every_field_of_a_full_statement(database):
    read = full()
    with Writer(database) as writer:
        writer.add([read])
    with Record(database) as record:
        row = record.statement(read.statements[0].id)
        assert record.reading(read.document.id) == read
        assert row.day == read.statements[0].said_on.start
        assert " ... " in row.words or len(row.words) > 0
        assert (row.stance, row.commitment, row.category) == ("supports", "conditional", "SUPPORT")
        assert row.conditions and row.via == ("Radio Meridian",)
        other = record.statement(read.statements[1].id)
        assert other.source is None and other.cue == "" and "𝔲nit" in other.words
        assert record.search("unit").rows[0].id == other.id


def test_joined_speakers_are_one(database):
    with Writer(database) as writer:
        writer.add(
            [
                reading(said("Marit Solvang", "the ferry will sail", role="Foreign Minister of Norway", country="NOR")),
                reading(said("Olga Brun", "the ferry will stay", role="Mayor of Bergen")),
            ]
        )
        with Record(database) as record:
            ids = {row.name: row.entity for row in record.speakers().rows}
            writer.join(ids["Olga Brun"], ids["Marit Solvang"], by="me", why="her name before the marriage")
            (one,) = record.speakers().rows
            assert one.statements == 2
            assert set(one.names) == {"Marit Solvang", "Olga Brun"}
            for name in ("Marit Solvang", "olga brun", ids["Olga Brun"], ids["Marit Solvang"]):
                assert len(record.search(speaker=name).rows) == 2


def test_variants(database):
    words = "the ferry to the northern islands will not sail before the ice has left the narrow strait this spring"
    other = words.replace("has left", "is gone from")
    with Writer(database) as writer:
        for publisher, wording in (("Northern Wire", words), ("Harbour Post", other)):
            saying = said("Marit Solvang", wording, role="Foreign Minister of Norway", country="NOR", direct=True)
            writer.add([reading(saying, publisher=publisher, title=publisher)])
    with Record(database) as record:
        rows = record.search("ferry").rows
        assert [row.variants for row in rows] == [2, 2]
        (variant,) = record.variants(rows[0].id)
        assert variant.statement.id == rows[1].id
        shown = "".join(piece.text for piece in variant.differences if piece.change != "left out")
        assert shown == rows[1].words
        assert any(piece.change == "added" for piece in variant.differences)
        assert record.stats().utterances == 1


@pytest.mark.parametrize(
    ("filters", "reason"),
    [
        ({"speaker": "Nobody Known"}, "nobody called 'Nobody Known' is on record"),
        ({"country": "NOR", "speaker": "Rautio"}, "without --speaker there are answers"),
        ({"words": "zeppelin"}, "nothing in this record meets the question"),
        ({"words": "zeppelin", "country": "NOR"}, "without the words there are answers"),
    ],
)
def test_why_there_is_no_answer(record, filters, reason):
    asked = Filters.of(**filters)
    assert record.find(asked).rows == ()
    assert reason in record.why_empty(asked)


def test_why_an_empty_record_has_no_answer(database):
    with Writer(database) as writer, Record(database) as record:
        assert "no statements yet" in record.why_empty(Filters())
        assert "no statements yet" in record.why_no_agenda()
        assert record.stats().documents == 0
        assert record.agenda("RUS", "USA") == ()
        assert list(record.statements()) == list(record.readings()) == []
        writer.add([reading(said("Marit Solvang", "the ferry will sail"))])
        assert "has an issue; if an older release read the articles" in record.why_empty(Filters.of(issue="trade"))
        assert "add them again with this one" in record.why_no_agenda()
        assert "has a deadline;" in record.why_no_deadlines()


def test_a_story_has_every_outlet_of_a_text_and_its_copies(database):
    with Writer(database) as writer:
        writer.add([article(1), article(2), copy_of(1)])
    with Record(database) as record:
        first, copy = article(1).document, copy_of(1).document
        assert [(row.document_id, row.title) for row in record.story(first.id)] == [
            (first.id, first.title),
            (copy.id, copy.title),
        ]
        assert [row.document_id for row in record.story(copy.id)] == [copy.id, first.id]
        assert len(record.story(article(2).document.id)) == 1
