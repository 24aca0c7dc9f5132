"""Conversations: what Lotse remembers of each chat."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.state import State
from bot.store.tables import conversations


class ConversationMoved(Exception):
    """Another turn has changed the conversation since it was read."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A conversation's state under its version; version 0: nothing is stored of it."""

    state: State
    version: int = 0


class Conversations:
    """The conversations inside one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def read(self, channel: str, chat: str) -> Remembered:
        """What is remembered of a chat; a fresh state if nothing is."""
        row = (
            await self._connection.execute(
                select(conversations.c.state, conversations.c.version).where(
                    conversations.c.channel == channel, conversations.c.chat == chat
                )
            )
        ).first()
        return Remembered(State.from_json(json.loads(row.state)), row.version) if row else Remembered(State())

    async def write(self, channel: str, chat: str, state: State, version: int, now: datetime) -> None:
        """Remember a new state; ConversationMoved if ``version`` is not the one that is stored."""
        text = json.dumps(state.to_json())
        if version == 0:
            try:
                await self._connection.execute(
                    insert(conversations).values(
                        channel=channel, chat=chat, state=text, version=1, active_at=now, blocked=0
                    )
                )
            except IntegrityError as error:
                raise ConversationMoved from error
            return
        result = await self._connection.execute(
            update(conversations)
            .where(conversations.c.channel == channel, conversations.c.chat == chat, conversations.c.version == version)
            .values(state=text, version=version + 1, active_at=now)
        )
        if result.rowcount != 1:
            raise ConversationMoved

    async def block(self, channel: str, chat: str, *, blocked: bool) -> None:
        """Remember whether the newcomer has blocked the bot; a chat that is not known needs no mark."""
        await self._connection.execute(
            update(conversations)
            .where(conversations.c.channel == channel, conversations.c.chat == chat)
            .values(blocked=int(blocked))
        )

    async def export(self, channel: str, chat: str) -> dict[str, Any] | None:
        """What is remembered of a chat, as it is stored."""
        row = (
            await self._connection.execute(
                select(conversations).where(conversations.c.channel == channel, conversations.c.chat == chat)
            )
        ).first()
        if row is None:
            return None
        return {"state": json.loads(row.state), "active_at": row.active_at.isoformat(), "blocked": bool(row.blocked)}

    async def erase(self, channel: str, chat: str) -> int:
        """Forget a chat; returns how many rows went."""
        result = await self._connection.execute(
            delete(conversations).where(conversations.c.channel == channel, conversations.c.chat == chat)
        )
        return result.rowcount

    async def forget(self, before: datetime) -> int:
        """Forget every chat without a message since; returns how many."""
        result = await self._connection.execute(delete(conversations).where(conversations.c.active_at < before))
        return result.rowcount
