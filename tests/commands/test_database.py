import asyncio
from pathlib import Path

import pytest

from bot.commands.main import main
from bot.store.encryption import Cipher, new_secret
from bot.store.migrate import up_to_date
from bot.store.store import open_store
from tests.support.databases import postgresql_url, sqlite_url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return postgresql_url() if request.param == "postgresql" else sqlite_url(tmp_path)


def ready(address: str) -> bool:
    async def look() -> bool:
        store = open_store(address, Cipher(new_secret()))
        try:
            return await up_to_date(store.engine)
        finally:
            await store.close()

    return asyncio.run(look())


def test_an_upgrade_makes_the_tables_and_may_be_repeated(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert not ready(database_url)
    for _ in range(2):
        assert main(["db", "upgrade"]) == 0
        assert capsys.readouterr().out == "The tables are those of this version.\n"
        assert ready(database_url)
