"""The chats of the bot, as everybody in them sees them."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_api.errors import ApiError

# Marks and isolates of direction: in a label, but not on the keyboard of whoever writes a test.
_INVISIBLE = re.compile("[\u200e\u200f\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Button:
    """A button below a message: it presses (``data``), opens (``url``) or copies (``copies``)."""

    label: str
    data: str | None = None
    url: str | None = None
    copies: str | None = None

    @classmethod
    def read(cls, button: dict[str, Any]) -> "Button":
        """The button that the Bot API describes so."""
        copies = button.get("copy_text", {}).get("text")
        return cls(button["text"], button.get("callback_data"), button.get("url"), copies)


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it looked at one moment; an edit makes another ``Message`` of the same ``id``.

    ``text`` is what can be read, without markup; ``html`` is what the bot sent. ``content`` is the Bot API's Message.
    """

    id: int
    by_bot: bool
    text: str
    html: str
    content: dict[str, Any] = field(repr=False)
    keyboard: tuple[tuple[Button, ...], ...] = ()
    edited: bool = False

    @property
    def buttons(self) -> list[list[str]]:
        """The labels, row by row."""
        return [[button.label for button in row] for row in self.keyboard]

    @property
    def labels(self) -> list[str]:
        """The labels, one after the other."""
        return [label for row in self.buttons for label in row]

    @property
    def links(self) -> list[str]:
        """The addresses that the text links to. What Telegram does not take for a link is not among them."""
        return [entity["url"] for entity in self.content.get("entities", []) if entity["type"] == "text_link"]

    def button(self, label: str) -> Button:
        """The one button with this label or, if there is none, with this part of a label."""
        found = self.find(label)
        if found is None:
            raise AssertionError(f"there is no button {label!r} below this message:\n{self}")
        return found

    def find(self, label: str) -> Button | None:
        """As ``button``, None if there is none."""
        wanted = visible(label)
        buttons = [button for row in self.keyboard for button in row]
        found = [button for button in buttons if visible(button.label) == wanted]
        found = found or [button for button in buttons if wanted in visible(button.label)]
        if len(found) > 1:
            raise AssertionError(f"{len(found)} buttons below this message go by {label!r}:\n{self}")
        return found[0] if found else None

    def __str__(self) -> str:
        lines = self.text.splitlines() or ["(no text)"]
        head = f"#{self.id} {'bot' if self.by_bot else 'user'}{' (edited)' if self.edited else ''}: "
        rows = ["  " + " ".join(f"[{label}]" for label in row) for row in self.buttons]
        return "\n".join([head + lines[0], *(f"  {line}" for line in lines[1:]), *rows])


class Chat:
    """One chat: its messages, numbered from 1, and whether the bot may still write there.

    ``news`` gets every message of the bot, and every edit, in the order in which they came.
    """

    def __init__(self, profile: dict[str, Any]) -> None:
        self.profile = profile
        self.blocked = False
        self.news: asyncio.Queue[Message] = asyncio.Queue()
        self._messages: dict[int, Message] = {}
        self._last_id = 0

    @property
    def id(self) -> int:
        """The chat's id."""
        return int(self.profile["id"])

    @property
    def screen(self) -> list[Message]:
        """The whole chat as it looks now."""
        return list(self._messages.values())

    def __str__(self) -> str:
        return "\n".join(str(message) for message in self.screen) or "(the chat is empty)"

    def next_id(self) -> int:
        """The id of a message that is about to appear."""
        self._last_id += 1
        return self._last_id

    def message(self, message_id: int) -> Message | None:
        """The message as it looks now."""
        return self._messages.get(message_id)

    def show(self, message: Message) -> None:
        """The message appears, or takes the place of the one with its id."""
        self._messages[message.id] = message
        if message.by_bot:
            self.news.put_nowait(message)


class Chats:
    """All chats. ``unanswered`` are the presses of buttons that still blink: their query, and the chat."""

    def __init__(self) -> None:
        self.unanswered: dict[str, int] = {}
        self._chats: dict[int, Chat] = {}

    def __iter__(self) -> Iterator[Chat]:
        return iter(self._chats.values())

    def get(self, chat_id: int) -> Chat | None:
        """The chat of this id, if there is one."""
        return self._chats.get(chat_id)

    def open(self, chat_id: int, **profile: Any) -> Chat:
        """The chat of this id: a new one for a new id, and with a new profile for a known one."""
        chat = self._chats.setdefault(chat_id, Chat({"id": chat_id}))
        chat.profile.update(profile)
        return chat

    def for_bot(self, chat_id: int | str) -> Chat:
        """The chat that the bot writes to. Refused if there is none, or if the user blocked the bot."""
        chat = self._chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise ApiError.bad_request("chat not found")
        if chat.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return chat


def visible(label: str) -> str:
    """The label without what cannot be seen."""
    return _INVISIBLE.sub("", label)
