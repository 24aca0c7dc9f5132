import pytest
from telegram import Bot

from bot.channels.telegram.profile import commands, introduce
from bot.conversation.events import Command
from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import Languages
from tests.telegram_api.server import FakeTelegram


async def test_commands_and_descriptions_are_told_in_every_language(
    languages: Languages, catalogues: Catalogues
) -> None:
    async with FakeTelegram() as telegram, Bot(telegram.token, base_url=f"{telegram.url}/bot") as bot:
        await introduce(bot, languages, catalogues)
        assert not telegram.violations, "none is longer than Telegram allows"
    spoken = {"", *languages.interface}
    assert telegram.commands.keys() == telegram.descriptions.keys() == telegram.short_descriptions.keys() == spoken
    assert len(set(telegram.descriptions.values())) == len(languages.interface), "each in its own words"


async def test_a_refusal_is_no_reason_to_stop(
    languages: Languages, catalogues: Catalogues, caplog: pytest.LogCaptureFixture
) -> None:
    async with FakeTelegram() as telegram, Bot(telegram.token, base_url=f"{telegram.url}/bot") as bot:
        telegram.faults.too_many_requests(retry_after=3600, methods={"setMyCommands"})
        await introduce(bot, languages, catalogues)
    assert telegram.commands.keys() == set(languages.interface)
    assert "the descriptions in the default were not taken" in caplog.text


def test_every_command_of_the_menu_is_one_that_lotse_answers(catalogues: Catalogues) -> None:
    names = {command.command for command in commands(catalogues["en"])}
    assert names == set(Command.__args__)  # type: ignore[attr-defined]  # a Literal
