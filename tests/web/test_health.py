import json
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.library.problems import Problem
from bot.store.store import Store
from bot.web.health import health_routes
from tests.support.service import Service, lotse_on_the_web, sqlite_with_tables
from tests.telegram_api.server import FakeTelegram


async def readiness(client: aiohttp.ClientSession) -> tuple[int, dict[str, str]]:
    async with client.get("/readyz") as answer:
        return answer.status, json.loads(await answer.text())


async def test_a_process_that_runs_says_so(client: aiohttp.ClientSession) -> None:
    async with client.get("/healthz") as answer:
        assert (answer.status, await answer.json()) == (200, {"status": "alive"})


async def test_all_is_well(client: aiohttp.ClientSession) -> None:
    assert await readiness(client) == (
        200,
        {"status": "ready", "database": "ok", "understanding": "ok", "content": "ok"},
    )


async def test_without_the_database_lotse_is_alive_but_not_ready(
    client: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(_store: Store) -> bool:
        return False

    monkeypatch.setattr(Store, "alive", away)
    status, parts = await readiness(client)
    assert (status, parts["status"], parts["database"]) == (503, "not ready", "does not answer")
    async with client.get("/healthz") as answer:
        assert answer.status == 200


def put_a_folder_in_the_place_of(file: Path) -> None:
    for path in file.parent.glob(file.name + "*"):
        path.unlink()
    file.mkdir()


async def test_a_database_that_is_really_gone_is_noticed(lotse: Service, client: aiohttp.ClientSession) -> None:
    await lotse.store.close()
    put_a_folder_in_the_place_of(Path(str(lotse.store.engine.url.database)))
    status, parts = await readiness(client)
    assert (status, parts["database"]) == (503, "does not answer")


async def test_problems_of_the_content_are_named_but_turn_nobody_away(
    lotse: Service, client: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = Problem(Path("content/topics/work/find-a-job/de.md"), 7, "The title is missing.", "Write one.")
    problems = (problem, replace(problem, line=9))
    monkeypatch.setattr(lotse.knowledge.shelf, "problems", problems)
    status, parts = await readiness(client)
    assert (status, parts["status"]) == (200, "ready")
    assert parts["content"].startswith("2 problems, first: ")
    assert "The title is missing." in parts["content"]


async def test_a_telegram_that_is_not_connected_yet_is_named(tmp_path: Path) -> None:
    async with (
        FakeTelegram() as telegram,
        lotse_on_the_web(sqlite_with_tables(tmp_path), telegram) as lotse,
        aiohttp.ClientSession(lotse.url) as client,
    ):
        status, parts = await readiness(client)
        assert (status, parts["telegram"]) == (503, "not connected yet")
        assert lotse.telegram
        await lotse.telegram._connect()
        status, parts = await readiness(client)
        assert (status, parts["telegram"]) == (200, "ok")


async def test_any_other_failing_part_makes_it_not_ready() -> None:
    async def checks() -> dict[str, str]:
        return {"database": "ok", "understanding": "no model", "content": "3 problems"}

    app = web.Application()
    app.add_routes(health_routes(checks))
    async with TestClient(TestServer(app)) as client:
        answer = await client.get("/readyz")
        assert answer.status == 503
        assert (await answer.json())["understanding"] == "no model"
