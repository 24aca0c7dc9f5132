"""Housekeeping: forgets what is no longer needed."""

import asyncio
import logging
from datetime import timedelta

from bot.store.store import Store, is_outage
from bot.turns.ports import Clock

log = logging.getLogger(__name__)

# A conversation is forgotten this long after its last message.
CONVERSATION_DAYS = 30
# Telegram hands an update over again for at most a day (Bot API, getUpdates): so long a key must be known.
ARRIVAL_DAYS = 2
# A browser that reconnects fetches what it missed.
MESSAGE_DAYS = 1
_PAUSE_SECONDS = 3600


async def forget(store: Store, clock: Clock, *, rehearse: bool = False) -> dict[str, int]:
    """Remove all that is past its time; returns how many rows of each kind went, or would go in a rehearsal."""
    now = clock()
    async with store.rehearse() if rehearse else store.begin() as transaction:
        return await transaction.forget(
            conversations=now - timedelta(days=CONVERSATION_DAYS),
            arrivals=now - timedelta(days=ARRIVAL_DAYS),
            messages=now - timedelta(days=MESSAGE_DAYS),
        )


async def keep_house(store: Store, clock: Clock) -> None:
    """Forget every hour, until cancelled."""
    while True:
        try:
            counts = await forget(store, clock)
            await store.settle()
            log.info("forgotten: %s", ", ".join(f"{count} {kind}" for kind, count in counts.items()))
        except Exception as error:
            if not is_outage(error):
                log.exception("housekeeping failed")
        await asyncio.sleep(_PAUSE_SECONDS)
