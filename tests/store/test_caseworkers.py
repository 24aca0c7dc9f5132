from datetime import UTC, datetime

from bot.conversation.state import State
from bot.store.store import Store


async def test_an_empty_database_knows_no_caseworkers(store: Store) -> None:
    async with store.begin() as transaction:
        assert await transaction.caseworkers.sample() == ()


async def test_the_sample_office_fills_an_empty_database_once(store: Store) -> None:
    async with store.begin() as transaction:
        assert await transaction.caseworkers.fill_with_sample()
    async with store.begin() as transaction:
        assert not await transaction.caseworkers.fill_with_sample()
        people = await transaction.caseworkers.sample()
    assert people
    assert all("de" in person.languages for person in people)
    # Made-up people must be recognised as such at first sight.
    assert all(person.name.endswith(("Beispiel", "Muster")) for person in people)


async def test_a_database_with_a_conversation_in_it_gets_no_sample_office(store: Store) -> None:
    async with store.begin() as transaction:
        await transaction.conversations.write("telegram", "42", State(), 0, datetime(2026, 11, 22, tzinfo=UTC))
        assert not await transaction.caseworkers.fill_with_sample()
        assert await transaction.caseworkers.sample() == ()
