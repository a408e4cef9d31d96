"""Days that contradict the calendar, and the many votes that only look as if they did."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest

from onrecord.meaning.context import Context
from onrecord.meaning.dates import find_dates
from onrecord.meaning.flags.events import event_flags
from onrecord.meaning.mentions import find_cast
from onrecord.types import Segments, Span

WINTER_2020, AUTUMN_2016, SPRING_2020 = date(2020, 12, 9), date(2016, 10, 10), date(2020, 3, 6)


def context(text: str, published: date | None) -> Context:
    """One paragraph, cut at full stops behind a small letter or a figure."""
    ends = [match.end() for match in re.finditer(r"(?<=[a-z\d])\.(?=\s|$)", text)]
    bounds = [0, *ends] if ends and ends[-1] == len(text) else [0, *ends, len(text)]
    sentences = tuple(Span(a + (text[a] == " "), b) for a, b in pairwise(bounds))
    whole = (Span(0, len(text)),)
    segments = Segments(text=text, words=(), sentences=sentences, paragraphs=whole, headings=(), quotes=())
    return Context(
        segments=segments,
        published=published,
        dates=find_dates(segments, published=published),
        cast=find_cast(segments),
        attributions=(),
        speakers=(),
    )


@pytest.mark.parametrize(
    ("published", "text", "words", "right"),
    [
        (
            WINTER_2020,
            "The envoy congratulated Joe Biden on the March 11 election.",
            "March 11 election",
            "3 November 2020",
        ),
        (WINTER_2020, "Joe Biden promised this before the March 3 election.", "March 3 election", "3 November 2020"),
        (
            WINTER_2020,
            "The US presidential election held on 11 March 2020 was quiet.",
            "election held on 11 March 2020",
            "3 November 2020",
        ),
        (
            WINTER_2020,
            "The US presidential election was held on November 5, 2020.",
            "election was held on November 5, 2020",
            "3 November 2020",
        ),
        (
            AUTUMN_2016,
            "The US presidential election will be held on November 6.",
            "election will be held on November 6",
            "8 November 2016",
        ),
        (
            date(2014, 11, 3),
            "Observers said the Ukrainian presidential election was held on 25 March 2014.",
            "election was held on 25 March 2014",
            "25 May 2014",
        ),
        (
            date(2019, 2, 1),
            "The German federal election held on 22 September 2017 ended in long talks.",
            "election held on 22 September 2017",
            "24 September 2017",
        ),
        (
            date(2021, 2, 1),
            "The Brexit referendum on 23 June 2017 divided the country.",
            "Brexit referendum on 23 June 2017",
            "23 June 2016",
        ),
        (
            date(2016, 2, 1),
            "The downing of flight MH17 on 17 July 2015 killed everyone on board.",
            "downing of flight MH17 on 17 July 2015",
            "17 July 2014",
        ),
    ],
)
def test_a_wrong_day_is_flagged(published: date, text: str, words: str, right: str) -> None:
    (flag,) = event_flags(context(text, published))
    assert flag.kind == "date-conflict"
    assert flag.span.of(text) == words
    assert right in flag.message and flag.message.endswith(".")


@pytest.mark.parametrize(
    ("published", "text"),
    [
        # the right day, also of a second round or of a vote of several days
        (WINTER_2020, "Joe Biden won the November 3 election."),
        (date(2022, 5, 2), "The French presidential election held on April 24, 2022 was won by Emmanuel Macron."),
        (date(2024, 4, 2), "The Russian presidential election held on 16 March 2024 was criticised."),
        # primaries, local votes, runoffs, parts of a state
        (WINTER_2020, "Joe Biden won the March 3 primary election."),
        (WINTER_2020, "Joe Biden praised turnout in the March 3 election in Texas."),
        (WINTER_2020, "Donald Trump endorsed him for the March 3 runoff election."),
        (AUTUMN_2016, "Hillary Clinton recalled the March 8 Mississippi election."),
        (date(2022, 12, 1), "The municipal election held on 24 October 2022 was quiet in Ukraine."),
        # a day near the article is likelier that of another vote
        (SPRING_2020, "Joe Biden spoke after the March 3 election."),
        # days that were moved, planned or lay ahead
        (date(2020, 7, 1), "The Polish presidential election originally to be held on 10 May 2020 was postponed."),
        (date(2019, 2, 2), "The Ukrainian presidential election will be held on 30 March 2019."),
        # what is named is another event of that day
        (WINTER_2020, "Donald Trump conceded nothing on November 7 after the US presidential election."),
        (WINTER_2020, "Donald Trump conceded the US presidential election on November 7, 2020."),
        (WINTER_2020, "Joe Biden spoke at a March 11 election rally."),
        # nobody who stood in it is named
        (WINTER_2020, "The club held the March 11 election by show of hands."),
        # anniversaries
        (date(2023, 3, 1), "A year after the full-scale invasion of Ukraine on 24 February 2023, guns were heard."),
        (date(2017, 8, 1), "Families marked the downing of flight MH17 on 17 July 2017."),
        # without a day to compare with
        (None, "Joe Biden won the March 11 election."),
    ],
)
def test_other_days_are_left_alone(published: date | None, text: str) -> None:
    assert event_flags(context(text, published)) == ()


def test_what_is_not_verified_raises_no_flag() -> None:
    text = "The Syrian presidential election was held on 26 March 2021."
    assert event_flags(context(text, date(2021, 9, 1))) == ()
