"""Lotse as a process of its own: started, killed and started again."""

import asyncio
import os
import shutil
import signal
import socket
import sys
from pathlib import Path

import aiohttp

ROOT = Path(__file__).parent.parent.parent
# The vectors and the model that `make test` has computed once.
CACHE = ROOT / "var" / "understanding"
_START_SECONDS = 120


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class LotseProcess:
    """``lotse run`` with a data folder of its own, on a port of its own that stays the same from start to start."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "lotse.log"
        data = folder / "data"
        data.mkdir(parents=True, exist_ok=True)
        if CACHE.is_dir() and not (data / "understanding").exists():
            shutil.copytree(CACHE, data / "understanding")
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("LOTSE_")},
            "LOTSE_HTTP_PORT": str(self.port),
            "LOTSE_DATA_DIR": str(data),
            "LOTSE_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'lotse.db'}",
            **{f"LOTSE_{name}": value for name, value in settings.items()},
        }
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """The id of the running process."""
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        """Start the process; it may take its time to answer."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", "--demo", cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )

    async def ready(self) -> None:
        """Wait until it can answer; fails with its log if it ends before."""
        async with aiohttp.ClientSession() as client, asyncio.timeout(_START_SECONDS):
            while True:
                assert self._process is not None
                assert self._process.returncode is None, self.log.read_text(encoding="utf-8")[-4000:]
                try:
                    async with client.get(f"{self.url}/readyz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """SIGKILL: no goodbye, nothing is put away."""
        assert self._process is not None
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> int:
        """SIGTERM, as an operator stops it; returns the exit status."""
        if self._process is None or self._process.returncode is not None:
            return 0
        self._process.send_signal(signal.SIGTERM)
        return await self._process.wait()
