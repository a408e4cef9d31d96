"""Tables -> documents, one a row; a row that cannot be read is named by its number and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import BinaryIO, Literal

from onrecord.errors import SourceError
from onrecord.intake import child
from onrecord.intake.columns import NoColumn, columns_of, document_of
from onrecord.intake.csv_rows import BadRow, Rows
from onrecord.intake.messages import Message
from onrecord.intake.skip import Skip
from onrecord.settings import Settings
from onrecord.types import Document

# A row group is decoded page by page, but a dictionary of long texts is held whole.
_MEMORY = 900_000_000

Results = Iterator[Document | SourceError]


def documents_in_table(
    stream: BinaryIO,
    *,
    source: str,
    kind: Literal["csv", "parquet"],
    settings: Settings,
    skip: Skip | None = None,
) -> Results:
    """Rows as documents: of CSV (comma, semicolon, tab or bar, with a header) or of Parquet, parsed in a child process.

    Columns are those of `settings.columns`, else found by their names (`registers/columns.toml`). Errors name a row as
    `SOURCE:ROW`: in CSV the header is row 1, as spreadsheets count; a Parquet table's first row is row 1. `stream` must
    be able to seek for Parquet. What `skip` takes is not looked at.
    """
    skip = skip or Skip()
    found = False
    rows = _csv(stream, source=source, settings=settings) if kind == "csv" else _parquet(stream, source, settings)
    for row in rows:
        found = True
        if not skip.take():
            yield row if isinstance(row, SourceError) else _document(row, source=source, settings=settings)
    if not found and not skip.take():
        yield SourceError(source, "holds no rows")


class _Row:
    """Cells by field, and the row's number."""

    __slots__ = ("cells", "number")

    def __init__(self, number: int, cells: dict[str, str]) -> None:
        self.number = number
        self.cells = cells


def _document(row: _Row, *, source: str, settings: Settings) -> Document | SourceError:
    try:
        return document_of(row.cells, source=source, name=f"{source}:{row.number}", settings=settings)
    except SourceError as error:
        return error


def _csv(stream: BinaryIO, *, source: str, settings: Settings) -> Iterator[_Row | SourceError]:
    rows = Rows(stream, max_chars=settings.max_bytes, chosen=settings.columns)
    try:
        if not (names := next(rows, [])):
            raise NoColumn("is empty")
        columns = columns_of(names, settings.columns)
    except (NoColumn, BadRow) as error:
        yield SourceError(source, str(error) if isinstance(error, NoColumn) else f"its first row {error}")
        return
    number = 1
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except BadRow as error:
            yield SourceError(f"{source}:{number}", str(error))
            continue
        if not any(cells):
            continue
        if len(cells) > len(names):
            yield SourceError(f"{source}:{number}", f"has {len(cells):,} cells, the header {len(names):,}")
            continue
        yield _Row(number, {field: cells[place] for field, place in columns.items() if place < len(cells)})


def _parquet(stream: BinaryIO, source: str, settings: Settings) -> Iterator[_Row | SourceError]:
    if find_spec("pyarrow") is None:
        yield SourceError(source, 'Parquet needs pyarrow: pip install "onrecord[parquet]"')
        return
    last = 0
    try:
        for item in _items(stream, settings=settings):
            last = item.get("number", 0)
            if "fault" in item:
                yield SourceError(f"{source}:{last}" if last else source, item["fault"])
            else:
                yield _Row(last, item["cells"])
    except TimeoutError:
        yield SourceError(source, f"cannot be read further than row {last} in {settings.html_timeout:g} seconds")
    except child.ChildDied:
        yield SourceError(source, f"cannot be read further than row {last} (the parser gave up or ran out of memory)")
    except OSError as error:
        yield SourceError(source, f"cannot be read further than row {last} ({error})")


def _items(stream: BinaryIO, *, settings: Settings) -> Iterator[Message]:
    request = {"columns": list(settings.columns), "max_bytes": settings.max_bytes}
    return child.stream("parquet", request, source=stream, seconds=settings.html_timeout, memory=_MEMORY)
