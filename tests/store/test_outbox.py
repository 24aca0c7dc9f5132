from datetime import UTC, datetime, timedelta

from bot.store.outbox import Outgoing
from bot.store.store import Store

NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


async def test_messages_wait_in_the_order_in_which_they_were_written(store: Store) -> None:
    async with store.begin() as transaction:
        first = await transaction.outbox.add("telegram", "42", [{"text": "أهلا"}, {"text": "Menü"}], NOON)
        second = await transaction.outbox.add("telegram", "43", [{"text": "Hallo"}], NOON - timedelta(hours=1))
    async with store.begin() as transaction:
        assert await transaction.outbox.pending() == [*first, *second]
    assert [message.payload["text"] for message in [*first, *second]] == ["أهلا", "Menü", "Hallo"]


async def test_a_delivered_message_is_gone(store: Store) -> None:
    async with store.begin() as transaction:
        one, two = await transaction.outbox.add("telegram", "42", [{"n": 1}, {"n": 2}], NOON)
        await transaction.outbox.finish([one.id])
        assert await transaction.outbox.pending() == [two]


async def test_a_message_that_cannot_be_delivered_no_longer_waits(store: Store) -> None:
    async with store.begin() as transaction:
        one, two = await transaction.outbox.add("telegram", "42", [{"n": 1}, {"n": 2}], NOON)
        await transaction.outbox.finish([], [one.id])
        assert await transaction.outbox.pending() == [two]
        assert await transaction.outbox.after("telegram", "42", 0) == [one, two]


async def test_an_id_is_never_given_twice_even_when_all_messages_are_gone(store: Store) -> None:
    async with store.begin() as transaction:
        [gone] = await transaction.outbox.add("web", "w-1", [{"n": 1}], NOON)
        await transaction.outbox.finish([gone.id])
    async with store.begin() as transaction:
        [next_one] = await transaction.outbox.add("web", "w-1", [{"n": 2}], NOON)
    assert next_one.id > gone.id


async def test_a_browser_fetches_what_it_missed_and_nobody_delivers_it(store: Store) -> None:
    async with store.begin() as transaction:
        shown, missed = await transaction.outbox.add("web", "w-1", [{"n": 1}, {"n": 2}], NOON, fetched=True)
        await transaction.outbox.add("web", "w-2", [{"n": 3}], NOON, fetched=True)
        assert await transaction.outbox.pending() == []
        assert await transaction.outbox.after("web", "w-1", shown.id) == [Outgoing(missed.id, "web", "w-1", {"n": 2})]
        assert await transaction.outbox.after("web", "w-1", missed.id) == []


async def test_old_messages_are_forgotten_but_never_one_that_waits(store: Store) -> None:
    yesterday = NOON - timedelta(days=1, seconds=1)
    async with store.begin() as transaction:
        [waiting] = await transaction.outbox.add("telegram", "42", [{"n": 1}], yesterday)
        [failed] = await transaction.outbox.add("telegram", "42", [{"n": 2}], yesterday)
        await transaction.outbox.add("web", "w-1", [{"n": 3}], yesterday, fetched=True)
        [fresh] = await transaction.outbox.add("web", "w-1", [{"n": 4}], NOON, fetched=True)
        await transaction.outbox.finish([], [failed.id])
        assert await transaction.outbox.forget(NOON - timedelta(days=1)) == 2
        assert await transaction.outbox.pending() == [waiting]
        assert await transaction.outbox.after("web", "w-1", 0) == [fresh]


async def test_erasing_a_chat_takes_back_what_was_not_sent_yet(store: Store) -> None:
    async with store.begin() as transaction:
        await transaction.outbox.add("telegram", "42", [{"n": 1}, {"n": 2}], NOON)
        [other] = await transaction.outbox.add("telegram", "43", [{"n": 3}], NOON)
        assert await transaction.outbox.erase("telegram", "42") == 2
        assert await transaction.outbox.pending() == [other]
