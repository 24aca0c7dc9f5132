import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.state import State
from bot.store.conversations import ConversationMoved, Remembered
from bot.store.store import Store

NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
ASKING = State(locale="ar", chosen=True, topic="find-a-flat", offered=("kindergeld", "wohngeld"), noticed="ku")


async def test_of_a_new_chat_nothing_is_remembered(store: Store) -> None:
    async with store.begin() as transaction:
        assert await transaction.conversations.read("telegram", "42") == Remembered(State(), version=0)


async def test_a_state_comes_back_whole_under_the_next_version(store: Store) -> None:
    async with store.begin() as transaction:
        await transaction.conversations.write("telegram", "42", ASKING, 0, NOON)
    async with store.begin() as transaction:
        assert await transaction.conversations.read("telegram", "42") == Remembered(ASKING, version=1)
        await transaction.conversations.write("telegram", "42", State(locale="de"), 1, NOON)
        assert await transaction.conversations.read("telegram", "42") == Remembered(State(locale="de"), version=2)


async def test_the_same_id_on_another_channel_is_another_chat(store: Store) -> None:
    async with store.begin() as transaction:
        await transaction.conversations.write("telegram", "42", ASKING, 0, NOON)
        assert (await transaction.conversations.read("web", "42")).version == 0


async def test_a_turn_that_read_an_older_state_does_not_win(store: Store) -> None:
    async with store.begin() as transaction:
        await transaction.conversations.write("telegram", "42", ASKING, 0, NOON)
        await transaction.conversations.write("telegram", "42", State(locale="de"), 1, NOON)
    with pytest.raises(ConversationMoved):
        async with store.begin() as transaction:
            await transaction.conversations.write("telegram", "42", State(locale="tr"), 1, NOON)
    async with store.begin() as transaction:
        assert (await transaction.conversations.read("telegram", "42")).state.locale == "de"


@pytest.mark.parametrize("version", [0, 1])
async def test_of_two_turns_at_the_same_moment_exactly_one_wins(store: Store, version: int) -> None:
    if version:
        async with store.begin() as transaction:
            await transaction.conversations.write("telegram", "42", ASKING, 0, NOON)

    async def turn(locale: str) -> str | None:
        try:
            async with store.begin() as transaction:
                await transaction.conversations.write("telegram", "42", State(locale=locale), version, NOON)
        except ConversationMoved:
            return None
        return locale

    winners = [locale for locale in await asyncio.gather(turn("de"), turn("tr"), turn("uk")) if locale]
    assert len(winners) == 1
    async with store.begin() as transaction:
        assert await transaction.conversations.read("telegram", "42") == Remembered(
            State(locale=winners[0]), version + 1
        )


async def test_who_blocks_the_bot_is_marked_until_the_block_is_lifted(store: Store) -> None:
    async with store.begin() as transaction:
        await transaction.conversations.write("telegram", "42", ASKING, 0, NOON)
        await transaction.conversations.block("telegram", "42", blocked=True)
        exported = await transaction.conversations.export("telegram", "42")
        assert exported
        assert exported["blocked"] is True
        await transaction.conversations.block("telegram", "42", blocked=False)
        exported = await transaction.conversations.export("telegram", "42")
        assert exported
        assert exported["blocked"] is False
        assert (await transaction.conversations.read("telegram", "42")).version == 1


async def test_blocking_an_unknown_chat_remembers_nothing_of_it(store: Store) -> None:
    async with store.begin() as transaction:
        await transaction.conversations.block("telegram", "42", blocked=True)
        assert await transaction.conversations.export("telegram", "42") is None


async def test_an_export_shows_the_state_as_it_is_stored(store: Store) -> None:
    async with store.begin() as transaction:
        await transaction.conversations.write("telegram", "42", State(locale="ar"), 0, NOON)
        exported = await transaction.conversations.export("telegram", "42")
    assert exported is not None
    assert exported["state"]["locale"] == "ar"
    assert exported["active_at"] == "2026-11-22T11:00:00+00:00"


async def test_erasing_forgets_one_chat_alone(store: Store) -> None:
    async with store.begin() as transaction:
        await transaction.conversations.write("telegram", "42", ASKING, 0, NOON)
        await transaction.conversations.write("telegram", "43", ASKING, 0, NOON)
        assert await transaction.conversations.erase("telegram", "42") == 1
        assert (await transaction.conversations.read("telegram", "42")).version == 0
        assert (await transaction.conversations.read("telegram", "43")).version == 1


async def test_a_chat_that_speaks_again_is_not_forgotten(store: Store) -> None:
    long_ago = NOON - timedelta(days=31)
    async with store.begin() as transaction:
        await transaction.conversations.write("telegram", "silent", ASKING, 0, long_ago)
        await transaction.conversations.write("telegram", "back", ASKING, 0, long_ago)
        await transaction.conversations.write("telegram", "back", ASKING, 1, NOON)
        assert await transaction.conversations.forget(NOON - timedelta(days=30)) == 1
        assert (await transaction.conversations.read("telegram", "silent")).version == 0
        assert (await transaction.conversations.read("telegram", "back")).version == 2
