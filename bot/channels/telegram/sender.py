"""Sends payloads through the Bot API, and says what became of each."""

import logging
from datetime import timedelta
from typing import Any

import httpx
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.channels.telegram.pacing import Pacer
from bot.channels.telegram.rendering import plain_text
from bot.store.outbox import Payload
from bot.turns.ports import Delivered, Later, Outcome, Refused

log = logging.getLogger(__name__)

_SOON = timedelta(seconds=1)
_MUCH_LATER = timedelta(seconds=30)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# What Telegram says of a message that can no longer be edited: then it is sent anew.
_NOT_EDITABLE = ("message can't be edited", "message to edit not found", "message_id_invalid", "there is no text in")
_GONE = ("chat not found", "user is deactivated", "peer_id_invalid")


class TelegramSender:
    """The way out to Telegram."""

    def __init__(self, bot: Bot, pacer: Pacer) -> None:
        self._bot = bot
        self._pacer = pacer

    async def send(self, chat: str, payload: Payload) -> Outcome:
        """Send one payload within Telegram's limits. Raises nothing."""
        await self._pacer.turn(chat)
        try:
            await self._call(chat, payload)
        except RetryAfter as error:
            after = _duration(error.retry_after)
            self._pacer.pause(chat, after)
            return Later(after)
        except Forbidden as error:
            return Refused(error.message, blocked=True)
        except BadRequest as error:
            return await self._bad_request(chat, payload, error)
        except TimedOut as error:
            return Later(_SOON, uncertain=not _never_left(error))
        except NetworkError as error:
            return Later(_SOON, uncertain=not _never_left(error))
        except TelegramError as error:
            log.error("telegram refuses to work: %s", error.message)  # noqa: TRY400 - the message says it all
            return Later(_MUCH_LATER)
        return Delivered()

    async def _bad_request(self, chat: str, payload: Payload, error: BadRequest) -> Outcome:
        reason = error.message.lower()
        if "message is not modified" in reason:
            return Delivered()
        if any(sign in reason for sign in _GONE):
            return Refused(error.message, blocked=True)
        if payload["method"] == "editMessageText" and any(sign in reason for sign in _NOT_EDITABLE):
            return await self.send(chat, {**payload, "method": "sendMessage"})
        if "can't parse entities" in reason and not payload.get("plain"):
            log.error("telegram cannot read our markup: %s", error.message)
            return await self.send(chat, {**payload, "text": plain_text(payload["text"]), "plain": True})
        return Refused(error.message)

    async def _call(self, chat: str, payload: Payload) -> None:
        common: dict[str, Any] = {
            "text": payload["text"],
            "parse_mode": None if payload.get("plain") else ParseMode.HTML,
            "link_preview_options": _NO_PREVIEW,
            "reply_markup": _keyboard(payload.get("buttons")),
        }
        if payload["method"] == "editMessageText":
            await self._bot.edit_message_text(chat_id=int(chat), message_id=payload["message_id"], **common)
        else:
            await self._bot.send_message(chat_id=int(chat), **common)


def _keyboard(rows: list[list[dict[str, Any]]] | None) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup.de_json({"inline_keyboard": rows}, None) if rows else None


def _duration(retry_after: int | timedelta) -> timedelta:
    return retry_after if isinstance(retry_after, timedelta) else timedelta(seconds=retry_after)


def _never_left(error: TelegramError) -> bool:
    """Whether the request did not even reach Telegram: then sending it again doubles nothing."""
    return isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
