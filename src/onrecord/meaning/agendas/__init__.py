"""Agendas: lists of topics or priorities that one side names, every item with its issue, the stated count checked."""

from onrecord.meaning.agendas.find import agenda_flags, find_agendas

__all__ = ["agenda_flags", "find_agendas"]
