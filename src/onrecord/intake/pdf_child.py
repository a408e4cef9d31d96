"""Work of the kind `pdf`, in the child process: one file."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

from onrecord.intake.messages import Message
from onrecord.intake.pdf_text import Line, paragraphs

MAX_PAGES = 2_000
# An empty list of directories. By default the library goes through the system's fonts for those that a file does not
# carry; the words of a text do not depend on how they look, and nothing outside the file is opened.
_FONT_PATHS = (ctypes.POINTER(ctypes.c_char) * 1)()
# The library joins the two halves of a word that was parted at the end of a line, by U+FFFE or, older, by U+0002.
_LINE = re.compile(r"[^\r\n\x02\ufffe]+[\x02\ufffe]?")
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?)?")
# Titles that programs put in when nobody gives one.
_NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint)|untitled|\S+\.(?:docx?|indd|pdf|odt|rtf|qxd|pptx?|tex|dvi|p65)$", re.IGNORECASE
)
_NO_AUTHOR = re.compile(
    r"(?:user|admin|administrator|owner|unknown|author|default|root|windows user|microsoft.*)$|\S*[\\/@]\S*$",
    re.IGNORECASE,
)
# The first PDF was made in 1993; clocks that are wrong show 1970 or 1980.
_FIRST_YEAR = 1993


def _without_fonts() -> None:
    """Start the library again; importing it started it with its defaults."""
    config = raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=_FONT_PATHS)
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(config)


_without_fonts()


def read(request: Message) -> Message:
    """`text`, `title`, `author`, `published_at` of the PDF under `data`; or `fault`, a plain clause."""
    try:
        document = pdfium.PdfDocument(request["data"])
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            return {"fault": "is encrypted and needs a password"}
        return {"fault": "is no PDF that can be read (it is damaged)"}
    if len(document) > MAX_PAGES:
        return {"fault": f"has {len(document):,} pages; PDFs over {MAX_PAGES:,} pages are not read"}
    try:
        return _content(document, max_chars=request["max_chars"])
    finally:
        document.close()


def _content(document: pdfium.PdfDocument, *, max_chars: int) -> Message:
    pages: list[list[Line]] = []
    size = 0
    for number in range(len(document)):
        lines = _lines_of(document, number)
        size += sum(len(line.text) for line in lines)
        if size > 2 * max_chars:
            return {"fault": f"holds more than {max_chars:,} characters"}
        pages.append(lines)
    text = "\n\n".join(paragraphs(pages))
    if not any(character.isalpha() for character in text):
        return {"fault": "holds no text (scanned pages need text recognition first)"}
    known = document.get_metadata_dict()
    return {
        "text": text,
        "title": _said(known.get("Title"), _NO_TITLE),
        "author": _said(known.get("Author"), _NO_AUTHOR),
        "published_at": _moment(known.get("CreationDate") or ""),
    }


def _lines_of(document: pdfium.PdfDocument, number: int) -> list[Line]:
    """The lines of one page; none where the page itself is damaged."""
    try:
        page = document[number]
        text = page.get_textpage()
    except pdfium.PdfiumError:
        return []
    try:
        return list(_lines(text))
    finally:
        text.close()
        page.close()


def _lines(page: pdfium.PdfTextPage) -> Iterator[Line]:
    for found in _LINE.finditer(page.get_text_range()):
        words = found[0]
        if not words.strip():
            continue
        # A few characters of each line tell its box; all of them would take as long as the text itself.
        places = {found.start() + at for at, character in enumerate(words) if character.isalnum()}
        chosen = sorted(places)[:: max(1, len(places) // 8)] + sorted(places)[-1:] or [found.start()]
        boxes = [box for place in chosen if (box := _box(page, place)) is not None]
        if boxes:
            left, bottom, right, top = zip(*boxes, strict=True)
            yield Line(text=words, left=min(left), right=max(right), bottom=min(bottom), top=max(top))


def _box(page: pdfium.PdfTextPage, at: int) -> tuple[float, float, float, float] | None:
    index = raw.FPDFText_GetCharIndexFromTextIndex(page, at)
    if index < 0:
        return None
    try:
        left, bottom, right, top = page.get_charbox(index, loose=True)
    except pdfium.PdfiumError:
        return None
    return left, bottom, right, top


def _said(value: str | None, nothing: re.Pattern[str]) -> str | None:
    words = " ".join((value or "").split())
    return words if any(map(str.isalpha, words)) and not nothing.match(words) else None


def _moment(value: str) -> str | None:
    """A PDF's date as ISO 8601; None where it is none, or one that a clock that was not set gives."""
    if (found := _DATE.match(value)) is None:
        return None
    year, month, day, hour, minute, second, sign, zone_hours, zone_minutes = found.groups()
    try:
        at = datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0))
        if sign:
            offset = timedelta(hours=int(zone_hours), minutes=int(zone_minutes or 0))
            at = at.replace(tzinfo=timezone(-offset if sign == "-" else offset))
    except ValueError:
        return None
    given = at.replace(tzinfo=at.tzinfo or UTC)
    if at.year < _FIRST_YEAR or given > datetime.now(UTC) + timedelta(days=1) or day is None:
        return None
    return at.isoformat(timespec="seconds")
