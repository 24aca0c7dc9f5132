"""A newcomer at a browser: what a person does with the page, and what the page does that a person never sees."""

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Locator, Page, Request, Route, async_playwright, expect

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
SHOTS = Path(__file__).parent.parent / "browser" / "shots"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1200, "height": 800}
_SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
# The first question after a start waits until the sentence model is in memory.
_ANSWER_MILLISECONDS = 30_000

# Every breach of the content security policy, as the browser itself reports it.
_WATCH = "window.breaches = []; document.addEventListener('securitypolicyviolation', e => breaches.push(e.blockedURI));"


@asynccontextmanager
async def open_browser(*switches: str) -> AsyncIterator[Browser]:
    """The Chromium of this machine."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*_SWITCHES, *switches])
        yield browser
        await browser.close()


class Visitor:
    """One person with one browser window. ``foreign`` are the addresses outside that the page asked for."""

    def __init__(self, context: BrowserContext, page: Page, url: str) -> None:
        self.context = context
        self.page = page
        self.url = url
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self.posted: list[dict[str, Any]] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/chat/messages"):
            self.posted.append(request.post_data_json or {})

    async def outside(self, route: Route) -> None:
        """The world outside: it is noted, and an empty page comes back."""
        self.foreign.append(route.request.url)
        await route.fulfill(body="<title>elsewhere</title>", content_type="text/html")

    async def open(self, path: str = "/") -> None:
        await self.page.goto(self.url + path)

    async def start(self, language: str) -> None:
        """Open the chat and choose a language."""
        await self.open()
        await self.press(self.screens.locator(f"button[lang={language}]"))
        await expect(self.screens.last.locator("h2")).to_be_visible()

    async def press(self, button: Locator) -> None:
        await button.click(timeout=_ANSWER_MILLISECONDS)

    async def write(self, text: str) -> None:
        """Write a question and send it; the answer may come later, or never."""
        await self.page.locator("#question").fill(text)
        await self.page.locator("#ask button").click()

    async def ask(self, text: str) -> Locator:
        """Ask a question and wait for the screen that answers it."""
        await self.write(text)
        return await self.answered(text)

    async def answered(self, text: str) -> Locator:
        """The first screen under a question; waits for it."""
        question = self.page.locator("p.said").filter(has=self.page.get_by_text(text, exact=True)).last
        answer = question.locator("xpath=following-sibling::section[1]")
        await expect(answer).to_be_visible(timeout=_ANSWER_MILLISECONDS)
        return answer

    @property
    def screens(self) -> Locator:
        return self.page.locator("#conversation section.screen")

    @property
    def questions(self) -> Locator:
        return self.page.locator("#conversation p.said")

    async def shoot(self, name: str) -> None:
        """A picture for whoever wants to look."""
        SHOTS.mkdir(exist_ok=True)
        await self.page.screenshot(path=SHOTS / f"{name}.png")

    async def overhang(self) -> int:
        """By how many pixels anything stands out sideways."""
        return int(
            await self.page.evaluate(
                """() => Math.max(...['html', 'main', 'footer', 'header'].map(name => document.querySelector(name))
                       .filter(part => part && part.offsetParent !== null || part === document.documentElement)
                       .map(part => part.scrollWidth - part.clientWidth))"""
            )
        )


@asynccontextmanager
async def visit(browser: Browser, url: str, *, language: str = "de", **options: Any) -> AsyncIterator[Visitor]:
    """A window of its own: no cookies, no memory, and nothing of the real world outside."""
    options.setdefault("viewport", PHONE)
    context = await browser.new_context(locale=language, **options)
    await context.add_init_script(_WATCH)
    page = await context.new_page()
    visitor = Visitor(context, page, url)
    host = re.escape(urlsplit(url).netloc)
    await context.route(re.compile(rf"^(?!https?://{host}(/|$))"), visitor.outside)
    yield visitor
    await context.close()
