"""`onrecord join` and `onrecord split` as a user runs them, and what explains who is who."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert, select
from typer.testing import CliRunner

from onrecord.cli.main import app
from onrecord.record import entities
from onrecord.record.database import open_database
from onrecord.record.tables import documents, entity_decisions
from onrecord.types import Speaker


@pytest.fixture
def db(tmp_path: Path) -> str:
    """A record of three articles: Goran Miletic in two of them, G. Miletich in the third."""
    where = str(tmp_path / "record.db")
    engine = open_database(where, write=True)
    with engine.begin() as connection:
        for number, name in enumerate(("Goran Miletic", "Goran Miletic", "Gordana Miletich")):
            row = {"id": f"d{number}", "text": "", "words": 0, "added_at": ""}
            key = connection.execute(insert(documents).values(row).returning(documents.c.key)).scalar_one()
            who = Speaker(
                name=name, role="Minister of Trade", country="SRB", type="person", id=f"p:{name}", mention=None,
                how="stated", score=1.0,
            )  # fmt: skip
            entities.resolve(connection, key, [who], day=None)
    engine.dispose()
    return where


def run(*arguments: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, arguments)
    return done.exit_code, done.stdout, done.stderr


def decisions(db: str) -> list[tuple[str, str, str]]:
    with open_database(db).connect() as connection:
        rows = connection.execute(select(entity_decisions).order_by(entity_decisions.c.key))
        return [(row.action, row.by, row.why) for row in rows]


def test_join_and_take_back(db: str) -> None:
    status, out, _ = run(
        "join", "p:gordana-miletich", "p:goran-miletic", "--why", "misprint", "--by", "ana", "--db", db
    )
    assert status == 0
    assert out.startswith("p:gordana-miletich is p:goran-miletic from now on (e")
    status, out, _ = run("split", "p:gordana-miletich", "--why", "his sister", "--by", "ana", "--db", db)
    assert status == 0
    assert out.startswith("p:gordana-miletich stands for itself from now on (e")
    assert decisions(db) == [("join", "ana", "misprint"), ("split", "ana", "his sister")]


def test_split_off_a_document(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_DB", db)
    status, out, _ = run("split", "p:goran-miletic", "--document", "d1", "--why", "a namesake", "--by", "ana")
    assert status == 0
    assert out.startswith("p:goran-miletic-")


def test_who_decides_is_who_is_logged_in(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "berta")
    assert run("join", "p:gordana-miletich", "p:goran-miletic", "--why", "misprint", "--db", db)[0] == 0
    assert decisions(db) == [("join", "berta", "misprint")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("join", "p:nobody", "p:goran-miletic"), "no entity 'p:nobody'"),
        (("join", "p:goran-miletic", "p:goran-miletic"), "are one entity already"),
        (("split", "p:goran-miletic", "--name", "Ana"), "has no name Ana"),
        (("split", "p:goran-miletic"), "is not joined to another"),
    ],
)
def test_what_cannot_be_done_is_said(db: str, arguments: tuple[str, ...], message: str) -> None:
    status, out, err = run(*arguments, "--why", "because", "--by", "ana", "--db", db)
    assert (status, out) == (1, "")
    assert message in err and len(err.splitlines()) == 1
    assert decisions(db) == []


def test_no_record_is_made_for_a_decision(tmp_path: Path) -> None:
    where = tmp_path / "none.db"
    status, _, err = run("join", "p:a", "p:b", "--why", "because", "--by", "ana", "--db", str(where))
    assert status == 1
    assert "no record here" in err
    assert not where.exists()


def test_explained(db: str) -> None:
    code, out, _ = run("speakers", "--explain", "p:goran-miletic", "--db", db, "--format", "csv")
    assert code == 0
    assert [line.split(",", 2)[2] for line in out.splitlines()[1:]] == [
        '"Goran Miletic","new","nobody of this name on record before"',
        '"Goran Miletic","same","same name as ""Goran Miletic"", same country SRB, same role ""Minister of Trade"""',
    ]
    assert "same: same name as" in run("speakers", "--explain", "p:goran-miletic", "--db", db)[1]
    assert run("speakers", "Miletic", "--explain", "p:goran-miletic", "--db", db)[0] == 2
    assert run("speakers", "--explain", "p:nobody", "--db", db)[0] == 1
