"""Who is who in the web chat: a random name in a cookie, and nothing else."""

import hashlib
import secrets

from aiohttp import web

COOKIE = "lotse_chat"


def new_session() -> str:
    """A name that nobody can guess."""
    return secrets.token_urlsafe(24)


def chat_of(session: str) -> str:
    """The chat of a session. The store knows only this hash: whoever reads it cannot take the chat over."""
    return hashlib.sha256(session.encode()).hexdigest()[:32]


def session_of(request: web.Request) -> str | None:
    """The session of a browser, or None if it has none yet."""
    session = request.cookies.get(COOKIE, "")
    return session if 20 <= len(session) <= 64 and session.isascii() else None  # noqa: PLR2004 - any sane length


def remember(response: web.StreamResponse, session: str, *, secure: bool) -> None:
    """Give the browser its session. It ends with the browser: others may use the same computer."""
    response.set_cookie(COOKIE, session, httponly=True, samesite="Strict", secure=secure, path="/")
