"""Readings and rows of a record as plain values, files, data frames and pages.

Words are always sliced from `Document.text`. Every writer takes an iterator and a stream and keeps nothing.
"""

from onrecord.export.annotations import webannotation
from onrecord.export.calendar import ics
from onrecord.export.cells import safe, unsafe
from onrecord.export.columnar import parquet_rows
from onrecord.export.filed import readings_of
from onrecord.export.flat import csv_rows, jsonl_rows
from onrecord.export.frame import rows_to_frame, to_frame
from onrecord.export.linked import jsonld
from onrecord.export.network import network
from onrecord.export.network_files import edges, events, graphml
from onrecord.export.page import html
from onrecord.export.record import to_dict
from onrecord.export.writers import FORMATS, write

__all__ = [
    "FORMATS",
    "csv_rows",
    "edges",
    "events",
    "graphml",
    "html",
    "ics",
    "jsonl_rows",
    "jsonld",
    "network",
    "parquet_rows",
    "readings_of",
    "rows_to_frame",
    "safe",
    "to_dict",
    "to_frame",
    "unsafe",
    "webannotation",
    "write",
]
