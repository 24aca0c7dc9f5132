"""Brings a database to the tables of this version."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

_MIGRATIONS = Path(__file__).parent / "migrations"


async def upgrade(engine: AsyncEngine) -> None:
    """Run all migrations that the database has not seen; safe to repeat."""
    async with engine.begin() as connection:
        if await connection.run_sync(_version) != newest():
            await connection.run_sync(_upgrade)


async def up_to_date(engine: AsyncEngine) -> bool:
    """Whether the database has the tables of this version."""
    async with engine.connect() as connection:
        return await connection.run_sync(_version) == newest()


def newest() -> str:
    """The newest migration: its file begins with its number."""
    return max(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection) -> None:
    # Alembic takes a third of a second to load, and is needed once in the life of a version.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
