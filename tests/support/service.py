"""Lotse in this process, wired by ``bot.app`` itself: real content, catalogues, danger words, store and channels.

Only the understanding and the search are made up, so that a story says what they understand and find:

    async with FakeTelegram() as telegram, lotse_on_telegram(telegram, sqlite_url(folder)) as lotse:
        lotse.understanding.learns("Wo melde ich mich an?", intent="register-address", language="de")
        phone = telegram.phone(language="de")
        await phone.send("Wo melde ich mich an?")
        answer = await phone.message()
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from aiohttp import web

from bot.app import Knowledge, Lotse, _open_web, running
from bot.channels.telegram.pacing import Pacer
from bot.channels.telegram.rendering import TelegramRenderer
from bot.channels.telegram.telegram import Telegram
from bot.channels.webchat.rendering import WebRenderer
from bot.channels.webchat.streams import Streams
from bot.conversation.utterance import OUT_OF_SCOPE, Decision, Utterance
from bot.i18n.catalogues import Catalogues, Phrases, read_catalogues
from bot.i18n.languages import Languages, read_languages
from bot.library.library import Library
from bot.library.pages import Page
from bot.library.shelf import Shelf
from bot.settings import DANGER_DIR, LOCALES_DIR, Settings, read_settings
from bot.store.store import Store
from bot.turns.ports import Transport
from bot.turns.take_turn import Speech
from bot.understanding.danger import DangerWords, read_danger_words
from tests.conftest import ROOT, TODAY
from tests.support.databases import an_open_store, sqlite_url
from tests.support.dialogue import an_utterance
from tests.telegram_api.server import TOKEN, FakeTelegram

# A Fernet key like any other; it opens nothing but the databases of tests.
SECRET = "bG90c2UtbG90c2UtbG90c2UtbG90c2UtbG90c2UtbG8="
WEBHOOK_SECRET = "only-telegram-knows-this"


class FakeUnderstanding:
    """Understands the texts that it was taught; any other one means nothing to it.

    ``breaks`` says for how many more times it raises at a text. A text in ``holds`` waits there for its event; that it
    has come so far is seen by ``reached``.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.breaks: dict[str, int] = {}
        self.holds: dict[str, asyncio.Event] = {}
        self._reached: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._taught: dict[str, Utterance] = {}

    def learns(
        self,
        text: str,
        *,
        intent: str,
        decision: Decision = "answer",
        language: str | None = None,
        ranking: Sequence[str] = (),
    ) -> None:
        """From now on the text means this."""
        self._taught[text] = an_utterance(intent, decision, language, ranking)

    async def reached(self, text: str) -> None:
        """Wait until it is asked what the text means."""
        async with asyncio.timeout(10):
            await self._reached[text].wait()

    async def understand(self, text: str, locale: str | None) -> Utterance:
        self.asked.append(text)
        self._reached[text].set()
        if text in self.holds:
            await self.holds[text].wait()
        if self.breaks.get(text):
            self.breaks[text] -= 1
            raise RuntimeError("the understanding breaks at this text")
        return self._taught.get(text) or an_utterance("find-a-job", "unknown", locale, ("find-a-job", OUT_OF_SCOPE))


class FakeSearch:
    """Finds what it was told to find, and nothing for any other text."""

    def __init__(self) -> None:
        self.finds: dict[str, tuple[str, ...]] = {}

    async def find(self, text: str, locale: str) -> Sequence[str]:
        return self.finds.get(text, ())

    async def refresh(self) -> None:
        """Nothing is indexed here."""


class LeapingClock:
    """Time that stands still, and leaps over every pause: whoever would sleep goes on at once, so much later."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += max(seconds, 0.0)
        await asyncio.sleep(0)


@dataclass(frozen=True)
class Service:
    """A running Lotse. ``url`` is its web address, "" where its doors to the web are closed."""

    store: Store
    lotse: Lotse
    knowledge: Knowledge
    understanding: FakeUnderstanding
    search: FakeSearch
    streams: Streams
    telegram: Telegram | None = None
    url: str = ""

    @property
    def library(self) -> Library:
        """The content."""
        return self.knowledge.shelf.library

    def phrases(self, locale: str) -> Phrases:
        """The interface texts of a locale: ``phrases("ar")("Welcome!")``."""
        return self.knowledge.catalogues[locale]

    def page(self, topic: str, locale: str) -> Page:
        """The page of a topic, which is there."""
        page = self.library.page(topic, locale)
        assert page, f"there is no page on {topic}"
        return page

    async def idle(self) -> None:
        """Wait until everything that came is answered, delivered and marked."""
        await self.lotse.reception.idle()
        await self.lotse.delivery.idle()

    async def kept_of(self, channel: str, chat: str | int) -> dict[str, Any]:
        """All that is stored of a chat."""
        async with self.store.begin() as transaction:
            return await transaction.everything_of(channel, str(chat))


@cache
def real_languages() -> Languages:
    """The languages that Lotse knows."""
    return read_languages(LOCALES_DIR / "languages.yaml")


@cache
def real_catalogues() -> Catalogues:
    """Its interface texts."""
    return read_catalogues(LOCALES_DIR, real_languages())


@cache
def real_shelf() -> Shelf:
    """Its content, as it is on the day of the tests."""
    return Shelf(ROOT / "content", real_languages(), real_catalogues(), lambda: TODAY)


@cache
def real_danger_words() -> DangerWords:
    """Its danger words."""
    return read_danger_words(DANGER_DIR)


def sqlite_with_tables(folder: Path) -> str:
    """The address of a new SQLite file that has all tables already: to copy them is faster than to migrate anew."""
    (folder / "lotse.db").write_bytes(_tables())
    return sqlite_url(folder)


@cache
def _tables() -> bytes:
    async def migrate(folder: Path) -> None:
        async with an_open_store(sqlite_url(folder)) as store:
            await store.settle()

    with TemporaryDirectory() as name, ThreadPoolExecutor(1) as thread:  # here a loop may be running
        thread.submit(asyncio.run, migrate(Path(name))).result()
        return (Path(name) / "lotse.db").read_bytes()


def danger_phrase(language: str) -> str:
    """The first danger phrase of a language."""
    lines = (DANGER_DIR / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return next(phrase for line in lines if (phrase := line.partition("#")[0].strip()))


def some_settings(database_url: str = "sqlite+aiosqlite:///:memory:", **settings: str) -> Settings:
    """The settings of a service in a test."""
    return read_settings(
        {
            "LOTSE_DATABASE_URL": database_url,
            "LOTSE_SECRET_KEY": SECRET,
            "LOTSE_TELEGRAM_WEBHOOK_SECRET": WEBHOOK_SECRET,
            "LOTSE_CONTENT_DIR": str(ROOT / "content"),
            "LOTSE_DATA_DIR": str(Path("/nonexistent")),  # nothing may be written there
            "LOTSE_HTTP_PORT": "0",
            **{f"LOTSE_{name}": value for name, value in settings.items()},
        }
    )


def some_knowledge(settings: Settings, understanding: FakeUnderstanding, search: FakeSearch) -> Knowledge:
    """What the real service knows, with the made-up understanding and search in their places."""
    knowledge = Knowledge(settings)
    vars(knowledge).update(  # where its cached properties look first
        languages=real_languages(),
        catalogues=real_catalogues(),
        shelf=real_shelf(),
        danger=real_danger_words(),
        engine=understanding,
        search=search,
    )
    return knowledge


@asynccontextmanager
async def lotse_on_telegram(
    telegram: FakeTelegram, database_url: str, *, pacer: Pacer | None = None, public_url: str | None = None
) -> AsyncIterator[Service]:
    """Lotse on Telegram by polling. It keeps Telegram's limits in leaping time, unless given another ``pacer``."""
    settings = some_settings(database_url, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API=telegram.url)
    channel = _telegram(settings, pacer)
    speech = {"telegram": Speech(TelegramRenderer(public_url))}
    async with _running(settings, speech, {"telegram": channel.transport}, channel) as service:
        await service.lotse.reception.resume()
        await service.lotse.delivery.resume()
        polling = asyncio.create_task(channel.run_polling(service.lotse.reception.take_in))
        try:
            yield service
        finally:
            polling.cancel()
            await asyncio.gather(polling, return_exceptions=True)
    await channel.close()


@asynccontextmanager
async def lotse_on_the_web(
    database_url: str, telegram: FakeTelegram | None = None, **settings: str
) -> AsyncIterator[Service]:
    """Lotse in the browser, on a free port. With ``telegram``, that calls the webhook."""
    if telegram:
        settings |= {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API": telegram.url,
            "TELEGRAM_MODE": "webhook",
            "PUBLIC_URL": "https://lotse.example",
        }
    chosen = some_settings(database_url, **settings)
    channel = _telegram(chosen, None) if telegram else None
    speech = {"web": Speech(WebRenderer(), fetched=True), "telegram": Speech(TelegramRenderer(chosen.public_url))}
    transports: dict[str, Transport] = {"telegram": channel.transport} if channel else {}
    async with _running(chosen, speech, transports, channel) as service:
        runner = await _open_web(chosen, service.knowledge, service.lotse, service.streams, channel)
        try:
            yield Service(**{**vars(service), "url": _address(runner)})
        finally:
            runner._shutdown_timeout = 0.05  # the real one leaves open streams two seconds to end
            await runner.cleanup()
    if channel:
        await channel.close()


@asynccontextmanager
async def _running(
    settings: Settings, speech: Mapping[str, Speech], transports: Mapping[str, Transport], channel: Telegram | None
) -> AsyncIterator[Service]:
    understanding, search, streams = FakeUnderstanding(), FakeSearch(), Streams()
    knowledge = some_knowledge(settings, understanding, search)
    async with (
        an_open_store(settings.database_url, settings.secret_key) as store,
        running(settings, knowledge, store, speech, transports, streams) as lotse,
    ):
        yield Service(store, lotse, knowledge, understanding, search, streams, channel)


def _telegram(settings: Settings, pacer: Pacer | None) -> Telegram:
    with _without_certificates():
        channel = Telegram(str(settings.telegram_token), settings.telegram_api, real_languages(), real_catalogues())
    clock = LeapingClock()
    channel.transport._pacer = pacer or Pacer(now=clock, sleep=clock.sleep)
    return channel


@contextmanager
def _without_certificates() -> Iterator[None]:
    """To read the certificates of the world takes as long as a story, and nothing is encrypted on this machine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_DIR", str(Path(__file__).parent))
        patch.delenv("SSL_CERT_FILE", raising=False)
        yield


def _address(runner: web.AppRunner) -> str:
    host, port = runner.addresses[0][:2]
    return f"http://{host}:{port}"
