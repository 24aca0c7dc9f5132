"""What each method of the Bot API does. The parameters are valid: ``validation`` has seen to it."""

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.telegram_api import markup
from tests.telegram_api.chats import Button, Chat, Chats, Message
from tests.telegram_api.errors import ApiError
from tests.telegram_api.updates import Updates
from tests.telegram_api.validation import Parameters

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_WEBHOOK_IS_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_QUERY_ID_INVALID = "query is too old and response timeout expired or query ID is invalid"


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram was told to bring updates. The fake brings none: a test posts ``Updates.pending`` itself."""

    url: str
    secret_token: str | None


class Methods:
    """The methods, by name in ``by_name``, and what they leave behind: webhook, commands, descriptions by language.

    The language of those for everybody else is "".
    """

    def __init__(self, bot: dict[str, Any], chats: Chats, updates: Updates) -> None:
        self.webhook: Webhook | None = None
        self.commands: dict[str, dict[str, str]] = {}
        self.descriptions: dict[str, str] = {}
        self.short_descriptions: dict[str, str] = {}
        self.by_name: dict[str, Callable[[Parameters], Awaitable[Any]]] = {
            "answerCallbackQuery": self._answer_callback_query,
            "deleteWebhook": self._delete_webhook,
            "editMessageText": self._edit_message_text,
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "sendMessage": self._send_message,
            "setMyCommands": self._set_my_commands,
            "setMyDescription": self._set_my_description,
            "setMyShortDescription": self._set_my_short_description,
            "setWebhook": self._set_webhook,
        }
        self._bot = bot
        self._chats = chats
        self._updates = updates

    async def _get_me(self, _parameters: Parameters) -> dict[str, Any]:
        abilities = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries")
        return {**self._bot, **dict.fromkeys(abilities, False)}

    async def _get_updates(self, parameters: Parameters) -> list[dict[str, Any]]:
        if self.webhook:
            raise ApiError(409, _WEBHOOK_IS_ACTIVE)
        if "allowed_updates" in parameters:
            self._updates.allow(parameters["allowed_updates"])
        offset, limit = parameters.get("offset", 0), parameters.get("limit", 100)
        return await self._updates.take(offset, limit, parameters.get("timeout", 0))

    async def _send_message(self, parameters: Parameters) -> dict[str, Any]:
        chat = self._chats.for_bot(parameters["chat_id"])
        message = self._message(chat, chat.next_id(), parameters)
        chat.show(message)
        return message.content

    async def _edit_message_text(self, parameters: Parameters) -> dict[str, Any]:
        chat = self._chats.for_bot(parameters["chat_id"])
        before = chat.message(parameters["message_id"])
        if before is None:
            raise ApiError.bad_request("message to edit not found")
        if not before.by_bot:
            raise ApiError.bad_request("message can't be edited")
        after = self._message(chat, before.id, parameters, before)
        if all(before.content.get(name) == after.content.get(name) for name in ("text", "entities", "reply_markup")):
            raise ApiError.bad_request(_NOT_MODIFIED)
        chat.show(after)
        return after.content

    def _message(self, chat: Chat, message_id: int, parameters: Parameters, before: Message | None = None) -> Message:
        formatted = markup.read(parameters["text"], parameters.get("parse_mode"))
        now = int(time.time())
        content = {
            "message_id": message_id,
            "from": self._bot,
            "chat": dict(chat.profile),
            "date": before.content["date"] if before else now,
            "text": formatted.text,
            "entities": formatted.entities,
        }
        if before:
            content["edit_date"] = now
        rows = parameters.get("reply_markup", {}).get("inline_keyboard", [])
        if rows:
            content["reply_markup"] = {"inline_keyboard": rows}
        keyboard = tuple(tuple(Button.read(button) for button in row) for row in rows)
        edited = before is not None
        return Message(message_id, True, formatted.text, formatted.html, content, keyboard, edited)

    async def _answer_callback_query(self, parameters: Parameters) -> bool:
        if self._chats.unanswered.pop(parameters["callback_query_id"], None) is None:
            raise ApiError.bad_request(_QUERY_ID_INVALID)
        return True

    async def _set_my_commands(self, parameters: Parameters) -> bool:
        commands = {command["command"]: command["description"] for command in parameters["commands"]}
        self.commands[parameters.get("language_code", "")] = commands
        return True

    async def _set_my_description(self, parameters: Parameters) -> bool:
        self.descriptions[parameters.get("language_code", "")] = parameters.get("description", "")
        return True

    async def _set_my_short_description(self, parameters: Parameters) -> bool:
        self.short_descriptions[parameters.get("language_code", "")] = parameters.get("short_description", "")
        return True

    async def _set_webhook(self, parameters: Parameters) -> bool:
        if "allowed_updates" in parameters:
            self._updates.allow(parameters["allowed_updates"])
        url = parameters["url"]
        return self._change_webhook(Webhook(url, parameters.get("secret_token")) if url else None, parameters)

    async def _delete_webhook(self, parameters: Parameters) -> bool:
        return self._change_webhook(None, parameters)

    def _change_webhook(self, webhook: Webhook | None, parameters: Parameters) -> bool:
        if parameters.get("drop_pending_updates"):
            self._updates.forget_all()
        self.webhook = webhook
        return True
