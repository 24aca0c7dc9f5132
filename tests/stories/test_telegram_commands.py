"""The commands of Telegram's menu, what becomes of those that do not exist, and how everything is erased."""

import pytest

from bot.app import clock
from bot.store.arrivals import Arrival
from tests.stories.conftest import BOTH_DATABASES
from tests.support.service import Service
from tests.telegram_api.server import FakeTelegram

MENU = "Write your question, or choose a subject:"
HELP = "How I can help"


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("/menu", MENU),
        ("/menu@lotse_test_bot", MENU),
        ("/MENU", MENU),
        ("/menu please", MENU),
        ("/help", HELP),
        ("/language", "Hello! I am Lotse. Please choose your language:"),
        ("/person", "Talk to a person"),
        ("/emergency", "🆘 Emergency"),
        ("/appointment", HELP),  # not a command of this version
        ("/münü", HELP),
        ("/", HELP),
        ("/ menu", MENU),
        ("/\u00a0", HELP),
    ],
)
async def test_every_command_is_answered(telegram: FakeTelegram, lotse: Service, command: str, answer: str) -> None:
    phone = telegram.phone(language="en")
    await phone.send(command)
    assert answer in (await phone.message()).text


async def test_a_command_is_answered_in_the_language_of_the_phone(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="fr-FR")
    await phone.send("/help")
    assert lotse.phrases("fr")(HELP) in (await phone.message()).text


@BOTH_DATABASES
async def test_what_is_stored_is_told_and_erased(telegram: FakeTelegram, lotse: Service) -> None:
    lotse.understanding.learns("I need a doctor", intent="find-a-doctor", language="en")
    phone = telegram.phone(language="en")
    await phone.start()
    await phone.message()
    await phone.press("English")
    await phone.message()
    await phone.send("I need a doctor")
    await phone.message()

    await phone.send("/privacy")
    privacy = await phone.message()
    assert privacy.text.startswith(lotse.page("privacy-and-consent", "en").title)
    await lotse.idle()
    kept = await lotse.kept_of("telegram", phone.id)
    assert kept["conversation"]["state"]["topic"] == "find-a-doctor"
    assert {arrival["content"] for arrival in kept["arrivals"]} == {None}, "no text outlives its answer"

    await phone.press("🗑 Delete my data")
    question = await phone.message()
    assert "This cannot be undone." in question.text
    await phone.press("Yes, delete everything")
    assert "Everything is deleted." in (await phone.message()).text
    await lotse.idle()
    kept = await lotse.kept_of("telegram", phone.id)
    assert (kept["conversation"], kept["arrivals"], kept["messages"]) == (None, [], [])


async def test_the_question_before_erasing_can_be_left_alone(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="en")
    await phone.send("/privacy")
    await phone.message()
    await phone.press("🗑 Delete my data")
    await phone.message()
    await phone.press("☰ Menu")
    assert MENU in (await phone.message()).text
    await lotse.idle()
    assert (await lotse.kept_of("telegram", phone.id))["conversation"]


async def test_who_erased_everything_and_writes_on_is_a_stranger_again(telegram: FakeTelegram, lotse: Service) -> None:
    phone = telegram.phone(language="de")
    await phone.start()
    await phone.message()
    await phone.press("Türkçe")
    await phone.message()
    await phone.send("/privacy")
    await phone.message()
    turkish = lotse.phrases("tr")
    await phone.press(turkish("🗑 Delete my data"))
    await phone.message()
    # Impatient thumbs: the question is pressed, and the next message is under way before it is answered.
    await phone.press(turkish("Yes, delete everything"))
    await phone.send("/menu")
    assert (
        turkish("Everything is deleted. I know nothing about you any more. You can start again at any time.")
        in (await phone.message()).text
    )
    assert lotse.phrases("de")(MENU) in (await phone.message()).text, "the phone is German, the choice is forgotten"


async def test_erasing_one_chat_leaves_the_others_alone(telegram: FakeTelegram, lotse: Service) -> None:
    one, other = telegram.phone(1, language="en"), telegram.phone(2, language="en")
    for phone in (one, other):
        await phone.send("/privacy")
        await phone.message()
    await one.press("🗑 Delete my data")
    await one.message()
    await one.press("Yes, delete everything")
    await one.message()
    await lotse.idle()
    assert (await lotse.kept_of("telegram", one.id))["conversation"] is None
    kept = await lotse.kept_of("telegram", other.id)
    assert kept["conversation"]
    assert len(kept["arrivals"]) == 1


async def test_an_unanswered_message_is_kept_where_nobody_can_read_it(lotse: Service) -> None:
    async with lotse.store.begin() as transaction:
        await transaction.inbox.add([Arrival("telegram", "42", "1", "text", "my son is ill")], clock())
    async with lotse.store.engine.begin() as connection:
        (stored,) = (await connection.exec_driver_sql("SELECT arrival FROM inbox")).one()
    assert b"ill" not in stored
