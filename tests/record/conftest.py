"""`database`: an empty place for a record, a file and a PostgreSQL database in turn."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.record import postgres


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    if os.environ.get("ONRECORD_TEST_POSTGRES") == "skip":
        pytest.skip("ONRECORD_TEST_POSTGRES=skip")
    if postgres.programs() is None:
        pytest.fail(postgres.MISSING, pytrace=False)
    with postgres.server() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "record.db")
    server: postgres.Server = request.getfixturevalue("postgres_server")
    return server.database()
