"""Takes updates from Telegram: committed to the inbox first, confirmed afterwards."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.channels.telegram.updates import ALLOWED, read_update
from bot.store.arrivals import Arrival

log = logging.getLogger(__name__)

TakeIn = Callable[[Sequence[Arrival]], Awaitable[None]]
_LONG_POLL_SECONDS = 50
_LONGEST_PAUSE = 30.0


class TelegramIntake:
    """Hands updates to ``take_in``, in their order."""

    def __init__(self, bot: Bot, take_in: TakeIn, *, long_poll_seconds: int = _LONG_POLL_SECONDS) -> None:
        self._bot = bot
        self._take_in = take_in
        self._long_poll_seconds = long_poll_seconds
        self._acknowledging: set[asyncio.Task[None]] = set()

    async def poll(self) -> None:
        """Fetch updates until cancelled.

        The offset moves on only after the updates are committed: getUpdates with an offset is what makes Telegram
        forget them, so a crash in between brings them once more, and the inbox knows them by their id.
        """
        offset: int | None = None
        pause = 1.0
        while True:
            try:
                updates = await self._fetch(offset)
                await self.take(updates)
            except TelegramError as error:
                log.warning("telegram: no updates (%s), again in %.0f s", error.message, pause)
            except Exception:
                log.exception("telegram: updates could not be kept, again in %.0f s", pause)
            else:
                pause = 1.0
                if updates:
                    offset = updates[-1]["update_id"] + 1
                continue
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def take(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Keep the updates; raises if they could not be committed. Buttons stop blinking once they are."""
        arrivals = [arrival for update in updates if (arrival := self._read(update))]
        if arrivals:
            await self._take_in(arrivals)
        for update in updates:
            if "callback_query" in update:
                task = asyncio.create_task(self._acknowledge(update["callback_query"]["id"]))
                self._acknowledging.add(task)
                task.add_done_callback(self._acknowledging.discard)

    async def _fetch(self, offset: int | None) -> Sequence[Mapping[str, Any]]:
        """The updates as Telegram wrote them.

        Bot.get_updates reads them all at once, and raises if there is one that it cannot read: a new kind of message
        would come again and again, and keep all others from us.
        """
        wanted = {"offset": offset, "timeout": self._long_poll_seconds, "allowed_updates": ALLOWED}
        updates: Any = await self._bot._post("getUpdates", wanted, read_timeout=self._long_poll_seconds + 10)  # noqa: SLF001
        return list(updates)

    def _read(self, update: Mapping[str, Any]) -> Arrival | None:
        try:
            return read_update(Update.de_json(dict(update), self._bot))
        except Exception:
            log.exception("telegram: update %s is of no known form, skipped", update.get("update_id"))
            return None

    async def _acknowledge(self, query: str) -> None:
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError as error:
            log.debug("telegram: a button was not acknowledged: %s", error.message)
