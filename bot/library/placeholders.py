"""Placeholders in texts: ``{fact:id}``, ``{fact:id|number}``, ``{topic:id}`` and ``{office:id}``."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from bot.library.text import Run

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_KNOWN = re.compile(r"(fact|topic|office):([a-z0-9-]+)(\|number)?")
_SENTENCE_END = re.compile(r"(?<=[.!?؟。።])\s+")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One placeholder: what it names, and whether only the bare number is wanted."""

    kind: Literal["fact", "topic", "office"]
    id: str
    bare: bool = False


def find(text: str) -> Iterator[tuple[int, str, Placeholder | None]]:
    """Every ``{…}`` of a text with its position; None for one that is not of a known form."""
    for match in _PLACEHOLDER.finditer(text):
        yield match.start(), match.group(), read(match.group(1))


def read(inside: str) -> Placeholder | None:
    """What stands between the braces, or None if it is not of a known form."""
    match = _KNOWN.fullmatch(inside)
    if not match or (match.group(3) and match.group(1) != "fact"):
        return None
    return Placeholder(match.group(1), match.group(2), bool(match.group(3)))  # type: ignore[arg-type]


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, in order."""
    return [sentence for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def fill(runs: tuple[Run, ...], value: Callable[[Placeholder], Run | None]) -> tuple[Run, ...]:
    """Put values in the place of placeholders. A value of None hides the whole sentence that quotes it.

    A value's style adds to the style of the text around it: a phone number in bold text stays a link.
    """
    if not any("{" in run.text for run in runs):
        return runs
    sentences_: list[list[Run]] = [[]]
    hidden: set[int] = set()
    for run in runs:
        for index, part in enumerate(_SENTENCE_END.split(run.text)):
            if index:
                sentences_.append([])
            for piece in _pieces(part, run, value):
                if piece is None:
                    hidden.add(len(sentences_) - 1)
                elif piece.text:
                    sentences_[-1].append(piece)
    kept = [sentence for index, sentence in enumerate(sentences_) if sentence and index not in hidden]
    filled: list[Run] = []
    for sentence in kept:
        if filled:
            filled.append(Run(" "))
        filled.extend(sentence)
    return _joined(filled)


def _pieces(text: str, style: Run, value: Callable[[Placeholder], Run | None]) -> Iterator[Run | None]:
    end = 0
    for position, whole, placeholder in find(text):
        yield replace(style, text=text[end:position])
        end = position + len(whole)
        if placeholder is None:
            yield replace(style, text=whole)
            continue
        run = value(placeholder)
        if run is None:
            yield None
        else:
            yield Run(run.text, style.bold or run.bold, style.italic or run.italic, run.link or style.link, run.topic)
    yield replace(style, text=text[end:])


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Neighbours of one style become one run."""
    joined: list[Run] = []
    for run in runs:
        if joined and replace(joined[-1], text="") == replace(run, text=""):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(joined)
