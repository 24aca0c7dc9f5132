"""Telegram's limits, kept on a clock that jumps from one waking to the next."""

import asyncio
from datetime import timedelta
from heapq import heappop, heappush
from itertools import count

import pytest

from bot.channels.telegram.pacing import Pacer


class JumpingClock:
    """Time passes only while everybody sleeps: then it jumps to whoever wakes up first."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = count()

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        awake = asyncio.get_running_loop().create_future()
        heappush(self._sleepers, (self.now + seconds, next(self._order), awake))
        await awake

    async def run(self, *people: asyncio.Task[None]) -> None:
        """Let time pass until these are done."""
        while not all(task.done() for task in people):
            for _ in range(4):
                await asyncio.sleep(0)
            if self._sleepers:
                at, _number, awake = heappop(self._sleepers)
                self.now = max(self.now, at)
                awake.set_result(None)
        await asyncio.gather(*people)


class Office:
    """Sends through a pacer; ``sent`` says when what went to which chat, counted in seconds from the beginning."""

    def __init__(self) -> None:
        self.clock = JumpingClock()
        self.pacer = Pacer(now=self.clock, sleep=self.clock.sleep)
        self.sent: list[tuple[str, float]] = []
        self._tasks: list[asyncio.Task[None]] = []

    def sends(self, chat: str, messages: int = 1, *, told_to_wait: float = 0.0) -> None:
        """Messages to a chat, one after the other; ``told_to_wait`` is Telegram's answer to each, in seconds."""

        async def send() -> None:
            for _ in range(messages):
                await self.pacer.turn(chat)
                self.sent.append((chat, round(self.clock.now - 1000.0, 6)))
                if told_to_wait:
                    self.pacer.pause(chat, timedelta(seconds=told_to_wait))

        self._tasks.append(asyncio.create_task(send()))

    async def until_all_are_sent(self) -> None:
        await self.clock.run(*self._tasks)

    def times(self, chat: str | None = None) -> list[float]:
        return sorted(at for to, at in self.sent if chat in (None, to))


@pytest.fixture
def office() -> Office:
    return Office()


async def test_the_first_message_goes_at_once(office: Office) -> None:
    office.sends("42")
    await office.until_all_are_sent()
    assert office.times() == [0.0]


async def test_a_chat_gets_one_message_a_second(office: Office) -> None:
    office.sends("42", 4)
    await office.until_all_are_sent()
    assert office.times() == [0.0, 1.0, 2.0, 3.0]


async def test_a_chat_that_must_wait_keeps_no_other_waiting(office: Office) -> None:
    office.sends("42", 3)
    office.sends("43", 1)
    await office.until_all_are_sent()
    assert office.times("43")[0] < 0.1


async def test_two_senders_to_one_chat_share_its_second(office: Office) -> None:
    office.sends("42")
    office.sends("42")
    await office.until_all_are_sent()
    assert office.times() == [0.0, 1.0]


async def test_no_more_than_thirty_messages_a_second_go_out(office: Office) -> None:
    for number in range(100):
        office.sends(f"chat {number}")
    await office.until_all_are_sent()
    times = office.times()
    assert max(sum(start <= at < start + 0.999 for at in times) for start in times) == 24
    assert times[-1] == pytest.approx(99 / 24), "but so many do"


async def test_a_chat_is_left_alone_as_long_as_telegram_says(office: Office) -> None:
    office.pacer.pause("42", timedelta(seconds=7))
    office.sends("42")
    office.sends("43")
    await office.until_all_are_sent()
    assert office.times("42") == [7.0]
    assert office.times("43") == [0.0]


async def test_a_pause_that_comes_while_one_waits_is_kept(office: Office) -> None:
    office.sends("42", 2)
    waiting = asyncio.create_task(office.clock.sleep(0.5))
    waiting.add_done_callback(lambda _: office.pacer.pause("42", timedelta(seconds=7)))
    await office.until_all_are_sent()
    assert office.times("42") == [0.0, 7.5]


async def test_a_shorter_pause_does_not_shorten_a_longer_one(office: Office) -> None:
    office.pacer.pause("42", timedelta(seconds=7))
    office.pacer.pause("42", timedelta(seconds=1))
    office.sends("42")
    await office.until_all_are_sent()
    assert office.times() == [7.0]


async def test_two_chats_told_to_wait_mean_all(office: Office) -> None:
    office.pacer.pause("42", timedelta(seconds=7))
    office.pacer.pause("43", timedelta(seconds=5))
    office.sends("44")
    await office.until_all_are_sent()
    assert office.times("44") == [5.0]


async def test_a_flood_stops_those_too_who_have_their_place_already(office: Office) -> None:
    """When many wait after a restart, Telegram's "too many requests" must not be answered with more of them."""
    for number in range(90):
        office.sends(f"chat {number}")
    office.sends("loud", told_to_wait=20)
    office.sends("louder", told_to_wait=20)
    for number in range(90, 180):
        office.sends(f"chat {number}")
    await office.until_all_are_sent()
    flood = max(office.times("loud") + office.times("louder"))
    assert [at for at in office.times() if flood < at < flood + 19.9] == []
    times = office.times()
    assert len(times) == 182
    assert max(sum(start <= at < start + 0.999 for at in times) for start in times) <= 30, "nor all at once afterwards"


async def test_one_chat_told_twice_is_no_flood(office: Office) -> None:
    office.pacer.pause("42", timedelta(seconds=5))
    office.pacer.pause("42", timedelta(seconds=7))
    office.sends("43")
    await office.until_all_are_sent()
    assert office.times("43") == [0.0]


async def test_pauses_that_are_over_do_not_add_up_to_a_flood(office: Office) -> None:
    office.pacer.pause("42", timedelta(seconds=5))
    office.clock.now += 6
    office.pacer.pause("43", timedelta(seconds=5))
    office.sends("44")
    await office.until_all_are_sent()
    assert office.times("44") == [6.0]


async def test_chats_of_the_past_are_forgotten(office: Office) -> None:
    for number in range(5000):
        office.sends(f"chat {number}")
    await office.until_all_are_sent()
    assert len(office.pacer._chats) <= 4097
