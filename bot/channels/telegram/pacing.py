"""Telegram's limits: one message a second for each chat, thirty a second over all (Bot API FAQ, "broadcasting").

python-telegram-bot's own rate limiter knows no limit for private chats, so this one stands beside it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

PER_CHAT_SECONDS = 1.0
# Thirty are allowed. Messages that left at an even pace arrive unevenly, so a few are kept in reserve.
OVERALL_SECONDS = 1 / 24
# Chats are forgotten when there are so many: their second is long over.
_MOST_CHATS = 4096
# So many chats told to wait at the same time mean that Telegram wants all of us to wait.
_FLOOD = 2


class Pacer:
    """Lets a message go when it may."""

    def __init__(
        self,
        *,
        now: Callable[[], float] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._now = now or (lambda: asyncio.get_running_loop().time())
        self._sleep = sleep
        self._chats: dict[str, float] = {}
        self._overall = 0.0
        self._flooded = 0.0
        self._paused: dict[str, float] = {}

    async def turn(self, chat: str) -> None:
        """Wait until a message to the chat may go out, and take that turn."""
        while True:
            while (wait := self._chats.get(chat, 0.0) - self._now()) > 0:
                await self._sleep(wait)
            # Take the next free place at once, so that those who wait do not all wake up for the same one.
            place = max(self._now(), self._overall)
            self._overall = place + OVERALL_SECONDS
            if (wait := place - self._now()) > 0:
                await self._sleep(wait)
            if max(self._flooded, self._chats.get(chat, 0.0)) <= self._now():
                break  # else Telegram has told us to wait since, and this place is lost
        if len(self._chats) > _MOST_CHATS:
            self._chats = {name: free for name, free in self._chats.items() if free > self._now()}
        self._chats[chat] = self._now() + PER_CHAT_SECONDS

    def pause(self, chat: str, duration: timedelta) -> None:
        """Telegram said to wait: nothing goes to this chat so long; to no chat if several were told so."""
        until = self._now() + duration.total_seconds()
        self._chats[chat] = max(self._chats.get(chat, 0.0), until)
        self._paused = {name: end for name, end in self._paused.items() if end > self._now()}
        self._paused[chat] = until
        if len(self._paused) >= _FLOOD:
            self._flooded = max(self._flooded, until)
            self._overall = max(self._overall, until)
