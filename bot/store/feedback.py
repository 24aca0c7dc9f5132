"""How often an answer helped: counted by topic, language and day, without any trace of a person."""

from datetime import date

from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import feedback


class Feedback:
    """The counts inside one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count(self, topic: str, locale: str, day: date, *, helped: bool) -> None:
        """Count one yes or one no."""
        column = feedback.c.helped if helped else feedback.c.not_helped
        result = await self._connection.execute(
            update(feedback)
            .where(feedback.c.topic == topic, feedback.c.locale == locale, feedback.c.day == day)
            .values({column: column + 1})
        )
        if result.rowcount == 0:
            await self._connection.execute(
                insert(feedback).values(
                    topic=topic, locale=locale, day=day, helped=int(helped), not_helped=int(not helped)
                )
            )
