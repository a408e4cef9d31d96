"""The index that questions are answered from: words and facts of every statement, newest first.

A row of the index is numbered by the statement's day and key together, so that either database hands out matches in
the order in which they are shown, and stops after a page of them; no match is fetched only to be sorted. What a
question can filter by and what never changes (country, issue, publisher, ...) is indexed beside the words as one more
term, a facet: a question is then a single look-up, however its filters are combined. What does change, namely whether
a statement is shown and who its speaker is across articles, is left to the table of statements.

SQLite holds the index in FTS5 (contentless: the words are stored once, in `documents.text`), PostgreSQL as `tsvector`
under GIN. Both are given finished terms (`terms.py`) and split or stem nothing themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select, text

from onrecord.record.tables import appearances, counterparts, instruments, issues, statements
from onrecord.record.terms import forms_and_stems
from onrecord.record.words_query import Query, facet, highlights, parse

__all__ = ["KEYS", "Query", "appeared", "create", "facet", "highlights", "index", "match", "number", "pair", "parse"]

Cut = list[tuple[str, str]]  # plain form and stem of each word

# The low bits of a row's number are the statement's key, the bits above them its day (0 where it has none).
_BITS = 34
KEYS = (1 << _BITS) - 1

# PostgreSQL refuses a tsvector of 1 MiB (two terms a word, four bytes a letter), and positions in it end at 16,383: a
# statement as long as a book is indexed up to here.
_MOST_LETTERS = 100_000
_MOST_WORDS = 16_000

_CREATE = {
    # ASCII: whatever else is no letter or digit to SQLite's tables of Unicode must not split a term. No sizes of
    # columns: nothing is ranked, and a further facet can be added to a row.
    "sqlite": (
        "CREATE VIRTUAL TABLE statement_words USING fts5"
        "(content, speaker, terms, content='', columnsize=0, tokenize='ascii')",
    ),
    "postgresql": (
        "CREATE TABLE statement_words (rowid BIGINT PRIMARY KEY, terms TSVECTOR NOT NULL)",
        "CREATE INDEX ix_statement_words_terms ON statement_words USING gin (terms)",
    ),
}
_INSERT = {
    "sqlite": text(
        "INSERT INTO statement_words (rowid, content, speaker, terms) VALUES (:row, :content, :speaker, :terms)"
    ),
    "postgresql": text(
        "INSERT INTO statement_words (rowid, terms) VALUES (:row, CAST(:vector AS tsvector))"
        " ON CONFLICT (rowid) DO UPDATE SET terms = EXCLUDED.terms"
    ),
}
_ADD = {
    "sqlite": text("INSERT INTO statement_words (rowid, terms) VALUES (:row, :terms)"),
    "postgresql": text("UPDATE statement_words SET terms = terms || CAST(:vector AS tsvector) WHERE rowid = :row"),
}


def create(connection: Connection) -> None:
    """Make the empty index; for a migration."""
    for step in _CREATE[connection.dialect.name]:
        connection.exec_driver_sql(step)


def number(day: date | None, key: int = 0) -> int:
    """The number of a statement's row. Rows of later days have higher numbers; those without a day the lowest."""
    return ((day.toordinal() if day else 0) << _BITS) + key


def index(connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
    """Index statements: key, content words, speaker's name and role. All else is read from their tables.

    Call it when a statement's rows, and its document's appearances, are written; once for many documents is faster.
    """
    dialect = connection.dialect.name
    facets = _facets(connection, [key for key, _, _ in rows])
    make = _texts if dialect == "sqlite" else _vector
    entries = [make(*facets[key], _cut(content), _cut(speaker)) for key, content, speaker in rows]
    if entries:
        # In ascending order FTS5 gathers many rows before it writes.
        connection.execute(_INSERT[dialect], sorted(entries, key=itemgetter("row")))


def appeared(connection: Connection, document_key: int) -> None:
    """A text has turned up once more: let its statements be found under the new publisher too."""
    publishers = connection.scalars(
        select(appearances.c.publisher).where(appearances.c.document_key == document_key).distinct()
    )
    terms = sorted({facet("publisher", name) for name in publishers if name})
    rows = connection.execute(
        select(statements.c.key, statements.c.day).where(statements.c.document_key == document_key)
    )
    vector = " ".join(f"'{term}'" for term in terms)
    added = [{"row": number(day, key), "terms": " ".join(terms), "vector": vector} for key, day in rows]
    if terms and added:
        connection.execute(_ADD[connection.dialect.name], sorted(added, key=itemgetter("row")))


def pair(country: str, counterpart: str) -> str:
    """The facet of statements in which one side speaks about the other: what an agenda is made of."""
    return facet("pair", f"{country} {counterpart}")


def match(dialect: str, query: Query) -> tuple[str, str]:
    """The condition on rows of `statement_words AS w`, and the value of its parameter `:match`."""
    if dialect == "sqlite":
        return "w.statement_words MATCH :match", query.fts5()
    return "w.terms @@ CAST(:match AS tsquery)", query.tsquery()


def _texts(row: int, facets: list[str], said: Cut, who: Cut) -> dict[str, Any]:
    """A row of FTS5: terms apart by blanks."""
    return {
        "row": row,
        "content": " ".join(stem for _, stem in said),
        "speaker": " ".join(stem for _, stem in who),
        "terms": " ".join([*_forms(said, who), *facets]),
    }


def _vector(row: int, facets: list[str], said: Cut, who: Cut) -> dict[str, Any]:
    """A row of PostgreSQL: every term with its places, those that stand for no word without."""
    # A gap, so that no phrase runs from the content on into the name.
    stems = [*enumerate((stem for _, stem in said), 1), *enumerate((stem for _, stem in who), len(said) + 3)]
    terms = [f"'{stem}':{place}" for place, stem in stems] + [f"'{term}'" for term in (*_forms(said, who), *facets)]
    return {"row": row, "vector": " ".join(terms)}


def _forms(said: Cut, who: Cut) -> list[str]:
    """Words as they stand, where they differ from their stems: what a prefix is looked up in."""
    return sorted({form for form, stem in (*said, *who) if form != stem})


def _cut(words: str) -> Cut:
    """Plain forms and stems of words, up to the limits."""
    found: Cut = []
    size = 0
    for both in islice(forms_and_stems(words), _MOST_WORDS):
        size += len(both[0])
        if size > _MOST_LETTERS:
            break
        found.append(both)
    return found


def _facets(connection: Connection, keys: Sequence[int]) -> dict[int, tuple[int, list[str]]]:
    """For each statement the number of its row and its facets."""
    found: dict[int, tuple[int, list[str]]] = {}
    countries: dict[int, str | None] = {}
    documents: dict[int, list[int]] = defaultdict(list)
    s = statements.c
    own = select(s.key, s.document_key, s.day, s.kind, s.stance, s.commitment, s.speaker_id, s.speaker_country)
    for key, document, day, *facts in _of(connection, own, s.key, keys):
        names = ("kind", "stance", "commitment", "who", "country")
        found[key] = number(day, key), [facet(name, fact) for name, fact in zip(names, facts, strict=True) if fact]
        documents[document].append(key)
        countries[key] = facts[-1]
    for name, column, owner in (
        ("counterpart", counterparts.c.country, counterparts.c.statement_key),
        ("issue", issues.c.issue, issues.c.statement_key),
        ("instrument", instruments.c.name, instruments.c.statement_key),
    ):
        for key, fact in _of(connection, select(owner, column), owner, keys):
            found[key][1].append(facet(name, fact))
            if name == "counterpart" and (country := countries[key]):
                found[key][1].append(pair(country, fact))
    owner = appearances.c.document_key
    for document, fact in _of(connection, select(owner, appearances.c.publisher), owner, list(documents)):
        for key in documents[document] if fact else ():
            found[key][1].append(facet("publisher", fact))
    return {key: (row, list(dict.fromkeys(facets))) for key, (row, facets) in found.items()}


def _of(
    connection: Connection, question: Select[Any], column: ColumnElement[int], keys: Sequence[int]
) -> Iterator[Any]:
    # SQLite takes 32,766 parameters, some builds 999.
    for start in range(0, len(keys), 900):
        yield from connection.execute(question.where(column.in_(keys[start : start + 900])))
