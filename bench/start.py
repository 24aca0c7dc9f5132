"""From the command to the first answer, and the memory that the service takes then."""

import asyncio
import tempfile
import time
from pathlib import Path

import aiohttp

from tests.support.process import LotseProcess

QUESTION = {"key": "first-question", "kind": "text", "content": "Wo melde ich meinen Wohnsitz an?"}


async def measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        lotse = LotseProcess(Path(folder))
        for run in ("first run, new database", "second run"):
            begun = time.perf_counter()
            await lotse.start()
            await _answer(lotse.url)
            print(f"start to first answer   {time.perf_counter() - begun:8.2f} s   ({run}, vectors cached)")
            await asyncio.sleep(5)  # the search index is built beside the first answers
            await _answer(lotse.url)
            print(f"memory                  {_megabytes(lotse):8.0f} MB")
            await lotse.stop()


async def _answer(url: str) -> None:
    """Ask as a browser does, and wait for the screen."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
        while True:
            try:
                async with client.post(f"{url}/chat/messages", json=QUESTION) as kept:
                    assert kept.status == 202, kept.status
                    break
            except aiohttp.ClientError:
                await asyncio.sleep(0.02)
        async with client.get(f"{url}/chat/events") as events:
            async for line in events.content:
                if line.startswith(b"data:"):
                    return


def _megabytes(lotse: LotseProcess) -> float:
    status = Path(f"/proc/{lotse.pid}/status").read_text(encoding="utf-8")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1024


if __name__ == "__main__":
    asyncio.run(measure())
