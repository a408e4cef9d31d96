"""Offices that were another's on the day of the article."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.meaning.context import Context
from onrecord.meaning.dates import find_dates
from onrecord.meaning.flags.offices import office_flags
from onrecord.meaning.mentions import find_cast
from onrecord.types import Segments, Span

MAY_2022 = date(2022, 5, 10)


def context(text: str, published: date | None, quotes: tuple[Span, ...] = ()) -> Context:
    """One sentence."""
    whole = (Span(0, len(text)),)
    segments = Segments(text=text, words=(), sentences=whole, paragraphs=whole, headings=(), quotes=quotes)
    return Context(
        segments=segments,
        published=published,
        dates=find_dates(segments, published=published),
        cast=find_cast(segments),
        attributions=(),
        speakers=(),
    )


@pytest.mark.parametrize(
    ("published", "text", "words", "holder"),
    [
        (
            MAY_2022,
            "Ukrainian President Petro Poroshenko said on Monday that the talks went on.",
            "Ukrainian President Petro Poroshenko",
            "Volodymyr Zelensky, not Petro Poroshenko (until 20 May 2019)",
        ),
        (
            MAY_2022,
            "On Tuesday, Ukraine's President Poroshenko met the envoys in Kyiv.",
            "Ukraine's President Poroshenko",
            "Volodymyr Zelensky, not Petro Poroshenko",
        ),
        (
            date(2019, 5, 10),
            "US Secretary of State John Kerry told reporters on Thursday that he was ready.",
            "US Secretary of State John Kerry",
            "Mike Pompeo, not John Kerry",
        ),
        (
            date(2020, 6, 12),
            "Russian Foreign Minister Dmitry Peskov said on Thursday that Moscow was ready.",
            "Russian Foreign Minister Dmitry Peskov",
            "Sergei Lavrov, not Dmitry Peskov.",
        ),
        (
            date(2016, 5, 10),
            "Secretary-General of the United Nations Kofi Annan said on Monday that he was worried.",
            "Secretary-General of the United Nations Kofi Annan",
            "Ban Ki-moon, not Kofi Annan",
        ),
        (
            date(2016, 5, 10),
            "British Foreign Secretary David Miliband said Monday that London was ready.",
            "British Foreign Secretary David Miliband",
            "Philip Hammond, not David Miliband",
        ),
    ],
)
def test_an_office_of_another_is_flagged(published: date, text: str, words: str, holder: str) -> None:
    (flag,) = office_flags(context(text, published))
    assert flag.kind == "role-conflict"
    assert flag.span.of(text) == words
    assert holder in flag.message


@pytest.mark.parametrize(
    ("published", "text"),
    [
        # the office was held
        (date(2018, 5, 10), "Ukrainian President Petro Poroshenko said on Monday that the talks went on."),
        (date(2020, 6, 12), "Kremlin spokesman Dmitry Peskov said on Thursday that Moscow was ready."),
        # titles lag behind a change of office
        (date(2021, 12, 20), "German Chancellor Angela Merkel said on Friday that Berlin agreed."),
        # former, then, acting, would-be
        (MAY_2022, "Former Ukrainian President Petro Poroshenko said on Monday that the talks went on."),
        (MAY_2022, "Then-Ukrainian President Petro Poroshenko said on Monday that the talks went on."),
        (MAY_2022, "The late Russian President Boris Yeltsin said on Monday something else."),
        # the past is told
        (MAY_2022, "In 2015 Ukrainian President Petro Poroshenko said that the talks went on."),
        (MAY_2022, "Ukrainian President Petro Poroshenko signed the law."),
        (MAY_2022, "A court heard on Monday that Ukrainian President Petro Poroshenko said little."),
        (MAY_2022, "On Monday he recalled how Ukrainian President Petro Poroshenko said little."),
        # Americans keep their titles, and the state does not stand with it
        (date(2019, 5, 10), "President Barack Obama said on Thursday that he would vote."),
        # a possessive, and a name that the register does not have
        (MAY_2022, "Ukrainian President Petro Poroshenko's party said on Monday that it agreed."),
        (MAY_2022, "Ukrainian President Ostap Hrytsai said on Monday that the talks went on."),
        # no day, and a day after the register was last kept up
        (None, "Ukrainian President Petro Poroshenko said on Monday that the talks went on."),
        (date(2031, 5, 10), "Ukrainian President Petro Poroshenko said on Monday that the talks went on."),
    ],
)
def test_other_titles_are_left_alone(published: date | None, text: str) -> None:
    assert office_flags(context(text, published)) == ()


def test_quoted_titles_are_the_words_of_others() -> None:
    text = '"Ukrainian President Petro Poroshenko said on Monday that the talks went on."'
    assert office_flags(context(text, MAY_2022, (Span(0, len(text)),))) == ()


def test_one_flag_a_person() -> None:
    said = "Ukrainian President Petro Poroshenko said on Monday that he agreed"
    assert len(office_flags(context(f"{said}; {said}.", MAY_2022))) == 1
