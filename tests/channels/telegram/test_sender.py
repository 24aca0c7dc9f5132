"""What becomes of a message, as Telegram's answer tells it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from telegram import Bot
from telegram.error import NetworkError
from telegram.request import HTTPXRequest

from bot.channels.telegram.pacing import Pacer
from bot.channels.telegram.sender import TelegramSender
from bot.store.outbox import Payload
from bot.turns.ports import Delivered, Later, Refused
from tests.support.service import LeapingClock
from tests.telegram_api.server import FakeTelegram

HELLO: Payload = {"method": "sendMessage", "text": "<b>Hello</b>"}


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        yield fake


@pytest.fixture
def clock() -> LeapingClock:
    return LeapingClock()


@pytest.fixture
async def sender(telegram: FakeTelegram, clock: LeapingClock) -> AsyncIterator[TelegramSender]:
    request = HTTPXRequest(read_timeout=0.3, connect_timeout=0.3)
    async with Bot(telegram.token, base_url=f"{telegram.url}/bot", request=request) as bot:
        yield TelegramSender(bot, Pacer(now=clock, sleep=clock.sleep))


async def test_a_message_is_delivered_with_its_buttons(telegram: FakeTelegram, sender: TelegramSender) -> None:
    phone = telegram.phone()
    buttons = [
        [{"text": "Menu", "callback_data": "menu"}, {"text": "Map", "url": "https://www.peine.de"}],
        [{"text": "📋 112", "copy_text": {"text": "112"}}],
    ]
    assert await sender.send("42", {**HELLO, "buttons": buttons}) == Delivered()
    message = await phone.message()
    assert (message.text, message.html) == ("Hello", "<b>Hello</b>")
    assert message.button("Menu").data == "menu"
    assert message.button("Map").url == "https://www.peine.de"
    assert message.button("112").copies == "112"
    assert not telegram.violations


async def test_an_edit_changes_the_message(telegram: FakeTelegram, sender: TelegramSender) -> None:
    phone = telegram.phone()
    await sender.send("42", HELLO)
    first = await phone.message()
    edit = {"method": "editMessageText", "message_id": first.id, "text": "Bye"}
    assert await sender.send("42", edit) == Delivered()
    assert [message.text for message in phone.screen] == ["Bye"]
    assert await sender.send("42", edit) == Delivered(), "an edit that changes nothing is as good as done"
    assert not telegram.violations


async def test_an_edit_of_a_message_that_is_gone_is_sent_anew(telegram: FakeTelegram, sender: TelegramSender) -> None:
    phone = telegram.phone()
    assert await sender.send("42", {"method": "editMessageText", "message_id": 99, "text": "Bye"}) == Delivered()
    assert (await phone.message()).text == "Bye"


async def test_an_edit_of_somebody_elses_message_is_sent_anew(telegram: FakeTelegram, sender: TelegramSender) -> None:
    phone = telegram.phone()
    theirs = await phone.send("Hallo")
    assert await sender.send("42", {"method": "editMessageText", "message_id": theirs, "text": "Bye"}) == Delivered()
    assert [message.text for message in phone.screen] == ["Hallo", "Bye"]


async def test_markup_that_telegram_cannot_read_is_given_up_but_not_the_text(
    telegram: FakeTelegram, sender: TelegramSender, caplog: pytest.LogCaptureFixture
) -> None:
    phone = telegram.phone()
    assert await sender.send("42", {**HELLO, "text": "1 &lt; 2 <b>secret"}) == Delivered()
    assert (await phone.message()).text == "1 < 2 secret"
    assert "cannot read our markup" in caplog.text
    assert "secret" not in caplog.text


async def test_what_telegram_never_takes_is_refused(telegram: FakeTelegram, sender: TelegramSender) -> None:
    telegram.phone()
    outcome = await sender.send("42", {**HELLO, "buttons": [[{"text": "Menu", "callback_data": "x" * 65}]]})
    assert isinstance(outcome, Refused)
    assert not outcome.blocked


async def test_who_blocked_the_bot_is_told_apart(telegram: FakeTelegram, sender: TelegramSender) -> None:
    await telegram.phone().block(tell=False)
    outcome = await sender.send("42", HELLO)
    assert isinstance(outcome, Refused)
    assert outcome.blocked


async def test_a_chat_that_does_not_exist_is_as_good_as_blocked(telegram: FakeTelegram, sender: TelegramSender) -> None:
    outcome = await sender.send("4711", HELLO)
    assert isinstance(outcome, Refused)
    assert outcome.blocked


async def test_too_many_requests_come_back_later_and_the_chat_rests_so_long(
    telegram: FakeTelegram, sender: TelegramSender, clock: LeapingClock
) -> None:
    telegram.phone()
    telegram.faults.too_many_requests(retry_after=17)
    assert await sender.send("42", HELLO) == Later(timedelta(seconds=17))
    assert await sender.send("42", HELLO) == Delivered()
    assert sum(clock.slept) == pytest.approx(17)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_failing_server_may_have_taken_the_message(
    telegram: FakeTelegram, sender: TelegramSender, status: int
) -> None:
    telegram.phone()
    telegram.faults.server_error(status=status)
    assert await sender.send("42", HELLO) == Later(timedelta(seconds=1), uncertain=True)


async def test_a_connection_that_breaks_leaves_it_open_whether_the_message_came(
    telegram: FakeTelegram, sender: TelegramSender
) -> None:
    telegram.phone()
    telegram.faults.cut_after()
    outcome = await sender.send("42", HELLO)
    assert isinstance(outcome, Later)
    assert outcome.uncertain


async def test_an_answer_that_comes_too_late_leaves_it_open_too(telegram: FakeTelegram, sender: TelegramSender) -> None:
    telegram.phone()
    telegram.faults.slow(1.0)
    outcome = await sender.send("42", HELLO)
    assert isinstance(outcome, Later)
    assert outcome.uncertain


async def test_what_never_left_is_certain_not_to_have_come(telegram: FakeTelegram) -> None:
    telegram.phone()
    bot = Bot(telegram.token, base_url=f"{telegram.url}/bot")  # without any connection so far
    async with telegram.unreachable():
        assert await TelegramSender(bot, Pacer()).send("42", HELLO) == Later(timedelta(seconds=1), uncertain=False)
    for request in bot._request:
        await request.shutdown()


async def test_a_token_that_was_revoked_is_no_reason_to_throw_messages_away(
    telegram: FakeTelegram, sender: TelegramSender
) -> None:
    telegram.phone()
    telegram.token = "123456789:another"
    outcome = await sender.send("42", HELLO)
    assert outcome == Later(timedelta(seconds=30))


async def test_many_chats_are_written_to_at_the_same_time(telegram: FakeTelegram, sender: TelegramSender) -> None:
    phones = [telegram.phone(chat) for chat in range(100, 150)]
    outcomes = await asyncio.gather(*[sender.send(str(phone.id), HELLO) for phone in phones])
    assert set(outcomes) == {Delivered()}
    for phone in phones:
        assert (await phone.message()).text == "Hello"


def test_the_cause_of_a_network_error_tells_whether_anything_left() -> None:
    from bot.channels.telegram.sender import _never_left  # noqa: PLC0415 - a table of its own

    def error(cause: Exception | None) -> NetworkError:
        raised = NetworkError("httpx")
        raised.__cause__ = cause
        return raised

    assert _never_left(error(httpx.ConnectError("refused")))
    assert _never_left(error(httpx.ConnectTimeout("no answer")))
    assert _never_left(error(httpx.PoolTimeout("no connection free")))
    assert not _never_left(error(httpx.ReadTimeout("no answer yet")))
    assert not _never_left(error(None))
