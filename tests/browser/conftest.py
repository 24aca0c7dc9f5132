"""The real service in a process of its own, and the Chromium of this machine."""

import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.support.chromium import CHROMIUM, open_browser
from tests.support.process import LotseProcess


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None and os.environ.get("CI") != "true":
        pytest.skip("no Chromium on this machine: install it with `apt-get install chromium` to run the browser tests")
    async with open_browser() as opened:
        yield opened


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def lotse(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[LotseProcess]:
    process = LotseProcess(tmp_path_factory.mktemp("lotse"))
    await process.start()
    try:
        await process.ready()
        yield process
    finally:
        await process.stop()
