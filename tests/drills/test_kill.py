"""Lotse is killed again and again while people wait for answers. Nobody may notice more than a delay."""

import asyncio
import random
from itertools import groupby
from pathlib import Path

import pytest

from tests.support.process import LotseProcess
from tests.telegram_api.phone import Phone
from tests.telegram_api.server import FakeTelegram

pytestmark = [pytest.mark.drill, pytest.mark.model]

KILLS = 20
PEOPLE, QUESTIONS_EACH = 50, 4

QUESTIONS = {
    "Wo melde ich meinen Wohnsitz an?": "Wohnsitz anmelden",
    "Ich suche eine Wohnung": "Wohnung finden",
    "Ich brauche einen Kitaplatz für mein Kind": "Kita-Platz",
    "Wie trenne ich den Müll?": "Müll",
    "Ich möchte ein Bankkonto eröffnen": "Bankkonto",
    "Ich habe Schulden und kann die Rechnungen nicht bezahlen": "Schulden",
    "Wie bekomme ich die deutsche Staatsangehörigkeit?": "Einbürgerung",
    "Wo finde ich einen Arzt?": "Arzt",
}


def _answers(phone: Phone) -> list[str]:
    """The titles of the answers on a phone, in their order; one that came twice in a row counts once."""
    titles = [message.text.split("\n", 1)[0] for message in phone.screen if message.by_bot]
    return [title for title, _again in groupby(titles)]


async def test_every_question_is_answered_in_order_although_lotse_is_killed_twenty_times(tmp_path: Path) -> None:
    luck = random.Random(2026)
    async with FakeTelegram() as telegram:
        lotse = LotseProcess(tmp_path, TELEGRAM_TOKEN=telegram.token, TELEGRAM_API=telegram.url)
        phones = [telegram.phone(1000 + number, language="de") for number in range(PEOPLE)]
        asked = {phone.id: luck.sample(sorted(QUESTIONS), QUESTIONS_EACH) for phone in phones}
        waiting = [(phone, number) for number in range(QUESTIONS_EACH) for phone in phones]
        try:
            for _kill in range(KILLS):
                await lotse.start()
                batch, waiting = waiting[: len(phones) * QUESTIONS_EACH // KILLS], waiting[10:]
                for phone, number in batch:
                    await phone.send(asked[phone.id][number])
                await asyncio.sleep(luck.uniform(0.3, 6.0))
                await lotse.kill()
            assert not waiting
            await lotse.start()
            await lotse.ready()
            async with asyncio.timeout(120):
                while any(len(_answers(phone)) < QUESTIONS_EACH for phone in phones):
                    await asyncio.sleep(0.2)
            await asyncio.sleep(2)  # whatever would come too much has come now
        finally:
            await lotse.stop()
        for phone in phones:
            expected = [QUESTIONS[text] for text in asked[phone.id]]
            got = _answers(phone)
            assert len(got) == len(expected), (got, expected)
            assert all(title in answer for title, answer in zip(expected, got, strict=True)), (got, expected)
        doubled = len([m for phone in phones for m in phone.screen if m.by_bot]) - PEOPLE * QUESTIONS_EACH
        assert doubled <= KILLS * PEOPLE // 10, f"{doubled} answers came twice"
        assert not telegram.violations


async def test_an_update_that_comes_three_times_is_answered_once(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        telegram.repeat_updates(3)
        lotse = LotseProcess(tmp_path, TELEGRAM_TOKEN=telegram.token, TELEGRAM_API=telegram.url)
        phones = [telegram.phone(2000 + number, language="de") for number in range(10)]
        await lotse.start()
        try:
            await lotse.ready()
            for text in list(QUESTIONS)[:3]:
                for phone in phones:
                    await phone.send(text)
            async with asyncio.timeout(60):
                while any(len([m for m in phone.screen if m.by_bot]) < 3 for phone in phones):
                    await asyncio.sleep(0.1)
            await asyncio.sleep(3)
        finally:
            assert await lotse.stop() == 0
        for phone in phones:
            assert len([message for message in phone.screen if message.by_bot]) == 3
        assert not telegram.violations
