import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.commands.main import main
from bot.conversation.state import State
from bot.store.arrivals import Arrival
from bot.store.encryption import new_secret
from bot.store.store import Store, Transaction
from tests.support.databases import an_open_store, postgresql_url, sqlite_url

SECRET = new_secret()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return postgresql_url() if request.param == "postgresql" else sqlite_url(tmp_path)


@pytest.fixture(autouse=True)
def _secret(environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSE_SECRET_KEY", SECRET)


def in_store(address: str, work: Callable[[Store], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with an_open_store(address, SECRET) as store:
            return await work(store)

    return asyncio.run(run())


async def a_chat(transaction: Transaction, channel: str, chat: str, now: datetime) -> None:
    await transaction.conversations.write(channel, chat, State(locale="ar", topic="find-a-flat"), 0, now)
    await transaction.inbox.add([Arrival(channel, chat, f"{chat}-waits", "text", "أبحث عن شقة")], now)
    done = await transaction.inbox.add([Arrival(channel, chat, f"{chat}-done", "text", "مرحبا")], now)
    await transaction.inbox.finish(done[0].id)
    await transaction.outbox.add(channel, chat, [{"text": "Willkommen"}], now)


@pytest.fixture
def two_chats(database_url: str) -> None:
    async def fill(store: Store) -> None:
        async with store.begin() as transaction:
            await a_chat(transaction, "telegram", "42", datetime.now(UTC))
            await a_chat(transaction, "web", "w-43", datetime.now(UTC))

    in_store(database_url, fill)


def exported(chat: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What is stored of a chat, by channel."""
    capsys.readouterr()
    assert main(["data", "export", chat]) == 0
    return {entry["channel"]: entry for entry in json.loads(capsys.readouterr().out)}


@pytest.mark.usefixtures("two_chats")
def test_an_export_shows_all_that_is_stored_readable(capsys: pytest.CaptureFixture[str]) -> None:
    stored = exported("42", capsys)
    telegram = stored["telegram"]
    assert telegram["conversation"]["state"]["topic"] == "find-a-flat"
    assert [arrival["content"] for arrival in telegram["arrivals"]] == ["أبحث عن شقة", None]
    assert telegram["messages"] == [{"text": "Willkommen"}]
    assert (stored["web"]["conversation"], stored["web"]["arrivals"], stored["web"]["messages"]) == (None, [], [])


@pytest.mark.usefixtures("two_chats")
def test_a_chat_that_was_erased_leaves_nothing_but_the_message_at_work(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "erase", "42"]) == 0
    assert capsys.readouterr().out == "3 entries erased\n"
    telegram = exported("42", capsys)["telegram"]
    assert telegram["conversation"] is None
    assert telegram["messages"] == []
    assert [arrival["state"] for arrival in telegram["arrivals"]] == ["pending"]
    assert exported("w-43", capsys)["web"]["conversation"] is not None


@pytest.mark.usefixtures("two_chats")
def test_a_web_chat_is_erased_by_its_id_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "erase", "w-43"]) == 0
    assert exported("w-43", capsys)["web"]["conversation"] is None


@pytest.mark.usefixtures("two_chats")
def test_erasing_a_stranger_erases_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data", "erase", "99"]) == 0
    assert capsys.readouterr().out == "0 entries erased\n"


def test_retention_says_what_would_go_and_then_lets_it_go(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    now = datetime.now(UTC)

    async def fill(store: Store) -> None:
        async with store.begin() as transaction:
            await a_chat(transaction, "telegram", "silent", now - timedelta(days=31))
            await a_chat(transaction, "telegram", "there", now)

    in_store(database_url, fill)
    for _ in range(2):
        assert main(["data", "retention", "--dry-run"]) == 0
        assert capsys.readouterr().out.splitlines() == [
            "1 conversations would be forgotten",
            "1 arrivals would be forgotten",
            "0 messages would be forgotten",
        ]
    assert main(["data", "retention"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "1 conversations forgotten"
    assert exported("silent", capsys)["telegram"]["conversation"] is None
    assert exported("there", capsys)["telegram"]["conversation"] is not None
