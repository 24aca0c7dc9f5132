import asyncio
from datetime import date

from sqlalchemy import select

from bot.store.store import Store
from bot.store.tables import feedback

TODAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 23)


async def counted(store: Store) -> dict[tuple[str, str, date], tuple[int, int]]:
    async with store.engine.connect() as connection:
        rows = await connection.execute(select(feedback))
        return {(row.topic, row.locale, row.day): (row.helped, row.not_helped) for row in rows}


async def test_yes_and_no_are_counted_by_topic_language_and_day(store: Store) -> None:
    async with store.begin() as transaction:
        await transaction.feedback.count("find-a-flat", "ar", TODAY, helped=True)
        await transaction.feedback.count("find-a-flat", "ar", TODAY, helped=True)
        await transaction.feedback.count("find-a-flat", "ar", TODAY, helped=False)
        await transaction.feedback.count("find-a-flat", "de", TODAY, helped=True)
        await transaction.feedback.count("find-a-flat", "ar", TOMORROW, helped=False)
    assert await counted(store) == {
        ("find-a-flat", "ar", TODAY): (2, 1),
        ("find-a-flat", "de", TODAY): (1, 0),
        ("find-a-flat", "ar", TOMORROW): (0, 1),
    }


async def test_the_first_votes_of_a_day_may_come_at_the_same_moment(store: Store) -> None:
    async def vote() -> None:
        async with store.begin() as transaction:
            await transaction.feedback.count("kindergeld", "uk", TODAY, helped=True)

    await asyncio.gather(*(vote() for _ in range(8)))
    assert await counted(store) == {("kindergeld", "uk", TODAY): (8, 0)}
