"""What the tests of the turns share: a database each, and no pauses."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.turns import reception
from tests.support.databases import an_open_store, postgresql_url
from tests.support.service import sqlite_with_tables
from tests.support.turns import Office, ShakyStore, an_office


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: a SQLite file unless a test is told to ask for PostgreSQL."""
    return postgresql_url() if getattr(request, "param", "sqlite") == "postgresql" else sqlite_with_tables(tmp_path)


@pytest.fixture
async def store(database: str) -> AsyncIterator[ShakyStore]:
    """A store that can go away."""
    async with an_open_store(database) as real:
        yield ShakyStore(real)


@pytest.fixture
async def office(store: ShakyStore, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Office]:
    """An office that tries again at once, where the real one takes a breath."""
    monkeypatch.setattr(reception, "_FIRST_PAUSE", 0.001)
    async with an_office(store) as open_office:
        yield open_office
