"""What was added, when, and what came of it: intakes, their places, and an outcome for each document."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from onrecord.record.tables import intakes, outcomes, places

# PostgreSQL indexes no string of more than 2,700 bytes or so.
_LONGEST_NAME = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """One call of `add`, as it stood when it was begun or resumed.

    `sources` and `options` are what it was begun with. `done` are the places that are through; `counts` says how many
    results of each place are committed, so that the next one has that number.
    """

    id: str
    key: int
    sources: tuple[str, ...]
    options: dict[str, Any]
    started: str
    done: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)


def start(connection: Connection, sources: Sequence[str], options: Mapping[str, Any], *, at: str) -> Intake:
    """Begin an intake."""
    row = {
        "id": "i" + secrets.token_hex(12),
        "sources": json.dumps(list(sources)),
        "options": json.dumps(dict(options), default=str),
        "started": at,
    }
    key = connection.execute(insert(intakes), row).inserted_primary_key
    assert key is not None
    return Intake(id=row["id"], key=int(key[0]), sources=tuple(sources), options=json.loads(row["options"]), started=at)


def resume(connection: Connection, sources: Sequence[str] | None) -> Intake | None:
    """The newest unfinished intake, of these sources if any are given."""
    wanted = select(intakes).where(intakes.c.ended.is_(None)).order_by(intakes.c.key.desc())
    if sources is not None:
        wanted = wanted.where(intakes.c.sources == json.dumps(list(sources)))
    row = connection.execute(wanted).first()
    if row is None:
        return None
    done, counts = _places(connection, row.key)
    return Intake(
        id=row.id,
        key=row.key,
        sources=tuple(json.loads(row.sources)),
        options=json.loads(row.options),
        started=row.started,
        done=done,
        counts=counts,
    )


def finish(connection: Connection, intake: Intake, *, at: str) -> None:
    """All sources are through."""
    connection.execute(update(intakes).where(intakes.c.key == intake.key).values(ended=at))


def place_key(connection: Connection, intake: Intake, name: str) -> int:
    """The key of a place of this intake; it is added if it is new."""
    stored = stored_name(name)
    wanted = (places.c.intake_key == intake.key) & (places.c.name == stored)
    known = connection.scalar(select(places.c.key).where(wanted))
    if known is not None:
        return int(known)
    key = connection.execute(insert(places), {"intake_key": intake.key, "name": stored}).inserted_primary_key
    assert key is not None
    return int(key[0])


def finish_place(connection: Connection, key: int) -> None:
    """All results of a place are in."""
    connection.execute(update(places).where(places.c.key == key).values(done=True))


def known_numbers(connection: Connection, key: int, first: int, count: int) -> set[int]:
    """Which of the results `first`, `first` + 1, ... of a place are in already."""
    number = outcomes.c.number
    wanted = (outcomes.c.place_key == key) & (number >= first) & (number < first + count)
    return set(connection.scalars(select(number).where(wanted)))


def add_outcomes(connection: Connection, rows: Iterable[dict[str, Any]]) -> None:
    """Note what came of results."""
    found = list(rows)
    if found:
        connection.execute(insert(outcomes), found)


def _places(connection: Connection, intake_key: int) -> tuple[set[str], dict[str, int]]:
    rows = connection.execute(
        select(places.c.name, places.c.done, func.max(outcomes.c.number))
        .outerjoin(outcomes, outcomes.c.place_key == places.c.key)
        .where(places.c.intake_key == intake_key)
        .group_by(places.c.key)
    )
    done, counts = set(), {}
    for stored, is_done, last in rows:
        name = _named(stored)
        if is_done:
            done.add(name)
        if last is not None:
            counts[name] = last + 1
    return done, counts


def stored_name(name: str) -> str:
    """The name of a place as the record has it: long ones are cut, and told apart by a hash."""
    if len(name.encode("utf-8", "backslashreplace")) <= _LONGEST_NAME:
        return name
    return f"{name[:300]} {hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _named(stored: str) -> str:
    """The name as the file system gives it: bytes that are no UTF-8 are lone surrogates there."""
    return re.sub(r"\\u(dc[89a-f][0-9a-f])", lambda found: chr(int(found[1], 16)), stored)
