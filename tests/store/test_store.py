import asyncio
import os
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.conversation.state import State
from bot.store import store as store_module
from bot.store.arrivals import Arrival
from bot.store.encryption import Cipher, new_secret
from bot.store.store import Store, Transaction, is_outage, open_store
from bot.store.tables import metadata, outbox
from tests.support.databases import an_open_store, postgresql_url, sqlite_url

NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


async def a_whole_chat(transaction: Transaction, chat: str, *, now: datetime = NOON) -> None:
    """One answered question: a conversation, an arrival that is done, a message on its way."""
    [received] = await transaction.inbox.add([Arrival("telegram", chat, f"key-{chat}", "text", "Wo?")], now)
    await transaction.inbox.finish(received.id)
    await transaction.conversations.write("telegram", chat, State(locale="ar"), 0, now)
    await transaction.outbox.add("telegram", chat, [{"text": "Im Rathaus."}], now)


async def rows_of(store: Store, chat: str) -> dict[str, int]:
    """How many rows every table that knows chats holds of this one."""
    tables = [table for table in metadata.sorted_tables if "chat" in table.c]
    async with store.engine.connect() as connection:
        return {
            table.name: (
                await connection.execute(select(func.count()).select_from(table).where(table.c.chat == chat))
            ).scalar_one()
            for table in tables
        }


async def test_what_is_done_in_a_transaction_that_fails_was_never_done(store: Store) -> None:
    async def a_turn_that_fails() -> None:
        async with store.begin() as transaction:
            await a_whole_chat(transaction, "42")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await a_turn_that_fails()
    assert set((await rows_of(store, "42")).values()) == {0}


async def test_erasure_reaches_every_table_that_knows_a_chat(store: Store) -> None:
    async with store.begin() as transaction:
        await a_whole_chat(transaction, "42")
        await a_whole_chat(transaction, "43")
    before = await rows_of(store, "42")
    assert all(before.values()), "a table that this test does not fill could not be seen to be emptied"
    async with store.begin() as transaction:
        assert await transaction.erase("telegram", "42") == sum(before.values())
    assert set((await rows_of(store, "42")).values()) == {0}
    assert await rows_of(store, "43") == before


async def test_what_was_erased_is_gone_from_the_file_too(tmp_path: Path) -> None:
    async with an_open_store(sqlite_url(tmp_path)) as store:
        async with store.begin() as transaction:
            await transaction.outbox.add("telegram", "42", [{"text": "Antwort-an-Nour"}], NOON)
        async with store.begin() as transaction:
            await transaction.erase("telegram", "42")
    # Closing folded the write-ahead log into the file.
    assert not (tmp_path / "lotse.db-wal").exists()
    assert b"Antwort-an-Nour" not in (tmp_path / "lotse.db").read_bytes()


async def test_erasing_a_chat_on_another_channel_erases_nothing(store: Store) -> None:
    async with store.begin() as transaction:
        await a_whole_chat(transaction, "42")
        assert await transaction.erase("web", "42") == 0


async def test_an_export_holds_all_that_is_stored_of_a_chat(store: Store) -> None:
    async with store.begin() as transaction:
        await a_whole_chat(transaction, "42")
        await transaction.inbox.add([Arrival("telegram", "42", "waiting", "text", "Noch da?")], NOON)
        await a_whole_chat(transaction, "43")
        everything = await transaction.everything_of("telegram", "42")
    assert everything["conversation"]["state"]["locale"] == "ar"
    assert [arrival["content"] for arrival in everything["arrivals"]] == [None, "Noch da?"]
    assert everything["messages"] == [{"text": "Im Rathaus."}]


async def test_an_export_of_a_stranger_is_empty(store: Store) -> None:
    async with store.begin() as transaction:
        assert await transaction.everything_of("telegram", "nobody") == {
            "channel": "telegram",
            "chat": "nobody",
            "conversation": None,
            "arrivals": [],
            "messages": [],
        }


async def forget_before(transaction: Transaction, instant: datetime) -> dict[str, int]:
    return await transaction.forget(conversations=instant, arrivals=instant, messages=instant)


async def test_what_is_past_its_time_is_forgotten_and_counted_by_kind(store: Store) -> None:
    async with store.begin() as transaction:
        await a_whole_chat(transaction, "old", now=NOON - timedelta(days=40))
        await transaction.outbox.finish([], [message.id for message in await transaction.outbox.pending()])
        await a_whole_chat(transaction, "new")
    async with store.begin() as transaction:
        counts = await forget_before(transaction, NOON - timedelta(days=30))
    assert counts == {"conversations": 1, "arrivals": 1, "messages": 1}
    assert set((await rows_of(store, "old")).values()) == {0}
    assert set((await rows_of(store, "new")).values()) == {1}


async def test_each_kind_has_its_own_time(store: Store) -> None:
    async with store.begin() as transaction:
        await a_whole_chat(transaction, "42", now=NOON - timedelta(days=3))
        counts = await transaction.forget(
            conversations=NOON - timedelta(days=30),
            arrivals=NOON - timedelta(days=2),
            messages=NOON - timedelta(days=4),
        )
    assert counts == {"conversations": 0, "arrivals": 1, "messages": 0}


async def test_a_rehearsal_counts_what_would_go_and_changes_nothing(store: Store) -> None:
    async with store.begin() as transaction:
        await a_whole_chat(transaction, "old", now=NOON - timedelta(days=40))
    async with store.rehearse() as transaction:
        rehearsed = await forget_before(transaction, NOON)
    assert rehearsed["conversations"] == 1
    assert set((await rows_of(store, "old")).values()) == {1}
    async with store.begin() as transaction:
        assert await forget_before(transaction, NOON) == rehearsed


async def test_a_database_that_answers_is_alive(store: Store) -> None:
    assert await store.alive()


async def test_a_server_that_is_away_is_not_alive() -> None:
    # Port 1 of this machine: nobody listens there.
    store = open_store("postgresql+psycopg://lotse@127.0.0.1:1/lotse", Cipher(new_secret()))
    assert not await store.alive()
    await store.close()


async def test_the_folder_of_a_new_database_file_is_made(tmp_path: Path) -> None:
    async with an_open_store(sqlite_url(tmp_path / "var" / "data")) as store:
        assert await store.alive()
    assert (tmp_path / "var" / "data" / "lotse.db").exists()


async def test_a_database_in_memory_keeps_what_was_written_while_it_is_open() -> None:
    async with an_open_store("sqlite+aiosqlite:///:memory:") as store:
        async with store.begin() as transaction:
            await a_whole_chat(transaction, "42")
        async with store.begin() as transaction:
            assert (await transaction.conversations.read("telegram", "42")).version == 1


async def test_two_engines_on_one_file_wait_for_each_other(tmp_path: Path) -> None:
    """Each transaction reads, lets others run, then writes: begun without a lock, the second would fail."""

    async def counts_to(number: int, store: Store) -> None:
        for _ in range(number):
            async with store.begin() as transaction:
                known = await transaction.conversations.read("telegram", "42")
                await asyncio.sleep(0)
                await transaction.conversations.write("telegram", "42", State(), known.version, NOON)

    async with an_open_store(sqlite_url(tmp_path)) as one, an_open_store(sqlite_url(tmp_path)) as other:
        await asyncio.gather(counts_to(25, one), counts_to(25, other))
        async with one.begin() as transaction:
            assert (await transaction.conversations.read("telegram", "42")).version == 50


_OTHER_PROCESS = """
import asyncio, sys
from datetime import UTC, datetime
from bot.conversation.state import State
from bot.store.encryption import Cipher, new_secret
from bot.store.store import open_store

async def count() -> None:
    store = open_store(sys.argv[1], Cipher(new_secret()))
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(25):
        async with store.begin() as transaction:
            known = await transaction.conversations.read("telegram", "42")
            await transaction.conversations.write("telegram", "42", State(), known.version, datetime.now(UTC))
    await store.close()

asyncio.run(count())
"""


async def test_two_processes_on_one_file_wait_for_each_other(tmp_path: Path) -> None:
    root = Path(__file__).parent.parent.parent
    async with an_open_store(sqlite_url(tmp_path)) as store:
        other = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _OTHER_PROCESS, sqlite_url(tmp_path)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(root)},
        )
        assert other.stdout
        assert other.stdin
        assert await other.stdout.readline() == b"ready\n"
        other.stdin.write(b"go\n")
        for _ in range(25):
            async with store.begin() as transaction:
                known = await transaction.conversations.read("telegram", "42")
                await transaction.conversations.write("telegram", "42", State(), known.version, NOON)
        assert await other.wait() == 0
        async with store.begin() as transaction:
            assert (await transaction.conversations.read("telegram", "42")).version == 50


async def test_a_file_that_stays_locked_is_an_outage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_BUSY_MILLISECONDS", 1)
    async with an_open_store(sqlite_url(tmp_path)) as store:
        locking = sqlite3.connect(tmp_path / "lotse.db", isolation_level=None)
        locking.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OperationalError) as caught:
            async with store.begin():
                pass
        assert is_outage(caught.value)
        assert not await store.alive()
        locking.close()
        assert await store.alive()


@pytest.mark.postgres
async def test_a_connection_that_the_server_cuts_is_an_outage_and_the_next_turn_has_a_new_one() -> None:
    async with an_open_store(postgresql_url()) as store:
        with pytest.raises(DBAPIError) as caught:
            async with store.engine.begin() as connection:
                await connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        assert is_outage(caught.value)
        assert await store.alive()


async def test_a_mistake_of_ours_is_no_outage(store: Store) -> None:
    row = {"channel": "web", "chat": "w", "payload": "{}", "state": "kept", "created_at": NOON}
    with pytest.raises(IntegrityError) as caught:
        async with store.engine.begin() as connection:
            await connection.execute(insert(outbox), [{"id": 1, **row}, {"id": 1, **row}])
    assert not is_outage(caught.value)


CAUSE = Exception("driver")


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (OperationalError("SELECT 1", {}, CAUSE), True),
        (InterfaceError("SELECT 1", {}, CAUSE), True),
        (PoolTimeoutError("every connection is in use"), True),
        (ConnectionRefusedError(), True),
        (ProgrammingError("SELECT 1", {}, CAUSE, connection_invalidated=True), True),
        (ProgrammingError("SELECT 1", {}, CAUSE), False),
        (IntegrityError("INSERT", {}, CAUSE), False),
        (ValueError("a time without time zone cannot be stored"), False),
        (KeyError("state"), False),
    ],
)
def test_waiting_may_help_against_an_outage_only(error: Exception, outage: bool) -> None:
    assert is_outage(error) is outage
