"""Every test that asks for a ``store`` runs twice: on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.store import Store
from tests.support.databases import an_open_store, postgresql_url, sqlite_url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    return postgresql_url() if request.param == "postgresql" else sqlite_url(tmp_path)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    """An open store with all tables."""
    async with an_open_store(database_url) as opened:
        yield opened
