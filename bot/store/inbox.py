"""The inbox: every arrival is kept here before the channel is told that it was taken."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.arrivals import Arrival, Received
from bot.store.encryption import Cipher
from bot.store.tables import inbox


class Inbox:
    """The inbox inside one transaction."""

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def add(self, arrivals: Sequence[Arrival], now: datetime) -> list[Received]:
        """Keep the arrivals; returns those that were not there yet, in the same order."""
        once: dict[tuple[str, str], Arrival] = {}
        for arrival in arrivals:
            once.setdefault((arrival.channel, arrival.key), arrival)
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        rows = [
            {
                "channel": arrival.channel,
                "chat": arrival.chat,
                "key": arrival.key,
                "arrival": self._cipher.encrypt(arrival.to_text()),
                "state": "pending",
                "attempts": 0,
                "received_at": now,
            }
            for arrival in once.values()
        ]
        if not rows:
            return []
        statement = dialect.insert(inbox).on_conflict_do_nothing(index_elements=["channel", "key"])
        # All in one statement: as many as Telegram hands over at once cost hardly more than one.
        result = await self._connection.execute(statement.returning(inbox.c.id, inbox.c.channel, inbox.c.key), rows)
        added = [Received(id_, once[channel, key]) for id_, channel, key in result]
        return sorted(added, key=lambda received: received.id)

    async def pending(self) -> list[Received]:
        """Everything that is not answered yet, oldest first."""
        rows = await self._connection.execute(
            select(inbox.c.id, inbox.c.arrival, inbox.c.attempts).where(inbox.c.state == "pending").order_by(inbox.c.id)
        )
        return [Received(id_, Arrival.from_text(self._cipher.decrypt(data)), attempts) for id_, data, attempts in rows]

    async def finish(self, id_: int, *, failed: bool = False) -> bool:
        """Mark an arrival as answered, or as set aside, and forget its content; False if it was finished before."""
        result = await self._connection.execute(
            update(inbox)
            .where(inbox.c.id == id_, inbox.c.state == "pending")
            .values(state="failed" if failed else "done", arrival=None)
        )
        return result.rowcount == 1

    async def count_attempt(self, id_: int) -> None:
        """Note that working on an arrival has failed once more."""
        await self._connection.execute(update(inbox).where(inbox.c.id == id_).values(attempts=inbox.c.attempts + 1))

    async def forget(self, before: datetime) -> int:
        """Remove what was received before and is finished; returns how many."""
        result = await self._connection.execute(
            delete(inbox).where(inbox.c.received_at < before, inbox.c.state != "pending")
        )
        return result.rowcount

    async def export(self, channel: str, chat: str) -> list[dict[str, Any]]:
        """What is kept of the arrivals of a chat, decrypted."""
        rows = await self._connection.execute(
            select(inbox).where(inbox.c.channel == channel, inbox.c.chat == chat).order_by(inbox.c.id)
        )
        return [
            {
                "received_at": row.received_at.isoformat(),
                "state": row.state,
                "content": Arrival.from_text(self._cipher.decrypt(row.arrival)).content if row.arrival else None,
            }
            for row in rows
        ]

    async def erase(self, channel: str, chat: str, *, unanswered: bool = False) -> int:
        """Remove every finished arrival of a chat, and with ``unanswered`` the others too; returns how many."""
        statement = delete(inbox).where(inbox.c.channel == channel, inbox.c.chat == chat)
        if not unanswered:
            statement = statement.where(inbox.c.state != "pending")
        return (await self._connection.execute(statement)).rowcount
