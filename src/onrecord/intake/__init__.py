"""Intake: a file, standard input, a web page, JSON Lines, a directory or a pattern -> Document."""

from onrecord.intake.checked import document_from_text
from onrecord.intake.read import documents

__all__ = ["document_from_text", "documents"]
