"""Reads Telegram's updates as arrivals."""

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType

from bot.store.arrivals import Arrival, ArrivalKind

CHANNEL = "telegram"
# What Telegram is asked for. Channel posts, reactions, polls and the rest are none of our business.
ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")

_UNREADABLE = (
    ("sticker", "sticker"),
    ("animation", "sticker"),
    ("photo", "photo"),
    ("voice", "voice"),
    ("audio", "voice"),
    ("video", "video"),
    ("video_note", "video"),
    ("document", "document"),
    ("contact", "contact"),
    ("venue", "location"),
    ("location", "location"),
    ("dice", "sticker"),
    ("poll", "other"),
    ("story", "other"),
)
_GONE = {ChatMember.BANNED, ChatMember.LEFT}


def read_update(update: Update) -> Arrival | None:
    """The arrival that an update stands for; None for one that is answered with silence, on purpose.

    Lotse speaks in private chats only: what is asked in a group would be read by all its members.
    """
    if update.callback_query:
        return _press(update, update.callback_query)
    if update.my_chat_member:
        return _membership(update, update.my_chat_member)
    message = update.message or update.edited_message
    if message is None or message.chat.type != ChatType.PRIVATE:
        return None
    if message.text is not None:
        return _text(update, message, message.text)
    if update.edited_message:
        return None  # a live location moves on, a caption is corrected: nothing new was asked
    return _unreadable(update, message)


def _arrival(update: Update, chat: int, kind: ArrivalKind, content: str = "", screen: str | None = None) -> Arrival:
    user = update.effective_user
    languages = (user.language_code,) if user and user.language_code else ()
    return Arrival(CHANNEL, str(chat), str(update.update_id), kind, content, languages, screen)


def _text(update: Update, message: Message, text: str) -> Arrival:
    if not text.startswith("/"):
        return _arrival(update, message.chat.id, "text", text)
    words = text[1:].split(maxsplit=1)
    command = words[0].partition("@")[0].lower() if words else ""
    return _arrival(update, message.chat.id, "start" if command == "start" else "command", command)


def _press(update: Update, query: CallbackQuery) -> Arrival | None:
    if query.message is None or query.message.chat.type != ChatType.PRIVATE:
        return None
    return _arrival(update, query.message.chat.id, "press", query.data or "", str(query.message.message_id))


def _membership(update: Update, change: ChatMemberUpdated) -> Arrival | None:
    if change.chat.type != ChatType.PRIVATE:
        return None
    return _arrival(update, change.chat.id, "blocked" if change.new_chat_member.status in _GONE else "unblocked")


def _unreadable(update: Update, message: Message) -> Arrival | None:
    for attribute, kind in _UNREADABLE:
        if getattr(message, attribute):
            return _arrival(update, message.chat.id, "unreadable", kind)
    return None  # somebody pinned a message, changed a photo …: Telegram's own notices
