"""Whatever a phone can send is answered kindly, or met with silence where that is right."""

import time
from typing import Any

import pytest

from tests.support.service import Service
from tests.telegram_api.phone import CHANNEL, GROUP, Phone
from tests.telegram_api.server import FakeTelegram

OLD_BUTTON = "This button is from an older version. Please choose again:"


def press_unknown(telegram: FakeTelegram, phone: Phone, data: str | None, **message: Any) -> None:
    """A press on a button that no screen of today has: of an older Lotse, or on a message that Telegram forgot."""
    query = f"old-{data}"
    telegram.chats.unanswered[query] = phone.id
    private = {"id": phone.id, "type": "private", "first_name": "Amina"}
    telegram.updates.add(
        "callback_query",
        {
            "id": query,
            "from": {"id": phone.id, "is_bot": False, "first_name": "Amina", "language_code": "en"},
            "message": {"message_id": 7, "date": int(time.time()), "chat": private, "text": "…", **message},
            "chat_instance": "1",
            **({"data": data} if data is not None else {}),
        },
    )


@pytest.mark.parametrize(
    "data", ["foo:bar", "", None, "x" * 64, "\u0000\u202e" * 16, "Topic:find-a-job", ":", "erase-yes-now", "🗑" * 16]
)
async def test_a_button_of_another_version_leads_to_the_menu(
    telegram: FakeTelegram, lotse: Service, data: str | None
) -> None:
    phone = telegram.phone(language="en")
    press_unknown(telegram, phone, data)
    answer = await phone.message()
    assert OLD_BUTTON in answer.text
    assert answer.find("🧭 Arriving")
    await phone.silence(0.05)
    assert phone.blinking == 0


async def test_a_topic_that_no_longer_exists_is_said_so(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="en")
    press_unknown(telegram, phone, "topic:how-to-milk-a-cow")
    assert "I have no checked information on this yet, so I do not want to guess." in (await phone.message()).text


async def test_a_button_on_a_message_that_telegram_forgot_is_answered_below(
    telegram: FakeTelegram, lotse: Service
) -> None:
    phone = telegram.phone(language="en")
    press_unknown(telegram, phone, "menu", date=0)  # an InaccessibleMessage
    answer = await phone.message()
    assert "choose a subject" in answer.text
    assert not answer.edited


async def test_a_press_is_answered_once_although_telegram_repeats_it(telegram: FakeTelegram, lotse: Service) -> None:
    telegram.repeat_updates(3)
    phone = telegram.phone(language="en")
    press_unknown(telegram, phone, "emergency")
    await phone.message()
    await phone.send("/help")
    assert "How I can help" in (await phone.message()).text
    await phone.silence(0.1)


@pytest.mark.parametrize("text", ["😀", "🤷‍♀️🤷‍♀️", "…", "???", "🇺🇦"])
async def test_pictures_and_dots_are_no_words(telegram: FakeTelegram, lotse: Service, text: str) -> None:
    phone = telegram.phone(language="en")
    await phone.send(text)
    assert "Please write your question as a text." in (await phone.message()).text
    assert lotse.understanding.asked == []


async def test_an_empty_text_is_answered_kindly(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="en")
    await phone.send_content(text="")
    assert "I can only read words." in (await phone.message()).text


@pytest.mark.parametrize("length", [1001, 4096, 20_000])
async def test_a_letter_is_too_long(telegram: FakeTelegram, lotse: Service, length: int) -> None:
    phone = telegram.phone(language="de")
    await phone.send_content(text="ä" * length)
    answer = await phone.message()
    assert "1.000" in answer.text, "the limit, as Germans write it"
    await phone.silence(0.05)
    assert lotse.understanding.asked == []


@pytest.mark.parametrize(
    "text", ["<b>Hallo</b> & <script>", "a\u0000b", "\u202eolleH\u202c", "{limit} %s", "ﷺ" * 900, "q\u0308" * 400]
)
async def test_strange_characters_do_no_harm(telegram: FakeTelegram, lotse: Service, text: str) -> None:
    phone = telegram.phone(language="en")
    await phone.send(text)
    assert "I do not know that." in (await phone.message()).text


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        ("sticker", "That is nice! But I can only read words."),
        ("photo", "I cannot look at pictures."),
        ("voice", "I cannot listen to voice messages yet."),
        ("document", "I cannot open files."),
        ("contact", "I do not need phone numbers or contacts, and I do not keep them."),
        ("location", "I do not use your location."),
        ({"dice": {"emoji": "🎲", "value": 3}}, "That is nice! But I can only read words."),
        ({"video_note": {"file_id": "a", "file_unique_id": "b", "length": 9, "duration": 3}}, "I cannot look at vid"),
        ({"story": {"chat": {"id": 5, "type": "private"}, "id": 3}}, "I can only read words."),
    ],
)
async def test_what_lotse_cannot_read_is_named(
    telegram: FakeTelegram, lotse: Service, content: str | dict[str, Any], answer: str
) -> None:
    phone = telegram.phone(language="en")
    if isinstance(content, str):
        await getattr(phone, f"send_{content}")()
    else:
        await phone.send_content(**content)
    said = await phone.message()
    assert answer in said.text
    assert "Please write your question as a text." in said.text


async def test_the_caption_of_a_photo_is_not_taken_for_a_question(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="en")
    await phone.send_photo(caption="What does this letter say?")
    assert "Please send no photos of letters or papers: they are private." in (await phone.message()).text


async def test_what_is_said_among_others_is_met_with_silence(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="en")
    await phone.send_in_group("/start")
    await phone.send_in_group("Where do I register?")
    await phone.post_in_channel("Courses begin on Monday")
    await phone.send_content(pinned_message={"message_id": 1, "date": 0, "chat": {"id": 42, "type": "private"}})
    await phone.send("/help")
    assert "How I can help" in (await phone.message()).text
    await lotse.idle()
    for chat in (GROUP, CHANNEL):
        assert [message for message in telegram.chat(chat).screen if message.by_bot] == []
    assert phone.unread == 0


async def test_who_blocks_lotse_is_left_in_peace_and_welcome_again(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="en")
    await phone.start()
    await phone.message()
    await phone.block()
    await telegram.phone(43, language="en").send("/help")
    await telegram.phone(43).message()
    await lotse.idle()
    assert (await lotse.kept_of("telegram", phone.id))["conversation"]["blocked"]
    await phone.start()
    assert (await phone.message()).labels[0] == "English"
    await lotse.idle()
    assert not (await lotse.kept_of("telegram", phone.id))["conversation"]["blocked"]


async def test_lotse_learns_from_a_refusal_that_it_was_blocked(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="en")
    await phone.send("/help")
    await phone.message()
    await phone.send("/menu")
    await phone.block(tell=False)
    neighbour = telegram.phone(43, language="en")
    await neighbour.send("/help")
    await neighbour.message()
    await lotse.idle()
    assert [send.status for send in telegram.sends if send.chat == phone.id] == [200, 403]
    assert (await lotse.kept_of("telegram", phone.id))["conversation"]["blocked"]
