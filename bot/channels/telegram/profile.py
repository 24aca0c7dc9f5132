"""The bot's commands and descriptions, as Telegram shows them in each language."""

import logging

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.i18n.catalogues import Catalogues, Phrases
from bot.i18n.languages import Languages

log = logging.getLogger(__name__)


def commands(phrases: Phrases) -> list[BotCommand]:
    """The commands of the menu, described in one language."""
    _ = phrases
    return [
        BotCommand("menu", _("Choose a subject")),
        BotCommand("emergency", _("Emergency numbers")),
        BotCommand("person", _("Talk to a person")),
        BotCommand("language", _("Another language")),
        BotCommand("help", _("What Lotse can do")),
        BotCommand("privacy", _("My data: see and delete")),
    ]


async def introduce(bot: Bot, languages: Languages, catalogues: Catalogues) -> None:
    """Tell Telegram the commands and descriptions in all languages; a refusal is logged, Lotse works without them."""
    for code in (None, *languages.interface):
        phrases = catalogues[code or languages.answer_language(None)]
        try:
            await bot.set_my_commands(commands(phrases), language_code=code)
            await bot.set_my_description(
                phrases(
                    "Lotse answers questions about life in the district of Peine, in your language, free of charge. "
                    "Lotse is a program, not an authority."
                ),
                language_code=code,
            )
            await bot.set_my_short_description(
                phrases("Answers for newcomers in the district of Peine"), language_code=code
            )
        except TelegramError as error:
            log.warning("telegram: the descriptions in %s were not taken: %s", code or "the default", error.message)
