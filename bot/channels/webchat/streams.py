"""Streams: wakes the browsers of a chat when there is something new to fetch."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from bot.store.outbox import Outgoing

CHANNEL = "web"


class Streams:
    """Who is listening to which chat."""

    def __init__(self) -> None:
        self._listening: dict[str, set[asyncio.Event]] = {}

    @contextmanager
    def listen(self, chat: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever the chat has something new."""
        bell = asyncio.Event()
        bell.set()  # whatever came before we listened is new to this browser as well
        self._listening.setdefault(chat, set()).add(bell)
        try:
            yield bell
        finally:
            bells = self._listening[chat]
            bells.discard(bell)
            if not bells:
                del self._listening[chat]

    def wake(self, messages: Iterable[Outgoing]) -> None:
        """Tell the browsers of these messages' chats."""
        for message in messages:
            if message.channel == CHANNEL:
                for bell in self._listening.get(message.chat, ()):
                    bell.set()
