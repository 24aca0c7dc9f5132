"""The reception: keeps what arrives, and has it answered, in order for each conversation, whatever breaks."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence

from bot.store.arrivals import Arrival, Received
from bot.store.conversations import ConversationMoved
from bot.store.outbox import Outgoing
from bot.store.store import Store, is_outage
from bot.turns.lanes import Lanes
from bot.turns.ports import Clock, Transport
from bot.turns.take_turn import MOST_ATTEMPTS, TurnTaker

log = logging.getLogger(__name__)

_CONVERSATIONS_AT_ONCE = 64
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 15.0


class Reception:
    """Takes arrivals from all channels. ``deliver`` is told of every message that was put into the outbox."""

    def __init__(
        self,
        *,
        store: Store,
        turns: TurnTaker,
        transports: Mapping[str, Transport],
        deliver: Callable[[Sequence[Outgoing]], None],
        clock: Clock,
    ) -> None:
        self._store = store
        self._turns = turns
        self._transports = transports
        self._deliver = deliver
        self._clock = clock
        self._lanes = Lanes(self._work, _CONVERSATIONS_AT_ONCE)
        self._aided: set[tuple[str, str]] = set()

    async def take_in(self, arrivals: Sequence[Arrival]) -> None:
        """Keep the arrivals; when this returns they are committed, and the channel may be told so.

        Raises if the database is away: the channel must hand them over again. Whoever is in danger gets the emergency
        card all the same.
        """
        try:
            async with self._store.begin() as transaction:
                received = await transaction.inbox.add(arrivals, self._clock())
        except Exception:
            for arrival in arrivals:
                await self._first_aid(arrival)
            raise
        for one in received:
            self._put(one)

    async def resume(self) -> int:
        """Take up what an earlier run left unanswered; returns how much that was."""
        async with self._store.begin() as transaction:
            pending = await transaction.inbox.pending()
        for received in pending:
            self._put(received)
        return len(pending)

    async def idle(self) -> None:
        """Wait until everything that was taken in is answered."""
        await self._lanes.idle()

    async def stop(self) -> None:
        """Stop at once; what is not answered is in the inbox."""
        await self._lanes.stop()

    def _put(self, received: Received) -> None:
        self._lanes.put((received.arrival.channel, received.arrival.chat), received)

    async def _work(self, received: Received) -> None:
        """Answer one arrival. Other conversations go on meanwhile; this one waits, for order's sake."""
        attempts, pause = received.attempts, _FIRST_PAUSE
        while True:
            try:
                if attempts >= MOST_ATTEMPTS:
                    self._deliver(await self._turns.set_aside(received))
                    log.error("inbox %d: set aside after %d attempts", received.id, attempts)
                else:
                    self._deliver(await self._turns.take(received))
            except ConversationMoved:
                log.warning("inbox %d: another turn was faster, once more", received.id)
            except Exception as error:
                if is_outage(error):
                    log.warning("inbox %d: the database is away (%s), waiting", received.id, type(error).__name__)
                    await self._first_aid(received.arrival)
                elif attempts >= MOST_ATTEMPTS:
                    log.exception("inbox %d: not even the apology could be made", received.id)
                    return
                else:
                    attempts += 1
                    log.exception("inbox %d: attempt %d failed", received.id, attempts)
                    await self._count_attempt(received.id)
            else:
                return
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _count_attempt(self, id_: int) -> None:
        try:
            async with self._store.begin() as transaction:
                await transaction.inbox.count_attempt(id_)
        except Exception as error:  # noqa: BLE001 - the count is a help after a restart, no more
            log.warning("inbox %d: the attempt could not be counted (%s)", id_, type(error).__name__)

    async def _first_aid(self, arrival: Arrival) -> None:
        """Send the emergency card past the database to whoever is in danger: once for each arrival."""
        if (arrival.channel, arrival.key) in self._aided:
            return
        payloads = self._turns.emergency_payloads(arrival)
        transport = self._transports.get(arrival.channel)
        if payloads is None or transport is None:
            return
        self._aided.add((arrival.channel, arrival.key))
        for payload in payloads:
            outcome = await transport.send(arrival.chat, payload)
            log.warning("emergency card sent past the database: %s", type(outcome).__name__)
