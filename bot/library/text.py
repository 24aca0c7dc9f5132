"""Text with a little structure: what a page is made of, before a channel gives it its looks."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style. ``link`` is an https or tel address; ``topic`` the id of a topic that it opens."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of one level, numbered or with bullets."""

    items: tuple[tuple[Run, ...], ...]
    numbered: bool = False


Block: TypeAlias = Paragraph | Listing


def plain(blocks: Sequence[Block]) -> str:
    """The text alone, a line for each paragraph and list item."""
    return "\n".join("".join(run.text for run in runs) for runs in lines(blocks))


def lines(blocks: Sequence[Block]) -> list[tuple[Run, ...]]:
    """The runs of every paragraph and every list item."""
    return [runs for block in blocks for runs in ([block.runs] if isinstance(block, Paragraph) else block.items)]


class UnreadableText(ValueError):
    """A text uses a form that Lotse does not show. ``line`` counts from 0 within the text."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


_MARKDOWN = MarkdownIt("zero").enable(["emphasis", "link", "list", "escape", "newline"])


def read_markdown(text: str) -> tuple[Block, ...]:
    """Read paragraphs, ``**bold**``, ``*italic*``, ``[links](https://…)`` and lists of one level (CommonMark).

    Everything else, headings and tables and HTML, is plain text: a chat has no place for it.
    """
    reader = _Reader()
    for token in _MARKDOWN.parse(text):
        reader.take(token)
    return tuple(reader.blocks)


@dataclass
class _Reader:
    blocks: list[Block] = field(default_factory=list)
    _items: list[tuple[Run, ...]] | None = None
    _numbered: bool = False

    def take(self, token: Token) -> None:
        line = token.map[0] if token.map else 0
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                if self._items is not None:
                    raise UnreadableText(line, "A list inside a list cannot be shown.")
                self._items, self._numbered = [], token.type == "ordered_list_open"
            case "bullet_list_close" | "ordered_list_close":
                self.blocks.append(Listing(tuple(self._items or ()), self._numbered))
                self._items = None
            case "inline":
                runs = _inline(token.children or [], line)
                if self._items is None:
                    self.blocks.append(Paragraph(runs))
                else:
                    self._items.append(runs)


def _inline(tokens: Sequence[Token], line: int) -> tuple[Run, ...]:
    runs: list[Run] = []
    style = Run("")
    for token in tokens:
        match token.type:
            case "text":
                if token.content:
                    runs.append(replace(style, text=token.content))
            case "softbreak" | "hardbreak":
                runs.append(replace(style, text=" "))
            case "strong_open" | "strong_close":
                style = replace(style, bold=token.type == "strong_open")
            case "em_open" | "em_close":
                style = replace(style, italic=token.type == "em_open")
            case "link_open":
                href = str(token.attrGet("href") or "")
                if not href.startswith("https://"):
                    raise UnreadableText(line, f"The link {href!r} does not begin with https://.")
                style = replace(style, link=href)
            case "link_close":
                style = replace(style, link=None)
    return tuple(runs)
