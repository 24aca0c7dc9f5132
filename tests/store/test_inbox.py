from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.store.arrivals import Arrival, Received
from bot.store.encryption import Cipher, new_secret
from bot.store.store import Store, open_store
from bot.store.tables import inbox
from tests.support.databases import an_open_store, sqlite_url

NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


def says(text: str, key: str, *, chat: str = "42", channel: str = "telegram") -> Arrival:
    return Arrival(channel, chat, key, "text", text)


async def test_an_arrival_waits_as_it_came(store: Store) -> None:
    arrival = Arrival("telegram", "42", "7001", "press", "القائمة", ("ar-SY", "de"), screen="913")
    async with store.begin() as transaction:
        [received] = await transaction.inbox.add([arrival], NOON)
    assert received.arrival == arrival
    async with store.begin() as transaction:
        assert await transaction.inbox.pending() == [received]


async def test_an_arrival_that_comes_twice_is_taken_once(store: Store) -> None:
    async with store.begin() as transaction:
        await transaction.inbox.add([says("hallo", "1")], NOON)
    async with store.begin() as transaction:
        assert await transaction.inbox.add([says("hallo", "1")], NOON) == []
        assert len(await transaction.inbox.pending()) == 1


async def test_an_arrival_is_known_even_after_it_was_answered(store: Store) -> None:
    async with store.begin() as transaction:
        [received] = await transaction.inbox.add([says("hallo", "1")], NOON)
        await transaction.inbox.finish(received.id)
        assert await transaction.inbox.add([says("hallo", "1")], NOON) == []


async def test_of_a_batch_only_the_new_ones_come_back_in_their_order(store: Store) -> None:
    async with store.begin() as transaction:
        await transaction.inbox.add([says("zwei", "2")], NOON)
        added = await transaction.inbox.add(
            [says("drei", "3"), says("zwei", "2"), says("eins", "1"), says("drei", "3")], NOON
        )
    assert [received.arrival.content for received in added] == ["drei", "eins"]
    assert added[0].id < added[1].id


async def test_two_channels_may_use_the_same_key(store: Store) -> None:
    async with store.begin() as transaction:
        added = await transaction.inbox.add([says("a", "1"), says("b", "1", channel="web")], NOON)
    assert len(added) == 2


async def test_what_waits_comes_oldest_first_after_a_restart(database_url: str) -> None:
    secret = new_secret()
    async with an_open_store(database_url, secret) as before, before.begin() as transaction:
        for number in range(5):
            await transaction.inbox.add([says(f"Frage {number}", str(100 - number), chat=str(number % 2))], NOON)
    async with an_open_store(database_url, secret) as after, after.begin() as transaction:
        waiting = await transaction.inbox.pending()
    assert [received.arrival.content for received in waiting] == [f"Frage {number}" for number in range(5)]


async def test_a_failed_attempt_is_counted(store: Store) -> None:
    async with store.begin() as transaction:
        [received] = await transaction.inbox.add([says("hallo", "1")], NOON)
        await transaction.inbox.count_attempt(received.id)
        await transaction.inbox.count_attempt(received.id)
        assert await transaction.inbox.pending() == [Received(received.id, received.arrival, attempts=2)]


async def test_only_the_first_to_finish_an_arrival_has_finished_it(store: Store) -> None:
    async with store.begin() as transaction:
        [received] = await transaction.inbox.add([says("hallo", "1")], NOON)
        assert await transaction.inbox.finish(received.id)
        assert not await transaction.inbox.finish(received.id)
        assert not await transaction.inbox.finish(received.id, failed=True)
        assert await transaction.inbox.pending() == []


async def test_the_words_go_as_soon_as_they_are_answered_or_set_aside(store: Store) -> None:
    async with store.begin() as transaction:
        answered, aside = await transaction.inbox.add([says("eins", "1"), says("zwei", "2")], NOON)
        await transaction.inbox.finish(answered.id)
        await transaction.inbox.finish(aside.id, failed=True)
        exported = await transaction.inbox.export("telegram", "42")
    assert [(entry["state"], entry["content"]) for entry in exported] == [("done", None), ("failed", None)]
    async with store.engine.connect() as connection:
        assert (await connection.execute(select(inbox.c.arrival))).scalars().all() == [None, None]


async def test_words_that_wait_lie_encrypted_in_the_table(store: Store) -> None:
    async with store.begin() as transaction:
        await transaction.inbox.add([says("Mein Mann schlägt mich", "1")], NOON)
    async with store.engine.connect() as connection:
        [stored] = (await connection.execute(select(inbox.c.arrival))).scalars().all()
    assert "schlägt".encode() not in stored
    assert b"Mein Mann" not in stored


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_words_that_wait_are_nowhere_in_the_files_of_the_database(tmp_path: Path) -> None:
    async with an_open_store(sqlite_url(tmp_path)) as store:
        async with store.begin() as transaction:
            await transaction.inbox.add([says("Geheimnis-aus-Homs", "visible-key")], NOON)
        # The write-ahead log is part of the database: read while it is still there.
        written = b"".join(file.read_bytes() for file in files_in(tmp_path))
    assert b"visible-key" in written, "the row itself must be in these files, or the test proves nothing"
    assert b"Geheimnis" not in written


async def test_a_new_key_reads_what_the_old_one_wrote(tmp_path: Path) -> None:
    old, new = new_secret(), new_secret()
    async with an_open_store(sqlite_url(tmp_path), old) as store, store.begin() as transaction:
        await transaction.inbox.add([says("vor dem Wechsel", "1")], NOON)
    rotated = open_store(sqlite_url(tmp_path), Cipher(f"{new},{old}"))
    async with rotated.begin() as transaction:
        [received] = await transaction.inbox.pending()
    await rotated.close()
    assert received.arrival.content == "vor dem Wechsel"


async def test_old_arrivals_are_forgotten_but_never_one_that_waits(store: Store) -> None:
    async with store.begin() as transaction:
        old, _waiting = await transaction.inbox.add([says("alt", "1"), says("wartet", "2")], NOON - timedelta(days=3))
        [fresh] = await transaction.inbox.add([says("neu", "3")], NOON)
        await transaction.inbox.finish(old.id)
        await transaction.inbox.finish(fresh.id)
        assert await transaction.inbox.forget(NOON - timedelta(days=2)) == 1
        assert [entry["state"] for entry in await transaction.inbox.export("telegram", "42")] == ["pending", "done"]


async def test_an_export_shows_the_words_that_still_wait(store: Store) -> None:
    async with store.begin() as transaction:
        await transaction.inbox.add([says("Wo melde ich mich an?", "1"), says("fremd", "2", chat="43")], NOON)
        exported = await transaction.inbox.export("telegram", "42")
    assert exported == [
        {"received_at": "2026-11-22T11:00:00+00:00", "state": "pending", "content": "Wo melde ich mich an?"}
    ]


async def test_erasing_a_chat_leaves_the_arrival_at_work_and_other_chats(store: Store) -> None:
    async with store.begin() as transaction:
        answered, _at_work, other = await transaction.inbox.add(
            [says("eins", "1"), says("lösche alles", "2"), says("fremd", "3", chat="43")], NOON
        )
        await transaction.inbox.finish(answered.id)
        await transaction.inbox.finish(other.id)
        assert await transaction.inbox.erase("telegram", "42") == 1
        assert [entry["content"] for entry in await transaction.inbox.export("telegram", "42")] == ["lösche alles"]
        assert len(await transaction.inbox.export("telegram", "43")) == 1
