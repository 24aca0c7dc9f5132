"""What happened in a conversation: past facts, from the newcomer or as the result of a request."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.conversation.actions import Action
from bot.conversation.caseworker import Caseworker
from bot.conversation.utterance import Utterance

Command = Literal["language", "menu", "help", "privacy", "emergency", "person"]
Unreadable = Literal["sticker", "photo", "voice", "video", "document", "contact", "location", "emoji", "other"]


@dataclass(frozen=True, slots=True)
class Started:
    """The newcomer opened the chat. ``phone_languages`` are the BCP 47 tags of the phone, best first."""

    phone_languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """The newcomer wrote something that was understood, well or badly.

    ``text`` is what was written, for the search and for nothing else: it is not kept in the state.
    """

    utterance: Utterance
    text: str
    phone_languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pressed:
    """The newcomer pressed a button; None: a button of an older version that means nothing any more."""

    action: Action | None
    phone_languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Commanded:
    """The newcomer typed ``/command``; None: a command that does not exist."""

    command: Command | None
    phone_languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentUnreadable:
    """The newcomer sent something that Lotse cannot read."""

    kind: Unreadable
    phone_languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentTooLong:
    """The newcomer wrote more characters than Lotse reads at once. ``limit`` is how many it reads."""

    limit: int
    phone_languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PagesFound:
    """The search for pages is done: topic ids, best first, perhaps none, for a reader of this locale."""

    topics: tuple[str, ...]
    locale: str


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """It is known who can be talked to. ``sample`` are the caseworkers of the sample office, if there is one."""

    wish: str
    locale: str
    sample: tuple[Caseworker, ...] = ()


@dataclass(frozen=True, slots=True)
class DataErased:
    """Everything that was stored of this conversation is gone."""


@dataclass(frozen=True, slots=True)
class TurnFailed:
    """A message could not be worked on, three times over, and was set aside."""

    phone_languages: tuple[str, ...] = ()


Event: TypeAlias = (
    Started
    | Said
    | Pressed
    | Commanded
    | SentUnreadable
    | SentTooLong
    | PagesFound
    | PeopleFound
    | DataErased
    | TurnFailed
)
