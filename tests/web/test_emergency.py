"""The emergency page: plain HTML that needs nothing."""

import re
from html import unescape

import aiohttp
import pytest

from bot.store.store import Store
from tests.support.service import Service

LOCALES = ["de", "en", "ar", "fa", "tr", "uk", "ru", "fr"]


async def page_at(client: aiohttp.ClientSession, path: str) -> str:
    async with client.get(path) as answer:
        assert (answer.status, answer.content_type) == (200, "text/html")
        return await answer.text()


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_store: Store) -> None:
        raise AssertionError("the emergency page asked for the database")

    monkeypatch.setattr(Store, "begin", away)
    monkeypatch.setattr(Store, "alive", away)


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize("locale", LOCALES)
async def test_the_card_is_there_in_every_language_without_the_database(
    lotse: Service, client: aiohttp.ClientSession, locale: str
) -> None:
    page = await page_at(client, f"/emergency/{locale}")
    direction = "rtl" if locale in {"ar", "fa"} else "ltr"
    assert f'<html lang="{locale}" dir="{direction}">' in page
    assert lotse.library.card(locale).title in unescape(page)
    calls = re.findall(r'href="tel:([^"]+)"', page)
    assert calls[:2] == ["112", "110"]
    assert len(calls) == 5
    machine = lotse.phrases(locale)("A machine translated this. It may contain mistakes.")
    assert (machine in unescape(page)) == (lotse.library.card(locale).translation == "machine")


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_other_language_is_one_tap_away(client: aiohttp.ClientSession, locale: str) -> None:
    page = await page_at(client, f"/emergency/{locale}")
    others = re.findall(r'href="/emergency/(\w+)" lang="(\w+)" dir="(\w+)"', page)
    assert [code for code, _lang, _dir in others] == [code for code in LOCALES if code != locale]
    assert all(
        code == lang and direction == ("rtl" if code in {"ar", "fa"} else "ltr") for code, lang, direction in others
    )


@pytest.mark.parametrize(
    ("path", "locale"),
    [
        ("/emergency", "en"),
        ("/emergency/klingon", "en"),
        ("/emergency/xx", "en"),
        ("/emergency/ar-SY", "ar"),
        ("/emergency/AR", "ar"),
        ("/emergency/ku", "tr"),
        ("/emergency/%3Cscript%3E", "en"),
    ],
)
async def test_an_unknown_language_gets_the_best_known_one(
    client: aiohttp.ClientSession, path: str, locale: str
) -> None:
    page = await page_at(client, path)
    assert f'<html lang="{locale}"' in page
    assert "<script" not in page, "neither one of ours nor one from the address"


async def test_the_numbers_keep_their_order_among_right_to_left_words(client: aiohttp.ClientSession) -> None:
    page = await page_at(client, "/emergency/ar")
    assert "\u20660551 19240\u2069" in page
    assert "\u2066116 016\u2069" in page
