"""A web page -> a Document. Pages are parsed in a child process."""

from __future__ import annotations

from onrecord.errors import SourceError
from onrecord.intake import child
from onrecord.intake.checked import document_from_text, iso_date
from onrecord.intake.decode import decode
from onrecord.intake.messages import Message
from onrecord.intake.raw import Raw
from onrecord.settings import Settings
from onrecord.types import Document


def document_from_html(raw: Raw, *, settings: Settings, html: str | None = None) -> Document:
    """The main text of a page as a Document; `html` is the decoded page where the caller has it already.

    SourceError when the page takes longer than `settings.html_timeout`, more memory than the child may have, or has
    no text.
    """
    html = decode(raw) if html is None else html
    answer = read_page(html, url=raw.url, source=raw.source, settings=settings)
    return document_from_text(
        answer["text"],
        path=raw.path,
        url=_address(answer["url"], fetched=raw.url),
        title=answer["title"],
        author=answer["author"],
        publisher=answer["publisher"],
        published=iso_date(answer["published"]),
        published_at=answer["published_at"],
        retrieved_at=raw.retrieved_at,
        raw_sha256=raw.sha256(),
        source=raw.source,
        settings=settings,
    )


def read_page(html: str, *, url: str | None, source: str, settings: Settings) -> Message:
    """The fields of `page.Page` for a decoded page, with a text that is not empty; errors as above."""
    try:
        answer = child.ask("html", {"html": html, "url": url}, seconds=settings.html_timeout)
    except TimeoutError as error:
        raise SourceError(source, f"cannot be parsed in {settings.html_timeout:g} seconds") from error
    except child.ChildDied as error:
        raise SourceError(source, "cannot be parsed (the parser gave up or ran out of memory)") from error
    if not answer["text"]:
        raise SourceError(source, "the page has no text")
    return answer


def _address(canonical: str | None, *, fetched: str | None) -> str | None:
    """The address a page gives itself; for a fetched page only where it is one of the same host."""
    from urllib.parse import urlsplit

    try:
        given = urlsplit(canonical or "")
        same = fetched is None or given.hostname == urlsplit(fetched).hostname
    except ValueError:
        return fetched
    return canonical if given.scheme in ("http", "https") and same else fetched
