"""Telegram is slow, forgetful or gone. Nothing is lost, and nobody notices more than a delay."""

import asyncio
from datetime import timedelta

import pytest

from bot.channels.telegram import sender
from bot.channels.telegram.pacing import Pacer
from bot.store.inbox import Inbox
from bot.turns.answers import Answers
from tests.support.service import Service, lotse_on_telegram
from tests.support.waiting import until
from tests.telegram_api.phone import Phone
from tests.telegram_api.server import FakeTelegram


@pytest.fixture(autouse=True)
def _soon_is_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    """What may go through at the next try is tried again after a tenth of a second instead of a second."""
    monkeypatch.setattr(sender, "_SOON", timedelta(seconds=0.1))


async def until_idle(phone: Phone, lotse: Service) -> None:
    """Everything that this phone sent before is answered: a message after it has gone all the way."""
    await phone.send("/person")
    while "Talk to a person" not in (await phone.message()).text:
        pass
    await lotse.idle()


async def test_an_update_that_comes_three_times_is_answered_once(telegram: FakeTelegram, lotse: Service) -> None:
    telegram.repeat_updates(3)
    phone = telegram.phone(language="en")
    await phone.send("/help")
    assert "How I can help" in (await phone.message()).text
    await phone.send("/person")
    assert "Talk to a person" in (await phone.message()).text
    await until(lambda: not telegram.updates.pending)
    await lotse.idle()
    assert phone.unread == 0


async def test_the_same_menu_twice_is_no_error(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="en")
    await phone.send("/menu")
    menu = await phone.message()
    await phone.press("☰ Menu")  # the edit would change nothing, and Telegram says so
    await phone.press("☰ Menu")
    await until_idle(phone, lotse)
    assert [message.id for message in phone.screen if message.by_bot] == [menu.id, phone.screen[-1].id]


async def test_a_screen_that_cannot_be_edited_any_more_is_sent_anew(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="en")
    await phone.send("/menu")
    menu = await phone.message()
    await phone.press("🧭 Arriving")
    del telegram.chat(phone.id)._messages[menu.id]  # the newcomer deleted it at the same moment
    group = await phone.message()
    assert not group.edited
    assert group.find(lotse.page("register-address", "en").title)


async def test_lotse_waits_when_telegram_tells_it_to(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="en")
    telegram.faults.too_many_requests(retry_after=1, chat=phone.id)
    await phone.send("/help")
    assert "How I can help" in (await phone.message()).text
    refused, taken = [send for send in telegram.sends if send.chat == phone.id]
    assert (refused.status, taken.status) == (429, 200)
    assert taken.at - refused.at >= 0.99


async def test_others_are_answered_while_one_chat_has_to_wait(telegram: FakeTelegram, lotse: Service) -> None:
    waiting, other = telegram.phone(1, language="en"), telegram.phone(2, language="en")
    telegram.faults.too_many_requests(retry_after=3600, chat=waiting.id)
    await waiting.send("/help")
    await other.send("/help")
    assert "How I can help" in (await other.message()).text
    assert waiting.unread == 0


async def test_a_message_of_which_nobody_knows_whether_it_arrived_is_sent_again(
    telegram: FakeTelegram, lotse: Service
) -> None:
    phone = telegram.phone(language="en")
    telegram.faults.cut_after(chat=phone.id)
    await phone.send("/help")
    first, second = await phone.message(), await phone.message()
    assert first.text == second.text
    await until_idle(phone, lotse)
    assert phone.unread == 0, "doubled once for each uncertainty, no more"


async def test_a_message_that_did_not_get_through_is_sent_again(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="en")
    telegram.faults.cut_before(chat=phone.id)
    await phone.send("/help")
    assert "How I can help" in (await phone.message()).text
    await until_idle(phone, lotse)
    assert phone.unread == 0


async def test_a_failing_gateway_loses_nothing(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="en")
    telegram.faults.server_error(status=502, chat=phone.id)
    await phone.send("/help")
    await phone.send("/person")
    assert "How I can help" in (await phone.message()).text
    assert "Talk to a person" in (await phone.message()).text


async def test_a_failing_getupdates_is_tried_again(telegram: FakeTelegram, lotse: Service) -> None:
    telegram.faults.server_error(status=502, methods={"getUpdates"})
    phone = telegram.phone(language="en")
    await phone.send("/help")
    assert "How I can help" in (await phone.message()).text


async def test_lotse_starts_while_telegram_is_away_and_answers_when_it_is_back(
    telegram: FakeTelegram, database: str
) -> None:
    phone = telegram.phone(language="en")
    await phone.send("/help")
    async with telegram.unreachable():
        lotse_starts = lotse_on_telegram(telegram, database)
        lotse = await lotse_starts.__aenter__()
        assert lotse.telegram
        await asyncio.sleep(0.1)  # it tries in vain
        assert not lotse.telegram.connected
    try:
        assert "How I can help" in (await phone.message()).text
        assert lotse.telegram.connected
    finally:
        await lotse_starts.__aexit__(None, None, None)


async def test_what_was_not_delivered_before_a_stop_is_delivered_after_the_next_start(
    telegram: FakeTelegram, database: str
) -> None:
    phone = telegram.phone(language="en")
    telegram.faults.too_many_requests(retry_after=3600, chat=phone.id)
    async with lotse_on_telegram(telegram, database) as lotse:
        await phone.send("/help")
        await until(lambda: telegram.sends)
        await lotse.lotse.reception.idle()
    assert phone.unread == 0
    async with lotse_on_telegram(telegram, database) as lotse:
        assert "How I can help" in (await phone.message()).text
        await lotse.idle()
    assert phone.unread == 0


async def test_what_was_not_answered_before_a_crash_is_answered_after_the_next_start(
    telegram: FakeTelegram, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    working = asyncio.Event()

    async def never_done(*_: object) -> None:
        working.set()
        await asyncio.Event().wait()

    phone = telegram.phone(language="en")
    with monkeypatch.context() as crash:
        crash.setattr(Answers, "work_out", never_done)
        async with lotse_on_telegram(telegram, database):
            await phone.send("/help")
            await working.wait()
    async with lotse_on_telegram(telegram, database):
        assert "How I can help" in (await phone.message()).text


async def test_updates_that_could_not_be_kept_come_again(
    telegram: FakeTelegram, lotse: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = asyncio.Event()

    async def no_room(*_: object) -> None:
        tried.set()
        raise OSError("no space left on device")

    phone = telegram.phone(language="en")
    with monkeypatch.context() as outage:
        outage.setattr(Inbox, "add", no_room)
        await phone.send("/help")
        await tried.wait()
    assert len(telegram.updates.pending) == 1, "not confirmed"
    assert "How I can help" in (await phone.message()).text


async def test_nobody_gets_more_than_one_message_a_second(telegram: FakeTelegram, database: str) -> None:
    async with lotse_on_telegram(telegram, database, pacer=Pacer()):
        hasty, other = telegram.phone(1, language="en"), telegram.phone(2, language="en")
        for _ in range(3):
            await hasty.send("/help")
        await other.send("/help")
        await other.message()
        for _ in range(3):
            await hasty.message()
    assert telegram.most_sends_within(0.9, chat=hasty.id) == 1
    first = next(send.at for send in telegram.sends if send.chat == hasty.id)
    waited = next(send.at for send in telegram.sends if send.chat == other.id) - first
    assert waited < 1, "others need not wait for it"
