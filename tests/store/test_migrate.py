from datetime import UTC, datetime
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.conversation.state import State
from bot.store import migrate
from bot.store.encryption import Cipher, new_secret
from bot.store.migrate import newest, up_to_date, upgrade
from bot.store.store import Store, open_store
from bot.store.tables import metadata


async def test_the_migrations_lead_exactly_to_the_tables_of_the_code(store: Store) -> None:
    def differences(connection: Connection) -> list[Any]:
        options = {
            "compare_type": True,
            "compare_server_default": True,
            # Comments speak to whoever reads tables.py; a better wording needs no migration.
            "autogenerate_plugins": ["alembic.autogenerate.*", "~alembic.autogenerate.comments"],
        }
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, metadata))

    async with store.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_database_without_tables_is_not_up_to_date_until_it_was_upgraded(database_url: str) -> None:
    store = open_store(database_url, Cipher(new_secret()))
    assert not await up_to_date(store.engine)
    await upgrade(store.engine)
    assert await up_to_date(store.engine)
    await store.close()


async def test_a_second_upgrade_changes_nothing(store: Store) -> None:
    async with store.begin() as transaction:
        await transaction.conversations.write("telegram", "42", State("ar"), 0, datetime(2026, 11, 22, tzinfo=UTC))
    await upgrade(store.engine)
    async with store.begin() as transaction:
        assert (await transaction.conversations.read("telegram", "42")).state == State("ar")


async def test_a_database_of_another_version_is_not_up_to_date(store: Store) -> None:
    async with store.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert not await up_to_date(store.engine)


def test_the_newest_migration_by_its_file_name_is_the_one_that_alembic_ends_with() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrate._MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [newest()]
