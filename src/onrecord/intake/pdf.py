"""A PDF -> a Document. PDFs are parsed in a child process."""

from __future__ import annotations

from onrecord.errors import SourceError
from onrecord.intake import child
from onrecord.intake.checked import document_from_text
from onrecord.intake.raw import Raw
from onrecord.settings import Settings
from onrecord.types import Document


def document_from_pdf(raw: Raw, *, settings: Settings) -> Document:
    """The text of a PDF in paragraphs, without running heads, footers and page numbers.

    Title, author and the day of publication are those of the file's own metadata, where they are sensible. SourceError
    for encrypted, damaged and scanned files, and for those that take longer than `settings.html_timeout` or more
    memory than the child may have.
    """
    if not raw.data:
        raise SourceError(raw.source, "is empty")
    try:
        answer = child.ask("pdf", {"data": raw.data, "max_chars": settings.max_chars}, seconds=settings.html_timeout)
    except TimeoutError as error:
        raise SourceError(raw.source, f"cannot be parsed in {settings.html_timeout:g} seconds") from error
    except child.ChildDied as error:
        raise SourceError(raw.source, "cannot be parsed (the parser gave up or ran out of memory)") from error
    if "fault" in answer:
        raise SourceError(raw.source, answer["fault"])
    return document_from_text(
        answer["text"],
        path=raw.path,
        url=raw.url,
        title=answer["title"],
        author=answer["author"],
        published_at=answer["published_at"],
        retrieved_at=raw.retrieved_at,
        raw_sha256=raw.sha256(),
        source=raw.source,
        settings=settings,
    )
