"""Reads an arrival as an event of the dialogue."""

import re
from typing import get_args

from bot.conversation.actions import decode
from bot.conversation.events import (
    Command,
    Commanded,
    Event,
    Pressed,
    Said,
    SentTooLong,
    SentUnreadable,
    Started,
    Unreadable,
)
from bot.conversation.utterance import EMERGENCY, Guess, Utterance
from bot.store.arrivals import Arrival
from bot.turns.ports import Danger, Understanding

# A question is a sentence or two. More is a letter or a life story, and its vector means nothing.
LONGEST_TEXT = 1000
_WORD = re.compile(r"\w")
_NODDING, _THANKING = frozenset("👍👌✅💯"), frozenset("🙏❤💙💛🌹😊")


def emergency(arrival: Arrival, danger: Danger) -> str | None:
    """The language of an arrival that wants the emergency card, '' if nothing is known of it; None for all others.

    Found from memory alone, so that it holds when the database or the understanding is away.
    """
    if arrival.kind == "text":
        return danger.heard(arrival.content)
    wanted = (arrival.kind, arrival.content) in {("press", "emergency"), ("command", "emergency")}
    return "" if wanted else None


async def read(arrival: Arrival, locale: str | None, understanding: Understanding, danger: Danger) -> Event | None:
    """The event that an arrival stands for; None for one that asks for no answer."""
    phone = arrival.languages
    match arrival.kind:
        case "start":
            return Started(phone)
        case "press":
            return Pressed(decode(arrival.content), phone)
        case "command":
            return Commanded(_command(arrival.content), phone)
        case "unreadable":
            return SentUnreadable(_unreadable(arrival.content), phone)
        case "text":
            return await _text(arrival, locale, understanding, danger)
        case _:
            return None


async def _text(arrival: Arrival, locale: str | None, understanding: Understanding, danger: Danger) -> Event:
    text, phone = arrival.content.strip(), arrival.languages
    language = danger.heard(text)
    if language is not None:
        guess = Guess(EMERGENCY, 1.0)
        return Said(Utterance(EMERGENCY, 1.0, "emergency", language or locale, (guess,)), text, phone)
    if len(text) > LONGEST_TEXT:
        return SentTooLong(LONGEST_TEXT, phone)
    if not _WORD.search(text):
        return _wordless(text, phone)
    return Said(await understanding.understand(text, locale), text, phone)


def _wordless(text: str, phone: tuple[str, ...]) -> Event:
    """A thumb up is a yes, folded hands are thanks; other pictures, dots and question marks are not readable."""
    for signs, intent in ((_NODDING, "affirm"), (_THANKING, "thank"), (frozenset("👎❌"), "deny")):
        if text and text[0] in signs:
            return Said(Utterance(intent, 1.0, "answer", None, (Guess(intent, 1.0),)), text, phone)
    return SentUnreadable("emoji" if text else "other", phone)


def _command(name: str) -> Command | None:
    return name if name in get_args(Command) else None  # type: ignore[return-value]  # just checked


def _unreadable(kind: str) -> Unreadable:
    return kind if kind in get_args(Unreadable) else "other"  # type: ignore[return-value]  # just checked
