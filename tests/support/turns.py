"""The turns without any channel: real store, real dialogue and texts, and a transport that does what a test tells it.

async with an_office(store) as office:
    await office.take_in(text("42", "Hello"))
    await office.idle()
    assert office.transport.arrived["42"] == [...]
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from sqlalchemy.exc import OperationalError

from bot.channels.terminal.rendering import reply_text
from bot.screens.screen import Screen
from bot.store.arrivals import Arrival
from bot.store.outbox import Payload
from bot.store.store import Store, Transaction
from bot.turns.delivery import Delivery
from bot.turns.ports import Delivered, Outcome
from bot.turns.reception import Reception
from bot.turns.take_turn import Speech, TurnTaker
from tests.support.service import (
    FakeSearch,
    FakeUnderstanding,
    real_catalogues,
    real_danger_words,
    real_languages,
    real_shelf,
)

BERLIN = ZoneInfo("Europe/Berlin")
CHANNEL = "post"  # a channel that exists in these tests only
_keys = count(1)


def text(chat: str, content: str, *, key: str = "", language: str = "en", channel: str = CHANNEL) -> Arrival:
    """A text that somebody wrote on a phone of this language; without ``key`` it is a new one."""
    return Arrival(channel, chat, key or f"key-{next(_keys)}", "text", content, (language,))


def outage() -> OperationalError:
    """What SQLAlchemy raises when the database is away."""
    return OperationalError("BEGIN", {}, Exception("could not connect to server: Connection refused"))


class ShakyStore(Store):
    """A store that can go away: for as long as ``away``, or for the next ``failures`` transactions."""

    def __init__(self, real: Store) -> None:
        super().__init__(real.engine, real._cipher)
        self.away = False
        self.failures = 0
        self.refused = asyncio.Event()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        if self.away or self.failures:
            self.failures = max(self.failures - 1, 0)
            self.refused.set()
            raise outage()
        async with super().begin() as transaction:
            yield transaction


class SettableClock:
    """Tells the time that it was set to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **duration: float) -> None:
        """Let time pass: ``passes(days=2)``."""
        self.now += timedelta(**duration)


class PlainRenderer:
    """Renders a screen as its text."""

    def render(self, screens: Sequence[Screen], pressed: str | None) -> list[Payload]:
        return [{"text": reply_text(screen)} for screen in screens]


class FakeTransport:
    """Takes every message, unless told what else to do with the next ones of a chat.

    ``arrived`` are the texts that came to a chat, ``tried`` are all attempts with their time. A chat in ``holds`` takes
    nothing before its event is set.
    """

    def __init__(self) -> None:
        self.arrived: dict[str, list[str]] = defaultdict(list)
        self.tried: list[tuple[str, float]] = []
        self.holds: dict[str, asyncio.Event] = {}
        self._answers: dict[str, deque[Outcome]] = defaultdict(deque)
        self._news = asyncio.Condition()

    def answers(self, chat: str, *outcomes: Outcome) -> None:
        """The outcomes of the next attempts to send to a chat; what is taken has arrived as well."""
        self._answers[chat].extend(outcomes)

    async def until_tried(self, chat: str, times: int = 1) -> None:
        """Wait until something was sent to a chat so often."""
        async with asyncio.timeout(10), self._news:
            await self._news.wait_for(lambda: self.times_tried(chat) >= times)

    def times_tried(self, chat: str) -> int:
        """How often something was sent to a chat."""
        return sum(tried == chat for tried, _at in self.tried)

    async def send(self, chat: str, payload: Payload) -> Outcome:
        async with self._news:
            self.tried.append((chat, asyncio.get_running_loop().time()))
            self._news.notify_all()
        if chat in self.holds:
            await self.holds[chat].wait()
        outcome = self._answers[chat].popleft() if self._answers[chat] else Delivered()
        if isinstance(outcome, Delivered):
            self.arrived[chat].append(str(payload["text"]))
        return outcome


@dataclass
class Office:
    """Reception, turns and delivery over one store."""

    store: Store
    understanding: FakeUnderstanding = field(default_factory=FakeUnderstanding)
    search: FakeSearch = field(default_factory=FakeSearch)
    transport: FakeTransport = field(default_factory=FakeTransport)
    clock: SettableClock = field(default_factory=SettableClock)

    def __post_init__(self) -> None:
        speech = Speech(PlainRenderer())
        self.turns = TurnTaker(
            store=self.store,
            shelf=real_shelf(),
            languages=real_languages(),
            catalogues=real_catalogues(),
            understanding=self.understanding,
            danger=real_danger_words(),
            search=self.search,
            speech={CHANNEL: speech, "web": Speech(PlainRenderer(), fetched=True)},
            clock=self.clock,
            zone=BERLIN,
        )
        transports = {CHANNEL: self.transport}
        self.delivery = Delivery(self.store, transports)
        self.reception = Reception(
            store=self.store, turns=self.turns, transports=transports, deliver=self.delivery.put, clock=self.clock
        )

    async def take_in(self, *arrivals: Arrival) -> None:
        """Hand arrivals over, as a channel does."""
        await self.reception.take_in(arrivals)

    async def idle(self) -> None:
        """Wait until everything is answered, delivered and marked; fails if that takes too long."""
        async with asyncio.timeout(20):
            await self.reception.idle()
            await self.delivery.idle()

    async def stop(self) -> None:
        """Stop at once, as a process that is told to end."""
        await self.reception.stop()
        await self.delivery.stop()


@asynccontextmanager
async def an_office(store: Store) -> AsyncIterator[Office]:
    """An office that is stopped at the end."""
    office = Office(store)
    try:
        yield office
    finally:
        await office.stop()
