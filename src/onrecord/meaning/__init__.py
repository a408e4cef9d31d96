"""From an attribution to a statement: who speaks for whom, through whom, when and where."""

from onrecord.meaning.chain import Chained, settle_chain
from onrecord.meaning.dates import date_flags, find_dates
from onrecord.meaning.mentions import find_cast
from onrecord.meaning.occasion import Saying, settle
from onrecord.meaning.speakers import resolve

__all__ = ["Chained", "Saying", "date_flags", "find_cast", "find_dates", "resolve", "settle", "settle_chain"]
