"""Telegram put together: how it connects, and the route that it calls in webhook mode."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from sqlalchemy.exc import OperationalError

from bot.channels.telegram import telegram as telegram_module
from bot.channels.telegram.telegram import WEBHOOK_PATH, Telegram
from bot.store.inbox import Inbox
from tests.support.service import (
    WEBHOOK_SECRET,
    Service,
    lotse_on_the_web,
    real_catalogues,
    real_languages,
    sqlite_with_tables,
)
from tests.support.waiting import until
from tests.telegram_api.server import TOKEN, FakeTelegram

SECRET = {"X-Telegram-Bot-Api-Secret-Token": WEBHOOK_SECRET}


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        yield fake
        assert not fake.violations


class TestWebhook:
    @pytest.fixture
    async def lotse(self, telegram: FakeTelegram, tmp_path: Any) -> AsyncIterator[Service]:
        async with lotse_on_the_web(sqlite_with_tables(tmp_path), telegram) as service:
            assert service.telegram
            await service.telegram.run_webhook("https://lotse.example", WEBHOOK_SECRET)
            yield service

    async def calls(self, lotse: Service, update: Any, headers: dict[str, str] | None = None) -> int:
        """Telegram calls with an update, and is answered with this status."""
        async with aiohttp.ClientSession(lotse.url) as client:
            body = json.dumps(update)
            given = SECRET if headers is None else headers
            async with client.post(WEBHOOK_PATH, data=body, headers=given) as answer:
                return answer.status

    async def pending(self, telegram: FakeTelegram) -> dict[str, Any]:
        (update,) = telegram.updates.pending
        return update

    async def test_telegram_is_told_where_to_call_and_how_to_prove_itself(
        self, telegram: FakeTelegram, lotse: Service
    ) -> None:
        assert telegram.webhook
        assert telegram.webhook.url == "https://lotse.example/telegram/webhook"
        assert telegram.webhook.secret_token == WEBHOOK_SECRET
        await telegram.phone().post_in_channel("News")
        assert telegram.updates.pending == [], "and what it need not bring"

    async def test_an_update_is_answered(self, telegram: FakeTelegram, lotse: Service) -> None:
        phone = telegram.phone(language="en")
        await phone.send("/help")
        assert await self.calls(lotse, await self.pending(telegram)) == 200
        assert "How I can help" in (await phone.message()).text

    async def test_a_press_stops_blinking(self, telegram: FakeTelegram, lotse: Service) -> None:
        phone = telegram.phone(language="en")
        await phone.send("/menu")
        await self.calls(lotse, telegram.updates.pending[-1])
        await phone.message()
        await phone.press("🧭 Arriving")
        assert await self.calls(lotse, telegram.updates.pending[-1]) == 200
        assert (await phone.message()).edited
        await until(lambda: not phone.blinking)

    async def test_the_same_update_twice_is_answered_once(self, telegram: FakeTelegram, lotse: Service) -> None:
        phone = telegram.phone(language="en")
        await phone.send("/help")
        update = await self.pending(telegram)
        assert [await self.calls(lotse, update), await self.calls(lotse, update)] == [200, 200]
        await lotse.idle()
        assert phone.unread == 1

    @pytest.mark.parametrize(
        "headers",
        [{}, {"X-Telegram-Bot-Api-Secret-Token": ""}, {"X-Telegram-Bot-Api-Secret-Token": WEBHOOK_SECRET[:-1]}],
    )
    async def test_whoever_does_not_know_the_secret_finds_nothing_there(
        self, telegram: FakeTelegram, lotse: Service, headers: dict[str, str]
    ) -> None:
        phone = telegram.phone(language="en")
        await phone.send("/help")
        assert await self.calls(lotse, await self.pending(telegram), headers) == 404
        await lotse.idle()
        assert phone.unread == 0

    async def test_it_is_confirmed_only_when_it_is_committed(
        self, telegram: FakeTelegram, lotse: Service, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def away(*_: object) -> None:
            raise OperationalError("INSERT", {}, Exception("connection refused"))

        phone = telegram.phone(language="en")
        await phone.send("/help")
        update = await self.pending(telegram)
        with monkeypatch.context() as outage:
            outage.setattr(Inbox, "add", away)
            assert await self.calls(lotse, update) == 503
        assert await self.calls(lotse, update) == 200
        assert "How I can help" in (await phone.message()).text

    async def test_an_update_of_no_known_form_is_taken_and_skipped(
        self, telegram: FakeTelegram, lotse: Service
    ) -> None:
        """Otherwise Telegram would bring it again and again, and nothing else."""
        assert await self.calls(lotse, {"update_id": 1, "message": {"new": "form"}}) == 200
        assert await self.calls(lotse, {"update_id": 2}) == 200


class TestConnecting:
    async def test_it_tries_until_telegram_is_there(
        self, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pauses: list[float] = []

        async def no_pause(seconds: float) -> None:
            pauses.append(seconds)

        telegram.faults.server_error(times=3, methods={"getMe"})
        channel = Telegram(TOKEN, telegram.url, real_languages(), real_catalogues())
        monkeypatch.setattr(telegram_module, "asyncio", _AsyncioWith(no_pause))
        await channel._connect()
        assert channel.connected
        assert pauses == [1.0, 2.0, 4.0]
        await channel.close()

    async def test_a_wrong_token_is_named_and_tried_again_after_a_minute(
        self, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        paused = asyncio.Event()
        pauses: list[float] = []

        async def notes_the_pause(seconds: float) -> None:
            pauses.append(seconds)
            paused.set()
            await asyncio.Event().wait()

        channel = Telegram("987654321:wrong", telegram.url, real_languages(), real_catalogues())
        monkeypatch.setattr(telegram_module, "asyncio", _AsyncioWith(notes_the_pause))
        connecting = asyncio.create_task(channel._connect())
        await paused.wait()
        assert pauses == [60.0]
        assert "LOTSE_TELEGRAM_TOKEN is not valid" in caplog.text
        assert "wrong" not in caplog.text, "a token is never written to the log"
        connecting.cancel()
        await asyncio.gather(connecting, return_exceptions=True)
        assert not channel.connected

    async def test_polling_takes_an_old_webhook_away(self, telegram: FakeTelegram) -> None:
        channel = Telegram(TOKEN, telegram.url, real_languages(), real_catalogues())
        await channel.run_webhook("https://lotse.example", WEBHOOK_SECRET)
        arrived = asyncio.Event()

        async def take_in(_arrivals: object) -> None:
            arrived.set()

        polling = asyncio.create_task(channel.run_polling(take_in))
        await telegram.phone().send("Hallo")
        async with asyncio.timeout(5):
            await arrived.wait()
        assert telegram.webhook is None
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)
        await channel.close()


class _AsyncioWith:
    """The module asyncio with another sleep."""

    def __init__(self, sleep: Any) -> None:
        self.sleep = sleep

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)
