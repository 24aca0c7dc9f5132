"""Reads message texts as Telegram does: HTML into visible text and entities, with Telegram's own complaints."""

import re
from dataclasses import dataclass, field
from html import escape
from typing import Any

from tests.telegram_api.errors import ViolationError

ENTITY_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE = r"[ \t\r\n\v\0]"
_BLANK = re.compile(rf"{_SPACE}*")
_TAG_NAME = re.compile(r"[^ \t\r\n\v\0>]*")
_ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\v\0=>]*")
_BARE_VALUE = re.compile(r"[A-Za-z0-9.\-]*")
_CHARACTER = re.compile(r"&(?:#x([0-9a-fA-F]{1,8})|#([0-9]{1,8})|([a-zA-Z]+));?")
# Carriage returns, line separators, the old embeddings and overrides of direction and three combining marks never reach
# a chat; other control characters become blanks. The isolates (U+2066 to U+2069) and U+200E and U+200F stay.
_UNSHOWN: dict[int, str | None] = {code: " " for code in range(0x20) if chr(code) != "\n"}
_UNSHOWN |= dict.fromkeys((0x0D, 0x030A, 0x0333, 0x033F, *range(0x2028, 0x202F)))


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text as a chat shows it, its entities as the Bot API describes them, and the HTML that says the same."""

    text: str
    html: str
    entities: list[dict[str, Any]]


def units(text: str) -> int:
    """The length as Telegram counts: UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shown(text: str) -> str:
    """The text as a chat shows it: without the characters that Telegram takes out."""
    return text.translate(_UNSHOWN)


def read(source: str, parse_mode: str | None) -> Formatted:
    """The text of a message as it appears. Raises ``ViolationError``, such as "can't parse entities: …"."""
    if not parse_mode:
        text = shown(source).strip()
        return Formatted(text, escape(text, quote=False), [])
    if parse_mode.lower() != "html":
        raise ViolationError(f"this fake reads HTML only, not {parse_mode}")
    return _Reader(source).read()


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    start: int


@dataclass(slots=True)
class _Reader:
    """Goes through the source once; the methods move ``_at`` on."""

    source: str
    _at: int = 0
    _length: int = 0
    _pieces: list[str] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _entities: list[dict[str, Any]] = field(default_factory=list)

    def read(self) -> Formatted:
        while self._at < len(self.source):
            if self.source.startswith("</", self._at):
                self._end_tag()
            elif self.source[self._at] == "<":
                self._start_tag()
            else:
                self._character()
        if self._open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return self._trimmed()

    def _character(self) -> None:
        if decoded := _decoded(self.source, self._at):
            character, self._at = decoded
        else:
            character = self.source[self._at]
            self._at += 1
        piece = shown(character)
        self._pieces.append(piece)
        self._length += units(piece)

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        tag = self._take(_TAG_NAME).lower()
        if self._at == len(self.source):
            raise self._wrong("Unclosed start tag", begin)
        if tag not in ENTITY_OF_TAG:
            raise self._wrong(f'Unsupported start tag "{tag}"', begin)
        attributes = dict(self._attributes(tag, begin))
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._wrong('Tag "span" must have class "tg-spoiler"', begin)
        argument = attributes.get({"a": "href", "tg-emoji": "emoji-id", "tg-time": "unix"}.get(tag, ""), "")
        self._open.append(_Open(tag, argument, self._length, len(self._pieces)))

    def _attributes(self, tag: str, begin: int) -> list[tuple[str, str]]:
        """The attributes up to the ">" of the tag, and past it."""
        attributes: list[tuple[str, str]] = []
        while True:
            self._take(_BLANK)
            if self._at == len(self.source):
                raise self._wrong(f'Unclosed start tag "{tag}"', begin)
            if self.source[self._at] == ">":
                self._at += 1
                return attributes
            name = self._take(_ATTRIBUTE_NAME)
            if not name:
                raise self._wrong(f'Empty attribute name in the tag "{tag}"', begin)
            self._take(_BLANK)
            value = ""
            if self.source.startswith("=", self._at):
                self._at += 1
                self._take(_BLANK)
                value = self._value(tag, begin)
            attributes.append((name.lower(), value))

    def _value(self, tag: str, begin: int) -> str:
        if self._at == len(self.source):
            raise self._wrong(f'Unclosed start tag "{tag}"', begin)
        quote, start = self.source[self._at], self._at
        if quote not in "\"'":
            value = self._take(_BARE_VALUE)
            if not re.compile(rf"{_SPACE}|>").match(self.source, self._at):
                raise self._wrong("Unexpected end of name token", start)
            return value.lower()
        end = self.source.find(quote, start + 1)
        if end < 0:
            raise self._wrong("Unclosed start tag", begin)
        self._at = end + 1
        return _CHARACTER.sub(_replacement, self.source[start + 1 : end])

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise self._wrong("Unexpected end tag", begin)
        self._at += 2
        tag = self._take(_TAG_NAME).lower()
        self._take(_BLANK)
        if not self.source.startswith(">", self._at):
            raise self._wrong("Unclosed end tag", begin)
        self._at += 1
        opened = self._open.pop()
        if tag not in ("", opened.tag):
            message = (
                f'Unmatched end tag at byte offset {self._bytes(begin)}, expected "</{opened.tag}>", found "</{tag}>"'
            )
            raise _unparsable(message)
        if self._length > opened.offset:
            self._add(opened)

    def _add(self, opened: _Open) -> None:
        entity: dict[str, Any] = {
            "type": ENTITY_OF_TAG[opened.tag],
            "offset": opened.offset,
            "length": self._length - opened.offset,
        }
        if opened.tag == "a":
            entity["url"] = opened.argument or "".join(self._pieces[opened.start :])
            if problem_of_link(entity["url"]):
                return  # Telegram shows such a link as plain text, without a word
        elif opened.tag == "tg-emoji":
            if not opened.argument.isdecimal():
                raise _unparsable("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.argument
        elif opened.tag == "tg-time":
            if not opened.argument.isdecimal():
                raise _unparsable("Invalid date specified")
            entity["unix_time"] = int(opened.argument)
        self._entities.append(entity)

    def _trimmed(self) -> Formatted:
        """Telegram takes blanks and empty lines from both ends of a message."""
        text = "".join(self._pieces)
        if re.search(r"[\ud800-\udfff]", text):
            raise ViolationError(
                "Can't parse entities: Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        kept = text.strip()
        before, length = units(text[: len(text) - len(text.lstrip())]), units(kept)
        entities = []
        for entity in sorted(self._entities, key=lambda entity: (entity["offset"], -entity["length"])):
            start = max(entity["offset"] - before, 0)
            end = min(entity["offset"] + entity["length"] - before, length)
            if end > start:
                entities.append({**entity, "offset": start, "length": end - start})
        return Formatted(kept, self.source, entities)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.source, self._at)
        assert found
        self._at = found.end()
        return found.group()

    def _bytes(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _wrong(self, reason: str, position: int) -> ViolationError:
        return _unparsable(f"{reason} at byte offset {self._bytes(position)}")


def _unparsable(reason: str) -> ViolationError:
    return ViolationError(f"can't parse entities: {reason}")


def _decoded(source: str, position: int) -> tuple[str, int] | None:
    """The character that a reference such as "&lt;" stands for, and where it ends; None where none begins."""
    found = _CHARACTER.match(source, position)
    if not found:
        return None
    replacement = _replacement(found)
    return None if replacement == found.group() else (replacement, found.end())


def _replacement(found: re.Match[str]) -> str:
    """Telegram knows four names and all numbers; anything else stays as it was typed."""
    hexadecimal, decimal, name = found.groups()
    if name:
        return _NAMED.get(name, found.group())
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return chr(code) if 0 < code < 0x10FFFF else found.group()


def problem_of_link(url: str) -> str | None:
    """Why Telegram does not take an address as a link; None if it does."""
    scheme, separator, rest = url.partition("://")
    if separator and scheme.lower() == "tg":
        return None if rest else "Wrong URL"
    if scheme.lower() not in ("http", "https") or not separator:
        return "Unsupported URL protocol"
    host = re.split(r"[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]
    host = host if host.startswith("[") else host.partition(":")[0]
    # So it is: Telegram takes no link to a host without a dot, such as localhost.
    good = re.fullmatch(r"\[[0-9a-fA-F:.]+\]|[^\s<>\"]+\.[^\s<>\"]+", host)
    return None if good and not re.search(r"\s", url) else "Wrong HTTP URL"
