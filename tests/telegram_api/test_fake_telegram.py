"""The fake Telegram itself, seen by a real python-telegram-bot and by its own phones."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from telegram import Bot, BotCommand, CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)
from telegram.request import HTTPXRequest

from tests.telegram_api import markup, validation
from tests.telegram_api.errors import ViolationError
from tests.telegram_api.phone import CHANNEL, GROUP
from tests.telegram_api.server import FakeTelegram

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def new_bot(telegram: FakeTelegram, token: str | None = None) -> Bot:
    return Bot(token or telegram.token, base_url=f"{telegram.url}/bot", request=HTTPXRequest(read_timeout=0.5))


def keyboard(*rows: list[dict[str, Any]]) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup.de_json({"inline_keyboard": rows}, None)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as fake:
        yield fake


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    async with new_bot(telegram) as bot:
        yield bot


async def test_a_bot_learns_its_name(telegram: FakeTelegram, bot: Bot) -> None:
    assert bot.id == telegram.bot["id"]
    assert bot.username == "lotse_test_bot"
    assert telegram.violations == []


async def test_a_wrong_token_is_refused(telegram: FakeTelegram) -> None:
    stranger = new_bot(telegram, "987654321:wrong")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    for request in stranger._request:
        await request.shutdown()


def test_every_described_method_is_there() -> None:
    assert FakeTelegram()._methods.by_name.keys() == validation.METHODS


class TestGetUpdates:
    async def test_an_update_is_kept_until_it_is_confirmed(self, telegram: FakeTelegram, bot: Bot) -> None:
        await telegram.phone().send("Hallo")
        (first,) = await bot.get_updates()
        assert [update.update_id for update in await bot.get_updates()] == [first.update_id]
        assert await bot.get_updates(offset=first.update_id + 1) == ()
        assert await bot.get_updates() == ()
        assert telegram.updates.pending == []

    async def test_an_update_outlives_the_bot(self, telegram: FakeTelegram) -> None:
        await telegram.phone().send("Hallo")
        async with new_bot(telegram) as killed:
            assert len(await killed.get_updates()) == 1
        async with new_bot(telegram) as next_one:
            (update,) = await next_one.get_updates()
        assert update.message
        assert update.message.text == "Hallo"

    async def test_a_confirmation_forgets_only_what_is_older(self, telegram: FakeTelegram, bot: Bot) -> None:
        for text in ("eins", "zwei", "drei"):
            await telegram.phone().send(text)
        first, *_ = await bot.get_updates(limit=1)
        rest = await bot.get_updates(offset=first.update_id + 1)
        assert [update.message.text for update in rest if update.message] == ["zwei", "drei"]

    async def test_no_more_are_handed_over_than_the_limit(self, telegram: FakeTelegram, bot: Bot) -> None:
        for text in ("eins", "zwei", "drei"):
            await telegram.phone().send(text)
        assert len(await bot.get_updates(limit=2)) == 2

    async def test_a_long_poll_waits_for_an_update(self, telegram: FakeTelegram, bot: Bot) -> None:
        poll = asyncio.create_task(bot.get_updates(timeout=5))
        await asyncio.sleep(0.1)
        assert not poll.done()
        await telegram.phone().send("Hallo")
        assert len(await asyncio.wait_for(poll, 1)) == 1

    async def test_a_long_poll_ends_empty_when_nothing_happens(self, bot: Bot) -> None:
        began = time.monotonic()
        assert await bot.get_updates(timeout=1) == ()
        assert 0.9 < time.monotonic() - began < 2

    async def test_of_two_polls_the_older_is_ended(self, telegram: FakeTelegram, bot: Bot) -> None:
        older = asyncio.create_task(bot.get_updates(timeout=5))
        await asyncio.sleep(0.1)
        async with new_bot(telegram) as second:
            newer = asyncio.create_task(second.get_updates(timeout=5))
            with pytest.raises(Conflict):
                await older
            await telegram.phone().send("Hallo")
            assert len(await newer) == 1
        assert telegram.updates.conflicts == 1

    async def test_the_poll_of_a_killed_bot_takes_no_update(self, telegram: FakeTelegram, bot: Bot) -> None:
        telegram.repeat_updates(2)
        poll = asyncio.create_task(bot.get_updates(timeout=5))
        await asyncio.sleep(0.1)
        poll.cancel()
        await asyncio.sleep(0.1)
        await telegram.phone().send("Hallo")
        async with new_bot(telegram) as next_one:
            (update,) = await next_one.get_updates(timeout=1)
            assert len(await next_one.get_updates(offset=update.update_id + 1)) == 1
            assert await next_one.get_updates(offset=update.update_id + 1) == ()
        assert telegram.updates.conflicts == 0

    async def test_only_wanted_kinds_are_kept(self, telegram: FakeTelegram, bot: Bot) -> None:
        await bot.get_updates(allowed_updates=["message", "callback_query"])
        await telegram.phone().post_in_channel("Neues")
        await telegram.phone().send("Hallo")
        (update,) = await bot.get_updates()
        assert update.message
        assert [list(unwanted)[1] for unwanted in telegram.updates.unwanted] == ["channel_post"]

    async def test_every_update_comes_three_times_when_asked_for(self, telegram: FakeTelegram, bot: Bot) -> None:
        telegram.repeat_updates(3)
        await telegram.phone().send("eins")
        await telegram.phone().send("zwei")
        seen: list[int] = []
        offset = None
        while updates := await bot.get_updates(offset=offset):
            seen += [update.update_id for update in updates]
            offset = updates[-1].update_id + 1
        assert sorted(seen) == sorted(3 * list(dict.fromkeys(seen)))
        assert len(set(seen)) == 2

    async def test_there_are_none_while_a_webhook_is_set(self, telegram: FakeTelegram, bot: Bot) -> None:
        await telegram.phone().send("Hallo")
        await bot.set_webhook("https://lotse.example/telegram/webhook", secret_token="geheim")
        assert telegram.webhook
        assert telegram.webhook.secret_token == "geheim"
        with pytest.raises(Conflict, match="webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        assert len(await bot.get_updates()) == 1


class TestMessages:
    async def test_a_phone_shows_what_is_sent(self, telegram: FakeTelegram, bot: Bot) -> None:
        phone = telegram.phone(chat=42)
        rows = ([{"text": "Ja", "callback_data": "y"}, {"text": "Nein", "callback_data": "n"}],)
        sent = await bot.send_message(
            42,
            '<b>Gut &amp; &lt;günstig&gt;</b>: <a href="https://lotse.example/a">hier</a>',
            parse_mode="HTML",
            link_preview_options=NO_PREVIEW,
            reply_markup=keyboard(*rows),
        )
        message = await phone.message()
        assert message.text == "Gut & <günstig>: hier"
        assert message.html.startswith("<b>Gut &amp;")
        assert message.buttons == [["Ja", "Nein"]]
        assert message.links == ["https://lotse.example/a"]
        assert message.id == sent.message_id
        assert not message.edited
        assert sent.text_html == message.html
        assert telegram.violations == []

    async def test_each_chat_counts_its_own_messages(self, telegram: FakeTelegram, bot: Bot) -> None:
        telegram.phone(chat=1)
        telegram.phone(chat=2)
        ids = [(await bot.send_message(chat, "Hallo")).message_id for chat in (1, 1, 2)]
        assert ids == [1, 2, 1]

    async def test_an_edit_takes_the_place_of_the_message(self, telegram: FakeTelegram, bot: Bot) -> None:
        phone = telegram.phone()
        await phone.send("Hallo")
        sent = await bot.send_message(42, "eins", reply_markup=keyboard([{"text": "Ja", "callback_data": "y"}]))
        await bot.edit_message_text("zwei", chat_id=42, message_id=sent.message_id)
        assert (await phone.message()).text == "eins"
        edit = await phone.message()
        assert (edit.id, edit.text, edit.edited, edit.buttons) == (sent.message_id, "zwei", True, [])
        assert [message.text for message in phone.screen] == ["Hallo", "zwei"]

    async def test_what_is_not_there_cannot_be_edited(self, telegram: FakeTelegram, bot: Bot) -> None:
        phone = telegram.phone()
        with pytest.raises(BadRequest, match=r"(?i)message to edit not found"):
            await bot.edit_message_text("zwei", chat_id=42, message_id=77)
        mine = await phone.send("Hallo")
        with pytest.raises(BadRequest, match=r"(?i)message can't be edited"):
            await bot.edit_message_text("zwei", chat_id=42, message_id=mine)
        assert telegram.violations == []

    async def test_an_edit_that_changes_nothing_is_refused(self, telegram: FakeTelegram, bot: Bot) -> None:
        telegram.phone()
        sent = await bot.send_message(42, "<b>eins</b>", parse_mode="HTML")
        with pytest.raises(BadRequest, match=r"(?i)message is not modified: "):
            await bot.edit_message_text("<b>eins</b>", chat_id=42, message_id=sent.message_id, parse_mode="HTML")
        await bot.edit_message_text("<i>eins</i>", chat_id=42, message_id=sent.message_id, parse_mode="HTML")
        assert telegram.violations == []

    async def test_a_chat_that_nobody_opened_is_not_found(self, telegram: FakeTelegram, bot: Bot) -> None:
        with pytest.raises(BadRequest, match=r"(?i)chat not found"):
            await bot.send_message(4711, "Hallo")

    async def test_a_user_who_blocked_the_bot_gets_nothing(self, telegram: FakeTelegram, bot: Bot) -> None:
        phone = telegram.phone()
        await phone.block()
        with pytest.raises(Forbidden, match="Forbidden: bot was blocked by the user"):
            await bot.send_message(42, "Hallo")
        await phone.start()
        await bot.send_message(42, "Hallo")
        changes = [update.my_chat_member for update in await bot.get_updates() if update.my_chat_member]
        assert [change.new_chat_member.status for change in changes] == ["kicked", "member"]

    async def test_sends_are_timed(self, telegram: FakeTelegram, bot: Bot) -> None:
        telegram.phone(chat=1)
        telegram.phone(chat=2)
        await bot.send_message(1, "eins")
        await asyncio.sleep(0.2)
        await asyncio.gather(bot.send_message(1, "zwei"), bot.send_message(2, "drei"))
        assert [send.status for send in telegram.sends] == [200, 200, 200]
        assert telegram.sends[1].at - telegram.sends[0].at >= 0.2
        assert telegram.most_sends_within(0.15) == 2
        assert telegram.most_sends_within(0.15, chat=1) == 1

    async def test_the_profile_is_kept_by_language(self, telegram: FakeTelegram, bot: Bot) -> None:
        await bot.set_my_commands([BotCommand("menu", "Thema wählen")])
        await bot.set_my_commands([BotCommand("menu", "Choose a subject")], language_code="en")
        await bot.set_my_description("Lotse hilft.")
        await bot.set_my_short_description("Helps", language_code="en")
        assert telegram.commands == {"": {"menu": "Thema wählen"}, "en": {"menu": "Choose a subject"}}
        assert (telegram.descriptions, telegram.short_descriptions) == ({"": "Lotse hilft."}, {"en": "Helps"})
        assert telegram.violations == []


class TestPhone:
    async def test_the_bot_reads_what_is_typed(self, telegram: FakeTelegram, bot: Bot) -> None:
        phone = telegram.phone(chat=42, language="ar", name="سميرة")
        await phone.start("abc")
        await phone.send("مرحبا")
        await phone.edit("مرحبا بكم")
        start, text, edit = await bot.get_updates()
        assert start.message
        assert start.message.text == "/start abc"
        assert text.message
        assert text.message.from_user
        assert (text.message.from_user.language_code, text.message.from_user.first_name) == ("ar", "سميرة")
        assert text.message.chat.type == "private"
        assert edit.edited_message
        assert (edit.edited_message.text, edit.edited_message.message_id) == ("مرحبا بكم", text.message.message_id)
        assert [message.text for message in phone.screen] == ["/start abc", "مرحبا بكم"]

    async def test_a_language_can_be_kept_to_oneself(self, telegram: FakeTelegram, bot: Bot) -> None:
        await telegram.phone(language="").send("Hallo")
        (update,) = await bot.get_updates()
        assert update.effective_user
        assert update.effective_user.language_code is None

    async def test_all_that_is_no_text_can_be_sent(self, telegram: FakeTelegram, bot: Bot) -> None:
        phone = telegram.phone()
        await phone.send_sticker()
        await phone.send_photo("Was ist das?")
        await phone.send_voice()
        await phone.send_contact()
        await phone.send_location()
        await phone.send_document()
        await phone.send_content(dice={"emoji": "🎲", "value": 3})
        messages = [update.message for update in await bot.get_updates()]
        kinds = ("sticker", "photo", "voice", "contact", "location", "document", "dice")
        assert [[kind for kind in kinds if getattr(message, kind)] for message in messages] == [
            [kind] for kind in kinds
        ]

    async def test_groups_and_channels_are_other_chats(self, telegram: FakeTelegram, bot: Bot) -> None:
        phone = telegram.phone()
        await phone.send_in_group("Hallo zusammen")
        await phone.post_in_channel("Neues")
        group, channel = await bot.get_updates()
        assert group.message
        assert (group.message.chat.type, group.message.chat.id) == ("supergroup", GROUP)
        assert channel.channel_post
        assert (channel.channel_post.chat.type, channel.channel_post.chat.id) == ("channel", CHANNEL)
        assert phone.screen == []
        assert [message.text for message in telegram.chat(GROUP).screen] == ["Hallo zusammen"]

    async def test_a_button_is_pressed_on_the_newest_message_that_has_it(
        self, telegram: FakeTelegram, bot: Bot
    ) -> None:
        phone = telegram.phone()
        for data in ("alt", "neu"):
            rows = ([{"text": "\u2067Weiter\u2069 ▶", "callback_data": data}],)
            await bot.send_message(42, "Seite", reply_markup=keyboard(*rows))
        await bot.send_message(42, "Ende")
        await phone.press("Weiter ▶")
        await phone.press("Weiter", on=phone.screen[0])
        newest, oldest = [update.callback_query for update in await bot.get_updates()]
        assert newest
        assert oldest
        assert (newest.data, oldest.data) == ("neu", "alt")
        assert newest.message
        assert newest.message.message_id == 2
        assert phone.blinking == 2
        await bot.answer_callback_query(newest.id)
        assert phone.blinking == 1
        with pytest.raises(BadRequest, match=r"(?i)query is too old"):
            await bot.answer_callback_query(newest.id)

    async def test_a_failed_wait_shows_the_chat(self, telegram: FakeTelegram, bot: Bot) -> None:
        phone = telegram.phone()
        await phone.send("Hallo")
        with pytest.raises(AssertionError, match=r"no message came within 0.1 s. The chat shows:\n#1 user: Hallo"):
            await phone.message(within=0.1)

    async def test_a_button_that_is_not_there_shows_those_that_are(self, telegram: FakeTelegram, bot: Bot) -> None:
        phone = telegram.phone()
        rows = [[{"text": "Ja", "callback_data": "y"}], [{"text": "Amt", "url": "https://lotse.example"}]]
        await bot.send_message(42, "Gut?", reply_markup=keyboard(*rows))
        with pytest.raises(AssertionError, match=r"(?s)no button 'Nein'.*Gut\?\n  \[Ja\]\n  \[Amt\]"):
            await phone.press("Nein")
        with pytest.raises(AssertionError, match="2 buttons below this message"):
            (await phone.message()).button("")
        with pytest.raises(AssertionError, match=r"opens https://lotse\.example"):
            await phone.press("Amt")

    async def test_silence_is_a_lack_of_messages(self, telegram: FakeTelegram, bot: Bot) -> None:
        phone = telegram.phone()
        await phone.silence(0.05)
        await bot.send_message(42, "Hallo")
        with pytest.raises(AssertionError, match="Hallo"):
            await phone.silence(0.05)


class TestFaults:
    async def test_too_many_requests_say_how_long_to_wait(self, telegram: FakeTelegram, bot: Bot) -> None:
        phone = telegram.phone()
        telegram.faults.too_many_requests(2, retry_after=7)
        for _ in range(2):
            with pytest.raises(RetryAfter) as error:
                await bot.send_message(42, "Hallo")
            assert error.value._retry_after == timedelta(seconds=7)
        await bot.send_message(42, "Hallo")
        assert [send.status for send in telegram.sends] == [429, 429, 200]
        assert len(phone.screen) == 1

    @pytest.mark.parametrize("status", [500, 502, 503])
    async def test_a_server_error_is_no_message(self, telegram: FakeTelegram, bot: Bot, status: int) -> None:
        phone = telegram.phone()
        telegram.faults.server_error(status=status)
        with pytest.raises(NetworkError):
            await bot.send_message(42, "Hallo")
        assert phone.screen == []
        assert telegram.sends[0].status == status

    async def test_a_server_error_can_come_too_late(self, telegram: FakeTelegram, bot: Bot) -> None:
        phone = telegram.phone()
        telegram.faults.server_error(carried_out=True)
        with pytest.raises(NetworkError):
            await bot.send_message(42, "Hallo")
        assert (await phone.message()).text == "Hallo"

    async def test_a_connection_cut_before_loses_the_message(self, telegram: FakeTelegram, bot: Bot) -> None:
        phone = telegram.phone()
        telegram.faults.cut_before()
        with pytest.raises(NetworkError) as error:
            await bot.send_message(42, "Hallo")
        assert isinstance(error.value.__cause__, httpx.RemoteProtocolError | httpx.ReadError)
        assert phone.screen == []
        assert telegram.sends[0].status == 0
        await bot.send_message(42, "Hallo")

    async def test_a_connection_cut_after_shows_the_message(self, telegram: FakeTelegram, bot: Bot) -> None:
        phone = telegram.phone()
        telegram.faults.cut_after()
        with pytest.raises(NetworkError):
            await bot.send_message(42, "Hallo")
        assert (await phone.message()).text == "Hallo"
        assert telegram.sends[0].status == 0

    async def test_a_slow_answer_comes_after_the_message(self, telegram: FakeTelegram, bot: Bot) -> None:
        phone = telegram.phone()
        telegram.faults.slow(0.8)
        with pytest.raises(TimedOut):
            await bot.send_message(42, "Hallo")
        assert (await phone.message()).text == "Hallo"
        assert telegram.sends[0].status == 0

    async def test_a_fault_can_be_meant_for_one_chat_or_another_method(self, telegram: FakeTelegram, bot: Bot) -> None:
        telegram.phone(chat=1)
        telegram.phone(chat=2)
        telegram.faults.too_many_requests(chat=2)
        telegram.faults.server_error(methods=["getUpdates"])
        await bot.send_message(1, "Hallo")
        with pytest.raises(RetryAfter):
            await bot.send_message(2, "Hallo")
        assert telegram.faults.left == 1
        with pytest.raises(NetworkError):
            await bot.get_updates()
        assert telegram.faults.left == 0

    async def test_an_unreachable_telegram_refuses_connections(self, telegram: FakeTelegram, bot: Bot) -> None:
        telegram.phone()
        await bot.send_message(42, "Hallo")
        poll = asyncio.create_task(bot.get_updates(timeout=5))
        await asyncio.sleep(0.1)
        async with telegram.unreachable():
            with pytest.raises(NetworkError):
                await poll
            with pytest.raises(NetworkError) as error:
                await bot.send_message(42, "Hallo")
            assert isinstance(error.value.__cause__, httpx.ConnectError)
        await bot.send_message(42, "Hallo")
        assert len(telegram.sends) == 2


BUTTONS: list[tuple[dict[str, Any], str]] = [
    ({"text": "", "callback_data": "a"}, "text must be non-empty"),
    ({"text": "Ja"}, "Text buttons are unallowed"),
    ({"text": "Ja", "callback_data": ""}, "Text buttons are unallowed"),
    ({"text": "Ja", "callback_data": "ä" * 33}, "BUTTON_DATA_INVALID"),
    ({"text": "Ja", "callback_data": "a", "url": "https://a.example"}, "exactly one of callback_data, url"),
    ({"text": "Ja", "url": "tel:110"}, "is invalid: Unsupported URL protocol"),
    ({"text": "Ja", "url": "a.example"}, "is invalid: Unsupported URL protocol"),
    ({"text": "Ja", "url": "http://localhost:8080/"}, "is invalid: Wrong HTTP URL"),
    ({"text": "Ja", "copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
    ({"text": "Ja", "copy_text": {"text": "1" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
    ({"text": "Ja", "copy_text": "110"}, "copy_text must be CopyTextButton"),
    ({"text": "Ja", "copy_text": {}}, "copy_text.text is empty"),
    ({"text": 5, "callback_data": "a"}, "text must be String, not 5"),
    ({"text": "Ja", "callback_data": "a", "style": "red"}, "is no style"),
    ({"text": "Ja", "callback_data": "a", "colour": "red"}, 'no field "colour"'),
    ({"callback_data": "a"}, "text is empty"),
]
REQUESTS: list[tuple[str, dict[str, Any], str]] = [
    ("sendPigeon", {}, "Not Found"),
    ("getMe", {"who": "me"}, 'getMe has no parameter "who"'),
    ("sendMessage", {"text": "Hallo"}, "chat_id is empty"),
    ("sendMessage", {"chat_id": 42}, "message text is empty"),
    ("sendMessage", {"chat_id": 42, "text": ""}, "message text is empty"),
    ("sendMessage", {"chat_id": 42, "text": "\u202a \n"}, "text must be non-empty"),
    ("sendMessage", {"chat_id": 42, "text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
    ("sendMessage", {"chat_id": 42, "text": "a" * 4097}, "message is too long"),
    ("sendMessage", {"chat_id": 42, "text": "😀" * 2049}, "message is too long"),
    ("sendMessage", {"chat_id": 42, "text": "Hallo", "parse_mode": "Markdown"}, "HTML only"),
    ("sendMessage", {"chat_id": 42, "text": "Hallo", "disable_notification": "yes"}, "is no Boolean"),
    ("sendMessage", {"chat_id": 42, "text": "Hallo", "link_preview_options": '{"is_disabled": 1}'}, "must be Boolean"),
    ("sendMessage", {"chat_id": 42, "text": "Hallo", "reply_markup": "{"}, "can't parse"),
    ("sendMessage", {"chat_id": 42, "text": "Hallo", "reply_markup": '{"keys": []}'}, "reply_markup must be Inline"),
    (
        "sendMessage",
        {"chat_id": 42, "text": "Hallo", "reply_markup": '{"inline_keyboard": [5]}'},
        "inline_keyboard[0] must be",
    ),
    ("editMessageText", {"chat_id": 42, "message_id": 1}, "message text is empty"),
    ("editMessageText", {"chat_id": 42, "text": "Hallo"}, "message identifier is not specified"),
    ("editMessageText", {"chat_id": 42, "message_id": "eins", "text": "Hallo"}, "is no Integer"),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "a" * 201}, "MESSAGE_TOO_LONG"),
    ("setMyCommands", {"commands": '[{"command": "Menu", "description": "a"}]'}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": '[{"command": "menu", "description": ""}]'}, "must be non-empty"),
    ("setMyCommands", {"commands": '[{"command": "menu"}]'}, "commands[0].description is empty"),
    ("setMyCommands", {"commands": "[]", "language_code": "kmr"}, "invalid language code"),
    ("setMyCommands", {"commands": "[]", "scope": '{"type": "galaxy"}'}, "scope must be"),
    ("setMyDescription", {"description": "a" * 513}, "at most 512"),
    ("setMyShortDescription", {"short_description": "a" * 121}, "at most 120"),
    ("getUpdates", {"allowed_updates": '["messages"]'}, "no updates of the kind messages"),
    ("getUpdates", {"limit": 101}, "from 1 to 100"),
    ("setWebhook", {"url": "http://lotse.example"}, "An HTTPS URL must be provided"),
    ("setWebhook", {"url": "https://lotse.example:9000/a"}, "only on ports"),
    ("setWebhook", {"url": "https://lotse.example", "secret_token": "a b"}, "unallowed characters"),
]
# What Telegram says, each with the byte, not the character, at which the tag begins that is wrong.
DOOR = "Tür 🚪 &amp; "  # 16 bytes
UNPARSABLE = [
    (f"{DOOR}<b", "Unclosed start tag at byte offset 16"),
    (f"{DOOR}<amt>", 'Unsupported start tag "amt" at byte offset 16'),
    (f"{DOOR}<Br>", 'Unsupported start tag "br" at byte offset 16'),
    ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
    (f"{DOOR}<a ='x'>", 'Empty attribute name in the tag "a" at byte offset 16'),
    (f"{DOOR}<a href", 'Unclosed start tag "a" at byte offset 16'),
    (f"{DOOR}<a href= ", 'Unclosed start tag "a" at byte offset 16'),
    (f"{DOOR}<a href='x>y</a>", "Unclosed start tag at byte offset 16"),
    (f"{DOOR}<a href=x/y>z</a>", "Unexpected end of name token at byte offset 24"),
    (f"{DOOR}</b>", "Unexpected end tag at byte offset 16"),
    (f"{DOOR}<b>a</b ", "Unclosed end tag at byte offset 20"),
    ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ("<b>a</strong>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</strong>"'),
    ("<i>a", 'Can\'t find end tag corresponding to start tag "i"'),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("a&#xD83D;", "Text contains invalid Unicode characters after decoding HTML entities"),
]


class TestValidation:
    @pytest.mark.parametrize(("button", "reason"), BUTTONS)
    async def test_a_wrong_button_is_refused_and_recorded(
        self, telegram: FakeTelegram, button: dict[str, Any], reason: str
    ) -> None:
        telegram.phone()
        request = {"chat_id": 42, "text": "Hallo", "reply_markup": {"inline_keyboard": [[button]]}}
        async with httpx.AsyncClient() as client:
            answer = await client.post(f"{telegram.url}/bot{telegram.token}/sendMessage", json=request)
        assert answer.status_code == 400
        (violation,) = telegram.violations
        assert reason in violation.description
        assert answer.json() == {"ok": False, "error_code": 400, "description": violation.description}

    @pytest.mark.parametrize(("method", "parameters", "reason"), REQUESTS)
    async def test_a_wrong_request_is_refused_and_recorded(
        self, telegram: FakeTelegram, method: str, parameters: dict[str, Any], reason: str
    ) -> None:
        telegram.phone()
        async with httpx.AsyncClient() as client:
            answer = await client.post(f"{telegram.url}/bot{telegram.token}/{method}", data=parameters)
        assert answer.status_code == (404 if method == "sendPigeon" else 400)
        (violation,) = telegram.violations
        assert violation.method == method
        assert reason in violation.description

    @pytest.mark.parametrize(("html", "reason"), UNPARSABLE)
    async def test_html_that_telegram_cannot_parse_gets_its_complaint(
        self, telegram: FakeTelegram, bot: Bot, html: str, reason: str
    ) -> None:
        telegram.phone()
        with pytest.raises(BadRequest) as error:
            await bot.send_message(42, html, parse_mode="HTML")
        assert error.value.message.lower().startswith(f"can't parse entities: {reason}".lower())
        assert len(telegram.violations) == 1

    async def test_a_multipart_request_is_read_too(self, telegram: FakeTelegram) -> None:
        phone = telegram.phone()
        async with httpx.AsyncClient() as client:
            parts = {"chat_id": (None, "42"), "text": (None, "Hallo")}
            await client.post(f"{telegram.url}/bot{telegram.token}/sendMessage", files=parts)
            parts = {"chat_id": (None, "42"), "text": (None, "Hallo"), "colour": (None, "red")}
            await client.post(f"{telegram.url}/bot{telegram.token}/sendMessage", files=parts)
        assert [message.text for message in phone.screen] == ["Hallo"]
        assert [violation.description for violation in telegram.violations] == [
            'Bad Request: sendMessage has no parameter "colour"'
        ]

    async def test_all_that_is_allowed_is_taken(self, telegram: FakeTelegram, bot: Bot) -> None:
        phone = telegram.phone()
        buttons = [
            InlineKeyboardButton("Menü", callback_data="ä" * 32),
            InlineKeyboardButton("Karte", url="https://lotse.example/karte?x=1#y"),
            InlineKeyboardButton("Kanal", url="tg://resolve?domain=lotse"),
            InlineKeyboardButton("Kopieren", copy_text=CopyTextButton("1" * 256)),
            InlineKeyboardButton("Lokal", url="http://127.0.0.1:8080/"),
        ]
        await bot.send_message(42, "😀" * 2048, reply_markup=InlineKeyboardMarkup([buttons]))
        await bot.send_message(42, f"<b>{'a' * 4096}</b>", parse_mode="HTML", disable_notification=True)
        assert telegram.violations == []
        assert (await phone.message()).button("Kopieren").copies == "1" * 256


def test_html_is_read_as_telegram_reads_it() -> None:
    read = markup.read('\n <i>\u2067a &lt;b&gt;</i> &nbsp;&amp;&#65;&#x42; <a href="tel:110">110</a>\u202c ', "HTML")
    assert read.text == "\u2067a <b> &nbsp;&AB 110"
    assert read.entities == [{"type": "italic", "offset": 0, "length": 6}]


def test_a_refusal_reads_as_telegrams_do() -> None:
    assert ViolationError("Text is too long").description == "Bad Request: text is too long"
    assert ViolationError("BUTTON_DATA_INVALID").description == "Bad Request: BUTTON_DATA_INVALID"
