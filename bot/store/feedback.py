"""How often an answer helped: counted by topic, language and day, without any trace of a person."""

from datetime import date

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import feedback


class Feedback:
    """The counts inside one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count(self, topic: str, locale: str, day: date, *, helped: bool) -> None:
        """Count one yes or one no."""
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        column = feedback.c.helped if helped else feedback.c.not_helped
        # One statement: the first votes of a day may come at the same moment.
        await self._connection.execute(
            dialect.insert(feedback)
            .values(topic=topic, locale=locale, day=day, helped=int(helped), not_helped=int(not helped))
            .on_conflict_do_update(index_elements=["topic", "locale", "day"], set_={column: column + 1})
        )
