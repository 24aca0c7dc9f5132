"""A Bot API server on 127.0.0.1, to be used in place of https://api.telegram.org."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.telegram_api import validation
from tests.telegram_api.chats import Chat, Chats
from tests.telegram_api.errors import ApiError, Violation, ViolationError
from tests.telegram_api.faults import SENDS, Faults
from tests.telegram_api.methods import Methods, Webhook
from tests.telegram_api.phone import Phone
from tests.telegram_api.updates import Updates

TOKEN = "123456789:AAFakeTokenForTests-0123456789abcdefg"
_HOST = "127.0.0.1"
_GATEWAY_PAGES = {502, 503, 504}


@dataclass(slots=True)
class Send:
    """One attempt of the bot to send or edit. ``at`` is in seconds of the event loop's clock.

    ``status`` is what the bot was answered; 0 if it got no answer, or has none yet.
    """

    method: str
    chat: int | str
    at: float
    status: int = 0


class FakeTelegram:
    """Telegram for one bot: ``async with FakeTelegram() as telegram``, and the bot is told ``url`` and ``token``.

    Whatever the bot does is held against the Bot API; what breaks its rules is answered 400 and kept in
    ``violations``, which a good test finds empty. ``sends`` are all attempts to send, in the order in which they came.
    As with Telegram, a bot that hangs up does not undo what it asked for; only its poll for updates ends.
    """

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.bot = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Lotse",
            "username": "lotse_test_bot",
        }
        self.updates = Updates()
        self.chats = Chats()
        self.faults = Faults()
        self.violations: list[Violation] = []
        self.sends: list[Send] = []
        self._methods = Methods(self.bot, self.chats, self.updates)
        self._phones: dict[int, Phone] = {}
        self._working: set[asyncio.Task[web.Response]] = set()
        self._port = 0
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None

    @property
    def url(self) -> str:
        """The base address, as https://api.telegram.org is the real one."""
        assert self._port, "the fake Telegram has not been started: use it in an `async with`"
        return f"http://{_HOST}:{self._port}"

    @property
    def webhook(self) -> Webhook | None:
        """What setWebhook was told last."""
        return self._methods.webhook

    @property
    def commands(self) -> dict[str, dict[str, str]]:
        """The commands with their descriptions by language; "" is everybody else's."""
        return self._methods.commands

    @property
    def descriptions(self) -> dict[str, str]:
        """The descriptions by language."""
        return self._methods.descriptions

    @property
    def short_descriptions(self) -> dict[str, str]:
        """The short descriptions by language."""
        return self._methods.short_descriptions

    def phone(self, chat: int = 42, *, language: str | None = None, name: str | None = None) -> Phone:
        """The phone of the user whose private chat this is; always the same one for the same chat.

        The bot may write to it at once, as if the user had been there before. ``language`` is that of the user's app
        ("de" unless said otherwise, "" if the app does not tell); another one, or another name, replaces the former.
        """
        if chat not in self._phones:
            self._phones[chat] = Phone(chat, self.bot, self.chats, self.updates)
        phone = self._phones[chat]
        phone.introduce(language=language, name=name)
        return phone

    def chat(self, chat: int) -> Chat:
        """A chat that a phone opened, private or not."""
        found = self.chats.get(chat)
        assert found, f"no phone has opened the chat {chat}"
        return found

    def repeat_updates(self, copies: int = 3) -> None:
        """From now on getUpdates hands over every update so many times, whatever the bot confirms."""
        self.updates.copies = copies

    def most_sends_within(self, seconds: float, chat: int | None = None) -> int:
        """The largest number of sends that fell into any such stretch of time, to one chat or to all."""
        times = [send.at for send in self.sends if chat in (None, send.chat)]
        return max((sum(start <= at < start + seconds for at in times) for start in times), default=0)

    @asynccontextmanager
    async def unreachable(self) -> AsyncIterator[None]:
        """Meanwhile nobody listens: open connections break, new ones are refused."""
        assert self._site
        assert self._runner
        assert self._runner.server
        await self._site.stop()
        for connection in self._runner.server.connections:
            connection.force_close()
        try:
            yield
        finally:
            await self._listen()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._receive)
        # Nobody waits for a poll that is still open when a test ends.
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05, handler_cancellation=True)
        await self._runner.setup()
        await self._listen()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner
        for task in self._working:
            task.cancel()
        await self._runner.cleanup()

    async def _listen(self) -> None:
        assert self._runner
        self._site = web.TCPSite(self._runner, _HOST, self._port, reuse_address=True)
        await self._site.start()
        self._port = self._runner.addresses[0][1]

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _refusal(ApiError(401, "Unauthorized"))
        method = request.match_info["method"]
        given = await _given(request)
        if method not in SENDS:
            return await self._until_done(method, self._answer(method, given, request))
        send = Send(method, _chat_of(given), asyncio.get_running_loop().time())
        self.sends.append(send)
        answer = await self._until_done(method, self._answer(method, given, request))
        if request.transport and not request.transport.is_closing():
            send.status = answer.status
        return answer

    async def _until_done(self, method: str, answering: Coroutine[Any, Any, web.Response]) -> web.Response:
        """The answer. If the bot hangs up, aiohttp cancels the one who waits here, but not what was asked for."""
        if method == "getUpdates":
            return await answering
        task = asyncio.create_task(answering)
        self._working.add(task)
        task.add_done_callback(self._working.discard)
        return await asyncio.shield(task)

    async def _answer(self, method: str, given: dict[str, Any], request: web.Request) -> web.Response:
        try:
            parameters = validation.check(method, given)
        except ViolationError as violated:
            self.violations.append(Violation(method, violated.description, given))
            return _refusal(violated)
        fault = self.faults.next(method, parameters.get("chat_id"))
        if fault is None:
            return await self._result(method, parameters)
        answer = await self._result(method, parameters) if fault.carried_out else web.Response()
        await asyncio.sleep(fault.seconds)
        if fault.cut and request.transport:
            request.transport.close()
        return _refusal(fault.answer) if fault.answer else answer

    async def _result(self, method: str, parameters: dict[str, Any]) -> web.Response:
        try:
            result = await self._methods.by_name[method](parameters)
        except ApiError as error:
            return _refusal(error)
        return web.json_response({"ok": True, "result": result})


async def _given(request: web.Request) -> dict[str, Any]:
    """What came with the request, wherever Telegram would look for it: in the address, as a form or as JSON."""
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        given.update(await request.json())
    else:
        form = await request.post()
        given.update({name: value if isinstance(value, str) else validation.Upload() for name, value in form.items()})
    return given


def _chat_of(given: dict[str, Any]) -> int | str:
    chat = str(given.get("chat_id", ""))
    return int(chat) if chat.removeprefix("-").isdecimal() else chat


def _refusal(error: ApiError) -> web.Response:
    """As Telegram answers; where only its gateway could answer, that is a page of HTML."""
    if error.status in _GATEWAY_PAGES:
        page = f"<html><head><title>{error.status} {error.description}</title></head><body></body></html>"
        return web.Response(status=error.status, text=page, content_type="text/html")
    body: dict[str, Any] = {"ok": False, "error_code": error.status, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.status)
