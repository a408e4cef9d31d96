"""Which treaties, deals and resolutions an article names, and which each statement is about."""

from onrecord.meaning.instruments.find import Instruments, find_instruments

__all__ = ["Instruments", "find_instruments"]
