"""What the tables have in common: their metadata, and columns of the kinds that come back in most of them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    Text,
)
from sqlalchemy.types import TypeEngine

# Named constraints, so that a migration can find them in either database.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# SQLite counts rows in an INTEGER PRIMARY KEY; PostgreSQL needs to be told that there may be more than two thousand
# million.
Key = BigInteger().with_variant(Integer(), "sqlite")


def key() -> Column[int]:
    """The integer that rows are joined by."""
    return Column("key", Key, primary_key=True, autoincrement=True)


def of(name: str, table: str, *, primary_key: bool = False, nullable: bool = False, index: bool = False) -> Column[int]:
    """A reference to the key of another table."""
    return Column(name, Key, ForeignKey(f"{table}.key"), primary_key=primary_key, nullable=nullable, index=index)


def span(prefix: str = "", *, nullable: bool = False) -> tuple[Column[int], Column[int]]:
    """Two columns: a half-open range of code points."""
    return (
        Column(f"{prefix}start_char", Integer, nullable=nullable),
        Column(f"{prefix}end_char", Integer, nullable=nullable),
    )


def text(name: str, *, nullable: bool = True, index: bool = False, unique: bool = False) -> Column[str]:
    """A string."""
    kind: TypeEngine[str] = Text()
    return Column(name, kind, nullable=nullable, index=index, unique=unique)
