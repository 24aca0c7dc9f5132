"""Lanes: things of one conversation are done one after the other, conversations side by side."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Lanes(Generic[Item]):
    """Hands items to ``work``, in order within a lane, at most ``width`` lanes at the same time.

    ``work`` must not raise: what cannot be done is its own business. A lane exists only while it has something to do.
    """

    def __init__(self, work: Callable[[Item], Awaitable[None]], width: int) -> None:
        self._work = work
        self._room = asyncio.Semaphore(width)
        self._waiting: dict[Hashable, deque[Item]] = {}
        self._running: set[asyncio.Task[None]] = set()

    def put(self, lane: Hashable, item: Item) -> None:
        """Put an item at the end of a lane."""
        waiting = self._waiting.get(lane)
        if waiting is not None:
            waiting.append(item)
            return
        self._waiting[lane] = deque([item])
        task = asyncio.create_task(self._run(lane))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def __len__(self) -> int:
        """How many lanes have something to do."""
        return len(self._waiting)

    async def idle(self) -> None:
        """Wait until everything is done."""
        while self._running:
            await asyncio.wait(self._running)

    async def stop(self) -> None:
        """Drop everything that is not done; whoever put it must have it in the store."""
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        self._waiting.clear()

    async def _run(self, lane: Hashable) -> None:
        waiting = self._waiting[lane]
        while waiting:
            async with self._room:
                await self._work(waiting[0])
            waiting.popleft()
        del self._waiting[lane]
