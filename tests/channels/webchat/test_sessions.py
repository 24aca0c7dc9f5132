from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from bot.channels.webchat.sessions import COOKIE, chat_of, new_session, remember, session_of


def request(cookie: str | None) -> web.Request:
    return make_mocked_request("GET", "/", headers={"Cookie": f"{COOKIE}={cookie}"} if cookie is not None else {})


def test_no_two_sessions_are_the_same() -> None:
    assert len({new_session() for _ in range(1000)}) == 1000


def test_a_new_session_is_known_again() -> None:
    session = new_session()
    assert session_of(request(session)) == session


def test_a_cookie_that_cannot_be_ours_is_no_session() -> None:
    for cookie in (None, "", "a" * 19, "a" * 65):
        assert session_of(request(cookie)) is None


def test_the_chat_does_not_give_the_session_away() -> None:
    session = new_session()
    assert chat_of(session) == chat_of(session)
    assert chat_of(session) != chat_of(new_session())
    assert session not in chat_of(session)
    assert len(chat_of(session)) == 32, "it fits into the columns and the keys"


def test_the_cookie_ends_with_the_browser() -> None:
    response = web.Response()
    remember(response, "name", secure=True)
    cookie = response.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Strict", True)
    assert not cookie.get("max-age")
    assert not cookie.get("expires")
