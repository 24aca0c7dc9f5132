"""A newcomer opens the chat for the first time."""

import asyncio

import pytest
from sqlalchemy import select

from bot.store.tables import feedback
from tests.stories.conftest import BOTH_DATABASES
from tests.support.service import Service
from tests.telegram_api.chats import visible
from tests.telegram_api.server import FakeTelegram


@BOTH_DATABASES
async def test_an_arabic_phone_is_led_from_start_to_an_answer_that_helps(
    telegram: FakeTelegram, lotse: Service
) -> None:
    amina, arabic = telegram.phone(language="ar-SY"), lotse.phrases("ar")

    await amina.start()
    choice = await amina.message()
    assert choice.labels[:3] == ["العربية", "Deutsch", "English"]
    assert len(set(choice.labels) & {lotse.knowledge.languages[code].name for code in lotse.knowledge.languages}) == 8

    await amina.press("العربية")
    welcome = await amina.message()
    assert (welcome.id, welcome.edited) == (choice.id, True)
    assert "أهلًا وسهلًا!" in welcome.text

    await amina.press("الوصول")
    group = await amina.message()
    assert (group.id, group.edited) == (choice.id, True)

    page = lotse.page("register-address", "ar")
    await amina.press(page.title)
    answer = await amina.message()
    assert answer.id != group.id, "an answer is a message of its own, which stays"
    assert visible(answer.text).startswith(page.title)
    assert "المصدر: Stadt Peine، تاريخ التحقق: 22 نوفمبر 2026" in visible(answer.text)
    assert arabic("A machine translated this. It may contain mistakes.") in answer.text
    assert "https://www.peine.de" in answer.links
    assert answer.labels[:2] == ["👍 نعم", "👎 لا"], "they stand right under the question whether it helped"
    assert answer.labels[-3:] == ["☰ القائمة", "👤 شخص حقيقي", "🆘 طوارئ"]

    await amina.press("👍")
    assert arabic("Thank you! That is good to know.") in (await amina.message()).text
    await lotse.idle()
    async with lotse.store.engine.begin() as connection:
        rows = await connection.execute(select(feedback.c.topic, feedback.c.locale, feedback.c.helped))
        assert [tuple(row) for row in rows] == [("register-address", "ar", 1)]
    assert amina.blinking == 0
    assert amina.unread == 0


@BOTH_DATABASES
async def test_a_second_start_goes_on_in_the_language_that_was_chosen(telegram: FakeTelegram, lotse: Service) -> None:
    ivan = telegram.phone(language="de")
    await ivan.start()
    assert (await ivan.message()).labels[0] == "Deutsch"
    await ivan.press("Українська")
    await ivan.message()

    await ivan.start()
    choice = await ivan.message()
    assert choice.labels[:2] == ["Українська", "Deutsch"]
    assert not choice.edited
    assert lotse.phrases("uk")("Hello! I am Lotse. Please choose your language:") in choice.text


@pytest.mark.parametrize(
    ("phone_language", "first"),
    [
        ("tr", "Türkçe"),
        ("fa-AF", "فارسی"),
        ("kmr", "Türkçe"),  # most who speak Kurmanji read Turkish
        ("ps", "فارسی"),
        ("sw", "English"),  # nothing is known of this language
        ("", "English"),  # the phone does not tell
    ],
)
async def test_the_language_of_the_phone_is_offered_first(
    telegram: FakeTelegram, lotse: Service, phone_language: str, first: str
) -> None:
    phone = telegram.phone(language=phone_language)
    await phone.start()
    assert (await phone.message()).labels[0] == first


async def test_a_link_with_a_payload_starts_like_any_other(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="fr")
    await phone.start("flyer-townhall")
    assert (await phone.message()).labels[0] == "Français"


async def test_lotse_introduces_itself_in_every_language(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="de")
    await phone.start()
    await phone.message()
    spoken = {"", *lotse.knowledge.languages.interface}
    async with asyncio.timeout(10):
        while telegram.short_descriptions.keys() != spoken:  # Lotse does it beside its work
            await phone.send("/menu")
            await phone.message()
    assert telegram.commands.keys() == spoken
    assert list(telegram.commands["fa"]) == ["menu", "emergency", "person", "language", "help", "privacy"]
    assert telegram.commands["de"]["menu"] == lotse.phrases("de")("Choose a subject")
    assert telegram.descriptions[""] == telegram.descriptions["en"]


async def test_two_newcomers_do_not_get_into_each_others_way(telegram: FakeTelegram, lotse: Service) -> None:
    layla, oksana = telegram.phone(1, language="ar"), telegram.phone(2, language="uk")
    await layla.start()
    await oksana.start()
    assert (await layla.message()).labels[0] == "العربية"
    assert (await oksana.message()).labels[0] == "Українська"
    await oksana.press("Українська")
    await layla.press("العربية")
    assert lotse.phrases("uk")("Welcome!") in (await oksana.message()).text
    assert lotse.phrases("ar")("Welcome!") in (await layla.message()).text
