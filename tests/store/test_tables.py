from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import StatementError

from bot.store.store import Store
from bot.store.tables import outbox

ROW = {"channel": "telegram", "chat": "42", "payload": "{}", "state": "pending"}


async def test_an_instant_comes_back_in_utc_whatever_zone_it_was_given_in(store: Store) -> None:
    # In Berlin the hour from two to three happens twice on this night; the second one is meant.
    second_half_past_two = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin"))
    async with store.engine.begin() as connection:
        await connection.execute(insert(outbox).values(**ROW, created_at=second_half_past_two))
        stored = (await connection.execute(select(outbox.c.created_at))).scalar_one()
    assert stored.utcoffset() == UTC.utcoffset(None)
    assert stored == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


async def test_a_time_without_zone_is_refused(store: Store) -> None:
    naive = datetime(2026, 11, 22, 12, 0)  # noqa: DTZ001 - that is the mistake
    with pytest.raises(StatementError, match="without time zone"):
        async with store.engine.begin() as connection:
            await connection.execute(insert(outbox).values(**ROW, created_at=naive))
