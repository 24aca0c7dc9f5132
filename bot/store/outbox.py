"""The outbox: every message that is to go out, until the channel has taken it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import outbox

Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way. Ids grow in the order of the conversation."""

    id: int
    channel: str
    chat: str
    payload: Payload


class Outbox:
    """The outbox inside one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, channel: str, chat: str, payloads: Sequence[Payload], now: datetime, *, fetched: bool = False
    ) -> list[Outgoing]:
        """Keep the payloads in their order. ``fetched``: the newcomer's browser comes for them, nobody delivers."""
        added = []
        for payload in payloads:
            result = await self._connection.execute(
                insert(outbox)
                .values(
                    channel=channel,
                    chat=chat,
                    payload=json.dumps(payload, ensure_ascii=False),
                    state="kept" if fetched else "pending",
                    created_at=now,
                )
                .returning(outbox.c.id)
            )
            added.append(Outgoing(result.scalar_one(), channel, chat, payload))
        return added

    async def pending(self) -> list[Outgoing]:
        """Everything that is still to be delivered, in order."""
        return await self._select(outbox.c.state == "pending")

    async def after(self, channel: str, chat: str, id_: int) -> list[Outgoing]:
        """All kept messages of a chat after an id, in order."""
        return await self._select((outbox.c.channel == channel) & (outbox.c.chat == chat) & (outbox.c.id > id_))

    async def finish(self, delivered: Sequence[int], failed: Sequence[int] = ()) -> None:
        """Remove messages that are delivered; mark those that cannot be, until they are forgotten."""
        if delivered:
            await self._connection.execute(delete(outbox).where(outbox.c.id.in_(delivered)))
        if failed:
            await self._connection.execute(update(outbox).where(outbox.c.id.in_(failed)).values(state="failed"))

    async def forget(self, before: datetime) -> int:
        """Remove what was made before and is finished; returns how many."""
        result = await self._connection.execute(
            delete(outbox).where(outbox.c.created_at < before, outbox.c.state != "pending")
        )
        return result.rowcount

    async def erase(self, channel: str, chat: str) -> int:
        """Remove every message of a chat; returns how many."""
        result = await self._connection.execute(
            delete(outbox).where(outbox.c.channel == channel, outbox.c.chat == chat)
        )
        return result.rowcount

    async def _select(self, condition: Any) -> list[Outgoing]:
        rows = await self._connection.execute(
            select(outbox.c.id, outbox.c.channel, outbox.c.chat, outbox.c.payload)
            .where(condition)
            .order_by(outbox.c.id)
        )
        return [Outgoing(id_, channel, chat, json.loads(payload)) for id_, channel, chat, payload in rows]
