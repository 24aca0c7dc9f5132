"""Lotse on the web, and a client without cookies."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.support.service import Service, lotse_on_the_web, sqlite_with_tables


@pytest.fixture
async def lotse(tmp_path: Path) -> AsyncIterator[Service]:
    async with lotse_on_the_web(sqlite_with_tables(tmp_path)) as service:
        yield service


@pytest.fixture
async def client(lotse: Service) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(lotse.url, cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield session
