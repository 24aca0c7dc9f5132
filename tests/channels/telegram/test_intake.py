import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.channels.telegram.intake import TelegramIntake
from bot.store.arrivals import Arrival
from tests.support.waiting import until
from tests.telegram_api.server import FakeTelegram


class Inbox:
    """Keeps arrivals; the next ``failures`` times it cannot."""

    def __init__(self) -> None:
        self.kept: list[Arrival] = []
        self.failures = 0
        self.pending_then: list[int] = []
        self.news = asyncio.Condition()
        self.telegram: FakeTelegram | None = None

    async def take_in(self, arrivals: Sequence[Arrival]) -> None:
        async with self.news:
            if self.failures:
                self.failures -= 1
                raise OSError("disk full")
            assert self.telegram
            self.pending_then.append(len(self.telegram.updates.pending))
            self.kept.extend(arrivals)
            self.news.notify_all()

    async def until_kept(self, number: int) -> list[str]:
        async with asyncio.timeout(10), self.news:
            await self.news.wait_for(lambda: len(self.kept) >= number)
        return [arrival.content for arrival in self.kept]


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        yield fake
        assert not fake.violations


@pytest.fixture
def inbox(telegram: FakeTelegram) -> Inbox:
    inbox = Inbox()
    inbox.telegram = telegram
    return inbox


@pytest.fixture
async def polling(telegram: FakeTelegram, inbox: Inbox) -> AsyncIterator[asyncio.Task[None]]:
    """An intake that polls."""
    bot = Bot(telegram.token, base_url=f"{telegram.url}/bot", get_updates_request=HTTPXRequest())
    async with bot:
        task = asyncio.create_task(TelegramIntake(bot, inbox.take_in, long_poll_seconds=1).poll())
        yield task
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.mark.usefixtures("polling")
class TestPolling:
    async def test_updates_are_kept_in_their_order(self, telegram: FakeTelegram, inbox: Inbox) -> None:
        for text in ("one", "two", "three"):
            await telegram.phone().send(text)
        assert await inbox.until_kept(3) == ["one", "two", "three"]

    async def test_telegram_is_told_only_what_is_kept(self, telegram: FakeTelegram, inbox: Inbox) -> None:
        await telegram.phone().send("one")
        await inbox.until_kept(1)
        await telegram.phone().send("two")
        await inbox.until_kept(2)
        assert inbox.pending_then == [1, 1], "while an update is being kept, Telegram still has it"
        await until(lambda: not telegram.updates.pending)

    async def test_what_could_not_be_kept_comes_again(self, telegram: FakeTelegram, inbox: Inbox) -> None:
        inbox.failures = 1
        await telegram.phone().send("one")
        assert await inbox.until_kept(1) == ["one"]

    async def test_an_update_of_no_known_form_is_skipped_and_keeps_nobody_waiting(
        self, telegram: FakeTelegram, inbox: Inbox
    ) -> None:
        # A poll as Telegram described it before Bot API 9.6: python-telegram-bot raises TypeError at it.
        poll = {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False}
        await telegram.phone().send_content(poll=poll)
        await telegram.phone().send("one")
        assert await inbox.until_kept(1) == ["one"]

    async def test_a_button_stops_blinking_even_where_it_gets_no_answer(
        self, telegram: FakeTelegram, inbox: Inbox
    ) -> None:
        telegram.chats.unanswered["q"] = -5
        group = {"id": -5, "type": "group", "title": "Deutschkurs"}
        telegram.updates.add(
            "callback_query",
            {
                "id": "q",
                "from": {"id": 42, "is_bot": False, "first_name": "Amina"},
                "message": {"message_id": 1, "date": 1, "chat": group, "text": "…"},
                "chat_instance": "1",
                "data": "menu",
            },
        )
        await until(lambda: not telegram.chats.unanswered)
        assert inbox.kept == []


async def test_a_press_that_cannot_be_acknowledged_any_more_is_answered_all_the_same(
    telegram: FakeTelegram, inbox: Inbox, polling: asyncio.Task[None]
) -> None:
    """Telegram gives fifteen seconds or so; after an outage they are over."""
    telegram.updates.add(
        "callback_query",
        {
            "id": "too old",
            "from": {"id": 42, "is_bot": False, "first_name": "Amina"},
            "message": {"message_id": 1, "date": 1, "chat": {"id": 42, "type": "private"}, "text": "…"},
            "chat_instance": "1",
            "data": "menu",
        },
    )
    assert await inbox.until_kept(1) == ["menu"]
    await telegram.phone().send("one")
    assert await inbox.until_kept(2) == ["menu", "one"]
    assert not polling.done()
