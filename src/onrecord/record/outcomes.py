"""What intakes came to: their counts, and the failures that nothing has mended yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Select, Subquery, and_, func, or_, select

from onrecord.record.rows import FailureRow
from onrecord.record.tables import documents, intakes, outcomes, places, readings, statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Articles that were added and known, sources that failed, and the statements of the articles added."""

    added: int
    known: int
    failed: int
    statements: int


def totals(connection: Connection, intake_id: str) -> Totals:
    """What one intake came to, from its begin to where it stands."""
    of_intake = (
        select(outcomes.c.status, outcomes.c.document_key)
        .join(places, places.c.key == outcomes.c.place_key)
        .join(intakes, intakes.c.key == places.c.intake_key)
        .where(intakes.c.id == intake_id)
        .subquery()
    )
    rows = connection.execute(select(of_intake.c.status, func.count()).group_by(of_intake.c.status))
    counts = {status: count for status, count in rows}
    found = connection.scalar(
        select(func.count())
        .select_from(of_intake)
        .join(readings, and_(readings.c.document_key == of_intake.c.document_key, readings.c.current))
        .join(statements, statements.c.reading_key == readings.c.key)
        .where(of_intake.c.status == "added")
    )
    return Totals(
        added=counts.get("added", 0),
        known=counts.get("known", 0),
        failed=count_failures(connection, intake_id=intake_id),
        statements=found or 0,
    )


def failures(connection: Connection, *, intake_id: str | None = None) -> Iterator[FailureRow]:
    """Sources that failed, oldest first, each once with its newest reason; of one intake, or of all.

    One that was mended since is left out: the same source was read later on, or a later intake came to the end of the
    file it is a part of (whatever failed there again is a failure of that intake).
    """
    for row in connection.execution_options(yield_per=1000).execute(_unmended(intake_id)):
        yield FailureRow(source=row.source, reason=row.reason or "", at=row.at, intake=row.intake)


def count_failures(connection: Connection, *, intake_id: str | None = None) -> int:
    """How many rows `failures` gives."""
    rows = _unmended(intake_id).order_by(None).subquery()
    return connection.scalar(select(func.count()).select_from(rows)) or 0


def size(connection: Connection) -> tuple[int, int]:
    """Articles on record, and statements that its views show."""
    count = select(func.count())
    found = connection.scalar(count.select_from(documents)), connection.scalar(count.where(statements.c.shown))
    return found[0] or 0, found[1] or 0


def _unmended(intake_id: str | None) -> Select[tuple[str, str | None, str, str]]:
    newest = _newest(intake_id)
    later = (
        select(places.c.name, func.max(places.c.intake_key).label("intake_key"))
        .where(places.c.done)
        .group_by(places.c.name)
        .subquery()
    )
    whole = or_(newest.c.source == newest.c.place, ~newest.c.place.contains("://"))
    return (
        select(newest.c.source, newest.c.reason, newest.c.at, intakes.c.id.label("intake"))
        .join(intakes, intakes.c.key == newest.c.intake_key)
        .outerjoin(later, and_(later.c.name == newest.c.place, later.c.intake_key > newest.c.intake_key, whole))
        .where(newest.c.rank == 1, newest.c.status == "failed", later.c.name.is_(None))
        .order_by(newest.c.at, newest.c.place_key, newest.c.number)
    )


def _newest(intake_id: str | None) -> Subquery:
    """Outcomes of the sources that ever failed, each with its rank among those of its source, newest first."""
    ever = select(outcomes.c.source).where(outcomes.c.status == "failed")
    found = (
        select(
            outcomes.c.source,
            outcomes.c.status,
            outcomes.c.reason,
            outcomes.c.at,
            outcomes.c.place_key,
            outcomes.c.number,
            places.c.name.label("place"),
            places.c.intake_key,
            func.row_number()
            .over(
                partition_by=outcomes.c.source,
                order_by=(outcomes.c.at.desc(), outcomes.c.place_key.desc(), outcomes.c.number.desc()),
            )
            .label("rank"),
        )
        .join(places, places.c.key == outcomes.c.place_key)
        .where(outcomes.c.source.in_(ever))
    )
    if intake_id is not None:
        found = found.join(intakes, intakes.c.key == places.c.intake_key).where(intakes.c.id == intake_id)
    return found.subquery()
