"""The store: opens the database and gives out transactions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

from bot.store.caseworkers import Caseworkers
from bot.store.conversations import Conversations
from bot.store.encryption import Cipher
from bot.store.feedback import Feedback
from bot.store.inbox import Inbox
from bot.store.outbox import Outbox

_BUSY_MILLISECONDS = 30_000


@dataclass(frozen=True, slots=True)
class Transaction:
    """All repositories over one connection: what is done through them holds together or not at all."""

    inbox: Inbox
    outbox: Outbox
    conversations: Conversations
    feedback: Feedback
    caseworkers: Caseworkers

    async def erase(self, channel: str, chat: str, *, unanswered: bool = False) -> int:
        """Erase all that is stored of a chat; returns how many rows went.

        Arrivals that wait for their answer stay and will be answered, unless ``unanswered`` says that nobody waits.
        """
        # The inbox goes first: a turn that is just ending holds its row there, so what it wrote is seen and erased too.
        return (
            await self.inbox.erase(channel, chat, unanswered=unanswered)
            + await self.conversations.erase(channel, chat)
            + await self.outbox.erase(channel, chat)
        )

    async def forget(self, *, conversations: datetime, arrivals: datetime, messages: datetime) -> dict[str, int]:
        """Remove what is older than these instants, each for its kind; returns how many rows went."""
        return {
            "conversations": await self.conversations.forget(conversations),
            "arrivals": await self.inbox.forget(arrivals),
            "messages": await self.outbox.forget(messages),
        }

    async def everything_of(self, channel: str, chat: str) -> dict[str, Any]:
        """All that is stored of a chat, readable."""
        return {
            "channel": channel,
            "chat": chat,
            "conversation": await self.conversations.export(channel, chat),
            "arrivals": await self.inbox.export(channel, chat),
            "messages": [dict(message.payload) for message in await self.outbox.after(channel, chat, 0)],
        }


class Store:
    """The database."""

    def __init__(self, engine: AsyncEngine, cipher: Cipher) -> None:
        self.engine = engine
        self._cipher = cipher

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        """A transaction: committed at the end of the block, rolled back if the block raises."""
        async with self.engine.begin() as connection:
            yield self._transaction(connection)

    async def alive(self) -> bool:
        """Whether the database answers."""
        try:
            async with self.engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except Exception as error:
            if not is_outage(error):
                raise
            return False
        return True

    @asynccontextmanager
    async def rehearse(self) -> AsyncIterator[Transaction]:
        """A transaction that is rolled back at the end: to see what would happen."""
        async with self.engine.connect() as connection, connection.begin() as transaction:
            yield self._transaction(connection)
            await transaction.rollback()

    async def settle(self) -> None:
        """Empty SQLite's write-ahead log into the database file: what was erased is gone from both then."""
        if self.engine.dialect.name == "sqlite":
            async with self.engine.connect() as connection:
                driver = await connection.get_raw_connection()
                await driver.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()

    def _transaction(self, connection: AsyncConnection) -> Transaction:
        return Transaction(
            Inbox(connection, self._cipher),
            Outbox(connection),
            Conversations(connection),
            Feedback(connection),
            Caseworkers(connection),
        )


def is_outage(error: BaseException) -> bool:
    """Whether an error means that the database is away, full or locked: waiting may help, and nobody is to blame."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, OperationalError | InterfaceError | PoolTimeoutError | ConnectionError)


def open_store(address: str, cipher: Cipher) -> Store:
    """Open the store at a database URL, SQLite or PostgreSQL. The folder of a SQLite file is made if need be."""
    url = make_url(address)
    engine = _sqlite(url) if url.get_backend_name() == "sqlite" else _postgresql(url)
    return Store(engine, cipher)


def _postgresql(url: URL) -> AsyncEngine:
    # A server that was restarted leaves dead connections in the pool: each is asked before it is used.
    return create_async_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=0)


def _sqlite(url: URL) -> AsyncEngine:
    in_memory = url.database in {None, "", ":memory:"}
    if not in_memory:
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    # One connection: writers inside this process queue for it instead of colliding in the file.
    pool: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {"pool_size": 1, "max_overflow": 0}
    engine = create_async_engine(url, **pool)

    @event.listens_for(engine.sync_engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, see below
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # what was committed survives a power cut
        cursor.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")  # another process may be writing
        cursor.execute("PRAGMA secure_delete=ON")  # what was erased is gone from the file too
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        # A transaction that reads first and writes later could fail in the middle if another process wrote meanwhile.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
