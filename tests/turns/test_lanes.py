import asyncio

import pytest

from bot.turns.lanes import Lanes
from tests.support.waiting import until


class Work:
    """Notes what was begun and done. An item in ``holds`` is not done before its event is set."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.done: list[str] = []
        self.holds: dict[str, asyncio.Event] = {}
        self.at_work = 0
        self.most_at_work = 0

    async def __call__(self, item: str) -> None:
        self.begun.append(item)
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        await asyncio.sleep(0)
        if item in self.holds:
            await self.holds[item].wait()
        self.at_work -= 1
        self.done.append(item)


@pytest.fixture
def work() -> Work:
    return Work()


async def test_the_items_of_a_lane_are_done_one_after_the_other(work: Work) -> None:
    lanes = Lanes(work, width=8)
    for item in ("a1", "a2", "a3"):
        lanes.put("a", item)
    await lanes.idle()
    assert work.done == ["a1", "a2", "a3"]
    assert work.most_at_work == 1


async def test_a_lane_that_is_held_up_holds_nobody_else_up(work: Work) -> None:
    work.holds["a1"] = asyncio.Event()
    lanes = Lanes(work, width=8)
    for lane, item in (("a", "a1"), ("a", "a2"), ("b", "b1"), ("c", "c1"), ("b", "b2")):
        lanes.put(lane, item)
    await until(lambda: len(work.done) == 3)
    assert sorted(work.done) == ["b1", "b2", "c1"]
    work.holds["a1"].set()
    await lanes.idle()
    assert work.done[3:] == ["a1", "a2"]


async def test_no_more_lanes_are_at_work_than_there_is_room_for(work: Work) -> None:
    lanes = Lanes(work, width=3)
    for number in range(20):
        lanes.put(number, f"item {number}")
    await lanes.idle()
    assert work.most_at_work == 3
    assert len(work.done) == 20


async def test_an_item_that_comes_while_its_lane_is_at_work_waits_for_its_turn(work: Work) -> None:
    work.holds["first"] = asyncio.Event()
    lanes = Lanes(work, width=8)
    lanes.put("a", "first")
    await until(lambda: work.begun)
    lanes.put("a", "second")
    await asyncio.sleep(0)
    assert work.begun == ["first"]
    work.holds["first"].set()
    await lanes.idle()
    assert work.done == ["first", "second"]


async def test_a_lane_is_gone_when_it_has_nothing_to_do(work: Work) -> None:
    lanes = Lanes(work, width=8)
    lanes.put("a", "a1")
    lanes.put("b", "b1")
    assert len(lanes) == 2
    await lanes.idle()
    assert len(lanes) == 0
    lanes.put("a", "a2")
    await lanes.idle()
    assert work.done[-1] == "a2"


async def test_whoever_waits_for_idle_waits_for_what_comes_meanwhile_too() -> None:
    done: list[int] = []

    async def countdown(number: int) -> None:
        done.append(number)
        if number:
            lanes.put(number - 1, number - 1)

    lanes = Lanes(countdown, width=2)
    lanes.put(5, 5)
    await lanes.idle()
    assert done == [5, 4, 3, 2, 1, 0]


async def test_stopping_drops_what_is_not_done(work: Work) -> None:
    work.holds["a1"] = asyncio.Event()
    lanes = Lanes(work, width=8)
    lanes.put("a", "a1")
    lanes.put("a", "a2")
    await asyncio.sleep(0)
    await lanes.stop()
    assert work.done == []
    assert len(lanes) == 0
    await lanes.idle()
