"""The routes of the web chat."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from html import escape
from importlib.resources import files
from typing import Any

from aiohttp import web

from bot.channels.webchat import sessions
from bot.channels.webchat.streams import CHANNEL, Streams
from bot.channels.webchat.wording import all_words
from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import Languages
from bot.store.arrivals import Arrival, ArrivalKind
from bot.store.store import Store

TakeIn = Callable[[Sequence[Arrival]], Awaitable[None]]

_STATIC = files("bot.channels.webchat") / "static"
_KEY = re.compile(r"[A-Za-z0-9-]{8,40}")
_ID = re.compile(r"[0-9]{1,18}")
_LONGEST_BODY = 100_000
# A proxy drops a silent connection after a minute or so.
_HEARTBEAT_SECONDS = 20
_RETRY_MILLISECONDS = 2000
# More than anybody types; fewer than a script sends. Counted for each session.
_MOST_MESSAGES, _PER_SECONDS = 30, 60


class WebChat:
    """The web chat's pages and its two ways: messages in by POST, screens out by server-sent events."""

    def __init__(
        self,
        *,
        store: Store,
        streams: Streams,
        take_in: TakeIn,
        languages: Languages,
        catalogues: Catalogues,
        secure: bool,
    ) -> None:
        self._store = store
        self._streams = streams
        self._take_in = take_in
        self._languages = languages
        self._secure = secure
        self._words = all_words(languages, catalogues)
        self._page = (_STATIC / "chat.html").read_text(encoding="utf-8")
        self._pace: dict[str, list[float]] = {}

    def routes(self) -> list[web.AbstractRouteDef]:
        """All routes."""
        return [
            web.get("/", self._index),
            web.get("/manifest.webmanifest", self._manifest),
            web.post("/chat/messages", self._message),
            web.get("/chat/events", self._events),
            web.post("/chat/end", self._end),
            web.static("/static", str(_STATIC)),
        ]

    async def _index(self, request: web.Request) -> web.Response:
        locale = self._locale(request)
        words = self._words[locale]
        page = self._page
        for name, value in {**words, "lang": locale}.items():
            page = page.replace("{{" + name + "}}", escape(value))
        data = json.dumps(self._words, ensure_ascii=False).replace("<", "\\u003c")
        response = web.Response(text=page.replace("{{words}}", data), content_type="text/html")
        response.headers["Vary"] = "Accept-Language"
        response.headers["Cache-Control"] = "no-cache"
        return response

    async def _manifest(self, request: web.Request) -> web.Response:
        locale = self._locale(request)
        words = self._words[locale]
        manifest = {
            "name": "Lotse",
            "short_name": "Lotse",
            "description": words["subtitle"],
            "lang": locale,
            "dir": words["dir"],
            "start_url": "/",
            "display": "standalone",
            "background_color": "#f4f6f8",
            "theme_color": "#0b4f6c",
            "icons": [
                {"src": "/static/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
                {"src": "/static/icon-192.png", "sizes": "192x192", "type": "image/png"},
                {"src": "/static/icon-512.png", "sizes": "512x512", "type": "image/png"},
            ],
        }
        return web.json_response(manifest, content_type="application/manifest+json")

    async def _message(self, request: web.Request) -> web.Response:
        """Keep a message. 202: it is committed. The same key twice is the same message."""
        session = sessions.session_of(request) or sessions.new_session()
        chat = sessions.chat_of(session)
        arrival = _arrival(await _json(request), chat, _accepted(request))
        if not self._may(chat):
            raise web.HTTPTooManyRequests(headers={"Retry-After": "10"})
        try:
            await self._take_in([arrival])
        except Exception as error:
            request.app.logger.exception("web: a message could not be kept")
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "2"}) from error
        response = web.json_response({"kept": arrival.key}, status=202)
        sessions.remember(response, session, secure=self._secure)
        return response

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """The screens of a chat after an id, and every new one as it comes (server-sent events)."""
        session = sessions.session_of(request)
        if session is None:
            raise web.HTTPForbidden
        chat, last = sessions.chat_of(session), _last_id(request)
        response = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        )
        await response.prepare(request)
        await response.write(f"retry: {_RETRY_MILLISECONDS}\n\n".encode())
        # Whoever closes the page says no goodbye: the next line to it fails, and that is the end of the stream.
        with self._streams.listen(chat) as bell, suppress(ConnectionResetError):
            while True:
                try:
                    async with asyncio.timeout(_HEARTBEAT_SECONDS):
                        await bell.wait()
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                bell.clear()
                async with self._store.begin() as transaction:
                    messages = await transaction.outbox.after(CHANNEL, chat, last)
                for message in messages:
                    data = json.dumps(message.payload, ensure_ascii=False)
                    await response.write(f"id: {message.id}\ndata: {data}\n\n".encode())
                    last = message.id
        return response

    async def _end(self, request: web.Request) -> web.Response:
        """Erase the conversation and forget the browser."""
        session = sessions.session_of(request)
        if session:
            chat = sessions.chat_of(session)
            async with self._store.begin() as transaction:
                # Nobody waits for an answer any more: one that is under way must not bring the conversation back.
                await transaction.erase(CHANNEL, chat, unanswered=True)
        response = web.Response(status=204)
        response.del_cookie(sessions.COOKIE, path="/")
        return response

    def _locale(self, request: web.Request) -> str:
        """The language that Lotse will speak first: the page around the conversation speaks it too."""
        known = next((code for tag in _accepted(request) if (code := self._languages.known(tag))), None)
        return self._languages.answer_language(known)

    def _may(self, chat: str) -> bool:
        """Whether a chat has not written too much lately."""
        now = asyncio.get_running_loop().time()
        recent = [then for then in self._pace.get(chat, ()) if now - then < _PER_SECONDS]
        if len(recent) >= _MOST_MESSAGES:
            return False
        if len(self._pace) > 10_000:  # noqa: PLR2004 - a bound on memory, no more
            self._pace.clear()
        self._pace[chat] = [*recent, now]
        return True


def _accepted(request: web.Request) -> tuple[str, ...]:
    """The languages of the browser, in its order (RFC 9110, Accept-Language; the order is what browsers keep)."""
    header = request.headers.get("Accept-Language", "")
    return tuple(tag for part in header.split(",")[:10] if (tag := part.partition(";")[0].strip()))


async def _json(request: web.Request) -> Mapping[str, Any]:
    # Another site cannot send this content type without asking first, and is told no: no CORS header is ever sent.
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    if (request.content_length or 0) > _LONGEST_BODY:
        raise web.HTTPRequestEntityTooLarge(_LONGEST_BODY, request.content_length or 0)
    try:
        data = await request.json()
    except (ValueError, LookupError, RecursionError) as error:  # no JSON, an unknown charset, brackets without end
        raise web.HTTPBadRequest(text="no JSON") from error
    if not isinstance(data, dict):
        raise web.HTTPBadRequest(text="an object is expected")
    return data


def _arrival(data: Mapping[str, Any], chat: str, languages: tuple[str, ...]) -> Arrival:
    key = data.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise web.HTTPBadRequest(text="`key` must be 8 to 40 letters, digits and hyphens")
    content, screen = data.get("content", ""), data.get("screen")
    kinds: dict[str, ArrivalKind] = {"start": "start", "text": "text", "press": "press"}
    kind = kinds.get(str(data.get("kind")))
    if kind is None or not isinstance(content, str) or not isinstance(screen, int | None):
        raise web.HTTPBadRequest(text="`kind` must be start, text or press, `content` a text, `screen` a number")
    # JSON can hold halves of characters (RFC 8259, section 8.2); no database and no model takes them.
    content = content.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    # The key is the browser's own; the chat before it keeps one browser from using up another one's keys.
    return Arrival(CHANNEL, chat, f"{chat[:16]}-{key}", kind, content, languages, str(screen) if screen else None)


def _last_id(request: web.Request) -> int:
    value = request.headers.get("Last-Event-ID") or request.query.get("after", "0")
    return int(value) if _ID.fullmatch(value) else 0
