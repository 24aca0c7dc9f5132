"""What the turns need from the outside, as Protocols. The application plugs the real things in, tests plug fakes in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from bot.conversation.utterance import Utterance
from bot.screens.screen import Screen
from bot.store.outbox import Payload


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """The present instant, with its time zone."""
        ...


class Understanding(Protocol):
    """Finds out what a newcomer meant."""

    async def understand(self, text: str, locale: str | None) -> Utterance:
        """What the text means, for a newcomer who speaks the locale. Never raises for any text."""
        ...


class Danger(Protocol):
    """Hears danger in a text: at once, from memory alone, whatever else is broken."""

    def heard(self, text: str) -> str | None:
        """The language of the danger words in the text, or None if there are none."""
        ...


class Search(Protocol):
    """Finds pages for a text."""

    async def find(self, text: str, locale: str) -> Sequence[str]:
        """The ids of the topics that fit, best first; empty if none does."""
        ...


class Renderer(Protocol):
    """Gives screens the looks of one channel."""

    def render(self, screens: Sequence[Screen], pressed: str | None) -> Sequence[Payload]:
        """The payloads to send for the screens. ``pressed`` is the screen whose button led here, None for none."""
        ...


@dataclass(frozen=True, slots=True)
class Delivered:
    """The channel has taken the message."""


@dataclass(frozen=True, slots=True)
class Later:
    """The channel did not take the message; try again after this time.

    ``uncertain``: it may have taken it all the same.
    """

    after: timedelta
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The channel will never take this message. ``blocked``: nor any other one for this chat."""

    reason: str
    blocked: bool = False


Outcome: TypeAlias = Delivered | Later | Refused


class Transport(Protocol):
    """Takes messages out to one channel, within its limits."""

    async def send(self, chat: str, payload: Payload) -> Outcome:
        """Send one payload. Raises nothing: what went wrong is in the outcome."""
        ...
