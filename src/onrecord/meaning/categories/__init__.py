"""The PLOVER category of the event that a statement makes or reports, with who acts and who is acted upon."""

from onrecord.meaning.categories.find import categorise, find_events

__all__ = ["categorise", "find_events"]
