"""Telegram, put together."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web
from telegram import Bot
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram.intake import TakeIn, TelegramIntake
from bot.channels.telegram.pacing import Pacer
from bot.channels.telegram.profile import introduce
from bot.channels.telegram.sender import TelegramSender
from bot.channels.telegram.updates import ALLOWED
from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import Languages

log = logging.getLogger(__name__)

WEBHOOK_PATH = "/telegram/webhook"
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
_LONGEST_PAUSE = 60.0


class Telegram:
    """The Telegram channel. ``transport`` sends; ``run`` receives until it is cancelled."""

    def __init__(self, token: str, api: str, languages: Languages, catalogues: Catalogues) -> None:
        self._bot = Bot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=HTTPXRequest(connection_pool_size=64, pool_timeout=30, read_timeout=15, connect_timeout=10),
            get_updates_request=HTTPXRequest(connection_pool_size=2, connect_timeout=10),
        )
        self._languages = languages
        self._catalogues = catalogues
        self.transport = TelegramSender(self._bot, Pacer())
        self.connected = False

    async def run_polling(self, take_in: TakeIn) -> None:
        """Connect, introduce the bot and fetch updates until cancelled."""
        await self._connect()
        await self._persist(self._bot.delete_webhook)
        introducing = asyncio.create_task(introduce(self._bot, self._languages, self._catalogues))
        try:
            await TelegramIntake(self._bot, take_in).poll()
        finally:
            introducing.cancel()

    async def run_webhook(self, public_url: str, secret: str) -> None:
        """Connect and have Telegram call us; the calls come through the route of ``webhook``."""
        await self._connect()
        address = public_url + WEBHOOK_PATH
        await self._persist(lambda: self._bot.set_webhook(address, secret_token=secret, allowed_updates=list(ALLOWED)))
        log.info("telegram: webhook set")
        await introduce(self._bot, self._languages, self._catalogues)

    def webhook(self, take_in: TakeIn, secret: str) -> web.RouteDef:
        """The route that Telegram calls. It answers 200 only when the update is committed."""
        intake = TelegramIntake(self._bot, take_in)

        async def receive(request: web.Request) -> web.Response:
            if request.headers.get(_SECRET_HEADER) != secret:
                raise web.HTTPNotFound
            update = await request.json()
            try:
                await intake.take([update])
            except Exception as error:
                log.exception("telegram: update could not be kept")
                raise web.HTTPServiceUnavailable from error
            return web.Response()

        return web.post(WEBHOOK_PATH, receive)

    async def close(self) -> None:
        """Close the connections."""
        await self._bot.shutdown()

    async def _connect(self) -> None:
        await self._persist(self._bot.initialize)
        self.connected = True
        log.info("telegram: connected as bot %d", self._bot.id)

    async def _persist(self, call: Callable[[], Awaitable[object]]) -> None:
        """Call until it works: Telegram may be away when Lotse starts."""
        pause = 1.0
        while True:
            try:
                await call()
            except InvalidToken:
                log.error("telegram: LOTSE_TELEGRAM_TOKEN is not valid; ask BotFather for the right one")  # noqa: TRY400
                pause = _LONGEST_PAUSE
            except TelegramError as error:
                log.warning("telegram: cannot connect (%s), again in %.0f s", error.message, pause)
            else:
                return
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
