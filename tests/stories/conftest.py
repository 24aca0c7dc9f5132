"""Stories are told on the real channels: a phone and Telegram, or a browser."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.databases import postgresql_url
from tests.support.service import Service, lotse_on_telegram, sqlite_with_tables
from tests.telegram_api.server import FakeTelegram

BOTH_DATABASES = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database: a SQLite file, unless a story is told on BOTH_DATABASES."""
    return postgresql_url() if getattr(request, "param", "sqlite") == "postgresql" else sqlite_with_tables(tmp_path)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    """Telegram. Whatever a story is about, Lotse keeps to the Bot API."""
    async with FakeTelegram() as fake:
        yield fake
        assert not fake.violations


@pytest.fixture
async def lotse(telegram: FakeTelegram, database: str) -> AsyncIterator[Service]:
    """Lotse on Telegram."""
    async with lotse_on_telegram(telegram, database) as service:
        yield service
