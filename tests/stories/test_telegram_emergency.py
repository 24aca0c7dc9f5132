"""A newcomer is in danger: the card comes first, whatever else is going on."""

import pytest
from sqlalchemy.exc import OperationalError

from bot.store.inbox import Inbox
from tests.support.service import Service, danger_phrase, lotse_on_telegram
from tests.telegram_api.chats import Message
from tests.telegram_api.server import FakeTelegram

COPIED = ["112", "110", "116117", "116016", "+4955119240"]


def assert_is_the_card(message: Message, lotse: Service, locale: str) -> None:
    assert lotse.library.card(locale).title in message.text
    assert not message.edited, "it stands below all else"
    for number in ("112", "110", "116117", "116 016", "0551 19240"):
        assert number in message.text, "whoever cannot press a button reads the number"
    copies = [button.copies for row in message.keyboard for button in row if button.copies]
    assert copies == COPIED


@pytest.mark.parametrize("locale", ["de", "en", "ar", "fa", "tr", "uk", "ru", "fr"])
async def test_danger_words_bring_the_card_in_their_language(
    telegram: FakeTelegram, lotse: Service, locale: str
) -> None:
    phone = telegram.phone(language="de")  # somebody else's phone
    await phone.send(danger_phrase(locale))
    assert_is_the_card(await phone.message(), lotse, locale)
    assert lotse.understanding.asked == [], "nothing is to be understood that could go wrong"


async def test_the_button_and_the_command_bring_the_card(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="ar")
    await phone.start()
    choice = await phone.message()
    await phone.press("🆘")
    card = await phone.message()
    assert_is_the_card(card, lotse, "ar")
    assert card.id != choice.id
    await phone.send("/emergency")
    assert_is_the_card(await phone.message(), lotse, "ar")


async def test_understood_danger_brings_the_card_too(telegram: FakeTelegram, lotse: Service) -> None:
    text = "something terrible has happened"
    lotse.understanding.learns(text, intent="emergency", decision="emergency", language="en")
    phone = telegram.phone(language="en")
    await phone.send(text)
    assert_is_the_card(await phone.message(), lotse, "en")


async def test_danger_in_a_very_long_message_is_heard(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="de")
    await phone.send("ich weiß nicht was ich tun soll " * 100 + danger_phrase("de"))
    assert_is_the_card(await phone.message(), lotse, "de")


async def test_a_question_about_the_fire_brigade_is_no_emergency(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="de")
    await phone.send(f"Was mache ich, wenn: {danger_phrase('de')}?")
    assert lotse.library.card("de").title not in (await phone.message()).text


async def test_the_card_comes_although_the_database_is_away(
    telegram: FakeTelegram, lotse: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing_works(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, Exception("the server closed the connection"))

    phone = telegram.phone(language="uk")
    with monkeypatch.context() as outage:
        outage.setattr(Inbox, "add", nothing_works)
        await phone.send(danger_phrase("uk"))
        assert_is_the_card(await phone.message(), lotse, "uk")
    await phone.send("/menu")
    # Telegram kept both messages: as soon as the database is back they are answered, the first one once more.
    assert_is_the_card(await phone.message(), lotse, "uk")
    assert lotse.phrases("uk")("Write your question, or choose a subject:") in (await phone.message()).text


@pytest.mark.parametrize(
    ("public_url", "address"),
    [
        ("https://lotse.example", "https://lotse.example/emergency/tr"),
        (None, None),
        # Telegram refuses a whole message for a link to such a host: the numbers are worth more than the link.
        ("http://localhost:8080", None),
        ("http://lotse:8080", None),
    ],
)
async def test_the_page_whose_numbers_call_is_linked_but_never_in_the_cards_way(
    telegram: FakeTelegram, database: str, public_url: str | None, address: str | None
) -> None:
    async with lotse_on_telegram(telegram, database, public_url=public_url) as lotse:
        phone = telegram.phone(language="tr")
        await phone.send(danger_phrase("tr"))
        card = await phone.message()
        assert_is_the_card(card, lotse, "tr")
        call = card.find("📞 112 · 110")
        assert (call.url if call else None) == address
