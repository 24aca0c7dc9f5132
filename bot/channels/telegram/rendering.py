"""Screens as Telegram messages: HTML with everything escaped, buttons below, split where they are too long."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from bot.i18n.isolates import isolate
from bot.i18n.languages import Direction
from bot.library.text import Block, Paragraph, Run
from bot.screens.screen import Button, Screen
from bot.store.outbox import Payload

# "1-4096 characters after entities parsing" (Bot API, sendMessage), counted in UTF-16 code units as Telegram does.
LONGEST_MESSAGE = 4096
RIGHT_TO_LEFT_MARK = "\u200f"
_COPY_SIGN = "📋"
_CALL_SIGN = "📞"
_TAG = re.compile(r"<[^>]*>")
# Telegram refuses a whole message for one button that leads to a host without a dot, such as localhost.
_LINKABLE = re.compile(r"https?://[^/]*[^/.]\.[^/.]")


class TelegramRenderer:
    """Renders screens. ``public_url`` is Lotse's outside address: only there a short number can be tapped to call."""

    def __init__(self, public_url: str | None = None) -> None:
        self._public_url = public_url if public_url and _LINKABLE.match(public_url) else None

    def render(self, screens: Sequence[Screen], pressed: str | None) -> list[Payload]:
        """The payloads for the screens, in order; the first may replace the message whose button was pressed."""
        payloads: list[Payload] = []
        for index, screen in enumerate(screens):
            edited = pressed if screen.in_place and index == 0 else None
            payloads.extend(self._messages(screen, edited))
        return payloads

    def _messages(self, screen: Screen, edited: str | None) -> Iterator[Payload]:
        texts = list(split(list(_lines(screen))))
        for index, text in enumerate(texts):
            payload: dict[str, Any] = {"method": "sendMessage", "text": text}
            if edited and index == 0:
                payload = {"method": "editMessageText", "message_id": int(edited), "text": text}
            if index == len(texts) - 1:
                payload["buttons"] = self._buttons(screen)
            yield payload

    def _buttons(self, screen: Screen) -> list[list[dict[str, Any]]]:
        rows = [[_button(button, screen.direction) for button in row] for row in screen.buttons]
        copies = [{"text": f"{_COPY_SIGN} {shown}", "copy_text": {"text": dialled}} for shown, dialled in screen.phones]
        rows += [copies[start : start + 3] for start in range(0, len(copies), 3)]
        if screen.phones and self._public_url:
            numbers = " · ".join(shown for shown, _dialled in screen.phones[:2])
            address = f"{self._public_url}/emergency/{screen.locale}"
            rows.insert(0, [{"text": f"{_CALL_SIGN} {numbers}", "url": address}])
        if screen.back:
            rows.append([_button(button, screen.direction) for button in screen.back])
        return rows


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a message: its HTML pieces, each with its visible length, and whether a blank line goes before it."""

    pieces: tuple[tuple[str, int], ...]
    apart: bool

    @property
    def html(self) -> str:
        return "".join(html for html, _length in self.pieces)

    @property
    def length(self) -> int:
        return sum(length for _html, length in self.pieces)


def _lines(screen: Screen) -> Iterator[_Line]:
    direction = screen.direction
    if screen.title:
        yield _line((Run(screen.title, bold=True),), direction, apart=False)
    for block in screen.blocks:
        yield from _block(block, direction)
    for note in screen.notes:
        for line in _block(note, direction):
            yield _Line((("<i>", 0), *line.pieces, ("</i>", 0)), line.apart)


def _block(block: Block, direction: Direction) -> Iterator[_Line]:
    if isinstance(block, Paragraph):
        yield _line(block.runs, direction, apart=True)
        return
    for number, item in enumerate(block.items, 1):
        sign = f"{number}. " if block.numbered else "• "
        yield _line((Run(sign), *item), direction, apart=False)


def _line(runs: Sequence[Run], direction: Direction, *, apart: bool) -> _Line:
    pieces = [(RIGHT_TO_LEFT_MARK, 1)] if direction == "rtl" else []
    for run in runs:
        shown = isolate(run.text, direction)
        html = escape(shown, quote=False)
        # Telegram opens no tel: address: it makes long numbers tappable by itself, short ones are bold and copied.
        if run.link and not run.link.startswith("tel:"):
            html = f'<a href="{escape(run.link)}">{html}</a>'
        if run.bold or run.topic:
            html = f"<b>{html}</b>"
        if run.italic:
            html = f"<i>{html}</i>"
        pieces.append((html, _units(shown)))
    return _Line(tuple(pieces), apart)


def split(lines: Sequence[_Line], limit: int = LONGEST_MESSAGE) -> Iterator[str]:
    """Messages of at most ``limit`` visible characters, broken between paragraphs, or else wherever it must be."""
    text, length = "", 0
    for line in lines:
        for part in _short_enough(line, limit):
            gap = "\n\n" if part.apart else "\n"
            if text and length + len(gap) + part.length > limit:
                yield text
                text, length = "", 0
            joined = gap if text else ""
            text, length = text + joined + part.html, length + len(joined) + part.length
    yield text


def _short_enough(line: _Line, limit: int) -> Iterator[_Line]:
    if line.length <= limit:
        yield line
        return
    kept: list[tuple[str, int]] = []
    used = 0
    for html, length in line.pieces:
        if kept and used + length > limit:
            yield _Line(tuple(kept), line.apart)
            kept, used = [], 0
        if length > limit:  # one run without end: its style is given up, its text is not
            plain = plain_text(html)
            step = limit // 2  # every character counts for at most two units
            for start in range(0, len(plain), step):
                piece = plain[start : start + step]
                yield _Line(((escape(piece, quote=False), _units(piece)),), line.apart)
            continue
        kept.append((html, length))
        used += length
    if kept:
        yield _Line(tuple(kept), line.apart)


def plain_text(html: str) -> str:
    """The text of a message without its markup."""
    return unescape(_TAG.sub("", html))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _button(button: Button, direction: Direction) -> dict[str, Any]:
    label = button.label if button.language else isolate(button.label, direction)
    if button.url:
        return {"text": label, "url": button.url}
    return {"text": label, "callback_data": button.action.encode() if button.action else ""}
