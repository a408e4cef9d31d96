from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.meaning.dates import date_flags, find_dates
from onrecord.meaning.dates.register import settle_by_register
from onrecord.meaning.deadlines import deadline_state, find_deadlines, next_occurrence
from onrecord.meaning.deadlines.words import deadline_words
from onrecord.meaning.registers import load
from onrecord.types import Deadline, InstrumentMention, Span
from tests.meaning.conditions_marked import marked, plain


@dataclass(frozen=True)
class Named:
    """Instruments of an article, as far as deadlines ask for them."""

    mentions: tuple[InstrumentMention, ...]


def named(text: str, words: str, name: str) -> Named:
    at = text.index(words)
    return Named((InstrumentMention(name=name, span=Span(at, at + len(words))),))


# Published on Monday 11 March 2024. A statement; words, first day, kind, who, what of its deadline.
STATEMENTS = [
    (
        "Berg <promised> {that Norway would close the plant by 30 June 2025}.",
        "by 30 June 2025",
        "2025-06-30",
        "promised",
        "NOR",
        "Norway would close the plant",
    ),
    (
        "Berg <urged> {Iran to explain the traces before Sept 30}.",
        "before Sept 30",
        "2024-09-30",
        "demanded",
        "IRN",
        "Iran to explain the traces",
    ),
    (
        "Berg <instructed> {to begin the tests next week}.",
        "next week",
        "2024-03-18",
        "ordered",
        None,
        "begin the tests",
    ),
    (
        "Berg <said> {the working group will meet in June 2024}.",
        "in June 2024",
        "2024-06-01",
        "scheduled",
        None,
        "the working group will meet",
    ),
    (
        "{If the bank is not connected within ten days, the corridor is closed}, Berg <said>.",
        "within ten days",
        "2024-03-21",
        "demanded",
        None,
        "If the bank is not connected",
    ),
    (
        "{The mandate expires on 5 May}, Berg <said>.",
        "on 5 May",
        "2024-05-05",
        "expires",
        None,
        "The mandate expires on 5 May",
    ),
    (
        "Berg <invited> {France to visit Oslo in the first half of 2025}.",
        "in the first half of 2025",
        "2025-01-01",
        "scheduled",
        "FRA",
        "France to visit Oslo",
    ),
    (
        "{The first ship will sail within three weeks.} Berg <said>.",
        "within three weeks",
        "2024-04-01",
        "promised",
        "NOR",
        "The first ship will sail",
    ),
    (
        "Berg <said> {Turkey must withdraw its boats by Friday}.",
        "by Friday",
        "2024-03-15",
        "demanded",
        "TUR",
        "Turkey must withdraw its boats",
    ),
    (
        "Berg <said> {the police will start to write fines from 1 November 2024}.",
        "from 1 November 2024",
        "2024-11-01",
        "promised",
        "NOR",
        "the police will start to write fines",
    ),
    (
        "Berg <proposed> {to begin dredging no later than 1 May 2024}.",
        "no later than 1 May 2024",
        "2024-05-01",
        "scheduled",
        None,
        "begin dredging",
    ),
]

# Days told in a roundabout way. Published on Monday 11 March 2024.
WORDED = [
    (
        "Berg <said> {the experts should meet in Oslo in the second half of May}.",
        "in the second half of May",
        "2024-05-16",
    ),
    ("Both <decided> {to sign a memorandum in the third quarter}.", "in the third quarter", "2024-07-01"),
    ("Berg <said> {she wanted a text by the weekend}.", "by the weekend", "2024-03-16"),
    ("Berg <gave> {the firm until midnight on Friday to pay}.", "until midnight on Friday", "2024-03-15"),
    (
        "Berg <hopes> {for an answer before the deadline of 15 October}.",
        "before the deadline of 15 October",
        "2024-10-15",
    ),
    ("{We start again tomorrow}, Berg <said>.", "tomorrow", "2024-03-12"),
    ("Berg <promised> {to pass it before 1.11, in writing}.", "before 1.11", "2024-11-01"),
    ("Berg <said> {they will share data on suspected flights starting July 1}.", "starting July 1", "2024-07-01"),
    (
        "They <agreed> {to speak again before the summit under the 2016 pact in September}.",
        "before the summit under the 2016 pact in September",
        "2024-09-01",
    ),
    ("Berg <ordered> {the staff to leave Oslo before. May 3}.", "before. May 3", "2024-05-03"),
    ("Berg <said> {a team would go before the 25.4.2024}.", "before the 25.4.2024", "2024-04-25"),
    ("Berg <urged> {France to explain by the end of April why it waited}.", "by the end of April", "2024-04-30"),
    ("Berg <said> {I expect a vote before it closes on 1 June}.", "before it closes on 1 June", "2024-06-01"),
    ("Berg <said> {it would end before the end. of this month}.", "before the end. of this month", "2024-03-31"),
    ("Berg <said> {if it is agreed by December, the rest will follow}.", "by December", "2024-12-01"),
    ("Berg <said> {the panel was unlikely to live beyond May 30, when its term ends}.", "May 30", "2024-05-30"),
    ("Berg <said> {the wells could be opened within ninety days}.", "within ninety days", "2024-06-09"),
    ("{“They will pack within 72 hours”}, Berg <told> the BBC on March 9.", "within 72 hours", "2024-03-12"),
    ("Berg <said> {she will attend the talks on 1/10/2024}.", "on 1/10/2024", "2024-10-01"),
    ("Berg <demanded> {that it be read aloud within 30 days}.", "within 30 days", "2024-04-10"),
    ("The union <called> {a strike for April 20}.", "for April 20", "2024-04-20"),
]


@pytest.mark.parametrize(("text", "words", "day"), WORDED, ids=[row[1] for row in WORDED])
def test_the_day_something_falls_due(text: str, words: str, day: str) -> None:
    context = marked(text)
    ((found,),) = find_deadlines(context).of
    assert (found.span.of(context.text), str(found.start)) == (words, day)


# Dates that are no deadlines.
NONE = [
    "Berg <said> {the plant was closed on 1 March 2024}.",
    "Berg <said> {on 11 March 2024 that all was well}.",
    "Berg <doubted> {that trains would run before 2027}.",
    "Berg <predicted> {that prices would double by 2026}.",
    "{If cheap plate floods in this summer, we will not wait}, Berg <said>.",
    "Berg <named> {four topics for joint work in 2025}.",
    "Berg <said> {the June 5 election was close}.",
    "Berg <said> {we had been on the 2030 list for years}.",
    "{Will she be there on Friday}? Berg <asked>.",
    "Berg <said> {she would not attend on Friday}.",
    "Berg <hoped> {to travel to Oslo in the autumn}.",
    "Berg <praised> {a halving of losses within two years}.",
    "Berg <said> {the hall fills up ahead of Friday's game}.",
    "Berg <undertook> {to settle the contribution for 2026}.",
    "Berg <told> {that forty pages had been closed within a week}.",
    "Berg <said> {unless she sleeps there may be trouble if it rains in June}.",
]


@pytest.mark.parametrize(
    ("text", "words", "day", "kind", "who", "what"), STATEMENTS, ids=[row[1] for row in STATEMENTS]
)
def test_a_deadline_of_a_statement(text: str, words: str, day: str, kind: str, who: str | None, what: str) -> None:
    context = marked(text)
    rows = find_deadlines(context)
    ((found,),) = rows.of
    assert rows.narration == () and rows.article == (found,)
    assert (found.span.of(context.text), str(found.start), found.kind) == (words, day, kind)
    assert found.who == who
    assert found.what == what.removesuffix(f" {words}")
    assert found.source == "text" and found.repeats is None


@pytest.mark.parametrize("text", NONE)
def test_a_date_that_is_no_deadline(text: str) -> None:
    rows = find_deadlines(marked(text))
    assert rows.article == ()


NARRATION = [
    ("The duty had been due to run until 30 June.", "2024-06-30", "expires", "The duty had been due to run"),
    ("A round of talks is pencilled in for May.", "2024-05-01", "scheduled", "A round of talks is pencilled"),
    ("The term of the pact, which began in 2020, is finishing on 18.5.2024.", "2024-05-18", "expires", None),
    ("The plan began in 1986, and its waiver runs out on 31 December 2024.", "2024-12-31", "expires", None),
    ("It is the only treaty left, but is set to expire on 5 June.", "2024-06-05", "expires", None),
]


@pytest.mark.parametrize(("text", "day", "kind", "what"), NARRATION)
def test_what_the_reporter_tells_himself(text: str, day: str, kind: str, what: str | None) -> None:
    rows = find_deadlines(marked("Berg <said> {all was well}. " + text))
    assert rows.of == ((),)
    (found,) = rows.narration
    assert (str(found.start), found.kind) == (day, kind)
    assert what is None or found.what == what


def test_a_date_of_the_past_in_narration_is_none() -> None:
    assert find_deadlines(marked("The duty dates from 2021. It ran until 3 March 2024.")).article == ()


def test_a_relative_clause_behind_the_content_belongs_to_it() -> None:
    context = marked("Berg <said> {she wanted a longer mandate for the force}, which has until June 8.")
    ((found,),) = find_deadlines(context).of
    assert (str(found.start), found.kind) == ("2024-06-08", "expires")


def test_what_comes_round_again_keeps_its_period() -> None:
    ((found,),) = find_deadlines(marked("Both sides <agreed> {to review progress every two years}.")).of
    assert (found.what, found.start, found.repeats) == ("review progress", None, "P2Y")


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("every ten days", "P10D"), ("every other year", "P2Y"), ("twice a year", "P6M"), ("each quarter", "P3M"),
        ("annually", "P1Y"), ("on the first day of each month", "P1M"),
    ],
)  # fmt: skip
def test_periods(words: str, period: str) -> None:
    ((found,),) = find_deadlines(marked(f"They <agreed> {{to exchange lists {words}}}.")).of
    assert found.repeats == period


def test_a_turn_of_speech_is_no_period() -> None:
    assert find_deadlines(marked("Berg <said> {people die there every day}.")).article == ()


def test_an_instrument_brings_its_own_end() -> None:
    context = marked("Berg <said> {she would talk about an extension of New START}.", date(2020, 12, 3))
    ((found,),) = find_deadlines(context, named(context.text, "New START", "New START")).of
    assert (str(found.start), found.source, found.kind) == ("2021-02-05", "register", "expires")
    assert found.what == "New START expires" and found.span.of(context.text) == "New START"


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Berg <said> {New START is a fine treaty}.", date(2020, 12, 3)),
        ("Berg <said> {New START expires on 5 February 2021}.", date(2020, 12, 3)),
        ("Berg <said> {she would talk about an extension of New START}.", date(2012, 1, 1)),
        ("Berg <said> {she would talk about an extension of New START}.", None),
    ],
    ids=["no word of an end", "the day is stated", "far ahead", "no day of publication"],
)
def test_an_instrument_brings_no_end(text: str, published: date | None) -> None:
    context = marked(text, published)
    rows = find_deadlines(context, named(context.text, "New START", "New START"))
    assert [row for row in rows.article if row.source == "register"] == []


def due(start: date | None, end: date | None = None, repeats: str | None = None) -> Deadline:
    return Deadline(span=Span(0, 1), what="talks", start=start, end=end, repeats=repeats)


DAY = date(2024, 5, 18)


@pytest.mark.parametrize(
    ("deadline", "on", "happened", "state"),
    [
        (due(DAY), date(2024, 5, 18), None, "open"),
        (due(DAY), date(2024, 5, 19), None, "passed"),
        (due(DAY), date(2024, 5, 19), date(2024, 5, 18), "met"),
        (due(DAY), date(2024, 5, 10), date(2024, 5, 12), "open"),
        (due(DAY), date(2024, 6, 1), date(2024, 5, 30), "passed"),
        (due(DAY, date(2024, 6, 1)), date(2024, 5, 31), None, "open"),
        (due(DAY, date(2024, 6, 1)), date(2024, 6, 1), None, "passed"),
        (due(None), date(2024, 6, 1), None, "open"),
        (due(None), date(2024, 6, 1), DAY, "met"),
        (due(DAY, repeats="P2Y"), date(2030, 1, 1), DAY, "open"),
    ],
)
def test_the_state_of_a_deadline(deadline: Deadline, on: date, happened: date | None, state: str) -> None:
    assert deadline_state(deadline, on, happened) == state


@pytest.mark.parametrize(
    ("deadline", "on", "since", "day"),
    [
        (due(DAY), date(2024, 5, 1), None, DAY),
        (due(DAY), date(2024, 5, 19), None, None),
        (due(DAY, repeats="P2Y"), date(2024, 5, 1), None, DAY),
        (due(DAY, repeats="P2Y"), date(2024, 5, 19), None, date(2026, 5, 18)),
        (due(None, repeats="P10D"), date(2024, 5, 18), DAY, date(2024, 5, 28)),
        (due(None, repeats="P10D"), date(2024, 5, 18), None, None),
        (due(date(2024, 1, 31), repeats="P1M"), date(2024, 2, 2), None, date(2024, 2, 29)),
        (due(date(2024, 1, 31), repeats="P1M"), date(2024, 3, 1), None, date(2024, 3, 31)),
        (due(date(9999, 1, 1), repeats="P1Y"), date(9999, 6, 1), None, None),
    ],
)
def test_the_next_occurrence(deadline: Deadline, on: date, since: date | None, day: date | None) -> None:
    assert next_occurrence(deadline, on, since=since) == day


def test_a_broken_period_is_refused() -> None:
    with pytest.raises(ValueError, match="not a period"):
        next_occurrence(due(DAY, repeats="weekly"), DAY)


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(1, 9))
def test_the_next_occurrence_is_never_in_the_past(first: date, on: date, count: int) -> None:
    day = next_occurrence(due(first, repeats=f"P{count}M"), on)
    assert day is not None and day >= on and day >= first


def test_verbs_of_the_register_are_in_lower_case() -> None:
    raw = load("deadlines")
    assert all(word == word.lower() for words in raw["verbs"].values() for word in words)
    assert deadline_words().binding <= set(raw["verbs"]["prepositions"])


def test_the_register_settles_a_date_with_two_readings() -> None:
    context = marked("The treaty left is New START, but it expires on 5.2.2021.", date(2020, 12, 3))
    mentions = named(context.text, "New START", "New START").mentions
    settled = settle_by_register(context, mentions)
    (found,) = settled.dates
    assert (str(found.start), str(found.other)) == ("2021-02-05", "2021-05-02")
    (flag,) = date_flags(context.segments, settled.dates, published=context.published, reasons=settled.reasons)
    assert flag.message == (
        "5.2.2021 may be 2021-02-05 or 2021-05-02; read as 2021-02-05 because New START expires on 2021-02-05."
    )


def test_the_register_turns_a_reading_round() -> None:
    context = marked("The treaty left is New START, but it expires on 2.5.2021.", date(2020, 12, 3))
    settled = settle_by_register(context, named(context.text, "New START", "New START").mentions)
    (found,) = settled.dates
    assert (str(found.start), str(found.end), found.timex, str(found.other)) == (
        "2021-02-05", "2021-02-06", "2021-02-05", "2021-05-02",
    )  # fmt: skip
    turned = replace(context, dates=settled.dates)
    assert str(find_deadlines(turned).narration[0].start) == "2021-02-05"


def test_without_an_instrument_near_the_reading_stays() -> None:
    context = marked("New START is old.\n\nIt expires on 2.5.2021.", date(2020, 12, 3))
    settled = settle_by_register(context, named(context.text, "New START", "New START").mentions)
    assert settled.dates == context.dates and settled.reasons == {}


@pytest.mark.parametrize(
    ("text", "published", "reasons"),
    [
        ("They met on 8.5.2023. They met on 8.5.2023.", date(2023, 5, 11), ["the other reading is after publication"]),
        ("They met on 8.5.2022.", date(2023, 5, 11), ["dotted dates put the day first"]),
        ("They met on 8.5.2022, on the 8 May 2022 that is.", date(2023, 5, 11), []),
        ("They met on 8/5/2022 and 8/25/2022.", date(2023, 5, 11), []),
        ("They met on 22.5.2022.", date(2023, 5, 11), []),
    ],
)
def test_only_what_stays_in_doubt_is_flagged_and_once(text: str, published: date, reasons: list[str]) -> None:
    segments = plain(text)
    flags = date_flags(segments, find_dates(segments, published=published), published=published)
    assert [flag.kind for flag in flags] == ["ambiguous-date"] * len(reasons)
    assert all(flag.message.endswith(f"because {why}.") for flag, why in zip(flags, reasons, strict=True))
