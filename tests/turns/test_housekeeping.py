import asyncio
import contextlib

import pytest

from bot.store.arrivals import Arrival
from bot.turns import housekeeping
from bot.turns.housekeeping import forget, keep_house
from tests.support.turns import CHANNEL, Office, SettableClock, ShakyStore

BOTH_DATABASES = pytest.mark.parametrize(
    "database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)


async def visits(office: Office, chat: str, *, channel: str = CHANNEL) -> None:
    """Somebody presses a button and is answered."""
    key = f"{chat} {office.clock.now.isoformat()}"
    await office.take_in(Arrival(channel, chat, key, "press", "menu"))
    await office.idle()


async def remembered(office: Office, chat: str, *, channel: str = CHANNEL) -> tuple[bool, int, int]:
    """Whether the conversation is remembered, and how many arrivals and messages of it."""
    async with office.store.begin() as transaction:
        kept = await transaction.everything_of(channel, chat)
    return kept["conversation"] is not None, len(kept["arrivals"]), len(kept["messages"])


@BOTH_DATABASES
async def test_each_thing_is_forgotten_in_its_time(office: Office) -> None:
    await visits(office, "42", channel="web")
    assert await remembered(office, "42", channel="web") == (True, 1, 1)

    office.clock.passes(hours=23, minutes=59)
    assert await forget(office.store, office.clock) == {"conversations": 0, "arrivals": 0, "messages": 0}
    office.clock.passes(minutes=2)
    assert await forget(office.store, office.clock) == {"conversations": 0, "arrivals": 0, "messages": 1}
    office.clock.passes(days=1)
    assert await forget(office.store, office.clock) == {"conversations": 0, "arrivals": 1, "messages": 0}
    office.clock.passes(days=27, hours=23)
    assert await remembered(office, "42", channel="web") == (True, 0, 0)
    office.clock.passes(hours=1)
    assert await forget(office.store, office.clock) == {"conversations": 1, "arrivals": 0, "messages": 0}
    assert await remembered(office, "42", channel="web") == (False, 0, 0)


async def test_who_writes_again_is_remembered_thirty_days_more(office: Office) -> None:
    await visits(office, "42")
    office.clock.passes(days=20)
    await visits(office, "42")
    office.clock.passes(days=20)
    assert (await forget(office.store, office.clock))["conversations"] == 0


async def test_what_is_not_answered_or_not_delivered_is_not_forgotten(office: Office, store: ShakyStore) -> None:
    async with store.begin() as transaction:
        await transaction.inbox.add([Arrival(CHANNEL, "42", "1", "press", "menu")], office.clock())
        await transaction.outbox.add(CHANNEL, "42", [{"text": "hello"}], office.clock())
    office.clock.passes(days=400)
    assert await forget(store, office.clock) == {"conversations": 0, "arrivals": 0, "messages": 0}


@BOTH_DATABASES
async def test_a_rehearsal_counts_and_forgets_nothing(office: Office) -> None:
    await visits(office, "42")
    office.clock.passes(days=31)
    assert await forget(office.store, office.clock, rehearse=True) == {
        "conversations": 1,
        "arrivals": 1,
        "messages": 0,
    }
    assert (await remembered(office, "42"))[0]


async def test_the_house_is_kept_again_and_again_whatever_goes_wrong(
    store: ShakyStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rounds: list[str] = []
    done = asyncio.Event()

    async def forgets_with_trouble(*_: object) -> dict[str, int]:
        rounds.append("round")
        if len(rounds) == 1:
            raise RuntimeError("a bug")
        if len(rounds) == 2:
            async with store.begin():  # the database is away
                pass
        if len(rounds) == 4:
            done.set()
        return {"conversations": 3}

    store.away = True
    monkeypatch.setattr(housekeeping, "forget", forgets_with_trouble)
    monkeypatch.setattr(housekeeping, "_PAUSE_SECONDS", 0)
    with caplog.at_level("INFO", "bot.turns.housekeeping"):
        keeping = asyncio.create_task(keep_house(store, SettableClock()))
        async with asyncio.timeout(10):
            await done.wait()
        keeping.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeping
    assert [record.levelname for record in caplog.records[:2]] == ["ERROR", "INFO"], "an outage is nobody's fault"
    assert caplog.records[1].message == "forgotten: 3 conversations"
