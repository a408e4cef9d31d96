"""Sources into a record: found, read and written in batches; stopped anywhere, it goes on where it stood.

intake (a thread) -> texts not read before -> reader (processes) -> batches -> Writer
"""

from __future__ import annotations

import json
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from onrecord import intake, pipeline, pool
from onrecord.errors import RecordError, SourceError
from onrecord.intake.checked import printable
from onrecord.record.database import open_database
from onrecord.record.intaking import stored_name
from onrecord.record.outcomes import totals
from onrecord.record.writer import Entry, Intake, Piece, Writer
from onrecord.settings import Settings
from onrecord.types import Document, Reading

if TYPE_CHECKING:
    from onrecord.intake.network import Network

Engine = Callable[[Document], Reading | SourceError]
Result = Reading | Document | SourceError

# What intake may be ahead of the reader: enough to read on while a page is fetched, few enough to be held in memory.
FOUND_AHEAD = 16
# A batch is committed when it holds so many results, so many characters, or is so many seconds old.
BATCH, BATCH_CHARS, BATCH_SECONDS = 64, 4_000_000, 2.0
_TICK = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What an intake came to, from its begin, interruptions included.

    `added` and `known` count articles: read and put on record; on record already from this very run of software and
    network (the new place is noted). `failed` counts sources, which `failures` of the record lists.
    """

    intake: str
    added: int
    known: int
    failed: int
    statements: int


class Progress(Protocol):
    """What is told of an intake while it runs."""

    def begin(self, sources: Sequence[str], settings: Settings) -> None:
        """It has begun, or goes on; the database is there."""

    def opened(self, place: str, stream: BinaryIO) -> None:
        """A file is being read; called from another thread."""

    def result(self, result: Result) -> None:
        """Something was read, found to be known, or failed."""

    def through(self, place: str, *, skipped: bool) -> None:
        """A file, address or stream has been read to its end, now or (`skipped`) before an interruption."""


@dataclass(frozen=True, slots=True)
class Found:
    """The `number`th result of a place; `item` None where the place is through."""

    place: str
    number: int
    item: Document | SourceError | None
    skipped: bool = False


@dataclass(slots=True)
class Batch:
    """Results that are not committed yet."""

    pieces: list[Piece] = field(default_factory=list)
    size: int = 0
    chars: int = 0
    since: float = 0.0

    @property
    def due(self) -> bool:
        """Whether to commit it now."""
        full = self.size >= BATCH or self.chars >= BATCH_CHARS
        return full or (bool(self.pieces) and time.monotonic() - self.since >= BATCH_SECONDS)

    def put(self, found: Found, result: Result | None) -> None:
        """Add a result, or (None) that its place is through."""
        if not self.pieces:
            self.since = time.monotonic()
        last = self.pieces[-1] if self.pieces else None
        if last is None or last.place != found.place or last.done:
            last = Piece(place=found.place, first_number=found.number, entries=[], done=False)
            self.pieces.append(last)
        self.size += 1
        if result is None:
            last.done = True
            return
        last.entries.append(Entry(source=_source(found, result), result=result))
        self.chars += _chars(result)


def add(
    sources: Sequence[str] = (),
    *,
    database: str | Path,
    settings: Settings | None = None,
    resume: bool = False,
    progress: Progress | None = None,
    engine: Engine | None = None,
    network: Network | None = None,
) -> Added:
    """Read `sources` and put what they hold on the record at `database`, in constant memory.

    A text that this run (version, network, settings) has read before is not read again; where it appeared is noted.
    What cannot be read is an outcome of its own and the rest goes on. Results are committed in batches of `BATCH`, or
    every `BATCH_SECONDS`; after an interruption `resume` continues the newest unfinished intake (of these sources, if
    any are given) behind the last batch. `engine` reads one document, in place of the packaged network.

    RecordError where the database cannot be opened or written, or there is nothing to resume; what was committed
    before stays.
    """
    settings = settings or Settings()
    if resume:
        open_database(database).dispose()  # a record that is not there is not made
    with Writer(database) as writer:
        found, settings = _begun(writer, sources, settings, resume=resume)
        if progress:
            progress.begin(found.sources, settings)
        work = _Work(writer, found, settings, engine=engine, progress=progress)
        work.run(_Finder(found, settings, resumed=resume, network=network, progress=progress))
        writer.finish_intake(found)
        with writer.engine.connect() as connection:
            return Added(intake=found.id, **asdict(totals(connection, found.id)))


class _Work:
    """One pass over what is found: known texts apart, the others read, all committed in order."""

    def __init__(
        self, writer: Writer, intake: Intake, settings: Settings, *, engine: Engine | None, progress: Progress | None
    ) -> None:
        self._writer = writer
        self._intake = intake
        self._run_key = pipeline.run_key(settings)
        self._progress = progress
        self._batch = Batch()
        self._slots: deque[Found] = deque()
        window = pool.Inline if settings.workers == 1 else pool.Window
        read = engine or partial(pipeline.read_one, settings)
        self._window: pool.Window[Document, Result | None] = window(
            read, workers=settings.workers, crashed=pipeline.unread
        )

    def run(self, items: Iterable[Found]) -> None:
        """Deal with all of `items`."""
        with closing(pool.Ahead(items, size=FOUND_AHEAD)) as ahead, self._window:
            while not ahead.ended or self._window:
                if ahead.ended or self._window.full:
                    self._take()
                else:
                    self._put(ahead.take(timeout=_TICK))
                while self._window.ready:
                    self._take()
                if self._batch.due:
                    self._commit()
        self._commit()

    def _put(self, found: Sequence[Found]) -> None:
        known = self._known(found)
        for one in found:
            if self._window.full:
                self._take()
            self._slots.append(one)
            if isinstance(one.item, Document) and one.item.id not in known:
                self._window.put(one.item)
            else:
                self._window.pass_by(one.item)

    def _known(self, found: Iterable[Found]) -> set[str]:
        ids = [one.item.id for one in found if isinstance(one.item, Document)]
        return self._writer.known(ids, self._run_key) if ids else set()

    def _take(self) -> None:
        result = self._window.take()
        found = self._slots.popleft()
        if not found.skipped:
            self._batch.put(found, result)
        if self._progress and result is not None:
            self._progress.result(result)
        elif self._progress:
            self._progress.through(found.place, skipped=found.skipped)
        if self._batch.due:
            self._commit()

    def _commit(self) -> None:
        """Write the batch; the processes read on meanwhile."""
        pieces, self._batch = self._batch.pieces, Batch()
        if pieces:
            self._writer.write_pieces(self._intake, pieces)


class _Finder:
    """Finds what is in the places that are not through yet, behind what is committed of them."""

    def __init__(
        self, begun: Intake, settings: Settings, *, resumed: bool, network: Network | None, progress: Progress | None
    ) -> None:
        self._begun = begun
        self._settings = settings
        self._resumed = resumed
        self._network = network
        self._progress = progress

    def __iter__(self) -> Iterator[Found]:
        for place in intake.places(self._begun.sources):
            name = place.source if isinstance(place, SourceError) else place.name
            if stored_name(name) in self._begun.done or name in self._begun.done:
                yield Found(name, 0, None, skipped=True)
                continue
            number = self._begun.counts.get(stored_name(name), self._begun.counts.get(name, 0))
            for item in self._items(place, number):
                yield Found(name, number, item)
                number += 1
            yield Found(name, number, None)

    def _items(self, place: intake.Place | SourceError, number: int) -> Iterator[Document | SourceError]:
        if isinstance(place, SourceError):
            yield from () if number else (SourceError(printable(place.source), place.reason),)
        elif self._resumed and place.where == "stdin":
            yield SourceError(place.name, _NO_SECOND_TIME)
        else:
            skip = number if number and _unchanged(place, self._begun) else 0
            opened = partial(self._progress.opened, place.name) if self._progress else None
            yield from intake.read_place(
                place, settings=self._settings, network=self._network, skip=skip, opened=opened
            )


_NO_SECOND_TIME = (
    "standard input cannot be read from where it stood; pipe it in anew (what is on record is not read again)"
)


def _unchanged(place: intake.Place, begun: Intake) -> bool:
    """Whether the results that are in are surely the first ones of this place still.

    A feed moves on, and a file may have been changed since: these are read from their start again, behind the numbers
    that are taken; texts on record already are known by their hash.
    """
    try:
        found = os.stat(place.name) if place.where == "file" else None
        begun_at = datetime.fromisoformat(begun.started).timestamp()
        return found is not None and max(found.st_mtime, found.st_ctime) < begun_at
    except (OSError, ValueError):
        return False  # whatever happened to it, reading it will say


def _source(found: Found, result: Result) -> str:
    if isinstance(result, SourceError):
        return result.source
    document = result.document if isinstance(result, Reading) else result
    return document.path or document.url or f"{found.place}#{found.number}"


def _chars(result: Result) -> int:
    if isinstance(result, SourceError):
        return 0
    return len((result.document if isinstance(result, Reading) else result).text)


# --- beginning and resuming ----------------------------------------------------------------------------------------


def _begun(writer: Writer, sources: Sequence[str], settings: Settings, *, resume: bool) -> tuple[Intake, Settings]:
    if not resume:
        return writer.start_intake(list(sources), _options(settings, sources)), settings
    found = writer.resume_intake(list(sources) or None)
    if found is None:
        of = " of these sources" if sources else ""
        raise RecordError(writer.where, f"there is no unfinished intake{of} to resume")
    return found, _agreed(writer.where, found, settings)


def _options(settings: Settings, sources: Sequence[str]) -> dict[str, Any]:
    """What decides which results come in which order, as JSON values; the folder if a source is relative to it."""
    chosen = {name: _plain(getattr(settings, name)) for name in _DECISIVE}
    relative = any("://" not in source and source != "-" and not os.path.isabs(source) for source in sources)
    return {**chosen, "folder": os.getcwd() if relative else None}


# The other settings say how fast and how much, which may be different when an intake goes on.
_DECISIVE = ("published", "columns", "follow_links", "registers")


def _plain(value: Any) -> Any:
    """The value as JSON gives it back."""
    return json.loads(json.dumps(value, default=str))


def _agreed(where: str, found: Intake, settings: Settings) -> Settings:
    """The settings with those the intake was begun with; RecordError where the ones now asked for differ."""
    begun = found.options
    if begun.get("folder") not in (None, os.getcwd()):
        raise RecordError(where, f"the intake was begun in the folder {begun['folder']}: resume it there")
    standard = _options(Settings(), ())
    for name, value in _options(settings, ()).items():
        if name != "folder" and value not in (standard[name], begun.get(name, standard[name])):
            raise RecordError(where, f"the intake was begun with {name} {begun.get(name)}, not {value}: finish it so")
    return replace(settings, **{name: _typed(name, begun[name]) for name in _DECISIVE if begun.get(name) is not None})


def _typed(name: str, value: Any) -> Any:
    if name == "published":
        return date.fromisoformat(value)
    if name == "registers":
        return Path(value)
    return tuple(tuple(pair) for pair in value) if name == "columns" else value
