"""Where and when each statement was made: the day of saying and the occasion, from the words around it."""

from onrecord.meaning.occasion.find import Saying, settle

__all__ = ["Saying", "settle"]
