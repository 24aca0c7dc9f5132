"""Whole chats in a real browser with the real service."""

import asyncio
import sqlite3
from contextlib import closing

import pytest
from playwright.async_api import Browser, Route, expect

from bot.channels.webchat.sessions import COOKIE, chat_of
from tests.support.chromium import DESK, Visitor, visit
from tests.support.process import LotseProcess

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ADDRESS = {"ar": "كيف أسجل عنواني؟", "de": "Wie melde ich meine Adresse an?", "uk": "Як зареєструвати адресу?"}


def rows_of(lotse: LotseProcess, session: str) -> int:
    """How much the database knows of the chat of a browser."""
    chat = chat_of(session)
    with closing(sqlite3.connect(lotse.log.parent / "lotse.db")) as database:
        tables = ("inbox", "outbox", "conversations")
        counts = [
            database.execute(f"select count(*) from {table} where chat = ?", (chat,)).fetchone()[0] for table in tables
        ]
    return sum(counts)


async def session_of(visitor: Visitor) -> str:
    """The session in the visitor's cookie, '' if there is none."""
    cookies = {cookie["name"]: cookie["value"] for cookie in await visitor.context.cookies()}
    return cookies.get(COOKIE, "")


async def test_a_newcomer_asks_in_arabic_on_a_small_phone(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url, language="ar", is_mobile=True, has_touch=True) as visitor:
        await visitor.start("ar")
        await visitor.shoot("arabic-welcome")
        answer = await visitor.ask(ADDRESS["ar"])
        await visitor.shoot("arabic-answer")

        assert await visitor.page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
            "ar",
            "rtl",
        ]
        assert await answer.get_attribute("dir") == "rtl"
        assert "\u2066" in await answer.inner_text(), "German words in the Arabic text stand in isolates"
        assert await visitor.overhang() == 0
        # The answer is taller than the phone: its beginning is what one sees, under the question.
        await expect(answer.locator("h2")).to_be_in_viewport()
        await expect(visitor.questions.last).to_be_in_viewport()
        await expect(visitor.page.locator("header .emergency")).to_be_in_viewport(ratio=1)


async def test_the_page_speaks_the_language_that_was_chosen(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url, language="de") as visitor:
        await visitor.start("fa")
        assert await visitor.page.evaluate("document.documentElement.dir") == "rtl"
        assert await visitor.page.locator("header .emergency").get_attribute("href") == "/emergency/fa"


async def test_what_is_written_in_another_direction_keeps_its_direction(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url, language="ar") as visitor:
        await visitor.start("ar")
        await visitor.ask(ADDRESS["uk"])
        words = visitor.questions.last.locator("span").last
        assert await words.evaluate("element => getComputedStyle(element).direction") == "ltr"


async def test_a_reload_in_mid_chat_keeps_everything_and_asks_nothing_twice(
    browser: Browser, lotse: LotseProcess
) -> None:
    async with visit(browser, lotse.url) as visitor:
        await visitor.start("de")
        await visitor.ask(ADDRESS["de"])
        before = await visitor.page.locator("#conversation").inner_text()
        visitor.posted.clear()

        async with visitor.page.expect_response("**/chat/events**"):
            await visitor.page.reload()

        assert await visitor.page.locator("#conversation").inner_text() == before
        await visitor.ask("Und was kostet das?")
        assert [message["kind"] for message in visitor.posted] == ["text"]


async def test_a_reload_while_a_question_is_on_its_way_loses_nothing(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url) as visitor:
        await visitor.start("de")
        stuck: list[Route] = []

        async def hold(route: Route) -> None:
            stuck.append(route)

        await visitor.page.route("**/chat/messages", hold)
        async with visitor.page.expect_request("**/chat/messages"):
            await visitor.write(ADDRESS["de"])
        await visitor.page.unroute("**/chat/messages")

        await visitor.page.reload()

        await visitor.answered(ADDRESS["de"])
        await expect(visitor.questions).to_have_count(1)


async def test_a_lost_connection_delays_a_question_and_does_not_lose_it(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url) as visitor:
        await visitor.start("de")
        await visitor.context.set_offline(offline=True)
        await visitor.write(ADDRESS["de"])
        await expect(visitor.page.get_by_role("alert")).to_contain_text("Keine Verbindung")
        await expect(visitor.questions).to_have_class("said waiting")
        await visitor.shoot("offline")

        await visitor.context.set_offline(offline=False)

        await visitor.answered(ADDRESS["de"])
        await expect(visitor.page.get_by_role("alert")).to_be_hidden()
        await expect(visitor.questions).to_have_class("said")


async def test_a_question_whose_receipt_is_lost_is_sent_again_and_answered_once(
    browser: Browser, lotse: LotseProcess
) -> None:
    async with visit(browser, lotse.url) as visitor:
        await visitor.start("de")
        before = await visitor.screens.count()
        visitor.posted.clear()
        receipts = []

        async def lose_the_first(route: Route) -> None:
            answer = await route.fetch()
            receipts.append(answer.status)
            await (route.abort() if len(receipts) == 1 else route.fulfill(response=answer))

        await visitor.page.route("**/chat/messages", lose_the_first)
        await visitor.ask(ADDRESS["de"])
        await expect(visitor.questions).to_have_class("said")

        assert receipts == [202, 202]
        assert len({message["key"] for message in visitor.posted}) == 1
        # One more question and its answer: a second answer to the first one would have come before.
        await visitor.ask("Wo ist das Rathaus?")
        first = visitor.questions.first.locator("xpath=following-sibling::*[2]")
        assert await first.evaluate("element => element.className") == "said"
        assert await visitor.screens.count() > before


async def test_a_killed_service_comes_back_and_the_open_page_with_it(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url) as visitor:
        await visitor.start("de")
        await lotse.kill()
        try:
            await visitor.write(ADDRESS["de"])
            await expect(visitor.page.get_by_role("alert")).to_contain_text("Keine Verbindung")
        finally:
            await lotse.start()
            await lotse.ready()

        await visitor.answered(ADDRESS["de"])
        await expect(visitor.questions).to_have_count(1)
        await expect(visitor.page.get_by_role("alert")).to_be_hidden()


async def test_everything_can_be_done_by_keyboard(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url, viewport=DESK) as visitor:
        await visitor.open()
        await expect(visitor.screens).to_have_count(1)
        page = visitor.page

        async def tab_to(selector: str) -> None:
            for _ in range(60):
                await page.keyboard.press("Tab")
                visible = await page.evaluate(
                    "getComputedStyle(document.activeElement).outlineStyle !== 'none' "
                    "|| document.activeElement.matches('body, main')"
                )
                assert visible, "whoever moves by keyboard sees where"
                if await page.evaluate("selector => document.activeElement.matches(selector)", selector):
                    return
            pytest.fail(f"the keyboard never reaches {selector}")

        await tab_to(".skip")
        await tab_to("button[lang=de]")
        await page.keyboard.press("Enter")
        await expect(visitor.screens.last.locator("h2")).to_be_focused()
        await tab_to("#question")
        await page.keyboard.type(ADDRESS["de"])
        await page.keyboard.press("Enter")
        await visitor.answered(ADDRESS["de"])
        await expect(page.locator("#question")).to_be_focused()
        await visitor.shoot("keyboard")


async def test_the_skip_link_leads_past_a_long_conversation(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url) as visitor:
        await visitor.start("de")
        await visitor.page.reload()
        await expect(visitor.screens).to_have_count(1)
        await visitor.page.keyboard.press("Tab")
        await visitor.page.keyboard.press("Enter")
        await expect(visitor.page.locator("#question")).to_be_focused()


async def test_ending_deletes_everything_here_and_there(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url) as visitor:
        await visitor.start("de")
        await visitor.ask(ADDRESS["de"])
        session = await session_of(visitor)
        assert rows_of(lotse, session) > 0

        await visitor.page.locator("#end").click()
        await visitor.shoot("ending")
        await visitor.page.get_by_role("button", name="Zurück zum Chat").click()
        await expect(visitor.questions).to_have_count(1)
        await visitor.page.locator("#end").click()
        await visitor.page.get_by_role("dialog").get_by_role("button", name="Beenden und löschen").click()

        await expect(visitor.screens).to_have_count(1)
        await expect(visitor.screens).to_have_text("Alles ist gelöscht. Laden Sie die Seite neu, um wieder anzufangen.")
        await expect(visitor.questions).to_have_count(0)
        assert await session_of(visitor) == ""
        assert ADDRESS["de"] not in await visitor.page.evaluate("JSON.stringify(sessionStorage)")
        assert rows_of(lotse, session) == 0
        await visitor.page.reload()
        await expect(visitor.screens.locator("button[lang=de]")).to_be_visible()
        await expect(visitor.questions).to_have_count(0)


async def test_deleting_without_a_connection_is_made_up_for(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url) as visitor:
        await visitor.start("de")
        session = await session_of(visitor)
        await visitor.context.set_offline(offline=True)
        await visitor.page.locator("#end").click()
        await visitor.page.get_by_role("dialog").get_by_role("button", name="Beenden und löschen").click()
        await expect(visitor.screens).to_have_count(0)
        assert rows_of(lotse, session) > 0, "nobody may be told yet that it is deleted"

        await visitor.context.set_offline(offline=False)

        await expect(visitor.screens).to_contain_text("Alles ist gelöscht")
        assert rows_of(lotse, session) == 0


@pytest.mark.parametrize(
    "question", ["Häusliche Gewalt: Wer hilft mir?", "Mein Mann schlägt mich"], ids=["page", "emergency card"]
)
async def test_whoever_reads_about_violence_at_home_can_leave_at_once(
    browser: Browser, lotse: LotseProcess, question: str
) -> None:
    async with visit(browser, lotse.url) as visitor:
        await visitor.start("de")
        await expect(visitor.page.locator("#leave")).to_be_hidden()
        await visitor.ask(question)
        session = await session_of(visitor)
        leave = visitor.page.get_by_role("button", name="Seite schnell verlassen")
        await visitor.page.evaluate("document.querySelector('main').scrollTop = 1e6")
        await expect(leave).to_be_in_viewport(ratio=1)
        await visitor.shoot("leave-quickly")

        await leave.click()

        await visitor.page.wait_for_url("https://www.wikipedia.org/")
        # The page is gone before its last request, the one that deletes, is answered: nobody is told, one has to look.
        async with asyncio.timeout(10):
            while True:
                if rows_of(lotse, session) == 0 and await session_of(visitor) == "":
                    break
                await asyncio.sleep(0.05)
        await visitor.page.go_back()
        assert not visitor.page.url.startswith(lotse.url), "the back button does not lead back here"


async def test_the_emergency_page_needs_no_javascript(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url, language="fa", java_script_enabled=False) as visitor:
        await visitor.open()
        await expect(visitor.page.locator("footer")).to_be_hidden()
        await visitor.shoot("no-javascript")
        await visitor.page.locator("header .emergency").click()
        await expect(visitor.page.locator("h1")).to_be_visible()
        await expect(visitor.page.locator("html")).to_have_attribute("dir", "rtl")
        await expect(visitor.page.locator('a[href="tel:112"]').first).to_be_in_viewport()
        await visitor.shoot("emergency-page")
        await visitor.page.get_by_role("link", name="Українська").click()
        await expect(visitor.page.locator("html")).to_have_attribute("lang", "uk")
        assert visitor.foreign == []


async def test_the_page_asks_no_other_host_and_keeps_its_own_policy(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url) as visitor:
        await visitor.start("de")
        await visitor.ask(ADDRESS["de"])
        await visitor.page.locator("#question").fill("eins\nzwei\ndrei")
        await visitor.page.locator("#end").click()
        await visitor.page.keyboard.press("Escape")
        breaches = await visitor.page.evaluate("window.breaches")
        await visitor.open("/emergency/de")
        breaches += await visitor.page.evaluate("window.breaches")

        assert (visitor.foreign, breaches, visitor.complaints) == ([], [], [])


async def test_a_button_that_is_pressed_twice_is_pressed_once(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url) as visitor:
        await visitor.start("de")
        visitor.posted.clear()
        held = asyncio.Event()

        async def hold(route: Route) -> None:
            await held.wait()
            await route.continue_()

        await visitor.page.route("**/chat/messages", hold)
        await visitor.screens.last.locator('[data-press="emergency"]').dblclick()
        held.set()
        await expect(visitor.page.locator("section.emergency")).to_have_count(1)
        await visitor.ask(ADDRESS["de"])
        assert [message["content"] for message in visitor.posted] == ["emergency", ADDRESS["de"]]


async def test_a_refused_question_goes_back_to_where_it_was_written(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url) as visitor:
        await visitor.start("de")
        await visitor.page.route("**/chat/messages", lambda route: route.fulfill(status=413))
        await visitor.write(ADDRESS["de"])
        await expect(visitor.page.get_by_role("alert")).to_be_visible()
        await expect(visitor.page.locator("#question")).to_have_value(ADDRESS["de"])
        await expect(visitor.questions).to_have_count(0)


async def test_lotse_can_be_put_on_the_home_screen(browser: Browser, lotse: LotseProcess) -> None:
    async with visit(browser, lotse.url, language="tr") as visitor:
        await visitor.open()
        inspector = await visitor.context.new_cdp_session(visitor.page)
        manifest = await inspector.send("Page.getAppManifest")
        assert manifest["url"] == f"{lotse.url}/manifest.webmanifest"
        assert manifest["errors"] == []
        assert (await inspector.send("Page.getInstallabilityErrors"))["installabilityErrors"] in ([], INCOGNITO)
        sizes = await visitor.page.evaluate(
            """async () => {
                const manifest = await (await fetch('/manifest.webmanifest')).json();
                const pictures = manifest.icons.filter(icon => icon.type === 'image/png');
                return Promise.all(pictures.map(async ({src, sizes}) => {
                    const image = new Image(); image.src = src; await image.decode();
                    return [sizes, `${image.naturalWidth}x${image.naturalHeight}`];
                }));
            }"""
        )
        assert sizes == [["192x192", "192x192"], ["512x512", "512x512"]]


# A window of its own is what Chromium calls incognito; nothing else may stand in the way.
INCOGNITO = [{"errorId": "in-incognito", "errorArguments": []}]
