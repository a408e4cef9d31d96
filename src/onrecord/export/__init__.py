"""Readings as plain values, files, data frames and pages. Words are always sliced from `Document.text`."""

from onrecord.export.frame import to_frame
from onrecord.export.page import html
from onrecord.export.record import to_dict
from onrecord.export.writers import FORMATS, write

__all__ = ["FORMATS", "html", "to_dict", "to_frame", "write"]
