"""Dates in news prose: what is found, what it means, and what is no date."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.meaning.dates import date_flags, find_dates
from onrecord.types import DateExpression, Segments, Span

WEDNESDAY = date(2023, 3, 15)


def segments(text: str) -> Segments:
    """Cut up by the simplest rules that serve these texts."""
    paragraphs = tuple(Span(*m.span()) for m in re.finditer(r"[^\n]+", text))
    sentences = tuple(
        Span(*m.span()) for m in re.finditer(r"[^\n]+?(?:(?<=[a-z\d]{2})[.!?][\"”]?(?= [A-Z\"“])|(?=\n)|$)", text)
    )
    words = tuple(Span(*m.span()) for m in re.finditer(r"\w+|[^\w\s]", text))
    quotes = tuple(Span(*m.span()) for m in re.finditer(r'"[^"\n]+"', text))
    return Segments(text=text, words=words, sentences=sentences, paragraphs=paragraphs, headings=(), quotes=quotes)


def read(text: str, published: date | None = WEDNESDAY) -> list[tuple[str, DateExpression]]:
    found = find_dates(segments(text), published=published)
    return [(each.span.of(text), each) for each in found]


# text, words of the date, start, end (exclusive; "" for the day after start), TIMEX3
ABSOLUTE = [
    ("In 1999 people left.", "1999", "1999-01-01", "2000-01-01", "1999"),
    ("Filed 5-Mar-2023 by the clerk.", "5-Mar-2023", "2023-03-05", "", "2023-03-05"),
    ("They lived well in the 90s.", "the 90s", "1990-01-01", "2000-01-01", "199"),
    ("The pact was signed on 14 September 2022 in Oslo.", "14 September 2022", "2022-09-14", "", "2022-09-14"),
    ("Signed Sept. 14, 2022, it lapsed.", "Sept. 14, 2022", "2022-09-14", "", "2022-09-14"),
    ("He died on September 14, 2022.", "September 14, 2022", "2022-09-14", "", "2022-09-14"),
    ("The talks closed on 14th of September 2022.", "14th of September 2022", "2022-09-14", "", "2022-09-14"),
    ("They met on the 14th September 2022.", "the 14th September 2022", "2022-09-14", "", "2022-09-14"),
    ("It began on 2022-09-14.", "2022-09-14", "2022-09-14", "", "2022-09-14"),
    ("Filed 14/09/2022 by the clerk.", "14/09/2022", "2022-09-14", "", "2022-09-14"),
    ("Filed 9/14/16 by the clerk.", "9/14/16", "2016-09-14", "", "2016-09-14"),
    ("It ends on 14.9.2022 at noon.", "14.9.2022", "2022-09-14", "", "2022-09-14"),
    ("It ends on 14.09.22 at noon.", "14.09.22", "2022-09-14", "", "2022-09-14"),
    ("The minister spoke on 25.11 in Riga.", "25.11", "2022-11-25", "", "2022-11-25"),
    ("The envoy arrived on January 20, 2021.", "January 20, 2021", "2021-01-20", "", "2021-01-20"),
    (
        "On Wednesday, 14 September 2022, the court ruled.",
        "Wednesday, 14 September 2022",
        "2022-09-14",
        "",
        "2022-09-14",
    ),
    ("Fri, Oct. 15, 2021 was cold.", "Fri, Oct. 15, 2021", "2021-10-15", "", "2021-10-15"),
    ("He was born on the first of May 1970.", "the first of May 1970", "1970-05-01", "", "1970-05-01"),
    ("On 5 Jan '98 the accord failed.", "5 Jan '98", "1998-01-05", "", "1998-01-05"),
    ("It was signed in September 2022.", "September 2022", "2022-09-01", "2022-10-01", "2022-09"),
    ("It was signed in May, 2021.", "May, 2021", "2021-05-01", "2021-06-01", "2021-05"),
    ("A deal of Nov. 2020 holds.", "Nov. 2020", "2020-11-01", "2020-12-01", "2020-11"),
    ("The treaty ended in 2021.", "2021", "2021-01-01", "2022-01-01", "2021"),
    ("Emissions must reach zero by 2050.", "2050", "2050-01-01", "2051-01-01", "2050"),
    ("They want to save the 2015 nuclear deal.", "2015", "2015-01-01", "2016-01-01", "2015"),
    ("The war of 1812 was long.", "1812", "1812-01-01", "1813-01-01", "1812"),
    ("Trade collapsed in the 1990s.", "the 1990s", "1990-01-01", "2000-01-01", "199"),
    ("Trade collapsed in the early 1990s.", "the early 1990s", "1990-01-01", "1994-01-01", "199"),
    ("Music of the '80s plays.", "the '80s", "1980-01-01", "1990-01-01", "198"),
    ("Growth slowed in the third quarter of 2023.", "the third quarter of 2023", "2023-07-01", "2023-10-01", "2023-Q3"),
    ("Growth slowed in Q3 2023.", "Q3 2023", "2023-07-01", "2023-10-01", "2023-Q3"),
    ("She visits in the first half of 2023.", "the first half of 2023", "2023-01-01", "2023-07-01", "2023-H1"),
    (
        "Prices fell in the second half of last year.",
        "the second half of last year",
        "2022-07-01",
        "2023-01-01",
        "2022-H2",
    ),
    ("The offensive of spring 2024 failed.", "spring 2024", "2024-03-01", "2024-06-01", "2024-SP"),
    ("In the fall of 1989 the wall opened.", "the fall of 1989", "1989-09-01", "1989-12-01", "1989-FA"),
    ("It opened in early March 2022.", "early March 2022", "2022-03-01", "2022-03-11", "2022-03"),
    ("It opened in mid-June 2022.", "mid-June 2022", "2022-06-11", "2022-06-21", "2022-06"),
    ("It opened in late 2022.", "late 2022", "2022-09-01", "2023-01-01", "2022"),
    ("It opened at the end of 2022.", "the end of 2022", "2022-12-31", "", "2022-12-31"),
    ("It opened at the beginning of 2022.", "the beginning of 2022", "2022-01-01", "", "2022-01-01"),
    ("They met from 3 to 5 May 2023.", "from 3 to 5 May 2023", "2023-05-03", "2023-05-06", "2023-05-03/2023-05-05"),
    ("They met May 3-5, 2023, in Rome.", "May 3-5, 2023", "2023-05-03", "2023-05-06", "2023-05-03/2023-05-05"),
    ("They met 3–5 May 2023 in Rome.", "3–5 May 2023", "2023-05-03", "2023-05-06", "2023-05-03/2023-05-05"),
    (
        "From 28 March to 3 April 2022 it rained.",
        "From 28 March to 3 April 2022",
        "2022-03-28",
        "2022-04-04",
        "2022-03-28/2022-04-03",
    ),
    ("It ran from March to June 2022.", "from March to June 2022", "2022-03-01", "2022-07-01", "2022-03/2022-06"),
    ("Between 2015 and 2018 nothing moved.", "Between 2015 and 2018", "2015-01-01", "2019-01-01", "2015/2018"),
    ("The budget of 2015-16 was cut.", "2015-16", "2015-01-01", "2017-01-01", "2015/2016"),
    ("From 2015 to 2018 nothing moved.", "From 2015 to 2018", "2015-01-01", "2019-01-01", "2015/2018"),
    ("Outlays in fiscal 2023 rose.", "fiscal 2023", "2023-01-01", "2024-01-01", "2023"),
    ("Return to the pre-2014 borders.", "pre-2014", "2014-01-01", "2015-01-01", "2014"),
    ("BERN, 20 MARCH 2022 - Talks ended.", "20 MARCH 2022", "2022-03-20", "", "2022-03-20"),
    ("The order of August 4th, 2021 stands.", "August 4th, 2021", "2021-08-04", "", "2021-08-04"),
    ("Since '98 the border has been shut.", "'98", "1998-01-01", "1999-01-01", "1998"),
]

PARTIAL = [
    ("The minister said on Monday that talks resume on Thursday.", "Thursday", "2023-03-16", "", "2023-03-16"),
    ("On the Fourth of July they rest.", "the Fourth of July", "2023-07-04", "", "2023-07-04"),
    ("They must sign no later than 15 May.", "15 May", "2023-05-15", "", "2023-05-15"),
    ("A March visit fell through.", "March", "2023-03-01", "2023-04-01", "2023-03"),
    ("He will attend the May summit.", "May", "2023-05-01", "2023-06-01", "2023-05"),
    ("The pact was signed on September 14.", "September 14", "2022-09-14", "", "2022-09-14"),
    ("The pact was signed on March 10.", "March 10", "2023-03-10", "", "2023-03-10"),
    ("The mandate will end on June 30.", "June 30", "2023-06-30", "", "2023-06-30"),
    ("The mandate had been due to run until 30 June.", "30 June", "2023-06-30", "", "2023-06-30"),
    ("They must report by 30 November.", "30 November", "2023-11-30", "", "2023-11-30"),
    ("They should answer before Sept 30.", "Sept 30", "2023-09-30", "", "2023-09-30"),
    ("The president takes office on January 20.", "January 20", "2024-01-20", "", "2024-01-20"),
    ("The board's meeting opens on April 2.", "April 2", "2023-04-02", "", "2023-04-02"),
    ("Monday, Sept. 12, was quiet.", "Monday, Sept. 12", "2022-09-12", "", "2022-09-12"),
    ("The truce lapsed in October.", "October", "2022-10-01", "2022-11-01", "2022-10"),
    ("A new round is pencilled in for May.", "May", "2023-05-01", "2023-06-01", "2023-05"),
    ("He has been in custody since June.", "June", "2022-06-01", "2022-07-01", "2022-06"),
    ("He resigned last May.", "May", "2022-05-01", "2022-06-01", "2022-05"),
    ("She will retire next January.", "January", "2024-01-01", "2024-02-01", "2024-01"),
    ("He was elected in March.", "March", "2023-03-01", "2023-04-01", "2023-03"),
    ("A December vote settled it.", "December", "2022-12-01", "2023-01-01", "2022-12"),
    ("The vote in November of last year settled it.", "November of last year", "2022-11-01", "2022-12-01", "2022-11"),
    ("The journey began on June 16th of last year.", "June 16th of last year", "2022-06-16", "", "2022-06-16"),
    ("It reopened in late February.", "late February", "2023-02-21", "2023-03-01", "2023-02"),
    ("They will meet on the 20th.", "the 20th", "2023-03-20", "", "2023-03-20"),
    ("They met on the 20th.", "the 20th", "2023-02-20", "", "2023-02-20"),
    ("The envoys will meet 3-5 May in Rome.", "3-5 May", "2023-05-03", "2023-05-06", "2023-05-03/2023-05-05"),
    ("They met on December 2.12 in Minsk.", "December 2.12", "2022-12-02", "", "2022-12-02"),
    ("They met on Feb. 24 and again.", "Feb. 24", "2023-02-24", "", "2023-02-24"),
    ("They spoke on 11/8 by phone.", "11/8", "2022-11-08", "", "2022-11-08"),
]

RELATIVE = [
    ("They prevented a transfer of power this fall.", "this fall", "2023-09-01", "2023-12-01", "2023-FA"),
    ("Snow fell this winter.", "this winter", "2022-12-01", "2023-03-01", "2022-WI"),
    ("A year and a half ago it began.", "A year and a half ago", "2021-09-01", "2021-10-01", "2021-09"),
    ("Deadline: 30 days from today.", "30 days from today", "2023-04-14", "", "P30D"),
    ("He arrived today.", "today", "2023-03-15", "", "2023-03-15"),
    ("He arrived yesterday.", "yesterday", "2023-03-14", "", "2023-03-14"),
    ("He leaves tomorrow.", "tomorrow", "2023-03-16", "", "2023-03-16"),
    ("He speaks tonight.", "tonight", "2023-03-15", "", "2023-03-15TNI"),
    ("Last night he spoke.", "Last night", "2023-03-14", "", "2023-03-14TNI"),
    ("This morning he spoke.", "This morning", "2023-03-15", "", "2023-03-15TMO"),
    ("He spoke yesterday evening.", "yesterday evening", "2023-03-14", "", "2023-03-14TEV"),
    ("He left the day before yesterday.", "the day before yesterday", "2023-03-13", "", "2023-03-13"),
    ("He goes the day after tomorrow.", "the day after tomorrow", "2023-03-17", "", "2023-03-17"),
    ("He said on Thursday that it works.", "Thursday", "2023-03-09", "", "2023-03-09"),
    ("He said Wednesday that it works.", "Wednesday", "2023-03-15", "", "2023-03-15"),
    ("The envoy told reporters Tuesday.", "Tuesday", "2023-03-14", "", "2023-03-14"),
    ("He will meet the king on Thursday.", "Thursday", "2023-03-16", "", "2023-03-16"),
    ("The vote is due on Friday.", "Friday", "2023-03-17", "", "2023-03-17"),
    ("They must reply by Friday.", "Friday", "2023-03-17", "", "2023-03-17"),
    ("He resigned last Tuesday.", "last Tuesday", "2023-03-14", "", "2023-03-14"),
    ("They reconvene next Friday.", "next Friday", "2023-03-24", "", "2023-03-24"),
    ("He spoke Monday morning.", "Monday morning", "2023-03-13", "", "2023-03-13TMO"),
    ("He spoke on Monday of last week.", "Monday of last week", "2023-03-06", "", "2023-03-06"),
    ("They reconvene this coming Sunday.", "this coming Sunday", "2023-03-19", "", "2023-03-19"),
    ("They agreed this past Sunday.", "this past Sunday", "2023-03-12", "", "2023-03-12"),
    ("Talks go on this week.", "this week", "2023-03-13", "2023-03-20", "2023-W11"),
    ("Talks begin next week.", "next week", "2023-03-20", "2023-03-27", "2023-W12"),
    ("It failed last week.", "last week", "2023-03-06", "2023-03-13", "2023-W10"),
    ("It failed last month.", "last month", "2023-02-01", "2023-03-01", "2023-02"),
    ("It starts next month.", "next month", "2023-04-01", "2023-05-01", "2023-04"),
    ("It starts next year.", "next year", "2024-01-01", "2025-01-01", "2024"),
    ("It is last year’s trade.", "last year", "2022-01-01", "2023-01-01", "2022"),
    ("He came earlier this month.", "earlier this month", "2023-03-01", "2023-04-01", "2023-03"),
    ("He came later this year.", "later this year", "2023-01-01", "2024-01-01", "2023"),
    ("They met last weekend.", "last weekend", "2023-03-11", "2023-03-13", "2023-W10-WE"),
    ("He left two days ago.", "two days ago", "2023-03-13", "", "2023-03-13"),
    ("He left three weeks ago.", "three weeks ago", "2023-02-20", "2023-02-27", "2023-W08"),
    ("He left two months ago.", "two months ago", "2023-01-01", "2023-02-01", "2023-01"),
    ("He left a year ago.", "a year ago", "2022-01-01", "2023-01-01", "2022"),
    ("He left twenty-five years ago.", "twenty-five years ago", "1998-01-01", "1999-01-01", "1998"),
    ("He left a decade ago.", "a decade ago", "2013-01-01", "2014-01-01", "2013"),
    ("Troops leave within 30 days.", "within 30 days", "2023-04-14", "", "P30D"),
    ("Troops leave within ten days.", "within ten days", "2023-03-25", "", "P10D"),
    ("Troops leave within 48 hours.", "within 48 hours", "2023-03-17", "", "PT48H"),
    ("Troops leave within six months.", "within six months", "2023-09-15", "", "P6M"),
    ("Troops will leave in three weeks.", "in three weeks", "2023-04-05", "", "P3W"),
    ("Troops leave in two years' time.", "in two years' time", "2025-03-15", "", "P2Y"),
    ("They build it in the next two years.", "in the next two years", "2025-03-15", "", "P2Y"),
    ("Over the past decade little moved.", "Over the past decade", "2013-03-15", "2023-03-15", "P1DE"),
    ("In the last three years little moved.", "In the last three years", "2020-03-15", "2023-03-15", "P3Y"),
    ("It ships by the end of next month.", "the end of next month", "2023-04-30", "", "2023-04-30"),
    ("It ships at the end of the month.", "the end of the month", "2023-03-31", "", "2023-03-31"),
    ("It ships by year-end.", "year-end", "2023-12-31", "", "2023-12-31"),
    ("It ships by the end of the year.", "the end of the year", "2023-12-31", "", "2023-12-31"),
    ("It ships by the end of June.", "the end of June", "2023-06-30", "", "2023-06-30"),
    ("The law takes effect this summer.", "this summer", "2023-06-01", "2023-09-01", "2023-SU"),
    ("It was cold last winter.", "last winter", "2022-12-01", "2023-03-01", "2022-WI"),
    ("They vote next spring.", "next spring", "2024-03-01", "2024-06-01", "2024-SP"),
    ("He will be back six months from now.", "six months from now", "2023-09-15", "", "P6M"),
    ("The yen slid in the last quarter of 2022.", "the last quarter of 2022", "2022-10-01", "2023-01-01", "2022-Q4"),
]

ANCHORED = [
    ("He won in 2013. On July 6 he was called up.", "July 6", "2013-07-06", "", "2013-07-06"),
    ("He was held on 3 May 2021. Two days later he fled.", "Two days later", "2021-05-05", "", "2021-05-05"),
    ("He was held on 3 May 2021. The following day he fled.", "The following day", "2021-05-04", "", "2021-05-04"),
    ("He was held on 3 May 2021. The previous day he slept.", "The previous day", "2021-05-02", "", "2021-05-02"),
    ("He was held on 3 May 2021 and had slept the day before.", "the day before", "2021-05-02", "", "2021-05-02"),
    ("The deal of 2010 failed a year later.", "a year later", "2011-01-01", "2012-01-01", "2011"),
    ("On 10 May 2021 he won; a week earlier he had lost.", "a week earlier", "2021-05-03", "2021-05-10", "2021-W18"),
    ("In June 2012 she won. That month she spoke.", "That month", "2012-06-01", "2012-07-01", "2012-06"),
    ("On 10 May 2021 he won and spoke the same day.", "the same day", "2021-05-10", "", "2021-05-10"),
    ("On 10 May 2021 he won. The following Friday he lost.", "The following Friday", "2021-05-14", "", "2021-05-14"),
    ('The envoy on 8.3.2023 gave notice. "Pay within ten days," he said.', "within ten days", "2023-03-18", "", "P10D"),
]

NO_DATES = [
    "The March on Washington drew a crowd and the Women's March another.",
    "He is in his 90s.",
    "In Boeing's 2000 cases nothing failed.",
    "It may rain and they may march.",
    "Protesters march on Washington.",
    "The Sunday Times broke the story.",
    "She paid for a second opinion.",
    "The 2 + 2 talks resumed.",
    "Call 202-456-1111 for help.",
    "They won 3-5 on penalties.",
    "It costs $2000 or £2.12.",
    "Prices rose by 2.12 percent.",
    "Read 5.2 of the treaty and Article 5.2.",
    "The software is at version 2.1.16.",
    "The Boeing 737 was grounded.",
    "Security Council resolution 2231 was adopted.",
    "Resolutions 1929 and 1973 were adopted.",
    "About 2000 people fled.",
    "The missile flies 2000 km.",
    "They meet every Friday.",
    "The president is 66 and his wife 45.",
    "Theresa May spoke and May's aides nodded.",
    "A poll of 1,500 voters gave 24/7 coverage.",
    "After the attacks of 9/11 he enlisted.",
    "The talks lasted for three years.",
    "It is the first time in three years.",
    "April Ryan asked a question.",
    "The 20th century was long.",
    "The office is on the 14th floor.",
    "Russia Today showed the film.",
    "The Arab Spring and the Winter Olympics.",
    "Black Friday and Super Tuesday are names.",
    "He scored 2.5 million on the test.",
    "The ratio was 1/2 or 50/50.",
    "The server is at 10.1.2.20 or 192.168.1.12.",
    "A 2000-strong force marched.",
    "The fall of Kabul shocked them.",
    "They need 270 votes, not 269.",
    "The deal covers 12.5 of 25.6 tonnes.",
]


@pytest.mark.parametrize(("text", "words", "start", "end", "timex"), ABSOLUTE + PARTIAL + RELATIVE + ANCHORED)
def test_a_date_is_found_and_resolved(text: str, words: str, start: str, end: str, timex: str) -> None:
    found = dict(read(text))
    assert words in found, list(found)
    each = found[words]
    assert each.start == date.fromisoformat(start)
    assert each.end == (date.fromisoformat(end) if end else date.fromordinal(date.fromisoformat(start).toordinal() + 1))
    assert each.timex == timex


@pytest.mark.parametrize(("text", "words"), [case[:2] for case in ABSOLUTE])
def test_a_full_date_needs_no_reference(text: str, words: str) -> None:
    if words in ("25.11", "the second half of last year"):
        return
    each = dict(read(text, None))[words]
    assert each.basis == "stated"
    assert each.start is not None


@pytest.mark.parametrize("cases", [RELATIVE, PARTIAL])
def test_incomplete_dates_say_what_they_were_resolved_against(cases: list[tuple[str, ...]]) -> None:
    assert {each.basis for text, words, *_ in cases for name, each in read(text) if name == words} <= {
        "published",
        "stated",
    }
    assert all(each.basis == "anchor" for text, words, *_ in ANCHORED for name, each in read(text) if name == words)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("He spoke on Thursday.", "XXXX-WXX-4"),
        ("He spoke on September 14.", "XXXX-09-14"),
        ("He spoke in September.", "XXXX-09"),
        ("He spoke yesterday.", "PAST_REF"),
        ("He left two days ago.", "P2D"),
        ("They leave within 30 days.", "P30D"),
        ("He left several days ago.", "PXD"),
        ("He will be back next year.", "FUTURE_REF"),
    ],
)
def test_without_a_reference_there_is_still_a_value(text: str, timex: str) -> None:
    ((_, each),) = read(text, None)
    assert (each.timex, each.start, each.end, each.basis) == (timex, None, None, "none")


@pytest.mark.parametrize(
    ("text", "words", "start"),
    [
        ("BERN, 20 March 2023 - Talks ended on Monday.", "Monday", "2023-03-20"),
        ("Ministry of Sport\nTallinn, 14 September 2022\n\nThe minister spoke today.", "today", "2022-09-14"),
    ],
)
def test_a_dateline_serves_as_reference(text: str, words: str, start: str) -> None:
    each = dict(read(text, None))[words]
    assert (each.start, each.basis) == (date.fromisoformat(start), "anchor")


@pytest.mark.parametrize(
    ("text", "start", "other"),
    [
        ("It expires on 5.2.2021.", "2021-02-05", "2021-05-02"),
        ("It expires on 5/2/2021.", "2021-05-02", "2021-02-05"),
        ("It ran from 14/01/2021 and expires on 5/2/2021.", "2021-02-05", "2021-05-02"),
        ("It expires on 22.7.2022.", "2022-07-22", None),
        ("It expires on 5.5.2022.", "2022-05-05", None),
    ],
)
def test_the_other_reading_is_kept(text: str, start: str, other: str | None) -> None:
    each = read(text)[-1][1]
    assert each.start == date.fromisoformat(start)
    assert each.other == (date.fromisoformat(other) if other else None)


@pytest.mark.parametrize(
    ("text", "kind", "named"),
    [
        ("It expires on 5.2.2021.", "ambiguous-date", ("2021-02-05", "2021-05-02")),
        ("They met on 31 February.", "date-conflict", ("31 February",)),
        ("They met on February 30, 2022.", "date-conflict", ("February 30, 2022",)),
        ("They met on March 11.9.", "date-conflict", ("March", "9")),
        ("They met on Monday, 14 September 2022.", "date-conflict", ("Wednesday",)),
    ],
)
def test_flags_name_the_trouble(text: str, kind: str, named: tuple[str, ...]) -> None:
    cut = segments(text)
    (flag,) = date_flags(cut, find_dates(cut, published=WEDNESDAY))
    assert flag.kind == kind
    assert all(name in flag.message for name in named)


@pytest.mark.parametrize(
    "text", ["They met on December 2.12.", "They met on 22.7.2022.", "They met on Wednesday, 14 September 2022."]
)
def test_sound_dates_raise_no_flag(text: str) -> None:
    cut = segments(text)
    assert date_flags(cut, find_dates(cut, published=WEDNESDAY)) == ()


_PIECES = st.sampled_from(
    [
        "3",
        "31",
        "May",
        "March",
        "2021",
        ".",
        ",",
        " ",
        "\n",
        "-",
        "/",
        "the",
        "of",
        "next",
        "week",
        "ago",
        "two",
        "days",
        "Sept.",
        "within",
        "Friday",
        "5.2",
        "11/8",
        "99999",
        "year",
        "end",
        "’s",
        "in",
        "to",
        "last",
        "31 February",
        "million",
        "9999",
        "0",
    ]
)


@given(
    st.lists(_PIECES, max_size=25).map(" ".join),
    st.sampled_from([None, WEDNESDAY, date(2024, 2, 29), date(2023, 12, 31)]),
)
def test_spans_are_in_order_disjoint_and_inside(text: str, published: date | None) -> None:
    found = find_dates(segments(text), published=published)
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start
    for each in found:
        assert each.span.of(text).strip() == each.span.of(text)
        assert (each.start is None) == (each.end is None)
        assert each.start is None or each.end is None or each.start < each.end
