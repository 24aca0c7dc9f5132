"""Delivery: takes messages from the outbox to their channels, in order for each chat, until they are there."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from datetime import timedelta

from bot.store.outbox import Outgoing
from bot.store.store import Store, is_outage
from bot.turns.lanes import Lanes
from bot.turns.ports import Delivered, Later, Refused, Transport

log = logging.getLogger(__name__)

_CHATS_AT_ONCE = 256
_LONGEST_PAUSE = timedelta(minutes=5)
# So long an end may be held up by a database that is away.
_LAST_SECONDS = 2.0


class Delivery:
    """Delivers. A message that may or may not have arrived is sent again: doubled is better than lost."""

    def __init__(self, store: Store, transports: Mapping[str, Transport]) -> None:
        self._store = store
        self._transports = transports
        self._lanes = Lanes(self._work, _CHATS_AT_ONCE)
        self._marks = _Marks(store)

    def put(self, messages: Iterable[Outgoing]) -> None:
        """Deliver these messages. A channel without transport fetches its messages itself."""
        for message in messages:
            if message.channel in self._transports:
                self._lanes.put((message.channel, message.chat), message)

    async def resume(self) -> int:
        """Deliver what an earlier run left over; returns how much that was."""
        async with self._store.begin() as transaction:
            pending = await transaction.outbox.pending()
        self.put(pending)
        return len(pending)

    async def idle(self) -> None:
        """Wait until everything is delivered and marked."""
        await self._lanes.idle()
        await self._marks.idle()

    async def stop(self) -> None:
        """Stop; what is not delivered is in the outbox."""
        await self._lanes.stop()
        await self._marks.stop()

    async def _work(self, message: Outgoing) -> None:
        transport = self._transports[message.channel]
        tries = 0
        while True:
            outcome = await transport.send(message.chat, message.payload)
            match outcome:
                case Delivered():
                    self._marks.delivered(message.id)
                    return
                case Refused():
                    log.warning("outbox %d: refused: %s", message.id, outcome.reason)
                    self._marks.failed(message, blocked=outcome.blocked)
                    return
                case Later():
                    tries += 1
                    level = logging.WARNING if outcome.uncertain else logging.INFO
                    log.log(level, "outbox %d: try %d later, uncertain: %s", message.id, tries, outcome.uncertain)
                    pause = min(outcome.after * min(2 ** (tries - 1), 64), _LONGEST_PAUSE)
                    await asyncio.sleep(max(pause, outcome.after).total_seconds())


class _Marks:
    """Writes down what became of messages, all that has come together in one transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._delivered: list[int] = []
        self._failed: list[int] = []
        self._blocked: list[tuple[str, str]] = []
        self._writing: asyncio.Task[None] | None = None

    def delivered(self, id_: int) -> None:
        self._delivered.append(id_)
        self._start()

    def failed(self, message: Outgoing, *, blocked: bool) -> None:
        self._failed.append(message.id)
        if blocked:
            self._blocked.append((message.channel, message.chat))
        self._start()

    async def idle(self) -> None:
        while self._writing:
            await asyncio.wait([self._writing])

    async def stop(self) -> None:
        """Write down what can still be written; if the database is away, the next start delivers once more."""
        if writing := self._writing:
            await asyncio.wait([writing], timeout=_LAST_SECONDS)
            writing.cancel()

    def _start(self) -> None:
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        pause = 0.2
        while self._delivered or self._failed:
            delivered, failed, blocked = self._delivered, self._failed, self._blocked
            self._delivered, self._failed, self._blocked = [], [], []
            try:
                async with self._store.begin() as transaction:
                    await transaction.outbox.finish(delivered, failed)
                    for channel, chat in blocked:
                        await transaction.conversations.block(channel, chat, blocked=True)
            except Exception as error:
                if not is_outage(error):
                    log.exception("outbox: %d marks could not be written", len(delivered) + len(failed))
                self._delivered[:0], self._failed[:0], self._blocked[:0] = delivered, failed, blocked
                await asyncio.sleep(pause)
                pause = min(pause * 2, 15.0)
        self._writing = None
