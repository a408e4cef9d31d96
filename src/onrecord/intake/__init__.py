"""Intake: files, standard input, web pages, feeds, archives, tables, directories and patterns -> Document."""

from onrecord.intake.checked import document_from_text
from onrecord.intake.read import documents, read_place
from onrecord.intake.sources import Place, places

__all__ = ["Place", "document_from_text", "documents", "places", "read_place"]
