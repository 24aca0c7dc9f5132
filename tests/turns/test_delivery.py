import asyncio
import logging
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from bot.conversation.state import State
from bot.store.outbox import Outgoing
from bot.turns import delivery as delivery_module
from bot.turns.delivery import Delivery
from bot.turns.ports import Later, Refused
from tests.support.turns import CHANNEL, FakeTransport, ShakyStore

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SOON = Later(timedelta(milliseconds=1))


@pytest.fixture
def transport() -> FakeTransport:
    return FakeTransport()


@pytest.fixture
def delivery(store: ShakyStore, transport: FakeTransport) -> Delivery:
    return Delivery(store, {CHANNEL: transport})


async def written(store: ShakyStore, chat: str, *texts: str, channel: str = CHANNEL) -> list[Outgoing]:
    """Messages in the outbox, of a chat that is remembered."""
    async with store.begin() as transaction:
        if (await transaction.conversations.read(channel, chat)).version == 0:
            await transaction.conversations.write(channel, chat, State("en"), 0, NOW)
        return await transaction.outbox.add(channel, chat, [{"text": text} for text in texts], NOW)


async def states(store: ShakyStore) -> list[tuple[str, str]]:
    """What is in the outbox: chat and state."""
    async with store.engine.begin() as connection:
        rows = await connection.exec_driver_sql("SELECT chat, state FROM outbox ORDER BY id")
        return [(row.chat, row.state) for row in rows]


async def blocked(store: ShakyStore, chat: str) -> bool:
    async with store.begin() as transaction:
        kept = await transaction.conversations.export(CHANNEL, chat)
    assert kept
    return bool(kept["blocked"])


async def test_messages_arrive_in_their_order_and_leave_the_outbox(
    store: ShakyStore, delivery: Delivery, transport: FakeTransport
) -> None:
    delivery.put(await written(store, "42", "one", "two"))
    delivery.put(await written(store, "42", "three"))
    await delivery.idle()
    assert transport.arrived["42"] == ["one", "two", "three"]
    assert await states(store) == []


async def test_a_chat_that_takes_its_time_holds_nobody_else_up(
    store: ShakyStore, delivery: Delivery, transport: FakeTransport
) -> None:
    transport.holds["slow"] = asyncio.Event()
    delivery.put(await written(store, "slow", "one", "two"))
    delivery.put(await written(store, "quick", "hello"))
    await transport.until_tried("quick")
    await transport.until_tried("slow")
    assert transport.arrived == {"quick": ["hello"]}
    transport.holds["slow"].set()
    await delivery.idle()
    assert transport.arrived["slow"] == ["one", "two"]


async def test_a_chat_that_fails_holds_nobody_else_up_and_keeps_its_order(
    store: ShakyStore, delivery: Delivery, transport: FakeTransport
) -> None:
    transport.answers("failing", SOON, SOON, SOON)
    delivery.put(await written(store, "failing", "one", "two"))
    delivery.put(await written(store, "fine", "hello"))
    await delivery.idle()
    assert transport.arrived == {"fine": ["hello"], "failing": ["one", "two"]}


async def test_later_is_tried_again_with_growing_pauses(
    store: ShakyStore, delivery: Delivery, transport: FakeTransport
) -> None:
    transport.answers("42", *[Later(timedelta(milliseconds=10))] * 4)
    delivery.put(await written(store, "42", "hello"))
    await delivery.idle()
    pauses = [after - before for (_, before), (_, after) in pairwise(transport.tried)]
    for pause, least in zip(pauses, (0.010, 0.020, 0.040, 0.080), strict=True):
        assert pause > 0.9 * least
    assert transport.arrived["42"] == ["hello"]


async def test_never_sooner_than_the_channel_says(
    store: ShakyStore, delivery: Delivery, transport: FakeTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery_module, "_LONGEST_PAUSE", timedelta(milliseconds=1))
    transport.answers("42", Later(timedelta(milliseconds=50)))
    delivery.put(await written(store, "42", "hello"))
    await delivery.idle()
    ((_, first), (_, second)) = transport.tried
    assert second - first > 0.045


async def test_an_uncertain_message_is_sent_again_and_noted(
    store: ShakyStore, delivery: Delivery, transport: FakeTransport, caplog: pytest.LogCaptureFixture
) -> None:
    transport.answers("42", Later(timedelta(milliseconds=1), uncertain=True))
    with caplog.at_level(logging.INFO, "bot.turns.delivery"):
        delivery.put(await written(store, "42", "my secret"))
        await delivery.idle()
    assert transport.times_tried("42") == 2
    (note,) = caplog.records
    assert note.levelno == logging.WARNING
    assert "uncertain: True" in note.message
    assert "secret" not in note.message


async def test_who_blocked_lotse_is_remembered_as_such(
    store: ShakyStore, delivery: Delivery, transport: FakeTransport
) -> None:
    transport.answers("42", Refused("bot was blocked by the user", blocked=True))
    delivery.put(await written(store, "42", "hello"))
    delivery.put(await written(store, "43", "hello"))
    await delivery.idle()
    assert await states(store) == [("42", "failed")]
    assert await blocked(store, "42")
    assert not await blocked(store, "43")


async def test_a_refused_message_does_not_keep_the_next_one_back(
    store: ShakyStore, delivery: Delivery, transport: FakeTransport
) -> None:
    transport.answers("42", Refused("message is too long"))
    delivery.put(await written(store, "42", "one", "two"))
    await delivery.idle()
    assert transport.arrived["42"] == ["two"]
    assert await states(store) == [("42", "failed")]
    assert not await blocked(store, "42")


async def test_what_a_browser_fetches_is_left_where_it_is(
    store: ShakyStore, delivery: Delivery, transport: FakeTransport
) -> None:
    delivery.put(await written(store, "42", "hello", channel="web"))
    await delivery.idle()
    assert transport.tried == []
    assert await states(store) == [("42", "pending")]


async def test_what_an_earlier_run_left_is_delivered_in_its_order(
    store: ShakyStore, delivery: Delivery, transport: FakeTransport
) -> None:
    await written(store, "42", "one", "two")
    await written(store, "43", "hello")
    await written(store, "42", "three")
    assert await delivery.resume() == 4
    await delivery.idle()
    assert transport.arrived == {"42": ["one", "two", "three"], "43": ["hello"]}
    assert await delivery.resume() == 0


async def test_stopping_leaves_what_is_not_delivered_in_the_outbox(
    store: ShakyStore, delivery: Delivery, transport: FakeTransport
) -> None:
    transport.holds["42"] = asyncio.Event()
    delivery.put(await written(store, "42", "one", "two"))
    await transport.until_tried("42")
    await delivery.stop()
    assert await states(store) == [("42", "pending"), ("42", "pending")]


async def test_the_marks_are_made_up_for_when_the_database_is_back(
    store: ShakyStore, delivery: Delivery, transport: FakeTransport
) -> None:
    messages = await written(store, "42", "one", "two", "three")
    transport.answers("42", Refused("gone", blocked=True))
    store.away = True
    delivery.put(messages)
    await transport.until_tried("42", 3)
    await store.refused.wait()
    assert transport.arrived["42"] == ["two", "three"], "deliveries do not wait for the database"
    store.away = False
    await delivery.idle()
    assert await states(store) == [("42", "failed")]
    assert await blocked(store, "42")


async def test_stopping_does_not_wait_for_a_database_that_is_away(
    store: ShakyStore, delivery: Delivery, transport: FakeTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery_module, "_LAST_SECONDS", 0.05)
    messages = await written(store, "42", "one")
    store.away = True
    delivery.put(messages)
    await store.refused.wait()
    async with asyncio.timeout(5):
        await delivery.stop()
    store.away = False
    assert await states(store) == [("42", "pending")], "it will be delivered once more: better than not at all"


async def test_many_messages_to_many_chats_all_arrive(
    store: ShakyStore, delivery: Delivery, transport: FakeTransport
) -> None:
    chats = [f"chat {number}" for number in range(300)]  # more than are served at the same time
    for chat in chats:
        delivery.put(await written(store, chat, "one", "two"))
    await delivery.idle()
    assert all(transport.arrived[chat] == ["one", "two"] for chat in chats)
    assert await states(store) == []
