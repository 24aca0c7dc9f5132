"""Updates as Telegram sends them, read as arrivals."""

from typing import Any

import pytest
from telegram import Update

from bot.channels.telegram.updates import ALLOWED, read_update
from bot.store.arrivals import Arrival
from tests.telegram_api.validation import UPDATE_KINDS

USER = {"id": 42, "is_bot": False, "first_name": "Amina", "language_code": "ar-SY"}
PRIVATE = {"id": 42, "type": "private", "first_name": "Amina"}
GROUP = {"id": -100, "type": "supergroup", "title": "Deutschkurs"}
FILE = {"file_id": "a", "file_unique_id": "b"}
VIDEO = {**FILE, "width": 1, "height": 1, "duration": 1, "length": 1}


def read(kind: str, **content: Any) -> Arrival | None:
    update = Update.de_json({"update_id": 7, kind: content}, None)
    assert update
    return read_update(update)


def message(kind: str = "message", chat: dict[str, Any] | None = None, **content: Any) -> Arrival | None:
    return read(kind, message_id=1, date=1_700_000_000, chat=chat or PRIVATE, **{"from": USER, **content})


def arrival(kind: Any, content: str = "", screen: str | None = None) -> Arrival:
    return Arrival("telegram", "42", "7", kind, content, ("ar-SY",), screen)


def press(chat: dict[str, Any] | None = None, **query: Any) -> Arrival | None:
    shown = {"message_id": 5, "date": 1_700_000_000, "chat": chat or PRIVATE, "text": "menu"}
    return read("callback_query", **{"id": "q", "from": USER, "chat_instance": "1", "message": shown, **query})


def membership(status: str, chat: dict[str, Any] | None = None) -> Arrival | None:
    bot = {"id": 1, "is_bot": True, "first_name": "Lotse"}
    members: dict[str, dict[str, Any]] = {
        "member": {"status": "member", "user": bot},
        "left": {"status": "left", "user": bot},
        "kicked": {"status": "kicked", "user": bot, "until_date": 0},
    }
    return read(
        "my_chat_member",
        **{"chat": chat or PRIVATE, "from": USER, "date": 1, "old_chat_member": members["member"]},
        new_chat_member=members[status],
    )


@pytest.mark.parametrize(
    ("text", "kind", "content"),
    [
        ("Guten Tag", "text", "Guten Tag"),
        ("", "text", ""),
        ("1/2", "text", "1/2"),
        ("/start", "start", "start"),
        ("/start flyer", "start", "start"),
        ("/START@lotse_bot", "start", "start"),
        ("/menu", "command", "menu"),
        ("/Menu@lotse_bot now", "command", "menu"),
        ("/", "command", ""),
        ("/ ", "command", ""),
        ("/\u2003", "command", ""),
        ("/ menu", "command", "menu"),
        ("/@", "command", ""),
    ],
)
@pytest.mark.parametrize("update", ["message", "edited_message"])
def test_a_text_is_a_question_or_a_command(update: str, text: str, kind: str, content: str) -> None:
    assert message(update, text=text) == arrival(kind, content)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"sticker": {**VIDEO, "type": "regular", "is_animated": False, "is_video": False}}, "sticker"),
        ({"animation": VIDEO, "document": FILE}, "sticker"),  # a GIF comes as both
        ({"photo": [{**VIDEO}]}, "photo"),
        ({"photo": [{**VIDEO}], "caption": "What is this?"}, "photo"),
        ({"voice": {**FILE, "duration": 1}}, "voice"),
        ({"audio": {**FILE, "duration": 1}}, "voice"),
        ({"video": VIDEO}, "video"),
        ({"video_note": VIDEO}, "video"),
        ({"document": FILE}, "document"),
        ({"contact": {"phone_number": "1", "first_name": "A"}}, "contact"),
        ({"location": {"latitude": 52.3, "longitude": 10.2}}, "location"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "sticker"),
    ],
)
def test_what_is_no_text_is_named(content: dict[str, Any], kind: str) -> None:
    assert message(**content) == arrival("unreadable", kind)


def test_a_place_on_the_map_with_a_name_is_a_location() -> None:
    venue = {"location": {"latitude": 52.3, "longitude": 10.2}, "title": "Rathaus", "address": "Peine"}
    assert message(venue=venue, location=venue["location"]) == arrival("unreadable", "location")


@pytest.mark.parametrize(
    "content",
    [
        {"new_chat_photo": [VIDEO]},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"delete_chat_photo": True},
    ],
)
def test_telegrams_own_notices_are_met_with_silence(content: dict[str, Any]) -> None:
    assert message(**content) is None


def test_a_live_location_that_moves_on_asks_nothing_new() -> None:
    assert message("edited_message", location={"latitude": 52.3, "longitude": 10.2}) is None
    assert message("edited_message", photo=[VIDEO], caption="better now") is None


def test_a_press_tells_the_button_and_its_message() -> None:
    assert press(data="topic:find-a-job") == arrival("press", "topic:find-a-job", "5")


def test_a_press_on_a_message_that_telegram_forgot_is_a_press_all_the_same() -> None:
    assert press(data="menu", message={"chat": PRIVATE, "message_id": 5, "date": 0}) == arrival("press", "menu", "5")


@pytest.mark.parametrize("data", [{}, {"data": ""}, {"game_short_name": "chess"}])
def test_a_press_without_data_is_of_no_known_button(data: dict[str, Any]) -> None:
    assert press(**data) == arrival("press", "", "5")


def test_blocking_and_coming_back_are_noticed() -> None:
    assert membership("kicked") == arrival("blocked")
    assert membership("left") == arrival("blocked")
    assert membership("member") == arrival("unblocked")


def test_groups_and_channels_are_met_with_silence() -> None:
    assert message(chat=GROUP, text="/start") is None
    assert message("edited_message", chat=GROUP, text="Hallo?") is None
    assert press(chat=GROUP, data="menu") is None
    assert membership("member", chat=GROUP) is None
    assert read("channel_post", message_id=1, date=1, chat={"id": -1, "type": "channel"}, text="/start") is None
    assert press(data="menu", message=None, inline_message_id="x") is None


def test_a_phone_may_keep_its_language_to_itself() -> None:
    silent = read(
        "message", message_id=1, date=1, chat=PRIVATE, text="Hallo", **{"from": {**USER, "language_code": None}}
    )
    assert silent
    assert silent.languages == ()


def test_what_is_asked_of_telegram_exists() -> None:
    assert set(ALLOWED) <= UPDATE_KINDS
