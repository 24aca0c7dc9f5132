"""Caseworkers: for now those of the sample office, which a demonstration puts into an empty database."""

from collections.abc import Mapping

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.caseworker import Caseworker
from bot.store.tables import caseworkers, conversations

_SAMPLE: Mapping[str, Caseworker] = {
    "sample-amal": Caseworker("Amal Beispiel", ("de", "ar", "ku")),
    "sample-oksana": Caseworker("Oksana Muster", ("de", "uk", "ru")),
    "sample-deniz": Caseworker("Deniz Beispiel", ("de", "tr", "en")),
    "sample-claire": Caseworker("Claire Muster", ("de", "fr", "en", "fa")),
}


class Caseworkers:
    """The caseworkers inside one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def sample(self) -> tuple[Caseworker, ...]:
        """The caseworkers of the sample office; empty where there is none."""
        rows = await self._connection.execute(
            select(caseworkers.c.name, caseworkers.c.languages)
            .where(caseworkers.c.sample == 1)
            .order_by(caseworkers.c.id)
        )
        return tuple(Caseworker(name, tuple(languages.split())) for name, languages in rows)

    async def fill_with_sample(self) -> bool:
        """Put the sample office into an empty database; False, and nothing done, if anything is in it."""
        for table in (caseworkers, conversations):
            if (await self._connection.execute(select(func.count()).select_from(table))).scalar_one():
                return False
        await self._connection.execute(
            insert(caseworkers),
            [
                {"id": id_, "name": one.name, "languages": " ".join(one.languages), "sample": 1}
                for id_, one in _SAMPLE.items()
            ],
        )
        return True
