"""Waiting for what gives no sign: other people's parts have no event for it."""

import asyncio
from collections.abc import Callable


async def until(happened: Callable[[], object], within: float = 10.0) -> None:
    """Return as soon as it has happened; a TimeoutError if it does not."""
    async with asyncio.timeout(within):
        while not happened():
            await asyncio.sleep(0.002)
