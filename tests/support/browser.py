"""A browser in the web chat, as ``static/chat.js`` talks to Lotse: messages in by POST, screens out as a stream.

async with Browser(lotse.url, languages="ar") as browser:
    await browser.starts()
    choice = await browser.screen()
    await browser.presses("العربية", choice)
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from types import TracebackType
from typing import Any, Self

import aiohttp

_INVISIBLE = re.compile("[\u200e\u200f\u2066-\u2069]")


@dataclass(frozen=True)
class ShownScreen:
    """A screen as it came: its id and the JSON that the page makes elements of."""

    id: int
    data: dict[str, Any]

    @property
    def title(self) -> str:
        return _visible(self.data["title"])

    @property
    def text(self) -> str:
        """All paragraphs and list items, small print included."""
        blocks = [*self.data["blocks"], *self.data["notes"]]
        lines = [runs for block in blocks for runs in ([block["p"]] if "p" in block else block["list"])]
        return _visible("\n".join("".join(run["text"] for run in runs) for runs in lines))

    @property
    def links(self) -> list[str]:
        blocks = [*self.data["blocks"], *self.data["notes"]]
        lines = [runs for block in blocks for runs in ([block["p"]] if "p" in block else block["list"])]
        return [run["link"] for runs in lines for run in runs if "link" in run]

    @property
    def labels(self) -> list[str]:
        return [_visible(button["label"]) for button in self._buttons()]

    def press_of(self, label: str) -> str:
        """What the button with this label, or with this part of a label, sends."""
        found = [button for button in self._buttons() if label in _visible(button["label"])]
        assert len(found) == 1, f"{len(found)} buttons go by {label!r}: {self.labels}"
        return str(found[0]["press"])

    def _buttons(self) -> list[dict[str, Any]]:
        return [button for row in [*self.data["buttons"], self.data["back"]] for button in row]


class Browser:
    """One browser with its cookies. ``languages`` is its Accept-Language."""

    def __init__(self, url: str, *, languages: str = "en") -> None:
        self.url = url
        self._languages = languages
        self._keys = count(1)

    async def __aenter__(self) -> Self:
        self.client = aiohttp.ClientSession(
            self.url,
            cookie_jar=aiohttp.CookieJar(unsafe=True),  # our host is a number
            headers={"Accept-Language": self._languages},
            timeout=aiohttp.ClientTimeout(total=20),
        )
        self._stream = asyncio.Queue[ShownScreen]()
        self._listening: asyncio.Task[None] | None = None
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.closes_the_stream()
        await self.client.close()

    async def posts(self, **message: Any) -> int:
        """The status that a message gets. Without ``key`` it is a new one."""
        message.setdefault("key", f"message-{next(self._keys)}")
        async with self.client.post("/chat/messages", json=message) as answer:
            return answer.status

    async def starts(self) -> None:
        assert await self.posts(kind="start") == 202
        await self.opens_the_stream()

    async def says(self, text: str) -> None:
        assert await self.posts(kind="text", content=text) == 202
        await self.opens_the_stream()

    async def presses(self, label: str, on: ShownScreen) -> None:
        assert await self.posts(kind="press", content=on.press_of(label), screen=on.id) == 202

    async def ends(self) -> None:
        """Press "End and delete"."""
        await self.closes_the_stream()
        async with self.client.post("/chat/end") as answer:
            assert answer.status == 204

    async def opens_the_stream(self, after: int = 0) -> None:
        """Listen for screens that come after this one, unless the stream is open."""
        if self._listening is None:
            opened = asyncio.Event()
            self._listening = asyncio.create_task(self._listen(after, opened))
            await opened.wait()

    async def closes_the_stream(self) -> None:
        """The connection is lost."""
        if self._listening:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)
            self._listening = None
            self._stream = asyncio.Queue()

    async def screen(self, within: float = 10.0) -> ShownScreen:
        """The next screen; waits for it."""
        try:
            return await asyncio.wait_for(self._stream.get(), within)
        except TimeoutError:
            raise AssertionError(f"no screen came within {within:g} s") from None

    @property
    def unread(self) -> int:
        """How many screens came that nobody looked at."""
        return self._stream.qsize()

    async def screens(self, after: int = 0) -> list[ShownScreen]:
        """All screens that are kept after this one, as a browser gets them that connects anew."""
        async with self.event_stream(headers={"Last-Event-ID": str(after)}) as found:
            screens = []
            while True:
                try:
                    screens.append(await asyncio.wait_for(anext(found), 0.1))
                except TimeoutError:
                    return screens

    @asynccontextmanager
    async def event_stream(self, **options: Any) -> AsyncIterator[AsyncIterator[ShownScreen]]:
        """The stream of server-sent events, read as HTML Living Standard, 9.2, tells."""
        async with self.client.get("/chat/events", **options) as answer:
            assert answer.status == 200, answer.status
            assert answer.content_type == "text/event-stream"
            yield _events(answer.content)

    async def _listen(self, after: int, opened: asyncio.Event) -> None:
        try:
            async with self.event_stream(params={"after": str(after)}) as found:
                opened.set()
                async for screen in found:
                    await self._stream.put(screen)
        finally:
            opened.set()


async def _events(content: aiohttp.StreamReader) -> AsyncIterator[ShownScreen]:
    id_, data = 0, ""
    async for raw in content:
        name, _, value = raw.decode().rstrip("\n").partition(": ")
        if name == "id":
            id_ = int(value)
        elif name == "data":
            data += value
        elif not name and data:
            yield ShownScreen(id_, json.loads(data))
            data = ""


def _visible(text: str) -> str:
    return _INVISIBLE.sub("", text)
