"""A newcomer asks in the browser."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.stories.conftest import BOTH_DATABASES
from tests.support.browser import Browser
from tests.support.service import Service, danger_phrase, lotse_on_the_web


@pytest.fixture
async def lotse(database: str) -> AsyncIterator[Service]:
    """Lotse on the web."""
    async with lotse_on_the_web(database) as service:
        yield service


@pytest.fixture
async def browser(lotse: Service) -> AsyncIterator[Browser]:
    async with Browser(lotse.url, languages="en") as opened:
        yield opened


def chat_of(service: Service) -> str:
    """The only chat that listens."""
    (chat,) = service.streams._listening
    return chat


@BOTH_DATABASES
async def test_an_arabic_browser_is_led_from_start_to_an_answer_that_helps(lotse: Service) -> None:
    arabic = lotse.phrases("ar")
    async with Browser(lotse.url, languages="ar-SY,ar;q=0.9,en;q=0.5") as amina:
        await amina.starts()
        choice = await amina.screen()
        assert choice.labels[:3] == ["العربية", "English", "Deutsch"]
        assert (choice.data["lang"], choice.data["dir"]) == ("ar", "rtl")
        assert choice.data["buttons"][0][1]["lang"] == "en", "each name is read out in its own language"

        await amina.presses("العربية", choice)
        welcome = await amina.screen()
        assert welcome.data["replaces"] == choice.id
        assert welcome.title == arabic("Welcome!")

        await amina.presses("الوصول", welcome)
        group = await amina.screen()
        assert group.data["replaces"] == welcome.id

        page = lotse.page("register-address", "ar")
        await amina.presses(page.title, group)
        answer = await amina.screen()
        assert "replaces" not in answer.data
        assert (answer.data["kind"], answer.title) == ("answer", page.title)
        assert "المصدر: Stadt Peine، تاريخ التحقق: 22 نوفمبر 2026" in answer.text
        assert arabic("A machine translated this. It may contain mistakes.") in answer.text
        assert "https://www.peine.de" in answer.links
        assert answer.labels[-3:] == ["☰ القائمة", "👤 شخص حقيقي", "🆘 طوارئ"]

        await amina.presses("👍", answer)
        assert arabic("Thank you! That is good to know.") in (await amina.screen()).text


async def test_a_question_in_words_is_answered(lotse: Service, browser: Browser) -> None:
    lotse.understanding.learns("I need a doctor", intent="find-a-doctor", language="en")
    await browser.says("I need a doctor")
    assert (await browser.screen()).title == lotse.page("find-a-doctor", "en").title


async def test_what_is_not_understood_is_searched_for(lotse: Service, browser: Browser) -> None:
    lotse.search.finds["my boss does not pay"] = ("workers-rights",)
    await browser.says("my boss does not pay")
    unknown = await browser.screen()
    assert "I do not know that. I do not want to guess." in unknown.text
    await browser.presses(lotse.page("workers-rights", "en").title, unknown)
    assert (await browser.screen()).title == lotse.page("workers-rights", "en").title


async def test_a_kurdish_question_brings_the_notice_in_kurdish_and_the_answer_in_turkish(
    lotse: Service, browser: Browser
) -> None:
    lotse.understanding.learns("Ez li ku qeyd dibim?", intent="register-address", language="ku")
    await browser.says("Ez li ku qeyd dibim?")
    notice, answer = await browser.screen(), await browser.screen()
    assert (notice.data["lang"], answer.data["lang"]) == ("ku", "tr")
    assert answer.title == lotse.page("register-address", "tr").title


@pytest.mark.parametrize("locale", ["de", "en", "ar", "fa", "tr", "uk", "ru", "fr"])
async def test_danger_brings_the_card_with_numbers_that_call(lotse: Service, browser: Browser, locale: str) -> None:
    await browser.says(danger_phrase(locale))
    card = await browser.screen()
    assert (card.data["kind"], card.data["lang"]) == ("emergency", locale)
    assert card.links[:2] == ["tel:112", "tel:110"]
    assert "replaces" not in card.data


async def test_the_page_on_violence_offers_to_leave_quickly(lotse: Service, browser: Browser) -> None:
    lotse.understanding.learns("he hits me", intent="domestic-violence", language="en")
    await browser.says("he hits me")
    assert (await browser.screen()).data["leave"] is True


class TestConnection:
    @BOTH_DATABASES
    async def test_a_reconnect_loses_nothing_and_repeats_nothing(self, lotse: Service, browser: Browser) -> None:
        await browser.starts()
        first = await browser.screen()
        await browser.closes_the_stream()
        # Meanwhile, in the tunnel:
        assert await browser.posts(kind="press", content="group:work", screen=first.id) == 202
        assert await browser.posts(kind="press", content="emergency") == 202
        await lotse.idle()
        await browser.opens_the_stream(after=first.id)
        assert (await browser.screen()).data["kind"] == "menu"
        assert (await browser.screen()).data["kind"] == "emergency"
        assert browser.unread == 0

    async def test_a_browser_that_begins_anew_gets_everything_of_its_day(
        self, lotse: Service, browser: Browser
    ) -> None:
        await browser.starts()
        await browser.screen()
        await browser.posts(kind="press", content="menu")
        await browser.screen()
        screens = await browser.screens()
        assert len(screens) == 2
        assert await browser.screens(after=screens[0].id) == screens[1:]
        assert await browser.screens(after=screens[1].id) == []

    async def test_two_tabs_see_the_same_conversation(self, lotse: Service, browser: Browser) -> None:
        await browser.starts()
        await browser.screen()
        async with browser.event_stream() as other_tab:
            assert (await anext(other_tab)).data["kind"] == "menu"
            await browser.posts(kind="press", content="emergency")
            assert (await anext(other_tab)).data["kind"] == "emergency"
        assert (await browser.screen()).data["kind"] == "emergency"

    @BOTH_DATABASES
    async def test_a_message_that_is_sent_twice_is_answered_once(self, lotse: Service, browser: Browser) -> None:
        await browser.starts()
        await browser.screen()
        twice = {"kind": "press", "content": "menu", "key": "the-same-key"}
        assert [await browser.posts(**twice), await browser.posts(**twice)] == [202, 202]
        await browser.posts(kind="press", content="emergency")
        assert [(await browser.screen()).data["kind"] for _ in range(2)] == ["menu", "emergency"]

    async def test_ten_impatient_messages_are_answered_in_their_order(self, lotse: Service, browser: Browser) -> None:
        await browser.starts()
        await browser.screen()
        topics = list(lotse.library.topics)[:10]
        for topic in topics:
            assert await browser.posts(kind="press", content=f"topic:{topic}") == 202
        titles = [(await browser.screen()).title for _ in topics]
        assert titles == [lotse.page(topic, "en").title for topic in topics]


class TestPrivacy:
    async def test_nobody_reads_another_ones_conversation(self, lotse: Service, browser: Browser) -> None:
        await browser.starts()
        await browser.screen()
        async with Browser(lotse.url) as stranger:
            async with stranger.client.get("/chat/events") as answer:
                assert answer.status == 403, "without a session there is nothing to read"
            await stranger.starts()
            mine = await stranger.screen()
            assert [screen.id for screen in await stranger.screens()] == [mine.id]

    async def test_the_same_key_of_another_browser_is_another_message(self, lotse: Service, browser: Browser) -> None:
        async with Browser(lotse.url) as other:
            for one in (browser, other):
                await one.starts()  # both count their keys from 1
                assert (await one.screen()).data["kind"] == "menu"

    @BOTH_DATABASES
    async def test_ending_erases_everything(self, lotse: Service, browser: Browser) -> None:
        await browser.starts()
        await browser.screen()
        chat = chat_of(lotse)
        assert (await lotse.kept_of("web", chat))["messages"]
        await browser.ends()
        kept = await lotse.kept_of("web", chat)
        assert (kept["conversation"], kept["arrivals"], kept["messages"]) == (None, [], [])
        async with browser.client.get("/chat/events") as answer:
            assert answer.status == 403, "the browser has forgotten who it was"

    @BOTH_DATABASES
    async def test_an_answer_that_was_under_way_does_not_bring_the_conversation_back(
        self, lotse: Service, browser: Browser
    ) -> None:
        await browser.starts()
        await browser.screen()
        chat = chat_of(lotse)
        lotse.understanding.holds["a secret"] = asyncio.Event()
        await browser.says("a secret")
        await lotse.understanding.reached("a secret")
        await browser.ends()
        lotse.understanding.holds["a secret"].set()
        await lotse.idle()
        kept = await lotse.kept_of("web", chat)
        assert (kept["conversation"], kept["arrivals"], kept["messages"]) == (None, [], [])

    async def test_erasing_by_button_leaves_only_the_last_sentence(self, lotse: Service, browser: Browser) -> None:
        await browser.starts()
        await browser.screen()
        await browser.posts(kind="press", content="erase-yes")
        assert "Everything is deleted." in (await browser.screen()).text
        assert len(await browser.screens()) == 1
        assert (await lotse.kept_of("web", chat_of(lotse)))["conversation"] is None
