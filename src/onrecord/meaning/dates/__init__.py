"""Dates in the prose of news, with TIMEX3 values: a small grammar, resolved against the day of publication."""

from onrecord.meaning.dates.find import date_flags, find_dates

__all__ = ["date_flags", "find_dates"]
