"""The updates that wait for the bot, and how getUpdates hands them over."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.telegram_api.errors import ApiError

_NOT_UNLESS_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(slots=True)
class _Waiting:
    update: dict[str, Any]
    times_handed_over: int = 0


class Updates:
    """Keeps every update until it is confirmed, whoever fetched it before.

    ``copies`` is how often an update is handed over before Telegram "hears" that it was confirmed: with 3, the bot
    gets the same update_id three times, as after a lost connection. ``conflicts`` counts the polls of a living bot
    that were ended by another one. ``unwanted`` are updates that the bot's ``allowed_updates`` kept from it.
    """

    def __init__(self) -> None:
        self.copies = 1
        self.conflicts = 0
        self.unwanted: list[dict[str, Any]] = []
        self._waiting: list[_Waiting] = []
        self._next_id = 700_000_001
        self._allowed: frozenset[str] | None = None
        self._poll: asyncio.Future[None] | None = None

    @property
    def pending(self) -> list[dict[str, Any]]:
        """What is not confirmed yet, oldest first."""
        return [waiting.update for waiting in self._waiting]

    def add(self, kind: str, content: dict[str, Any]) -> int:
        """Something happened; the id of the update. It waits for the bot unless the bot asked for other kinds."""
        update = {"update_id": self._next_id, kind: content}
        self._next_id += 1
        wanted = kind not in _NOT_UNLESS_ASKED if self._allowed is None else kind in self._allowed
        if not wanted:
            self.unwanted.append(update)
            return self._next_id - 1
        self._waiting.append(_Waiting(update))
        if self._poll and not self._poll.done():
            self._poll.set_result(None)
        return self._next_id - 1

    def allow(self, kinds: Iterable[str]) -> None:
        """From now on only these kinds are kept for the bot; none named means the default."""
        self._allowed = frozenset(kinds) or None

    def forget_all(self) -> None:
        """Drop what is pending."""
        self._waiting.clear()

    async def take(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Forget what has an id below ``offset``, then hand over what is there or comes within ``seconds``."""
        self._waiting = [
            waiting
            for waiting in self._waiting
            if waiting.update["update_id"] >= offset or waiting.times_handed_over < self.copies
        ]
        if self._poll and not self._poll.done():
            self.conflicts += 1
            self._poll.set_exception(ApiError(409, _CONFLICT))
        if not self._waiting and seconds:
            await self._wait(seconds)
        ready = self._waiting[:limit]
        for waiting in ready:
            waiting.times_handed_over += 1
        return [waiting.update for waiting in ready]

    async def _wait(self, seconds: float) -> None:
        self._poll = poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(poll, seconds)
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None
