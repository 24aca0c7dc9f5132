"""Screens as plain JSON. The browser makes elements of it, never HTML out of strings."""

from collections.abc import Sequence
from typing import Any

from bot.i18n.isolates import isolate
from bot.i18n.languages import Direction
from bot.library.text import Block, Paragraph, Run
from bot.screens.screen import Button, Screen
from bot.store.outbox import Payload


class WebRenderer:
    """Renders screens for ``static/chat.js``."""

    def render(self, screens: Sequence[Screen], pressed: str | None) -> list[Payload]:
        """One payload for each screen. ``replaces`` is the id of the screen whose place it may take."""
        payloads: list[Payload] = []
        for index, screen in enumerate(screens):
            payload = render_screen(screen)
            if pressed and pressed.isdigit() and screen.in_place and index == 0:
                payload["replaces"] = int(pressed)
            payloads.append(payload)
        return payloads


def render_screen(screen: Screen) -> dict[str, Any]:
    """One screen."""
    direction = screen.direction
    return {
        "kind": screen.kind,
        "lang": screen.locale,
        "dir": direction,
        "title": isolate(screen.title, direction),
        "blocks": [_block(block, direction) for block in screen.blocks],
        "notes": [_block(block, direction) for block in screen.notes],
        "buttons": [[_button(button, direction) for button in row] for row in screen.buttons],
        "back": [_button(button, direction) for button in screen.back],
        "leave": screen.leave,
    }


def _block(block: Block, direction: Direction) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"p": [_run(run, direction) for run in block.runs]}
    return {
        "list": [[_run(run, direction) for run in item] for item in block.items],
        "numbered": block.numbered,
    }


def _run(run: Run, direction: Direction) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": isolate(run.text, direction)}
    if run.bold:
        shown["bold"] = True
    if run.italic:
        shown["italic"] = True
    if run.link:
        shown["link"] = run.link
    if run.topic:
        shown["press"] = f"topic:{run.topic}"
    return shown


def _button(button: Button, direction: Direction) -> dict[str, Any]:
    shown: dict[str, Any] = {"label": button.label if button.language else isolate(button.label, direction)}
    if button.language:
        shown["lang"] = button.language
    if button.action:
        shown["press"] = button.action.encode()
    if button.url:
        shown["link"] = button.url
    return shown
