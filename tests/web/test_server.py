"""What every answer of the web server has in common."""

import asyncio
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from bot.web.server import create_server
from tests.support.service import Service, lotse_on_the_web, sqlite_with_tables

EVERYTHING = [
    ("GET", "/", 200),
    ("GET", "/manifest.webmanifest", 200),
    ("GET", "/static/chat.js", 200),
    ("GET", "/static/chat.css", 200),
    ("GET", "/static/icon.svg", 200),
    ("GET", "/emergency", 200),
    ("GET", "/emergency/ar", 200),
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("POST", "/chat/end", 204),
    ("GET", "/chat/events", 403),
    ("GET", "/chat/messages", 405),
    ("POST", "/chat/messages", 415),
    ("GET", "/no/such/page", 404),
    ("GET", "/static/no-such-file", 404),
    ("POST", "/telegram/webhook", 404),  # there is no Telegram here
]


@pytest.mark.parametrize(("method", "path", "status"), EVERYTHING)
async def test_every_answer_protects_its_reader(
    client: aiohttp.ClientSession, method: str, path: str, status: int
) -> None:
    async with client.request(method, path, allow_redirects=False) as answer:
        assert answer.status == status
        policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "geolocation=()" in answer.headers["Permissions-Policy"]
        assert "Access-Control-Allow-Origin" not in answer.headers, "no other site may read it"
        assert "Strict-Transport-Security" not in answer.headers, "it is not reached by https"


async def test_over_https_browsers_are_told_to_stay_with_it(tmp_path: Path) -> None:
    async with (
        lotse_on_the_web(sqlite_with_tables(tmp_path), PUBLIC_URL="https://lotse.example") as lotse,
        aiohttp.ClientSession(lotse.url) as client,
    ):
        for path in ("/", "/emergency/de", "/no/such/page"):
            async with client.get(path) as answer:
                assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../routes.py",
        "/static/%2e%2e/routes.py",
        "/static/..%2froutes.py",
        "/static/%2e%2e%2f%2e%2e%2f%2e%2e%2fsettings.py",
        "/static/....//routes.py",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/..\\routes.py",
        "/static/%5c..%5croutes.py",
        "/static/chat.js%00.png",
        "/static/",
        "/static",
        "//etc/passwd",
        "/emergency/../../settings.py",
    ],
)
async def test_no_path_leads_out_of_the_folder(lotse: Service, path: str) -> None:
    """Sent as it stands: a client would put it straight."""
    url = URL(lotse.url)
    reader, writer = await asyncio.open_connection(url.host, url.port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: lotse\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    assert answer.split()[1] in {b"400", b"403", b"404"}, answer[:200]
    for secret in (b"class WebChat", b"class Settings", b"root:"):
        assert secret not in answer


async def test_a_header_of_a_page_itself_is_left_alone() -> None:
    async def strict(_request: web.Request) -> web.Response:
        return web.Response(headers={"Referrer-Policy": "origin"})

    async with TestClient(TestServer(create_server([web.get("/", strict)], secure=False))) as client:
        answer = await client.get("/")
        assert answer.headers["Referrer-Policy"] == "origin"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_an_error_of_ours_is_told_in_general_terms_only() -> None:
    async def broken(_request: web.Request) -> web.Response:
        raise RuntimeError("the password is 1234")

    async with TestClient(TestServer(create_server([web.get("/", broken)], secure=False))) as client:
        answer = await client.get("/")
        assert answer.status == 500
        assert "1234" not in await answer.text()
        assert "Content-Security-Policy" in answer.headers
