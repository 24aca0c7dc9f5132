"""The web chat's routes, one request at a time. Whole conversations are told in tests/stories."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy.exc import OperationalError

from bot.channels.webchat import routes
from bot.store.inbox import Inbox
from tests.support.browser import Browser
from tests.support.service import Service, lotse_on_the_web, sqlite_with_tables
from tests.support.waiting import until

KEY = "0123456789abcdef"
START = {"kind": "start", "key": KEY}


@pytest.fixture
async def lotse(tmp_path: Path) -> AsyncIterator[Service]:
    async with lotse_on_the_web(sqlite_with_tables(tmp_path)) as service:
        yield service


@pytest.fixture
async def browser(lotse: Service) -> AsyncIterator[Browser]:
    async with Browser(lotse.url) as opened:
        yield opened


async def status_of(browser: Browser, body: str | bytes, content_type: str = "application/json") -> int:
    headers = {"Content-Type": content_type} if content_type else {}
    async with browser.client.post("/chat/messages", data=body, headers=headers) as answer:
        return answer.status


async def arrivals(lotse: Service) -> list[str]:
    """The keys of all that was kept."""
    async with lotse.store.engine.begin() as connection:
        return [row.key for row in await connection.exec_driver_sql("SELECT key FROM inbox ORDER BY id")]


class TestMessages:
    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"hello",
            b"[]",
            b'"text"',
            b"null",
            b"\xff\xfe",
            b"{}",
            b"[" * 50_000,
            b'{"kind": "start", "key": ' + b"1" * 5000 + b"}",
        ],
    )
    async def test_what_is_no_message_is_refused(self, lotse: Service, browser: Browser, body: bytes) -> None:
        assert await status_of(browser, body) == 400
        assert await arrivals(lotse) == []

    @pytest.mark.parametrize(
        "wrong",
        [
            {"key": None},
            {"key": "short"},
            {"key": "x" * 41},
            {"key": "with blanks in it"},
            {"key": "../../etc/passwd"},
            {"key": "ключключключ"},
            {"key": 1234567890},
            {"kind": None},
            {"kind": "command"},
            {"kind": "blocked"},
            {"kind": ["start"]},
            {"kind": "text", "content": 5},
            {"kind": "text", "content": None},
            {"kind": "press", "content": {"a": 1}},
            {"kind": "press", "screen": "7"},
            {"kind": "press", "screen": 7.5},
        ],
    )
    async def test_a_message_with_a_wrong_part_is_refused(
        self, lotse: Service, browser: Browser, wrong: dict[str, Any]
    ) -> None:
        assert await browser.posts(**{**START, **wrong}) == 400
        assert await arrivals(lotse) == []

    @pytest.mark.parametrize(
        "content_type",
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json"],
    )
    async def test_only_json_is_taken_for_other_sites_can_send_the_rest(
        self, lotse: Service, browser: Browser, content_type: str
    ) -> None:
        assert await status_of(browser, json.dumps(START), content_type) == 415
        assert await arrivals(lotse) == []

    async def test_a_charset_that_does_not_exist_is_refused(self, browser: Browser) -> None:
        assert await status_of(browser, json.dumps(START), "application/json; charset=klingon") == 400

    async def test_what_is_far_too_long_is_not_even_read(self, lotse: Service, browser: Browser) -> None:
        assert await browser.posts(kind="text", content="a" * 100_001) == 413

        async def in_pieces() -> AsyncIterator[bytes]:
            for _ in range(40):
                yield b" " * 10_000  # and nobody says how long it will be

        headers = {"Content-Type": "application/json"}
        async with browser.client.post("/chat/messages", data=in_pieces(), headers=headers) as answer:
            assert answer.status == 413
        assert await arrivals(lotse) == []

    async def test_a_long_text_is_taken_and_answered_that_it_is_too_long(self, browser: Browser) -> None:
        await browser.says("a" * 20_000)
        assert "This message is too long for me." in (await browser.screen()).text

    @pytest.mark.parametrize("text", ["half a smile \ud83d", "\udfff", "a\u0000b", "\ufffe"])
    async def test_broken_characters_are_answered_like_any_others(self, browser: Browser, text: str) -> None:
        await browser.says(text)
        assert (await browser.screen()).data["kind"] == "message"

    async def test_a_broken_language_header_does_no_harm(self, browser: Browser) -> None:
        headers = {"Accept-Language": "\udcff\udcfe, ;;q=, " + "de," * 500}
        async with browser.client.post("/chat/messages", json=START, headers=headers) as answer:
            assert answer.status == 202

    async def test_a_kept_message_is_confirmed_with_a_cookie_that_scripts_cannot_read(self, browser: Browser) -> None:
        async with browser.client.post("/chat/messages", json=START) as answer:
            assert answer.status == 202
            assert (await answer.json())["kept"].endswith(KEY)
            cookie = answer.headers["Set-Cookie"]
        assert re.fullmatch(r"lotse_chat=[\w-]{32}; HttpOnly; Path=/; SameSite=Strict", cookie)

    async def test_the_session_stays_the_same_from_message_to_message(self, browser: Browser) -> None:
        await browser.starts()
        async with browser.client.post("/chat/messages", json={**START, "key": "another-key"}) as answer:
            again = answer.cookies["lotse_chat"].value
        assert again == browser.client.cookie_jar.filter_cookies(answer.url)["lotse_chat"].value
        await browser.screen()
        assert len(await browser.screens()) >= 1

    @pytest.mark.parametrize("forged", ["short", "x" * 65, "ä" * 30, ""])
    async def test_a_cookie_that_is_not_ours_is_replaced(self, lotse: Service, forged: str) -> None:
        async with (
            aiohttp.ClientSession(lotse.url, cookies={"lotse_chat": forged}) as client,
            client.post("/chat/messages", json=START) as answer,
        ):
            assert answer.status == 202
            assert answer.cookies["lotse_chat"].value not in ("", forged)

    async def test_the_store_does_not_know_the_cookie(self, lotse: Service, browser: Browser) -> None:
        async with browser.client.post("/chat/messages", json=START) as answer:
            session = answer.cookies["lotse_chat"].value
        async with lotse.store.engine.begin() as connection:
            stored = str((await connection.exec_driver_sql("SELECT * FROM inbox")).all())
        assert session not in stored

    async def test_who_writes_too_much_is_slowed_down(
        self, lotse: Service, browser: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(routes, "_MOST_MESSAGES", 3)
        assert [await browser.posts(kind="press", content="menu") for _ in range(4)] == [202, 202, 202, 429]
        async with browser.client.post("/chat/messages", json=START) as answer:
            assert answer.headers["Retry-After"] == "10"
        assert len(await arrivals(lotse)) == 3
        async with Browser(lotse.url) as other:
            assert await other.posts(**START) == 202, "others are not"
        monkeypatch.setattr(routes, "_PER_SECONDS", 0)
        assert await browser.posts(kind="press", content="menu") == 202, "nor is it for ever"

    async def test_what_cannot_be_kept_is_not_confirmed(
        self, lotse: Service, browser: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def away(*_: object) -> None:
            raise OperationalError("INSERT", {}, Exception("connection refused"))

        with monkeypatch.context() as outage:
            outage.setattr(Inbox, "add", away)
            async with browser.client.post("/chat/messages", json=START) as answer:
                assert (answer.status, answer.headers["Retry-After"]) == (503, "2")
                assert "Set-Cookie" not in answer.headers
        assert await browser.posts(**START) == 202

    async def test_there_is_nothing_to_get_where_messages_are_posted(self, browser: Browser) -> None:
        async with browser.client.get("/chat/messages") as answer:
            assert answer.status == 405


class TestEvents:
    async def test_the_stream_is_neither_stored_nor_held_back(self, browser: Browser) -> None:
        await browser.starts()
        async with browser.client.get("/chat/events") as answer:
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["X-Accel-Buffering"] == "no"
            assert await answer.content.readline() == b"retry: 2000\n"

    async def test_a_silent_stream_gives_signs_of_life(self, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(routes, "_HEARTBEAT_SECONDS", 0.01)
        await browser.starts()
        async with browser.client.get("/chat/events", headers={"Last-Event-ID": "999999"}) as answer:
            async with asyncio.timeout(5):
                while await answer.content.readline() != b": still here\n":
                    pass

    async def test_the_header_of_a_reconnect_counts_more_than_the_address(self, browser: Browser) -> None:
        await browser.starts()
        first = await browser.screen()
        await browser.posts(kind="press", content="emergency")
        second = await browser.screen()
        headers = {"Last-Event-ID": str(first.id)}
        async with browser.event_stream(params={"after": "0"}, headers=headers) as found:
            assert (await anext(found)).id == second.id

    @pytest.mark.parametrize("last", ["", "abc", "-1", "²", "1" * 19, "9" * 5000, "1.5", "0x10"])
    async def test_a_wrong_id_means_from_the_beginning(self, browser: Browser, last: str) -> None:
        await browser.starts()
        first = await browser.screen()
        async with browser.event_stream(headers={"Last-Event-ID": last}) as found:
            assert (await asyncio.wait_for(anext(found), 5)).id == first.id

    async def test_who_hangs_up_is_forgotten(
        self, lotse: Service, browser: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(routes, "_HEARTBEAT_SECONDS", 0.01)
        await browser.starts()
        await browser.screen()
        assert len(lotse.streams._listening) == 1
        await browser.closes_the_stream()
        await until(lambda: not lotse.streams._listening)


class TestEnd:
    async def test_ending_takes_the_cookie_away(self, browser: Browser) -> None:
        await browser.starts()
        async with browser.client.post("/chat/end") as answer:
            assert answer.status == 204
            assert 'lotse_chat=""' in answer.headers["Set-Cookie"]
            assert "Max-Age=0" in answer.headers["Set-Cookie"]

    async def test_ending_what_never_began_is_no_error(self, browser: Browser) -> None:
        async with browser.client.post("/chat/end") as answer:
            assert answer.status == 204


class TestPage:
    @pytest.mark.parametrize(
        ("accepted", "lang", "direction"),
        [
            ("ar-SY,ar;q=0.9", "ar", "rtl"),
            ("fa", "fa", "rtl"),
            ("uk-UA,ru;q=0.8", "uk", "ltr"),
            ("sw,tr;q=0.5", "tr", "ltr"),
            ("kmr,de;q=0.5", "tr", "ltr"),
            ("", "en", "ltr"),
            ("*", "en", "ltr"),
        ],
    )
    async def test_it_comes_in_the_language_in_which_the_conversation_will_begin(
        self, lotse: Service, accepted: str, lang: str, direction: str
    ) -> None:
        async with Browser(lotse.url, languages=accepted) as browser, browser.client.get("/") as answer:
            page = await answer.text()
            assert answer.headers["Vary"] == "Accept-Language"
            assert f'<html lang="{lang}" dir="{direction}">' in page
            assert lotse.phrases(lang)("Write your question …") in unescape(page)
        async with Browser(lotse.url, languages=accepted) as browser:
            await browser.starts()
            assert (await browser.screen()).data["lang"] == lang

    async def test_no_placeholder_is_left_and_all_words_are_there(self, lotse: Service, browser: Browser) -> None:
        async with browser.client.get("/") as answer:
            page = await answer.text()
        assert "{{" not in page
        words = json.loads(re.findall(r'<script type="application/json" id="words">(.*?)</script>', page, re.DOTALL)[0])
        assert list(words) == list(lotse.knowledge.languages.interface)
        assert all(all(of_one.values()) for of_one in words.values())

    async def test_every_file_that_the_page_names_is_there(self, browser: Browser) -> None:
        async with browser.client.get("/") as answer:
            page = await answer.text()
        addresses = set(re.findall(r'(?:src|href)="(/[^"]*)"', page))
        assert {"/static/chat.js", "/static/chat.css", "/manifest.webmanifest", "/emergency/en"} <= addresses
        for address in addresses:
            async with browser.client.get(address) as answer:
                assert answer.status == 200, address

    async def test_nothing_of_it_runs_that_is_not_a_file(self, browser: Browser) -> None:
        """The content security policy forbids it: it would be dead."""
        async with browser.client.get("/") as answer:
            page = await answer.text()
        assert not re.search(r"<[^>]+\s(?:on\w+|style)=", page)
        for attributes in re.findall(r"<script([^>]*)>", page):
            assert "src=" in attributes or 'type="application/json"' in attributes
        assert "<style" not in page

    async def test_the_manifest_speaks_the_language_and_its_icons_are_there(self, lotse: Service) -> None:
        async with Browser(lotse.url, languages="fa") as browser:
            async with browser.client.get("/manifest.webmanifest") as answer:
                assert answer.content_type == "application/manifest+json"
                manifest = json.loads(await answer.text())
            assert (manifest["lang"], manifest["dir"]) == ("fa", "rtl")
            assert manifest["description"] == lotse.phrases("fa")("Questions and answers in your language")
            for icon in manifest["icons"]:
                async with browser.client.get(icon["src"]) as answer:
                    assert (answer.status, answer.content_type) == (200, icon["type"])


async def test_over_https_the_cookie_never_goes_out_in_the_open(tmp_path: Path) -> None:
    async with (
        lotse_on_the_web(sqlite_with_tables(tmp_path), PUBLIC_URL="https://lotse.example") as lotse,
        Browser(lotse.url) as browser,
        browser.client.post("/chat/messages", json=START) as answer,
    ):
        assert "Secure" in answer.headers["Set-Cookie"].split("; ")
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
