"""Telegram is slow, refuses, breaks off. Nothing is lost, and nobody waits for somebody else's trouble."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.process import LotseProcess
from tests.telegram_api.phone import Phone
from tests.telegram_api.server import FakeTelegram

pytestmark = [pytest.mark.drill, pytest.mark.model]

QUESTION, TITLE = "Wo melde ich meinen Wohnsitz an?", "Wohnsitz anmelden"


@dataclass
class Drill:
    telegram: FakeTelegram
    lotse: LotseProcess

    def phones(self, count: int) -> list[Phone]:
        return [self.telegram.phone(3000 + number, language="de") for number in range(count)]

    async def everybody_is_answered(self, phones: list[Phone], answers: int = 1, within: float = 60) -> None:
        async with asyncio.timeout(within):
            while any(count_answers(phone) < answers for phone in phones):
                await asyncio.sleep(0.1)


def count_answers(phone: Phone) -> int:
    return sum(message.by_bot and TITLE in message.text for message in phone.screen)


@pytest.fixture
async def drill(tmp_path: Path) -> AsyncIterator[Drill]:
    async with FakeTelegram() as telegram:
        lotse = LotseProcess(tmp_path, TELEGRAM_TOKEN=telegram.token, TELEGRAM_API=telegram.url)
        await lotse.start()
        await lotse.ready()
        yield Drill(telegram, lotse)
        await lotse.stop()
        assert not telegram.violations


async def test_too_many_requests_are_obeyed_and_nothing_is_lost(drill: Drill) -> None:
    phones = drill.phones(8)
    drill.telegram.faults.too_many_requests(6, retry_after=2)
    for phone in phones:
        await phone.send(QUESTION)
    await drill.everybody_is_answered(phones)
    refused = {send.chat: send.at for send in drill.telegram.sends if send.status == 429}
    for send in drill.telegram.sends:
        if send.status == 200 and send.chat in refused:
            assert send.at - refused[send.chat] >= 1.9, "it was sent again before the time that Telegram named"
    assert all(count_answers(phone) == 1 for phone in phones)


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_error_delays_but_loses_nothing(drill: Drill, status: int) -> None:
    phones = drill.phones(5)
    drill.telegram.faults.server_error(4, status=status)
    for phone in phones:
        await phone.send(QUESTION)
    await drill.everybody_is_answered(phones)
    assert all(count_answers(phone) == 1 for phone in phones)


async def test_a_connection_cut_before_the_message_is_taken_loses_nothing(drill: Drill) -> None:
    phones = drill.phones(5)
    drill.telegram.faults.cut_before(4)
    for phone in phones:
        await phone.send(QUESTION)
    await drill.everybody_is_answered(phones)
    assert all(count_answers(phone) == 1 for phone in phones)


async def test_a_connection_cut_after_the_message_was_taken_doubles_it_at_most_once(drill: Drill) -> None:
    phones = drill.phones(5)
    drill.telegram.faults.cut_after(3)
    for phone in phones:
        await phone.send(QUESTION)
    await drill.everybody_is_answered(phones)
    await asyncio.sleep(4)
    assert sorted(count_answers(phone) for phone in phones) == [1, 1, 2, 2, 2]


async def test_whoever_blocked_the_bot_holds_up_nobody(drill: Drill) -> None:
    gone, *others = drill.phones(6)
    await gone.send(QUESTION)
    await gone.block(tell=False)
    for phone in others:
        await phone.send(QUESTION)
    await drill.everybody_is_answered(others, within=20)
    assert count_answers(gone) == 0
    await gone.unblock()
    await gone.send(QUESTION)
    await drill.everybody_is_answered([gone])


async def test_telegram_can_be_away_for_a_while(drill: Drill) -> None:
    phones = drill.phones(3)
    async with drill.telegram.unreachable():
        for phone in phones:
            await phone.send(QUESTION)
        await asyncio.sleep(3)
    await drill.everybody_is_answered(phones)


async def test_nobody_gets_more_than_a_message_a_second_and_all_together_thirty(drill: Drill) -> None:
    phones = drill.phones(70)
    for phone in phones:
        await phone.send(QUESTION)
        await phone.send(QUESTION)
    await drill.everybody_is_answered(phones, answers=2)
    assert drill.telegram.most_sends_within(0.97) <= 30
    for phone in phones[:10]:
        assert drill.telegram.most_sends_within(0.95, chat=phone.id) == 1
