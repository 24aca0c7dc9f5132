"""Passages: the pieces of pages that a search looks through."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.library.pages import Page
from bot.library.text import lines

_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a page: its title and summary, or some lines of its text under its title."""

    topic: str
    locale: str
    text: str


def passages(pages: Iterable[Page]) -> list[Passage]:
    """The passages of the pages: short enough to be about one thing, long enough to be about something."""
    found = []
    for page in pages:
        found.append(Passage(page.topic.id, page.locale, f"{page.title}. {page.summary}"))
        text = ""
        for runs in lines(page.blocks):
            line = "".join(run.text for run in runs)
            if text and len(text) + len(line) > _LONGEST:
                found.append(Passage(page.topic.id, page.locale, f"{page.title}. {text}"))
                text = ""
            text = f"{text} {line}".strip()
        if text:
            found.append(Passage(page.topic.id, page.locale, f"{page.title}. {text}"))
    return found
