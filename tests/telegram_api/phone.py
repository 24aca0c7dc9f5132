"""A user's phone: what a test types, and what it sees."""

import asyncio
import re
import time
from html import escape
from typing import Any

from tests.telegram_api import markup
from tests.telegram_api.chats import Button, Chat, Chats, Message
from tests.telegram_api.updates import Updates

GROUP = -1_001_000_000_001
CHANNEL = -1_001_000_000_002
_COMMAND = re.compile(r"/\w+(?:@\w+)?")
_FILE = {"file_id": "AgACAgIAAxkBAAI", "file_unique_id": "AQADAgAT"}


class Phone:
    """One user in a private chat with the bot.

    ``await phone.message()`` gives the bot's messages and edits one by one, each once; ``screen`` is the whole chat as
    it looks now.
    """

    def __init__(self, chat: int, bot: dict[str, Any], chats: Chats, updates: Updates) -> None:
        self._user: dict[str, Any] = {"id": chat, "is_bot": False, "first_name": "Amina", "language_code": "de"}
        self._bot = bot
        self._chats = chats
        self._updates = updates
        self._chat = chats.open(chat, type="private", first_name=self._user["first_name"])
        self._presses = 0

    @property
    def id(self) -> int:
        """The id of the chat, and of its user."""
        return self._chat.id

    @property
    def screen(self) -> list[Message]:
        """The whole chat, the user's messages among them, with edits applied."""
        return self._chat.screen

    @property
    def unread(self) -> int:
        """How many messages and edits ``message`` has not given yet."""
        return self._chat.news.qsize()

    @property
    def blinking(self) -> int:
        """How many pressed buttons the bot has not acknowledged yet."""
        return list(self._chats.unanswered.values()).count(self.id)

    def introduce(self, *, language: str | None = None, name: str | None = None) -> None:
        """The user takes another language ("" for one that the app does not tell) or another name."""
        if language is not None:
            self._user.pop("language_code", None)
            self._user |= {"language_code": language} if language else {}
        if name is not None:
            self._user["first_name"] = name
            self._chats.open(self.id, first_name=name)

    async def message(self, within: float = 10.0) -> Message:
        """The next message of the bot, or the next edit of one; waits for it."""
        try:
            return await asyncio.wait_for(self._chat.news.get(), within)
        except TimeoutError:
            raise AssertionError(f"no message came within {within:g} s. {self._seen()}") from None

    async def silence(self, seconds: float = 0.5) -> None:
        """Nothing new comes for so long."""
        try:
            message = await asyncio.wait_for(self._chat.news.get(), seconds)
        except TimeoutError:
            return
        raise AssertionError(f"a message came where none was expected:\n{message}")

    async def start(self, payload: str = "") -> int:
        """Press "Start": the bot may write again if it was blocked."""
        if self._chat.blocked:
            await self.unblock()
        return await self.send(f"/start {payload}".strip())

    async def send(self, text: str) -> int:
        """Type a message. As everything that is sent here, it gives the id of the message."""
        assert 1 <= markup.units(text) <= 4096, "Telegram's apps send 1 to 4096 characters"
        return self._send(**_text(text))

    async def edit(self, text: str, message: int | None = None) -> None:
        """Change a message of one's own, the newest text unless another is named."""
        mine = [shown for shown in self.screen if not shown.by_bot and "text" in shown.content]
        chosen = next((shown for shown in reversed(mine) if message in (None, shown.id)), None)
        assert chosen, f"there is no text of the user's own to edit. {self._seen()}"
        content = {**chosen.content, **_text(text), "edit_date": int(time.time())}
        self._chat.show(_typed(content, edited=True))
        self._updates.add("edited_message", content)

    async def press(self, label: str, on: Message | None = None) -> None:
        """Press the button with this label, or part of it: of the newest message that has one, or of ``on``."""
        message, button = self._find(label, on)
        if button.data is None:
            effect = f"opens {button.url}" if button.url else f"copies {button.copies!r}"
            raise AssertionError(f"the bot does not hear of {button.label!r}, which {effect}")
        self._presses += 1
        query = f"{self.id}{self._presses:06}"
        self._chats.unanswered[query] = self.id
        self._updates.add(
            "callback_query",
            {
                "id": query,
                "from": dict(self._user),
                "message": message.content,
                "chat_instance": f"-{self.id}",
                "data": button.data,
            },
        )

    async def send_sticker(self) -> int:
        """Send a sticker."""
        sticker = {**_FILE, "type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._send(sticker={**sticker, "emoji": "👍"})

    async def send_photo(self, caption: str | None = None) -> int:
        """Send a photo."""
        return self._send(photo=[{**_FILE, "width": 90, "height": 67}], **_caption(caption))

    async def send_voice(self) -> int:
        """Send a voice message."""
        return self._send(voice={**_FILE, "duration": 3, "mime_type": "audio/ogg"})

    async def send_document(self, caption: str | None = None) -> int:
        """Send a file."""
        return self._send(
            document={**_FILE, "file_name": "bescheid.pdf", "mime_type": "application/pdf"}, **_caption(caption)
        )

    async def send_contact(self) -> int:
        """Send somebody's telephone number."""
        return self._send(contact={"phone_number": "+4951710000", "first_name": "Karim"})

    async def send_location(self) -> int:
        """Send a place on the map."""
        return self._send(location={"latitude": 52.3203, "longitude": 10.2336})

    async def send_content(self, **content: Any) -> int:
        """Send anything else, in the Bot API's words: ``send_content(dice={"emoji": "🎲", "value": 3})``."""
        return self._send(**content)

    async def block(self, *, tell: bool = True) -> None:
        """Block the bot; without ``tell``, it learns of it only when it writes."""
        self._chat.blocked = True
        if tell:
            self._membership("member", "kicked")

    async def unblock(self) -> None:
        """Let the bot write again."""
        self._chat.blocked = False
        self._membership("kicked", "member")

    async def send_in_group(self, text: str, group: int = GROUP) -> int:
        """Write into a group that the bot is a member of; ``FakeTelegram.chat(GROUP)`` shows what it says there."""
        return self._send(self._chats.open(group, type="supergroup", title="Deutschkurs B1"), **_text(text))

    async def post_in_channel(self, text: str, channel: int = CHANNEL) -> int:
        """Post in a channel that the bot is a member of."""
        chat = self._chats.open(channel, type="channel", title="Neuigkeiten")
        profile = dict(chat.profile)
        content: dict[str, Any] = {
            "message_id": chat.next_id(),
            "sender_chat": profile,
            "chat": profile,
            "date": int(time.time()),
            **_text(text),
        }
        chat.show(_typed(content))
        self._updates.add("channel_post", content)
        return int(content["message_id"])

    def _send(self, chat: Chat | None = None, **content: Any) -> int:
        chat = chat or self._chat
        assert not chat.blocked, "the user blocked the bot: Telegram's app offers nothing but to press start()"
        message: dict[str, Any] = {
            "message_id": chat.next_id(),
            "from": dict(self._user),
            "chat": dict(chat.profile),
            "date": int(time.time()),
            **content,
        }
        chat.show(_typed(message))
        self._updates.add("message", message)
        return int(message["message_id"])

    def _membership(self, before: str, after: str) -> None:
        member = {
            "member": {"status": "member", "user": self._bot},
            "kicked": {"status": "kicked", "user": self._bot, "until_date": 0},
        }
        self._updates.add(
            "my_chat_member",
            {
                "chat": dict(self._chat.profile),
                "from": dict(self._user),
                "date": int(time.time()),
                "old_chat_member": member[before],
                "new_chat_member": member[after],
            },
        )

    def _find(self, label: str, on: Message | None) -> tuple[Message, Button]:
        """The newest message with such a button, as the chat looks now."""
        shown = [message for message in self.screen if message.by_bot and (on is None or message.id == on.id)]
        for message in reversed(shown):
            if button := message.find(label):
                return message, button
        raise AssertionError(f"there is no button {label!r}. {self._seen()}")

    def _seen(self) -> str:
        return f"The chat shows:\n{self._chat}"


def _text(text: str) -> dict[str, Any]:
    command = _COMMAND.match(text)
    entities = [{"type": "bot_command", "offset": 0, "length": command.end()}] if command else []
    return {"text": text, "entities": entities}


def _caption(caption: str | None) -> dict[str, Any]:
    return {"caption": caption} if caption is not None else {}


def _typed(content: dict[str, Any], *, edited: bool = False) -> Message:
    text = content.get("text") or content.get("caption") or ""
    return Message(content["message_id"], by_bot=False, text=text, html=escape(text), content=content, edited=edited)
