"""What was promised, ordered, demanded, expires or is scheduled: by when, and on whom."""

from onrecord.meaning.deadlines.find import deadline_state, find_deadlines, next_occurrence

__all__ = ["deadline_state", "find_deadlines", "next_occurrence"]
