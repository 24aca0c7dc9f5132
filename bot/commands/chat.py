"""``lotse chat``: a conversation in the terminal. Nothing of it is kept."""

import argparse
import asyncio
import sys

from bot.app import Knowledge
from bot.channels.terminal.rendering import with_numbers
from bot.commands.progress import say
from bot.conversation.state import State
from bot.screens.composer import Composer
from bot.screens.screen import Button
from bot.settings import Settings
from bot.store.arrivals import Arrival, ArrivalKind
from bot.turns import reading
from bot.turns.answers import Answers


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("chat", help="talk to Lotse in the terminal; nothing of it is kept")
    parser.add_argument("--lang", help="the language to begin in, such as ar")
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    asyncio.run(_chat(Knowledge(settings, say), arguments.lang))
    return 0


async def _chat(knowledge: Knowledge, lang: str | None) -> None:
    await asyncio.to_thread(lambda: knowledge.engine)
    conversation = _Conversation(knowledge, lang)
    known = knowledge.languages.known(lang)
    if known:
        print(await conversation.turn("press", f"language:{known}"))
    else:
        print(await conversation.turn("start", ""))
    while (line := await asyncio.to_thread(_typed)) is not None:
        kind, content = conversation.meant(line)
        print("\n" + await conversation.turn(kind, content))


def _typed() -> str | None:
    """What the person types next; None at the end."""
    if sys.stdin.isatty():
        print("\n> ", end="", flush=True)
    line = sys.stdin.readline()
    return line.rstrip("\n") if line else None


class _Conversation:
    def __init__(self, knowledge: Knowledge, lang: str | None) -> None:
        self._knowledge = knowledge
        self._languages = (lang,) if lang else ()
        self._state = State()
        self._buttons: list[Button] = []

    def meant(self, line: str) -> tuple[ArrivalKind, str]:
        """A number presses a button, ``/word`` is a command, everything else is a question."""
        if line.strip().isdecimal() and 0 < int(line) <= len(self._buttons):
            action = self._buttons[int(line) - 1].action
            return "press", action.encode() if action else "menu"
        if line == "/start":
            return "start", ""
        if line.startswith("/"):
            return "command", line[1:].strip().lower()
        return "text", line

    async def turn(self, kind: ArrivalKind, content: str) -> str:
        """What Lotse answers, with numbered buttons."""
        knowledge = self._knowledge
        arrival = Arrival("terminal", "chat", "chat", kind, content, self._languages)
        event = await reading.read(arrival, self._state.locale, knowledge.engine, knowledge.danger)
        answers = Answers(self._state)
        if event is not None:
            await answers.work_out(event, knowledge.shelf.library.guide, knowledge.search, _nobody)
        self._state = answers.state
        composer = Composer(knowledge.shelf.library, knowledge.languages, knowledge.catalogues)
        text, self._buttons = with_numbers([composer.screen(reply) for reply in answers.replies])
        return text


async def _nobody() -> tuple[()]:
    return ()
